#!/usr/bin/env bash
# Runs the tests in two rows side by side: those that start a server of their own, mostly waiting for
# a browser; and all others, first on SQLite, then on a throw-away PostgreSQL, which listens on a
# socket in a temporary folder only.
set -euo pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d)
chmod 711 "$work"
bin=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -1)
as=()
if [ "$(id -u)" = 0 ]; then
  as=(runuser -u postgres --)
  mkdir "$work/pg" && chown postgres "$work/pg"
else
  mkdir "$work/pg"
fi
own=
stop() {
  [ -z "$own" ] || kill -- "-$own" 2>/dev/null || true
  "${as[@]}" "$bin/pg_ctl" -D "$work/pg/data" -m immediate stop >/dev/null 2>&1 || true
  rm -rf "$work"
}
trap stop EXIT

# Where the tests are chosen by words, a row may have none of them (pytest says 5).
chosen=$#
row() {
  local said=0
  .venv/bin/python -m pytest "$@" || said=$?
  [ $said = 5 ] && [ "$chosen" -gt 0 ] && said=0
  return $said
}

mkdir "$work/data" "$work/own"
set -m
LUOSHI_DATA="$work/own" row -m own_instance "$@" >"$work/own.log" 2>&1 &
own=$!
set +m
failed=0

echo "Tests on SQLite"
LUOSHI_DATA="$work/data" row -m "not own_instance" "$@" || failed=1

echo "Tests on PostgreSQL"
(cd "$work/pg" && "${as[@]}" "$bin/initdb" -D "$work/pg/data" -U luoshi -A trust -E UTF8 --no-sync >/dev/null)
(cd "$work/pg" && "${as[@]}" "$bin/pg_ctl" -D "$work/pg/data" -w -l "$work/pg/log" \
  -o "-c listen_addresses='' -c unix_socket_directories=$work/pg -c fsync=off" start >/dev/null)
LUOSHI_DATA="$work/data" LUOSHI_DATABASE_URL="postgresql://luoshi@/luoshi?host=$work/pg" \
  row -m "not own_instance" "$@" || failed=1

echo "Tests with a server of their own"
wait "$own" || failed=1
own=
cat "$work/own.log"
exit $failed
