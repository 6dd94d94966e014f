#!/usr/bin/env bash
# PostgreSQL 15.20 (Debian 12): `lc_messages` translates csvlog and jsonlog as well, not only what clients see. With
# Chinese messages a logged statement begins with 语句 instead of statement in both; the severity is 日志 in csvlog
# and LOG in jsonlog. A reader that looks for the English words finds not one statement, and no error either. The
# words change between minor releases: a duration is 执行时间 in 15.18 and 耗时 in 15.20.
# Guess before: the formats for machines are English whatever the language is.
# For: looks outside the vault (the provable trail). Know the words of the languages, or set lc_messages to C.
set -euo pipefail
folder=$(mktemp -d)
stop() { [ ! -f "$folder/data/postmaster.pid" ] || kill "$(head -1 "$folder/data/postmaster.pid")" || true; sleep 1; rm -rf "$folder"; }
trap stop EXIT
cd "$folder"
{ [ "$(id -u)" != 0 ] || apt-get update; } >/dev/null 2>&1 || true
apt-get download postgresql-15 postgresql-client-15 libpq5 >/dev/null 2>&1
for package in ./*.deb; do dpkg -x "$package" root; done
mkdir locales
localedef -i zh_CN -f UTF-8 locales/zh_CN.UTF-8 >/dev/null 2>&1 || true
export LOCPATH="$folder/locales" LC_ALL=zh_CN.UTF-8
as=()
if [ "$(id -u)" = 0 ]; then
  chown -R nobody "$folder"
  as=(setpriv --reuid=65534 --clear-groups)
fi
bin="$folder/root/usr/lib/postgresql/15/bin"
"${as[@]}" "$bin/initdb" -U nobody -D data >init.log 2>&1
"${as[@]}" "$bin/postgres" -D data -c log_statement=all -c "listen_addresses=" -c "unix_socket_directories=$folder/data" \
  -c logging_collector=on -c log_destination=csvlog,jsonlog -c log_filename=told >server.log 2>&1 &
for _ in $(seq 100); do [ -S data/.s.PGSQL.5432 ] && break; sleep 0.2; done
LD_LIBRARY_PATH="$folder/root/usr/lib/x86_64-linux-gnu" "$bin/psql" -h "$folder/data" -U nobody -qAt postgres \
  -c "select * from pg_class where relname = 'C00001'"
version=$("$bin/postgres" --version | grep -o '15\.[0-9]*' | head -1)
for log in data/log/told.csv data/log/told.json; do
  echo "PostgreSQL $version, ${log##*.}: $(grep C00001 "$log")"
  grep C00001 "$log" | grep -q '语句: select'
  [ "$(grep -c 'statement:' "$log")" = 0 ]
done
grep C00001 data/log/told.csv | grep -q ',日志,'
grep C00001 data/log/told.json | grep -q '"error_severity":"LOG"'
