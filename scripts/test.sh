#!/usr/bin/env bash
# Runs every test on SQLite, then every test but those that bring their own instance on a throw-away
# PostgreSQL of its own, which listens on a socket in a temporary folder only.
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
stop() {
  "${as[@]}" "$bin/pg_ctl" -D "$work/pg/data" -m immediate stop >/dev/null 2>&1 || true
  rm -rf "$work"
}
trap stop EXIT

mkdir "$work/data"
echo "Tests on SQLite"
LUOSHI_DATA="$work/data" .venv/bin/python -m pytest "$@"

echo "Tests on PostgreSQL"
(cd "$work/pg" && "${as[@]}" "$bin/initdb" -D "$work/pg/data" -U luoshi -A trust -E UTF8 --no-sync >/dev/null)
(cd "$work/pg" && "${as[@]}" "$bin/pg_ctl" -D "$work/pg/data" -w -l "$work/pg/log" \
  -o "-c listen_addresses='' -c unix_socket_directories=$work/pg -c fsync=off" start >/dev/null)
LUOSHI_DATA="$work/data" LUOSHI_DATABASE_URL="postgresql://luoshi@/luoshi?host=$work/pg" \
  .venv/bin/python -m pytest -m "not own_instance" "$@"
