#!/usr/bin/env bash
# borg 1.2.4 (Debian 12): `borg list --json` and `borg info --json` print times of the local zone of whoever asks,
# without a zone. The same archive is 04:11 in Shanghai and 20:11 of the day before in UTC; the text says neither.
# A monitor that reads such a time as UTC sees a backup from Shanghai eight hours in the future, so one that has
# stopped looks fresh for eight hours longer; one in Lima looks five hours too old.
# Guess before: an offset, or UTC, as restic (RFC 3339 with its offset), pgBackRest (seconds since 1970) and Barman
# (seconds beside the text) give.
# For: status of others' backups. Say the zone with the output, or run borg with TZ=UTC.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
{ [ "$(id -u)" != 0 ] || apt-get update; } >/dev/null 2>&1 || true
apt-get download borgbackup python3-msgpack python3-packaging libxxhash0 liblz4-1 libzstd1 libacl1 >/dev/null 2>&1
for package in ./*.deb; do dpkg -x "$package" root; done
export PYTHONPATH="$folder/root/usr/lib/python3/dist-packages" HOME="$folder" BORG_PASSPHRASE=x
export LD_LIBRARY_PATH="$folder/root/usr/lib/x86_64-linux-gnu"
borg() { /usr/bin/python3 "$folder/root/usr/bin/borg" "$@"; }
borg --version
mkdir source
echo text >source/file
borg init -e repokey repository >/dev/null 2>&1
borg create repository::one source
for command in "list --json" "info --json --last 1"; do
  for zone in Asia/Shanghai UTC America/Lima; do
    # shellcheck disable=SC2086
    TZ=$zone borg $command repository >"${zone##*/}.json"
  done
  /usr/bin/python3 - "$command" <<'PYTHON'
import json
import sys
from datetime import datetime

seen = {}
for zone in ("Shanghai", "UTC", "Lima"):
    with open(f"{zone}.json", encoding="utf-8") as file:
        seen[zone] = json.load(file)["archives"][0]["start"]
print(f"borg {sys.argv[1]}: " + ", ".join(f"{zone} {text}" for zone, text in seen.items()))
times = {zone: datetime.fromisoformat(text) for zone, text in seen.items()}
hours = [round((times[zone] - times["UTC"]).total_seconds() / 3600) for zone in ("Shanghai", "Lima")]
sys.exit(0 if hours == [8, -5] and all(time.tzinfo is None for time in times.values()) else "changed")
PYTHON
done
