#!/usr/bin/env bash
# pgBackRest 2.45 (Debian 12) with PostgreSQL 15: `verify` finds a changed byte in a backup, prints "status: error"
# and "checksum invalid: 1" with --output=text, and ends with exit code 0; without --output it prints nothing at all.
# `info` says `ok` and `"error":false` before and after, and `check` ends with 0.
# Guess before: verify ends with another code than 0, as borg check, restic check --read-data and pg_verifybackup do.
# For: status of others' backups, and backups by pgBackRest under our own manifest. Read the text of verify, never
# its exit code; take the status `ok` of info for "listed", not for "readable".
set -euo pipefail
folder=$(mktemp -d)
ordinary=()
stop() { "${ordinary[@]}" "$bin/pg_ctl" -D "$folder/data" -m immediate stop >/dev/null 2>&1 || true; rm -rf "$folder"; }
trap stop EXIT
cd "$folder"
{ [ "$(id -u)" != 0 ] || apt-get update; } >/dev/null 2>&1 || true
apt-get download pgbackrest postgresql-15 postgresql-client-15 libpq5 libssh2-1 libxml2 libllvm14 >/dev/null 2>&1
for package in ./*.deb; do dpkg -x "$package" root; done
bin="$folder/root/usr/lib/postgresql/15/bin"
export LD_LIBRARY_PATH="$folder/root/usr/lib/x86_64-linux-gnu" LC_ALL=C.UTF-8 HOME="$folder" PGUSER=tester
chmod 755 "$folder"
if [ "$(id -u)" = 0 ]; then # PostgreSQL refuses root
  chown nobody "$folder"
  ordinary=(setpriv "--reuid=$(id -u nobody)" "--regid=$(id -g nobody)" --clear-groups)
fi
printf '[global]\nrepo1-path=%s/repo\nrepo1-retention-full=2\nlog-level-file=off\nlog-level-console=error\nlock-path=%s/lock\n[core]\npg1-path=%s/data\npg1-port=5998\npg1-socket-path=%s\npg1-user=tester\n' \
  "$folder" "$folder" "$folder" "$folder" >pgbackrest.conf
backrest() { "${ordinary[@]}" "$folder/root/usr/bin/pgbackrest" "--config=$folder/pgbackrest.conf" --stanza=core "$@"; }
"${ordinary[@]}" "$bin/initdb" -D data -U tester -E UTF8 -A trust -L "$folder/root/usr/share/postgresql/15" >/dev/null
archive="$folder/root/usr/bin/pgbackrest --config=$folder/pgbackrest.conf --stanza=core archive-push %p"
"${ordinary[@]}" "$bin/pg_ctl" -D data -l data/log -w start -o "-c port=5998 -c listen_addresses='' \
 -c unix_socket_directories=$folder -c archive_mode=on -c archive_command='$archive'" >/dev/null
backrest stanza-create
backrest --type=full backup
before=$(backrest --output=json info | grep -o '"error":false\|"status":{"code":0,"message":"ok"}' | tr '\n' ' ')
damaged=$(find repo/backup/core -path '*/pg_data/base/1/*' -name '*.gz' -size +8k | sort | head -1)
printf X | dd "of=$damaged" bs=1 seek=100 conv=notrunc 2>/dev/null
after=$(backrest --output=json info | grep -o '"error":false\|"status":{"code":0,"message":"ok"}' | tr '\n' ' ')
backrest check && check=$? || check=$?
silent=$(backrest verify) && verify=$? || verify=$?
text=$(backrest --output=text verify) && told=$? || told=$?
"$folder/root/usr/bin/pgbackrest" version
echo "info before: $before"
echo "info after: $after"
echo "check: exit $check; verify: exit $verify, says '$silent'; verify --output=text: exit $told"
echo "$text" | grep -E 'status|invalid'
[ "$before" = "$after" ] && [ -n "$after" ] && [ "$check$verify$told" = 000 ] && [ -z "$silent" ] &&
  grep -q 'status: error' <<<"$text" && grep -q 'checksum invalid: 1' <<<"$text" || { echo changed; exit 1; }
