#!/usr/bin/env bash
# Makes .venv-bench with the reference libraries that benches compare with. The product
# never imports them.
set -euo pipefail
cd "$(dirname "$0")/.."
[ -x .venv-bench/bin/python ] || python3 -m venv .venv-bench
lock=$(sha256sum requirements/bench.txt | cut -d' ' -f1)
if [ "$(cat .venv-bench/bench.lock 2>/dev/null)" != "$lock" ]; then
  echo "Installing the locked reference libraries"
  .venv-bench/bin/pip install -q --disable-pip-version-check --require-hashes -r requirements/bench.txt
  echo "$lock" > .venv-bench/bench.lock
fi
