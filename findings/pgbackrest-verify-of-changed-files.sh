#!/usr/bin/env bash
# pgBackRest 2.45 (Debian 12): `verify` finds a changed byte and a missing file of a backup, and ends with exit code 0.
# Without --output=text it does not even say so: no line on standard output or error. `info` lists the same backup as
# "status: ok", which tells of the last archived file and not of the backup's files. For a stanza that does not exist
# `info` ends with 0 too. Only a restore fails (exit 26 for the byte, 55 for the file), and leaves a data directory.
# Guess before: verify ends with another code than 0 when it finds something wrong, and info for an unknown stanza.
# For: pgBackRest by configuration and as outside evidence. `verify --output=text --verbose` and `info --output=json`
# are read; exit codes say only that the program ran.
set -euo pipefail
programs=$(find /usr/lib/postgresql -maxdepth 2 -name bin 2>/dev/null | sort | tail -1)
command -v pgbackrest >/dev/null && [ -n "$programs" ] || { echo "needs Debian's pgbackrest and postgresql" >&2; exit 1; }
folder=$(mktemp -d)
ordinary=()
stop() { "${ordinary[@]}" "$programs/pg_ctl" -D "$folder/server/data" -m immediate stop >/dev/null 2>&1 || true; rm -rf "$folder"; }
trap stop EXIT
chmod 755 "$folder"
mkdir "$folder/server"
if [ "$(id -u)" = 0 ]; then # PostgreSQL refuses root
  chown nobody "$folder/server"
  ordinary=(setpriv "--reuid=$(id -u nobody)" "--regid=$(id -g nobody)" --clear-groups)
fi
cd "$folder/server"
"${ordinary[@]}" "$programs/initdb" -D data -A trust -U tester --no-sync >/dev/null
cat >"$folder/pgbackrest.conf" <<C
[global]
repo1-path=$PWD/repository
repo1-retention-full=2
lock-path=$PWD/lock
log-path=$PWD/said
spool-path=$PWD/spool
start-fast=y
compress-type=none
[life]
pg1-path=$PWD/data
pg1-socket-path=$PWD
pg1-user=tester
pg1-database=postgres
C
chmod 644 "$folder/pgbackrest.conf"
ask() { "${ordinary[@]}" pgbackrest "--config=$folder/pgbackrest.conf" --log-level-file=off --log-level-console=warn "$@"; }
"${ordinary[@]}" tee -a data/postgresql.auto.conf >/dev/null <<C
listen_addresses = ''
unix_socket_directories = '$PWD'
fsync = off
archive_mode = on
archive_command = 'pgbackrest --config=$folder/pgbackrest.conf --stanza=life archive-push %p'
C
"${ordinary[@]}" "$programs/pg_ctl" -D data -w -l log start >/dev/null
ask --stanza=life stanza-create
sql() { "${ordinary[@]}" "$programs/psql" -h "$PWD" -U tester -d postgres -At "$@"; }
sql -q -c "create table customer as select i, 'customer number ' || i as name from generate_series(1, 100000) i" -c checkpoint
ask --stanza=life --type=full backup
file=$(find repository/backup/life -path "*F/pg_data/$(sql -c "select pg_relation_filepath('customer')")")
seen=""
look() { # NAME
  quiet=0 && said=$(ask --stanza=life verify 2>&1) || quiet=$?
  told=0 && text=$(ask --stanza=life verify --output=text --verbose 2>&1) || told=$?
  listed=$(ask --stanza=life info | grep -m1 -o 'status: .*')
  status=$(grep -o 'status: [a-z]*' <<<"$text" | head -1)
  echo "pgbackrest $(pgbackrest version | grep -o '[0-9.]*'), $1: verify exit $quiet, ${#said} characters; with text exit $told, '$status'; info '$listed'"
  seen="$seen $1:$quiet:${#said}:$told:${status#status: }:${listed#status: }"
}
look whole
cp -p "$file" "$folder/kept"
printf '\377' | dd "of=$file" bs=1 seek=1000000 conv=notrunc status=none
look changed-byte
rm "$file"
look missing-file
cp -p "$folder/kept" "$file"
unknown=0 && ask --stanza=nowhere info >/dev/null 2>&1 || unknown=$?
echo "info of an unknown stanza: exit $unknown"
seen="$seen unknown:$unknown"
expected=" whole:0:0:0:ok:ok changed-byte:0:0:0:error:ok missing-file:0:0:0:error:ok unknown:0"
[ "$seen" = "$expected" ] || { echo "changed:$seen" >&2; exit 1; }
