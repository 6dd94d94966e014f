#!/usr/bin/env bash
# MariaDB 10.11.19 (Debian 12), plugin server_audit: one log file holds as many encodings as there are clients.
# A statement is written in the bytes in which it came: UTF-8, GBK and Latin-1 lines stand side by side, and no
# column says which is which. A byte 5C is escaped inside a GBK character too (誠 is D5 5C, logged D5 5C 5C), so
# the escapes must be undone before the bytes are decoded. A statement above `server_audit_query_log_limit`
# (1024 bytes) is cut inside a character, closed by its quote and followed by result 0 like a whole one: the last
# condition, which names the customer, is gone and nothing marks it. A statement that failed (1054) has a READ
# line as well.
# Guess before: UTF-8 always, cut at whole characters with a mark, READ only where something was read.
# For: looks outside the vault (the provable trail) and the stores room. Read the log as bytes, undo the escapes,
# decode line by line, call a statement of the limit's length cut off, join READ lines to their statement by
# connection and query number and drop those whose result is not 0; and raise the limit in the handbook.
set -euo pipefail
folder=$(mktemp -d)
stop() { [ ! -f "$folder/pid" ] || kill "$(cat "$folder/pid")" || true; sleep 1; rm -rf "$folder"; }
trap stop EXIT
cd "$folder"
{ [ "$(id -u)" != 0 ] || apt-get update; } >/dev/null 2>&1 || true
apt-get download mariadb-server mariadb-server-core mariadb-client-core liburing2 libaio1 >/dev/null 2>&1
for package in ./*.deb; do dpkg -x "$package" root; done
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check 'PyMySQL==1.2.4' >/dev/null 2>&1
export LD_LIBRARY_PATH="$folder/root/lib/x86_64-linux-gnu:$folder/root/usr/lib/x86_64-linux-gnu"
owner=$(id -un)
root/usr/bin/mariadb-install-db --no-defaults "--user=$owner" "--basedir=$folder/root/usr" "--datadir=$folder/data" \
  --auth-root-authentication-method=normal --skip-test-db >/dev/null 2>&1
root/usr/sbin/mariadbd --no-defaults "--user=$owner" "--basedir=$folder/root/usr" "--datadir=$folder/data" \
  "--plugin-dir=$folder/root/usr/lib/mysql/plugin" --skip-networking "--socket=$folder/socket" "--pid-file=$folder/pid" \
  --plugin-load-add=server_audit=server_audit.so --server-audit-logging=ON "--server-audit-file-path=$folder/audit.log" \
  --innodb-buffer-pool-size=16M --character-set-server=utf8mb4 >server.log 2>&1 &
for _ in $(seq 100); do [ -S socket ] && break; sleep 0.2; done
unset LD_LIBRARY_PATH
venv/bin/python - "$folder" <<'PYTHON'
import pathlib
import sys

import pymysql

folder = pathlib.Path(sys.argv[1])
LIMIT = 1024


def ask(statement, charset="utf8mb4", database="d"):
    with pymysql.connect(unix_socket=str(folder / "socket"), user="root", database=database, charset=charset) as link:
        with link.cursor() as cursor:
            cursor.execute("select version()")
            [version] = cursor.fetchone()
            try:
                cursor.execute(statement)
            except pymysql.err.OperationalError as error:
                print("refused:", error.args[0])
    return version


ask("create database d", database=None)
ask("create table c (id varchar(18), name varchar(50)) character set utf8mb4")
ask("select 1 from c where name = '誠'")
ask("select 2 from c where name = '誠'", "gbk")
ask("select 3 from c where name = 'José'", "latin1")
long = "select 4 from c where name in ('%s') and id = 'K1'" % ("汉" * 340)
ask(long)
version = ask("select nothing from c")

lines = (folder / "audit.log").read_bytes().splitlines()


def logged(start):
    [line] = [line for line in lines if b",QUERY,d,'" + start in line]
    return line


cut = logged(b"select 4").split(b"QUERY,d,'")[1].removesuffix(b"',0")
failed = logged(b"select nothing").split(b",")
reads = [line for line in lines if line.split(b",")[4:7] == [*failed[4:6], b"READ"]]
seen = {
    "a UTF-8 client's line is UTF-8": "誠".encode() in logged(b"select 1"),
    "a GBK client's line is GBK, with the escape inside the character": b"= \\'\xd5\\\\\\'" in logged(b"select 2"),
    "a Latin-1 client's line is Latin-1": b"Jos\xe9" in logged(b"select 3"),
    "a long statement is cut inside a character, without a mark": (
        len(cut.replace(b"\\'", b"'")) <= LIMIT < len(long.encode()) and cut.endswith(b"\xe6")
    ),
    "it is logged as a success": logged(b"select 4").endswith(b"',0"),
    "a refused statement has a READ line": failed[-1] == b"1054" and len(reads) == 1,
}
for behaviour, holds in seen.items():
    print(f"MariaDB {version}: {behaviour}: {holds}")
print(ascii(cut[-12:]))
sys.exit(0 if version.startswith("10.11.") and all(seen.values()) else "changed")
PYTHON
