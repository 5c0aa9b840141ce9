#!/usr/bin/env bash
# Adds what the tests and checks need: locked packages, Chromium, PostgreSQL.
set -euo pipefail
cd "$(dirname "$0")/.."

need=()
command -v chromium >/dev/null || need+=(chromium)
# The driver of the browser tests is a program that a bare Debian lacks a library for.
dpkg -s libatomic1 >/dev/null 2>&1 || need+=(libatomic1)
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || need+=(postgresql)
if [ ${#need[@]} -gt 0 ]; then
  if [ "$(id -u)" = 0 ]; then
    echo "Installing from Debian: ${need[*]}"
    apt-get update -qq && apt-get install -y -qq "${need[@]}" >/dev/null
  else
    echo "Please run this first: sudo apt-get install ${need[*]}"
    exit 1
  fi
fi

lock=$(sha256sum requirements/dev.txt | cut -d' ' -f1)
if [ "$(cat .venv/dev.lock 2>/dev/null)" != "$lock" ]; then
  echo "Installing the locked packages for tests and checks"
  .venv/bin/pip install -q --disable-pip-version-check --require-hashes -r requirements/dev.txt
  echo "$lock" > .venv/dev.lock
fi
