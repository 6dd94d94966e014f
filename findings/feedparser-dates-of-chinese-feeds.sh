#!/usr/bin/env bash
# feedparser 6.0.14: a date with slashes, dots or Chinese signs is not left out, it becomes the first of its
# month: 2026年11月28日, 2026/11/28 and 2026.11.28 are all read as 2026-11-01, and nothing says so (`bozo` stays
# false). A day that does not exist rolls on (2026-02-30 is 2 March), day-month-year is taken for another
# century's order (28-11-2026 is 2028-11-20), and HKT, BJT, UTC+8 count as UTC while CST is six hours west of it,
# not eight east. GMT+8 alone gives None. Guess before: None for every form that no standard has.
# For: the change watch of the compliance room. Read the text of the date (`published`) by our own rules, and
# take what no rule reads as "no date", with the day of the fetch beside it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check 'feedparser==6.0.14' >/dev/null 2>&1
"$folder/venv/bin/python" - <<'PYTHON'
import sys
import time

import feedparser

expected = {
    "2026-11-28": "2026-11-28 00:00",
    "Sat, 28 Nov 2026 10:00:00 +0800": "2026-11-28 02:00",
    "2026年11月28日": "2026-11-01 00:00",
    "2026年11月28日 10:00": "2026-11-01 00:00",
    "2026/11/28 10:00:00": "2026-11-01 00:00",
    "2026.11.28": "2026-11-01 00:00",
    "2026-02-30": "2026-03-02 00:00",
    "28-11-2026": "2028-11-20 00:00",
    "Sat, 28 Nov 2026 10:00:00 CST": "2026-11-28 16:00",
    "Sat, 28 Nov 2026 10:00:00 HKT": "2026-11-28 10:00",
    "Sat, 28 Nov 2026 10:00:00 UTC+8": "2026-11-28 10:00",
    "Sat, 28 Nov 2026 10:00:00 GMT+8": "none",
}
same = True
for written, outcome in expected.items():
    feed = feedparser.parse(
        f"<rss version='2.0'><channel><item><title>t</title><pubDate>{written}</pubDate></item></channel></rss>".encode()
    )
    moment = feed.entries[0].get("published_parsed")
    text = time.strftime("%Y-%m-%d %H:%M", moment) if moment else "none"
    print(f"feedparser {feedparser.__version__}: {written} is read as {text}, bozo {feed.bozo}")
    same = same and text == outcome and not feed.bozo
sys.exit(0 if same else "changed")
PYTHON
