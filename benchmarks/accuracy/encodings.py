"""Which encoding a text looks like: made files of each encoding, judged, counted.

    python -m benchmarks.accuracy.encodings [FILES OF EACH]

All persons are invented. A fifth of the characters of given names are drawn from all usual characters of the
script, so that the judgement is not tried on its own list.
"""

import sys
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import yaml

from tutela.detect.text_encodings import likeliest

SIZES = (1, 1, 2, 3, 5, 10, 30, 100, 1000)
# The codec, and the rows of each code in which its usual characters stand.
_USUAL = {
    "mainland": ("gb2312", 0xB0, 0xD8),
    "taiwan": ("big5", 0xA4, 0xC7),
    "seoul": ("euc_kr", 0xB0, 0xC9),
    "tokyo": ("euc_jp", 0xB0, 0xD0),
}
KINDS = {
    "gb18030": ("mainland", "gb18030"),
    "big5": ("taiwan", "big5hkscs"),
    "euc-kr": ("seoul", "cp949"),
    "shift-jis": ("tokyo", "cp932"),
    "euc-jp": ("tokyo", "euc_jp"),
    "windows-1252": ("paris", "cp1252"),
    "windows-1251": ("moscow", "cp1251"),
    "utf-16le": ("mainland", "utf-16-le"),
    "utf-16be": ("mainland", "utf-16-be"),
}


@cache
def _words() -> dict[str, Any]:
    file = Path(__file__).with_suffix(".yaml")
    words: dict[str, Any] = yaml.safe_load(file.read_text(encoding="utf-8"))
    for place, (codec, first, last) in _USUAL.items():
        rows = (bytes((a, b)) for a in range(first, last) for b in range(0xA1, 0xFF))
        words[place]["usual"] = "".join(pair.decode(codec, "ignore") for pair in rows)
        for name in ("surnames", "given"):
            if isinstance(text := words[place][name], str):
                words[place][name] = text.replace(" ", "")
    return words


def _person(rng: Random, words: dict[str, Any]) -> list[str]:
    surname = rng.choice(words["surnames"])
    if "names" in words and ("given" not in words or rng.random() < 0.6):
        parts = [surname, rng.choice(words["names"])]
        name = "".join(reversed(parts) if parts[1].endswith(" ") else parts)
    else:
        lists = ("usual" if rng.random() < 0.2 else "given" for _ in range(rng.choice((1, 2, 2))))
        name = surname + "".join(rng.choice(words[name]) for name in lists)
    road = rng.choice(words["roads"]).format(n=rng.randrange(1, 999))
    return [name, rng.choice(words["places"]) + road]


def files(kind: str, count: int, seed: int = 7) -> Iterator[tuple[int, bytes]]:
    """(rows, bytes) of made files that cannot be read as UTF-8 or ASCII; half of them have an English
    header, a third names only."""
    place, codec = KINDS[kind]
    rng, words = Random(f"{kind} {seed}"), _words()[place]
    made = 0
    while made < count:
        rows = SIZES[made % len(SIZES)] if made % 10 else rng.randrange(1, 1001)
        head = words["header"] if rng.random() < 0.5 else ["customer_no", "name", "address"]
        width = 2 if rng.random() < 0.33 else 3
        people = ([f"K{number}", *_person(rng, words)] for number in range(rows))
        lines = [",".join(cells[:width]) for cells in [head, *people]]
        data = "\r\n".join([*lines, ""]).encode(codec, "ignore")
        if kind.startswith("utf-16") or _is_foreign(data):
            made += 1
            yield rows, data


def _is_foreign(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return True
    return False


def main() -> None:
    """Print, for each encoding, how its files were judged."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    for kind in KINDS:
        found: Counter[str] = Counter()
        missed: Counter[str] = Counter()
        for rows, data in files(kind, count):
            name = likeliest(data)
            found[name] += 1
            if name != kind:
                missed[f"{name or 'none'} ({rows} rows)"] += 1
        taken = found["gb18030"] if kind != "gb18030" else 0
        print(
            f"{kind:14} right {found[kind]:4} of {count}, taken as GB18030 {taken}",
            dict(missed) or "",
        )


if __name__ == "__main__":
    main()
