#!/usr/bin/env bash
# What a machine can check without running the program.
set -euo pipefail
cd "$(dirname "$0")/.."
LUOSHI_DATA=$(mktemp -d)
export LUOSHI_DATA
trap 'rm -rf "$LUOSHI_DATA"' EXIT
bin=.venv/bin
$bin/ruff check .
$bin/ruff format --check .
$bin/mypy
$bin/djlint luoshi --lint --quiet
$bin/lint-imports
$bin/python scripts/lint_house.py
$bin/python scripts/messages.py check
$bin/python manage.py makemigrations --check --dry-run
LUOSHI_TLS=1 $bin/python manage.py check --deploy --fail-level WARNING
