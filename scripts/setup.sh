#!/usr/bin/env bash
# Makes .venv with the locked packages, and builds translations and static files.
# Does nothing that is done already.
set -euo pipefail
cd "$(dirname "$0")/.."

need=()
dpkg -s python3-venv >/dev/null 2>&1 || python3 -c 'import ensurepip' 2>/dev/null || need+=(python3-venv)
dpkg -s fonts-noto-cjk >/dev/null 2>&1 || need+=(fonts-noto-cjk)
if [ ${#need[@]} -gt 0 ]; then
  if [ "$(id -u)" = 0 ]; then
    echo "Installing from Debian: ${need[*]}"
    apt-get update -qq && apt-get install -y -qq "${need[@]}" >/dev/null
  else
    echo "Please run this first: sudo apt-get install ${need[*]}"
    exit 1
  fi
fi

[ -x .venv/bin/python ] || python3 -m venv .venv
lock=$(sha256sum requirements/base.txt pyproject.toml | sha256sum | cut -d' ' -f1)
if [ "$(cat .venv/base.lock 2>/dev/null)" != "$lock" ]; then
  echo "Installing the locked Python packages"
  .venv/bin/pip install -q --disable-pip-version-check --require-hashes -r requirements/base.txt
  .venv/bin/pip install -q --disable-pip-version-check --no-deps --no-build-isolation \
    -e . >.venv/install.log 2>&1 || { cat .venv/install.log; exit 1; }
  echo "$lock" > .venv/base.lock
fi

mkdir -p build
sources=$(find luoshi -path '*/static/*' -type f -o -name '*.po' | sort | xargs sha256sum | sha256sum | cut -d' ' -f1)
if [ "$(cat build/sources.lock 2>/dev/null)" != "$sources" ]; then
  echo "Building translations and static files"
  .venv/bin/python scripts/messages.py compile
  data=$(mktemp -d)
  LUOSHI_DATA="$data" .venv/bin/python manage.py collectstatic --noinput --clear -v 0
  rm -rf "$data"
  echo "$sources" > build/sources.lock
fi
