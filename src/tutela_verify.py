"""Check an evidence pack of Tutela without Tutela: `tutela-verify pack FILE [--key KEY]`.

A single file that needs Python 3.11 and, for the signature, the package `cryptography`; copy it anywhere.
It checks the signature and every hash, recomputes each figure from the rows in the pack, and reports whether it
is equal. Exit code 0 if everything is equal, 1 if anything differs, 2 for wrong usage.
KEY is the company's public key in hex, or a file that contains it. Without it the pack's own key is used, which
proves that nothing was changed since signing, but not who signed.
The language is Chinese or English by LC_ALL, LC_MESSAGES or LANG, by default Chinese.

A pack is a zip: `manifest.json` (figures and rules), `evidence/*.csv` (the rows of its days), `judged/*.csv` (the
rows of the figure by which a target is judged at their end: a goal by year by the year), summaries for readers,
`public-key.txt`, `SHA256SUMS` (every file but itself and the signature) and `signature.txt`, Ed25519
over the bytes of SHA256SUMS. A figure is computed by its `method`:

    share         100 x sum of numerators / sum of denominators (percent), or the sum (count)
    newest_share  the same for the newest row only
    days_kept     whole days from the oldest row to the time `until` in the rows
    formula       arithmetic over other figures of the pack: + - * / numbers, names, parentheses

Rows dated before the days of the pack are marked `before_period`. Rows marked `outside` were reported by other
systems: shares and counts are added to the own rows; for days and hours the newest one counts, and only if the
target has no own rows.

The zip must consist of contiguous entries followed by the directory; any other bytes are refused. Text of the
pack is printed with control characters escaped. Memory use is bounded: files are read in blocks, rows line by
line, with a limit for each.
"""

import argparse
import csv
import hashlib
import json
import math
import os
import re
import struct
import sys
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from typing import IO, Any, NamedTuple, NoReturn
from xml.etree import ElementTree as ET
from zoneinfo import ZoneInfo

FORMATS = {"tutela-pack-1", "tutela-pack-2"}
UNLISTED = {"SHA256SUMS", "signature.txt"}
MANIFEST, PAGE, PAPER, PUBLIC = "manifest.json", "summary.html", "summary.docx", "public-key.txt"
COLUMNS = ["id", "at", "numerator", "denominator", "outside", "facts"]
LARGEST_TEXT = 16 * 1024 * 1024
"""Limit of a manifest or list of hashes; Tutela writes none that is larger."""
LARGEST_FILE = 16 * 1024**3
LONGEST_LINE = 256 * 1024
MOST_ENTRIES = 10_000
BLOCK = 1 << 16
LONGEST_FORMULA = 2_000
IDS_AT_ONCE = 500_000
"""Ids compared in one pass over a file; a larger file is read several times."""
NEAR = 1e-9
DRIFT = timedelta(minutes=5)
GRACE_SHARE, GRACE_DAYS = 0.25, 2
"""As in the product, evidence may be late by a quarter of its cadence, or by two days if that is more."""
BAD_CONTENT = (
    LookupError, ArithmeticError, ValueError, TypeError, AttributeError, EOFError, RecursionError,
    ET.ParseError, csv.Error,
)  # fmt: skip

CHINESE = {
    "Check an evidence pack.": "校验证据包。",
    "COMMAND": "命令",
    "FILE": "文件",
    "KEY": "公钥",
    "NOT EQUAL: do not rely on this pack": "不一致：请勿采信此证据包",
    "all equal": "全部一致",
    "arguments": "参数",
    "options": "选项",
    "show this help and exit": "显示本帮助并退出",
    "signature, hashes and every figure of a pack": "校验证据包的签名、哈希值和每一项数值",
    "the company's public key in hex, or a file containing it": "公司公布的公钥（十六进制），或存有公钥的文件",
    "the given key is not a public key of 64 hex digits": "所给公钥不是 64 位十六进制数",
    "the pack to check": "要校验的证据包",
    "usage: ": "用法：",
    "usage error": "用法有误，请查看 --help",
    "equal      ": "一致    ",
    "DIFFERENT  ": "不一致  ",
    "key        the pack is not signed by the given key": "公钥    与所给公钥不是同一把",
    "signature  does not match this list of hashes and this key": "签名    不是此密钥对这份哈希清单的签名",
    "signature  %s (the given key)": "签名    %s（与所给公钥相符）",
    "signature  %s (the key in the pack; compare it with the company's)": "签名    %s（包内公钥，请核对）",
    "signature  %s (the key in the pack, which is not the given key)": "签名    %s（包内公钥，并非所给公钥）",
    "key        the pack names the key %s and contains another": "公钥    证据包写明公钥 %s，所附却是另一把",
    "figure     %s: its rows are not in the pack": "数值    %s：包内没有其证据行",
    "figure     %s: its rows cannot be read (%s)": "数值    %s：其证据行无法读取（%s）",
    "change     %s: %s, in the pack of %s it was %s": "变动    %s：现为 %s，%s 的证据包中为 %s",
    "change     %s: still %s, but since the pack of %s: %s": "变动    %s：仍为 %s，自 %s 的证据包以来：%s",
    "trail      %s entries, intact at %s": "留痕    %s 条，%s 校验完好",
    "trail      NOT INTACT at %s: %s faults": "留痕    %s 校验时不完好：%s 处损坏",
    "trail      heads of %s chains": "留痕    %s 条链的链头",
    "trail      line %s of the heads is invalid or out of order": "留痕    链头第 %s 行不合规定或次序不对",
    "file       %s is not listed": "文件    %s 未列入清单",
    "file       %s is missing": "文件    缺少 %s",
    "file       %s has a different hash": "文件    %s 的哈希值不符",
    "hashes     %s files": "哈希    %s 个文件",
    "figure     %s: %s, %s rows": "数值    %s：%s，证据 %s 行",
    "no data": "无数据",
    "%s, from the rows %s (%s of %s)": "%s，按证据行重算为 %s（%s / %s）",
    "the file is not a complete zip archive (%s)": "文件不是完整的 zip（%s）",
    "the pack is invalid (%s)": "证据包的内容不合规定（%s）",
    "the pack contains a name twice": "证据包内有重复的文件名",
    "a name points outside the pack": "证据包内有指向包外的文件名",
    "a file in the pack is damaged": "证据包内有损坏的文件",
    "%s is too large": "%s 过大",
    "the signature needs the Python package cryptography": "校验签名需要 Python 软件包 cryptography",
    "unknown pack format": "无法识别此证据包的格式",
    "the rows do not state when the log was checked": "证据行未说明日志核查的截止时间",
    "unknown method %s": "无法识别计算方法 %s",
    "a formula cannot be read": "公式无法解析",
    "a formula is incomplete": "公式不完整",
    "a bracket is not closed": "括号未闭合",
    "the given key is empty": "所给公钥为空",
    "the file contains bytes that belong to no entry": "文件中有不属于任何条目的字节",
    "the pack contains a misleading name": "证据包内有名不副实的文件名",
    "the pack contains a target twice": "证据包内有重复的指标",
    "unknown time zone on this computer: %s": "本机无法识别时区 %s",
    "hashes     the list names a file twice": "哈希    清单中有重复的文件名",
    "file       %s belongs to no figure": "文件    %s 不属于任何数值",
    "figure     %s: %s": "数值    %s：%s",
    "figure     %s: the values used by formulas differ from its rows": "数值    %s：公式所取数值与其证据行不符",
    "figure     %s: stated as %s, but is %s": "数值    %s：所称状态为“%s”，按数值与规则应为“%s”",
    "row %s is later than the days of the pack": "第 %s 行的时间晚于证据包的期间",
    "row %s covers days outside the pack": "第 %s 行所涵盖的日期不在证据包的期间内",
    "a row is older than the days of the pack and is not the only row": "有证据行早于证据包的期间，且并非唯一一行",
    "judged     %s: %s, by %s from %s": "判断    %s：%s，依据 %s（自 %s）",
    "judged     %s: its days do not fit the pack": "判断    %s：所依据的日期与证据包不符",
    "differs    %s: %s here, %s on the scorecard at %s": "差异    %s：此处%s，记分卡（%s）为%s",
    "row %s is marked wrongly as before or in the days of the pack": "第 %s 行是否早于证据包期间的标记有误",
    "the id of row %s occurs twice": "第 %s 行的编号重复",
    "row %s has a negative number": "第 %s 行含有负数",
    "row %s has a numerator larger than its denominator": "第 %s 行的分子大于分母",
    "line %s of the rows is too long or incomplete": "第 %s 行过长或不完整",
    "line %s of the rows does not have the six cells of a row": "第 %s 行不是规定的六列",
    "summary    %s: %s": "摘要    %s：%s",
    "matches the manifest": "与清单一致",
    "matches the page": "与网页摘要一致",
    "its tables differ from those of the page": "表格与网页摘要不一致",
}
"""Chinese translations; included, because the file must be self-contained."""
WORDS = {
    "percent": ("percent", "%"), "count": ("time(s)", "次"), "days": ("day(s)", "天"),
    "hours": ("hour(s)", "小时"), "numerator": ("numerator", "分子"), "denominator": ("denominator", "分母"),
    "evidence": ("rows", "证据"), "outside": ("external", "外部"), "newest": ("latest row", "最新证据"),
}  # fmt: skip
"""Units and components of a figure, in English and Chinese."""
UNITS = {
    "zh-hans": {"percent": "%", "days": "天", "hours": "小时", "count": "次"},
    "en": {"percent": "%", "days": "days", "hours": "hours", "count": "times"},
}
ONE = {"zh-hans": {}, "en": {"days": "day", "hours": "hour", "count": "time"}}
STATES = {
    "zh-hans": {
        "met": "达成",
        "at_risk": "有风险",
        "not_met": "未达成",
        "no_data": "暂无数据",
        "overdue": "逾期无数据",
    },
    "en": {
        "met": "goal met",
        "at_risk": "at risk",
        "not_met": "not met",
        "no_data": "no data yet",
        "overdue": "no data, date passed",
    },
}
EMPTY = {"zh-hans": "暂无数据", "en": "no data"}
"""The words of the summaries."""

Figure = dict[str, Any]
"""A figure of the manifest, or a computed one, with the names of the manifest."""


def _chinese() -> bool:
    language = next(filter(None, map(os.environ.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "zh")
    return language.lower().startswith("zh")


def say(text: str, *facts: object) -> str:
    """A sentence in the terminal's language, formatted with printable facts."""
    sentence = CHINESE[text] if _chinese() else text
    return sentence % tuple(printable(fact) for fact in facts) if facts else sentence


def printable(fact: object) -> str:
    """Text of a pack with control and format characters escaped, such as terminal sequences and bidi marks."""
    return "".join(
        char if unicodedata.category(char)[0] != "C" else char.encode("unicode_escape").decode()
        for char in str(fact)
    )


def _word(name: str) -> str:
    return WORDS.get(name, (name, name))[_chinese()]


class PackWrong(Exception):
    """The pack cannot be trusted; the text says why."""

    def __init__(self, text: str, *facts: object) -> None:
        super().__init__(say(text, *facts))


class UseWrong(PackWrong):
    """The command has an invalid argument."""


class RowWrong(PackWrong):
    """A row is invalid as evidence."""


@dataclass(frozen=True)
class Period:
    """The days of a pack; `until` is the latest time of its rows."""

    begins: date
    ends: date
    until: datetime
    zone: ZoneInfo
    marks: datetime | None = None
    """The first moment of the pack, where these are other days."""

    def first(self) -> datetime:
        return datetime.combine(self.begins, time(), self.zone)


@dataclass
class Sums:
    """Sums over one CSV file."""

    part: int = 0
    whole: int = 0
    rows: int = 0
    first: datetime | None = None
    newest: datetime | None = None
    newest_part: int = 0
    newest_whole: int = 0
    until: datetime | None = None
    value: float = 0.0
    covers: str = ""


@dataclass
class Outcome:
    """The lines to print, and whether all checks passed."""

    lines: list[str] = field(default_factory=list)
    good: bool = True

    def say(self, right: bool, text: str, *facts: object) -> None:
        self.add(right, say(text, *facts))

    def add(self, right: bool, sentence: str) -> None:
        self.lines.append(say("equal      " if right else "DIFFERENT  ") + sentence)
        self.good = self.good and right


def pinned(given: str) -> str:
    """The public key in hex from `--key`, literal or in a file; UseWrong."""
    text = given.strip()
    if text and len(text) != 64:
        try:
            with Path(text).open("rb") as file:
                text = file.read(1024).decode("ascii", "replace").strip()
        except (OSError, ValueError):
            raise UseWrong("the given key is not a public key of 64 hex digits") from None
    if not re.fullmatch("[0-9a-fA-F]{64}", text):
        raise UseWrong("the given key is not a public key of 64 hex digits")
    return text.lower()


def check(path: str, key: str | None = None) -> Outcome:
    """Check the pack at `path`; `key` is the company's public key, literal or in a file, if known. The results
    before an unreadable part of the pack are included. UseWrong."""
    outcome = Outcome()
    try:
        _check(path, "" if key is None else pinned(key), outcome)
    except PackWrong as wrong:
        outcome.add(False, str(wrong))
    return outcome


def _check(path: str, key: str, outcome: Outcome) -> None:
    try:
        with Path(path).open("rb") as file:
            check_layout(file)
            with zipfile.ZipFile(file) as pack:
                _names(pack)
                _signature(pack, key, outcome)
                _hashes(pack, file, outcome)
                _figures(pack, outcome)
                _trail(pack, outcome)
    except (zipfile.BadZipFile, zlib.error, OSError, NotImplementedError, RuntimeError) as broken:
        if isinstance(broken, RecursionError):
            raise PackWrong("the pack is invalid (%s)", "RecursionError") from None
        raise PackWrong(
            "the file is not a complete zip archive (%s)", type(broken).__name__
        ) from None
    except BAD_CONTENT as broken:
        raise PackWrong("the pack is invalid (%s)", type(broken).__name__) from None


END, END64, PLACE64 = (
    struct.Struct("<4s4H2LH"),
    struct.Struct("<4sQ2H2L4Q"),
    struct.Struct("<4sLQL"),
)
LOCAL, ENTRY = struct.Struct("<4s5H3L2H"), struct.Struct("<4s6H3L5H2L")
LARGE_SIZES = 1
"""The only extra field accepted: zip64 sizes."""


def check_layout(file: IO[bytes]) -> None:
    """PackWrong unless the file consists of contiguous entries followed by the directory.

    Zip readers treat other bytes differently, so that one may see content that another does not.
    """
    count, size, start, end = _directory(file)
    if count > MOST_ENTRIES or size > LARGEST_TEXT or start + size != end:
        raise PackWrong("the file contains bytes that belong to no entry")
    file.seek(start)
    listed = file.read(size)
    at = place = 0
    for _ in range(count):
        sign, _by, _needs, flags, method, _t, _d, _crc, packed, whole, *rest = ENTRY.unpack_from(
            listed, at
        )
        named, extra, comment, _disk, _inner, _outer, offset = rest
        name = listed[at + ENTRY.size : at + ENTRY.size + named]
        more = listed[at + ENTRY.size + named : at + ENTRY.size + named + extra]
        if sign != b"PK\1\2" or comment or method not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise PackWrong("the file contains bytes that belong to no entry")
        sizes = _large(more, [whole, packed, offset])
        if sizes[2] != place:
            raise PackWrong("the file contains bytes that belong to no entry")
        place += _local(file, place, (name, flags, method)) + sizes[1]
        at += ENTRY.size + named + extra
    if at != size or place != start:
        raise PackWrong("the file contains bytes that belong to no entry")


def _directory(file: IO[bytes]) -> tuple[int, int, int, int]:
    """The number of entries, and the directory's size, offset and end."""
    end = file.seek(0, os.SEEK_END) - END.size
    file.seek(max(0, end))
    head = file.read(END.size)
    if end < 0 or head[:4] != b"PK\5\6" or head[-2:] != b"\0\0":
        raise PackWrong("the file is not a complete zip archive (%s)", "PK")
    _sign, disk, first, here, count, size, start, _none = END.unpack(head)
    if 0xFFFF not in (here, count) and 0xFFFFFFFF not in (size, start):
        if disk or first or here != count:
            raise PackWrong("the file contains bytes that belong to no entry")
        return count, size, start, end
    file.seek(max(0, end - PLACE64.size))
    sign, disk, place, disks = PLACE64.unpack(file.read(PLACE64.size))
    file.seek(place)
    sign64, length, _by, _needs, on, first, here, count, size, start = END64.unpack(
        file.read(END64.size)
    )
    fits = place + END64.size + PLACE64.size == end and length == END64.size - 12
    if not fits or (sign, sign64) != (b"PK\6\7", b"PK\6\6") or (disk, on, first) != (0, 0, 0):
        raise PackWrong("the file contains bytes that belong to no entry")
    if here != count or disks != 1:
        raise PackWrong("the file contains bytes that belong to no entry")
    return count, size, start, place


def _large(extra: bytes, sizes: list[int]) -> list[int]:
    """The sizes of an entry, those that exceed 32 bits from the zip64 extra field."""
    if not extra:
        return sizes
    kind, length = struct.unpack_from("<2H", extra)
    if kind != LARGE_SIZES or length != len(extra) - 4:
        raise PackWrong("the file contains bytes that belong to no entry")
    given = list(struct.unpack(f"<{length // 8}Q", extra[4:]))
    return [given.pop(0) if size == 0xFFFFFFFF and given else size for size in sizes]


def _local(file: IO[bytes], place: int, entry: tuple[bytes, int, int]) -> int:
    """The length of an entry's local header, which must agree with the directory; PackWrong."""
    file.seek(place)
    sign, _needs, flags, method, *_times, named, extra = LOCAL.unpack(file.read(LOCAL.size))
    name, more = file.read(named), file.read(extra)
    if sign != b"PK\3\4" or (name, flags, method) != entry or flags & ~0x0800:
        raise PackWrong("the file contains bytes that belong to no entry")
    if more and (struct.unpack_from("<2H", more) != (LARGE_SIZES, extra - 4) or extra != 20):
        raise PackWrong("the file contains bytes that belong to no entry")
    return int(LOCAL.size + named + extra)


def _names(pack: zipfile.ZipFile) -> None:
    infos = pack.infolist()
    names = [info.filename for info in infos]
    if len({unicodedata.normalize("NFKC", name).casefold() for name in names}) != len(names):
        raise PackWrong("the pack contains a name twice")
    if any(name.startswith("/") or ".." in name or "\\" in name for name in names):
        raise PackWrong("a name points outside the pack")
    if any(info.filename != info.orig_filename for info in infos):
        raise PackWrong("the pack contains a misleading name")


def _text(pack: zipfile.ZipFile, name: str) -> bytes:
    if pack.getinfo(name).file_size > LARGEST_TEXT:
        raise PackWrong("%s is too large", name)
    return pack.read(name)


def _document(data: bytes) -> Any:
    """Parse JSON; ValueError for numbers that are not finite and for duplicate keys."""
    return json.loads(data, parse_constant=finite, parse_float=finite, object_pairs_hook=_once)


def finite(text: str) -> float:
    """A finite number; ValueError for others, which do not compare."""
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(text)
    return number


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    document = dict(pairs)
    if len(document) != len(pairs):
        raise ValueError("a name twice")
    return document


def _signature(pack: zipfile.ZipFile, key: str, outcome: Outcome) -> None:
    try:
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    except ImportError:
        raise PackWrong("the signature needs the Python package cryptography") from None
    named = _text(pack, PUBLIC).decode().strip().lower()
    other = bool(key) and key != named
    if other:
        outcome.say(False, "key        the pack is not signed by the given key")
    try:
        public = Ed25519PublicKey.from_public_bytes(bytes.fromhex(named))
        signature = bytes.fromhex(_text(pack, "signature.txt").decode().strip())
        public.verify(signature, _text(pack, "SHA256SUMS"))
    except (InvalidSignature, ValueError):
        outcome.say(False, "signature  does not match this list of hashes and this key")
        return
    given = "signature  %s (the given key)"
    unknown = "signature  %s (the key in the pack; compare it with the company's)"
    wrong = "signature  %s (the key in the pack, which is not the given key)"
    outcome.say(True, wrong if other else given if key else unknown, named)


def _hashes(pack: zipfile.ZipFile, file: IO[bytes], outcome: Outcome) -> None:
    lines = _text(pack, "SHA256SUMS").decode().splitlines()
    listed = {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
    if len(listed) != len(lines):
        outcome.say(False, "hashes     the list names a file twice")
    there = set(pack.namelist()) - UNLISTED
    for name in sorted(there ^ set(listed)):
        unlisted = "file       %s is not listed"
        outcome.say(False, unlisted if name in there else "file       %s is missing", name)
    wrong = [
        name
        for name in sorted(there | UNLISTED)
        if _sha256(pack, file, name) != listed.get(name) and name in listed
    ]
    for name in wrong:
        outcome.say(False, "file       %s has a different hash", name)
    outcome.say(not wrong, "hashes     %s files", len(listed))


def _sha256(pack: zipfile.ZipFile, file: IO[bytes], name: str) -> str:
    """The hash of an entry, decompressed in blocks. Not by the library, which stops at the stated size and does
    not detect further bytes after the compressed data. PackWrong."""
    info = pack.getinfo(name)
    file.seek(info.header_offset)
    *_facts, named, extra = LOCAL.unpack(file.read(LOCAL.size))
    file.seek(named + extra, os.SEEK_CUR)
    digest, crc, size, left = hashlib.sha256(), 0, 0, info.compress_size
    full = False
    unpack = zlib.decompressobj(-15) if info.compress_type == zipfile.ZIP_DEFLATED else None
    while left:
        packed = file.read(min(BLOCK, left))
        if not packed:
            break
        left -= len(packed)
        while packed or full:
            data = unpack.decompress(packed, BLOCK) if unpack else packed
            packed = unpack.unconsumed_tail if unpack else b""
            full = unpack is not None and len(data) == BLOCK
            digest.update(data)
            crc, size = zlib.crc32(data, crc), size + len(data)
            if size > min(info.file_size, LARGEST_FILE):
                raise PackWrong("%s is too large", name)
    spare = unpack is not None and (not unpack.eof or unpack.unused_data)
    if spare or size != info.file_size or crc != info.CRC:
        raise PackWrong("a file in the pack is damaged")
    return digest.hexdigest()


def _names_key(pack: zipfile.ZipFile, manifest: dict[str, Any], outcome: Outcome) -> None:
    public = bytes.fromhex(_text(pack, PUBLIC).decode().strip())
    named = manifest["key_id"]
    if hashlib.sha256(public).hexdigest()[: len(named)] != named or len(named) != 16:
        outcome.say(False, "key        the pack names the key %s and contains another", named)


def _figures(pack: zipfile.ZipFile, outcome: Outcome) -> None:
    manifest = _document(_text(pack, MANIFEST))
    if manifest["format"] not in FORMATS:
        raise PackWrong("unknown pack format")
    _names_key(pack, manifest, outcome)
    figures, inputs = manifest["figures"], manifest["inputs"]
    for group in (figures, inputs):
        if len({item["target"] for item in group}) != len(group):
            raise PackWrong("the pack contains a target twice")
    period = _period(manifest)
    rows = Rows(pack, period, marks=manifest["format"] != "tutela-pack-1")
    for figure in sorted(figures, key=lambda item: bool(item["method"] == "formula")):
        _figure(figure, inputs, rows, outcome)
        if "judged" in figure:
            rows.used |= _judged(pack, figure, period, outcome)
    for item in inputs:
        _input(item, rows, outcome)
    files = {name for name in pack.namelist() if name.startswith(("evidence/", "judged/"))}
    for name in sorted(files - rows.used):
        outcome.say(False, "file       %s belongs to no figure", name)
    _changes(manifest, outcome)
    _differs(manifest, outcome)
    _summaries(pack, manifest, outcome)


HEAD = re.compile(
    rb"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}),[1-9]\d{0,18},[0-9a-f]{64},[0-9T:.+-]+\n"
)
"""A chain of the access log: its writer, and sequence number, hash and time of its last entry."""


def _trail(pack: zipfile.ZipFile, outcome: Outcome) -> None:
    """Report the verification of the access log in the pack, and check the list of chain heads."""
    record = _document(_text(pack, MANIFEST)).get("trail")
    if record is None:  # written by a version that did not verify its log
        return
    count, last = 0, b""
    with pack.open(record["file"]) as raw:
        while line := raw.readline(LONGEST_LINE):
            head = HEAD.fullmatch(line)
            if head is None or head[1] <= last:
                wrong = "trail      line %s of the heads is invalid or out of order"
                outcome.say(False, wrong, count + 1)
                return
            count, last = count + 1, head[1]
    outcome.say(count == record["chains"], "trail      heads of %s chains", count)
    at, broken = record["verified_at"], record["broken"]
    if broken or record["findings"]:
        outcome.say(False, "trail      NOT INTACT at %s: %s faults", at, broken)
    else:
        outcome.say(True, "trail      %s entries, intact at %s", record["leaves"], at)


def _period(manifest: dict[str, Any]) -> Period:
    try:
        zone = ZoneInfo(manifest["time_zone"])
    except (LookupError, ValueError, OSError):
        raise PackWrong("unknown time zone on this computer: %s", manifest["time_zone"]) from None
    ends = date.fromisoformat(manifest["ends"])
    written = _moment(manifest["written_at"])
    until = min(written, datetime.combine(ends, time(), zone))
    return Period(date.fromisoformat(manifest["begins"]), ends, until, zone)


def _moment(text: str) -> datetime:
    """A time with a time zone; ValueError."""
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise ValueError(text)
    return at


def _figure(figure: Figure, inputs: list[Figure], rows: "Rows", outcome: Outcome) -> None:
    """Compare one figure; unreadable rows give one bad line, and the other figures are still checked."""
    target = figure["target"]
    try:
        if figure["method"] == "formula":
            computed = _from_formula(figure, inputs, rows)
        elif rows.file_of(figure) is None:
            outcome.say(False, "figure     %s: its rows are not in the pack", target)
            return
        else:
            computed = rows.work_out(figure)
        _compare(figure, computed, rows.period, outcome)
    except RowWrong as wrong:
        outcome.say(False, "figure     %s: %s", target, wrong)
    except BAD_CONTENT as broken:
        name = type(broken).__name__
        outcome.say(False, "figure     %s: its rows cannot be read (%s)", target, name)


def _judged(pack: zipfile.ZipFile, figure: Figure, period: Period, outcome: Outcome) -> set[str]:
    """Recompute the figure by which a target is judged, from its own rows, and the state that follows; the
    names of the files read."""
    target, judged = figure["target"], figure | figure["judged"]
    begins, ends = date.fromisoformat(judged["begins"]), date.fromisoformat(judged["ends"])
    formula = figure["method"] == "formula"
    fits = begins < ends <= period.ends and (formula or (ends - begins).days <= figure["cadence"])
    if not fits:
        outcome.say(False, "judged     %s: its days do not fit the pack", target)
        return set()
    until = min(period.until, datetime.combine(ends, time(), period.zone))
    days = Period(begins, ends, until, period.zone, marks=period.first())
    rows = Rows(pack, days, own=target, marks=True)
    try:
        computed = (
            _from_formula(judged, judged["inputs"], rows) if formula else rows.work_out(judged)
        )
        same = _same(judged, computed)
        states = _states(judged, computed, period) if same else set()
        good = same and figure["status"] in states
        shown = _shown(judged["value"], figure["unit"])
        text = "judged     %s: %s, by %s from %s"
        outcome.say(good, text, target, _state(figure["status"]), shown, judged["begins"])
        if same and not good:
            status, expected = _state(figure["status"]), " / ".join(sorted(map(_state, states)))
            text = "figure     %s: stated as %s, but is %s"
            outcome.say(False, text, target, status, expected)
    except RowWrong as wrong:
        outcome.say(False, "figure     %s: %s", target, wrong)
    except BAD_CONTENT as broken:
        name = type(broken).__name__
        outcome.say(False, "figure     %s: its rows cannot be read (%s)", target, name)
    return rows.used


def _differs(manifest: dict[str, Any], outcome: Outcome) -> None:
    """Report what the scorecard judged otherwise; the pack's side must be the pack's figure."""
    stated = {figure["target"]: figure["status"] for figure in manifest["figures"]}
    for item in manifest.get("differs", []):
        here, there = _state(item["pack"]), _state(item["scorecard"])
        at = manifest["written_at"]
        facts = (here, at, there) if _chinese() else (here, there, at)
        text = "differs    %s: %s here, %s on the scorecard at %s"
        outcome.say(item["pack"] == stated[item["target"]], text, item["target"], *facts)


def _input(figure: Figure, rows: "Rows", outcome: Outcome) -> None:
    """Check an input of formulas against its own rows; reported only if it differs."""
    if rows.file_of(figure) is None:
        return  # reported already: the file is missing, or belongs to no figure
    try:
        same = _same(figure, rows.work_out(figure))
    except (RowWrong, *BAD_CONTENT):
        same = False
    if not same:
        outcome.say(
            False,
            "figure     %s: the values used by formulas differ from its rows",
            figure["target"],
        )


def _changes(manifest: dict[str, Any], outcome: Outcome) -> None:
    """Report the stated changes since the previous pack; their present values must be the pack's figures."""
    earlier = manifest.get("earlier") or {"changes": []}
    figures = {figure["target"]: figure for figure in manifest["figures"]}
    for item in earlier["changes"]:
        now = figures[item["target"]]
        ok = all(item["now"][name] == now[name] for name in item["now"])
        then, unit = item["then"] or {"value": None}, now["unit"]
        text, was = "change     %s: %s, in the pack of %s it was %s", _shown(then["value"], unit)
        if item["then"] and _near(then["value"], now["value"]):
            text, was = (
                "change     %s: still %s, but since the pack of %s: %s",
                _differences(then, now),
            )
        outcome.say(
            ok, text, item["target"], _shown(now["value"], unit), earlier["written_at"], was
        )


def _differences(then: Figure, now: Figure) -> str:
    """The components in which two figures with the same value differ."""
    names = ("numerator", "denominator", "evidence", "outside", "newest")
    changed = (name for name in names if then[name] != now[name])
    return ", ".join(f"{_word(name)} {then[name]} → {now[name]}" for name in changed)


def _shown(value: float | None, unit: str) -> str:
    return say("no data") if value is None else f"{value:g} {_word(unit)}"


def _compare(figure: Figure, computed: Figure, period: Period, outcome: Outcome) -> None:
    """Report one line per figure, and another if its status does not follow from its numbers and rule."""
    same = _same(figure, computed)
    text = _shown(figure["value"], figure["unit"])
    if not same:
        counted = (computed["value"], computed["numerator"], computed["denominator"])
        text = say("%s, from the rows %s (%s of %s)", text, *counted)
    outcome.say(same, "figure     %s: %s, %s rows", figure["target"], text, figure["evidence"])
    if "judged" in figure:
        return
    states = _states(figure, computed, period) if same else {figure["status"]}
    if figure["status"] not in states:
        status, expected = _state(figure["status"]), " / ".join(sorted(map(_state, states)))
        outcome.say(
            False, "figure     %s: stated as %s, but is %s", figure["target"], status, expected
        )


def _state(status: str) -> str:
    return STATES["zh-hans" if _chinese() else "en"].get(status, status)


def _same(figure: Figure, computed: Figure) -> bool:
    """Whether value (within 1e-9) and counts are equal, the counts being non-negative integers."""
    counts = ("numerator", "denominator", "evidence", "outside")
    whole = all(type(figure[name]) is int and figure[name] >= 0 for name in counts)
    return (
        whole
        and type(figure["value"]) in (int, float, type(None))
        and _near(figure["value"], computed["value"])
        and all(figure[name] == computed[name] for name in counts)
        and _is_newest(figure, computed)
    )


def _is_newest(figure: Figure, computed: Figure) -> bool:
    """Whether a figure's `newest` is the time of one of its rows."""
    newest = figure["newest"]
    if computed["value"] is None or newest is None:
        return computed["value"] is None
    return _moment(newest) in computed["moments"](_moment(newest))


def _states(figure: Figure, computed: Figure, period: Period) -> set[str]:
    """The statuses that figure and rule allow; more than one for packs of older versions without `due`."""
    value, newest, at = computed["value"], figure["newest"], period.until
    if "judged" in figure:  # at the end of the last day, which belongs to it
        at = min(at, datetime.combine(period.ends, time(), period.zone) - timedelta(microseconds=1))
    today, due = at.astimezone(period.zone).date(), figure.get("due")
    if value is None or newest is None or computed["unit"] != figure["unit"]:
        late = "judged" in figure and due is not None and date.fromisoformat(due) < today
        return {"overdue" if late else "no_data"}
    newest = _moment(newest)
    if newest > at + DRIFT:
        return {"no_data"}
    cadence = timedelta(days=figure["cadence"])
    grace = timedelta(days=max(GRACE_DAYS, round(figure["cadence"] * GRACE_SHARE)))
    goal = figure["goal"] if "judged" in figure else figure["goal_for_period"]
    at_least = figure["direction"] == "at_least"
    if value >= goal if at_least else value <= goal:
        return {"at_risk" if at - newest > cadence + grace else "met"}
    if "due" not in figure:
        return {"at_risk", "not_met"}
    early = due is not None and today <= date.fromisoformat(due)
    return {"at_risk" if early else "not_met"}


def _near(stated: float | None, computed: float | None) -> bool:
    if stated is None or computed is None:
        return stated is computed
    return math.isfinite(stated) and abs(stated - computed) <= NEAR * max(1.0, abs(stated))


class Rows:
    """The rows of a pack; each file is read once per method and unit, line by line."""

    def __init__(
        self, pack: zipfile.ZipFile, period: Period, own: str = "", *, marks: bool = False
    ) -> None:
        """`own`: the target that these rows judge; `marks`: rows before the pack's days are marked."""
        self.pack, self.period, self._own, self._marks = pack, period, own, marks
        self.used: set[str] = set()
        self._names = set(pack.namelist())
        self._computed: dict[tuple[str, str, str], Figure] = {}

    def file_of(self, figure: Figure) -> str | None:
        """The file with a figure's rows; None if the pack has none."""
        target, own = figure["target"], self._own
        name = f"judged/{own}.{target}.csv" if own else f"evidence/{target}.csv"
        name = f"judged/{own}.csv" if own and own == target else name
        if figure["file"] != name or name not in self._names:
            return None
        self.used.add(name)
        return name

    def work_out(self, figure: Figure) -> Figure:
        """The figure computed from its rows; RowWrong."""
        key = (str(self.file_of(figure)), figure["method"], figure["unit"])
        if key not in self._computed:
            self._computed[key] = self._from_rows(*key)
        return self._computed[key]

    def _from_rows(self, name: str, method: str, unit: str) -> Figure:
        own, reported, latest = Sums(), dict[str, Sums](), ""
        for place, row in self._read(name):
            facts = _document(row["facts"].encode())
            early = _moment(row["at"]) < (self.period.marks or self.period.first())
            if self._marks and early != bool(facts.get("before_period")):
                raise RowWrong(
                    "row %s is marked wrongly as before or in the days of the pack", place
                )
            if row["outside"] == "1":
                _reported_in(place, facts, self.period)
                latest = facts["unit"]
                _add(reported.setdefault(latest, Sums()), place, row, facts)
            else:
                _add(own, place, row, facts)
            if _moment(row["at"]) > self.period.until + DRIFT:
                raise RowWrong("row %s is later than the days of the pack", place)
        self._check_ids(name, own.rows + sum(sums.rows for sums in reported.values()))
        figure = _own(method, own, unit, self.period)
        merged = _merged(figure, _reported(reported, latest))
        return merged | {"moments": lambda at: {at} if self._has(name, at) else set()}

    def _has(self, name: str, at: datetime) -> bool:
        return any(_moment(row["at"]) == at for _place, row in self._read(name))

    def _check_ids(self, name: str, rows: int) -> None:
        """RowWrong for a duplicate id. Each pass compares a share of the ids, which bounds memory use."""
        shares = max(1, -(-rows // IDS_AT_ONCE))
        for share in range(shares):
            seen: set[bytes] = set()
            for place, row in self._read(name):
                mark = hashlib.blake2b(row["id"].encode(), digest_size=12).digest()
                if int.from_bytes(mark[:4]) % shares != share:
                    continue
                if mark in seen:
                    raise RowWrong("the id of row %s occurs twice", place)
                seen.add(mark)

    def _read(self, name: str) -> Iterator[tuple[int, dict[str, str]]]:
        """(line number, row) for each row; RowWrong for a line without exactly six cells."""
        with self.pack.open(name) as raw:
            for place in range(1, sys.maxsize):
                line = raw.readline(LONGEST_LINE)
                if not line:
                    return
                if not line.endswith(b"\n"):
                    raise RowWrong("line %s of the rows is too long or incomplete", place)
                text = line.decode("utf-8-sig" if place == 1 else "utf-8")
                cells = next(csv.reader([text], strict=True), [])
                if len(cells) != len(COLUMNS) or (place == 1 and cells != COLUMNS):
                    raise RowWrong(
                        "line %s of the rows does not have the six cells of a row", place
                    )
                if place > 1:
                    yield place, dict(zip(COLUMNS, cells, strict=True))


def _reported_in(place: int, facts: dict[str, Any], period: Period) -> None:
    """RowWrong unless the reported days end within the pack's days."""
    begins, ends = date.fromisoformat(facts["begins"]), date.fromisoformat(facts["ends"])
    if not (begins < ends and period.begins < ends <= period.ends):
        raise RowWrong("row %s covers days outside the pack", place)


def _count(text: str, place: int) -> int:
    """A cell with a non-negative integer; empty is 0. ValueError, RowWrong."""
    if not re.fullmatch(r"-?[0-9]{0,18}", text) or text == "-":
        raise ValueError(text)
    number = int(text or 0)
    if number < 0:
        raise RowWrong("row %s has a negative number", place)
    return number


def _add(sums: Sums, place: int, row: dict[str, str], facts: dict[str, Any]) -> None:
    at = _moment(row["at"])
    part, whole = _count(row["numerator"], place), _count(row["denominator"], place)
    sums.rows, sums.part, sums.whole = sums.rows + 1, sums.part + part, sums.whole + whole
    sums.first = at if sums.first is None else min(sums.first, at)
    if sums.newest is None or at >= sums.newest:
        sums.newest, sums.newest_part, sums.newest_whole = at, part, whole
    if "until" in facts:
        sums.until = _moment(facts["until"])
    if facts.get("unit", "percent") == "percent" and part > whole and whole:
        raise RowWrong("row %s has a numerator larger than its denominator", place)
    if row["outside"] == "1" and facts["ends"] >= sums.covers:
        sums.covers, sums.value = facts["ends"], finite(facts["value"])
        if sums.value < 0:
            raise RowWrong("row %s has a negative number", place)


class Counts(NamedTuple):
    """The integer components of a figure."""

    part: int = 0
    whole: int = 0
    rows: int = 0
    outside: int = 0


def _computed(value: float | None, unit: str, counts: Counts) -> Figure:
    part, whole, rows, outside = Counts() if value is None else counts
    return {
        "value": value, "numerator": part, "denominator": whole, "evidence": rows,
        "outside": outside, "unit": unit,
    }  # fmt: skip


def _own(method: str, sums: Sums, unit: str, period: Period) -> Figure:
    if not sums.rows:
        return _computed(None, unit, Counts())
    if method == "days_kept":
        if sums.first is None or sums.until != period.until:
            raise RowWrong("the rows do not state when the log was checked")
        days = (sums.until - sums.first).days
        return _computed(float(days), unit, Counts(days, 1, sums.rows))
    part, whole = sums.part, sums.whole
    if method == "newest_share":
        part, whole = sums.newest_part, sums.newest_whole
        if sums.rows > 1 and sums.first is not None and sums.first < period.first():
            raise RowWrong("a row is older than the days of the pack and is not the only row")
    elif method != "share":
        raise RowWrong("unknown method %s", method)
    return _computed(_value(unit, part, whole, 0.0), unit, Counts(part, whole, sums.rows))


def _reported(by_unit: dict[str, Sums], unit: str) -> Figure:
    """The figure in the newest row's unit, because units cannot be added; `evidence` counts all rows."""
    if not by_unit:
        return _computed(None, "", Counts())
    sums, rows = by_unit[unit], sum(unit_sums.rows for unit_sums in by_unit.values())
    value = _value(unit, sums.part, sums.whole, sums.value)
    return _computed(value, unit, Counts(sums.part, sums.whole, rows, rows))


def _value(unit: str, part: int, whole: int, latest: float) -> float | None:
    if unit == "percent":
        return 100 * part / whole if whole else None
    return float(part) if unit == "count" else latest


def _merged(own: Figure, reported: Figure) -> Figure:
    if reported["value"] is None:
        return own
    if own["value"] is None:
        return reported
    if own["unit"] != reported["unit"] or own["unit"] not in ("percent", "count"):
        return own
    part = own["numerator"] + reported["numerator"]
    whole = own["denominator"] + reported["denominator"]
    rows = own["evidence"] + reported["evidence"]
    value = _value(own["unit"], part, whole, 0.0)
    return _computed(value, own["unit"], Counts(part, whole, rows, reported["outside"]))


def _from_formula(figure: Figure, inputs: list[Figure], rows: Rows) -> Figure:
    """Compute a formula from inputs computed from their rows; its `newest` is the oldest of theirs."""
    if len(figure["formula"]) > LONGEST_FORMULA:
        raise RowWrong("a formula cannot be read")
    values: dict[str, float | None] = {}
    evidence = outside = 0
    newest = []
    for item in inputs:
        if item["target"] in figure["names"]:
            result = rows.work_out(item)
            known = result["value"] is not None
            values[item["target"]] = result["value"]
            values[item["target"] + ".numerator"] = float(result["numerator"]) if known else None
            values[item["target"] + ".denominator"] = (
                float(result["denominator"]) if known else None
            )
            evidence, outside = evidence + result["evidence"], outside + result["outside"]
            newest += [_moment(item["newest"])] if known else []
    value = evaluate(figure["formula"], values)
    total = _computed(value, figure["unit"], Counts(rows=evidence, outside=outside))
    return total | {"moments": lambda _at: {min(newest)} if newest else set()}


TOKEN = re.compile(
    r"\s*(\d+(?:\.\d+)?|[a-z][a-z0-9]*(?:-[a-z0-9]+)*(?:\.(?:numerator|denominator))?|[-+*/()])"
)


def evaluate(text: str, values: dict[str, float | None]) -> float | None:
    """The value of a formula; None if a name has no value or a divisor is zero. PackWrong."""
    tokens, at = [], 0
    while at < len(text.rstrip()):
        match = TOKEN.match(text, at)
        if match is None:
            raise PackWrong("a formula cannot be read")
        tokens.append(match[1])
        at = match.end()
    value, rest = _sum(tokens, values)
    if rest:
        raise PackWrong("a formula cannot be read")
    return value


Part = tuple[float | None, list[str]]


def _sum(tokens: list[str], values: dict[str, float | None]) -> Part:
    left, rest = _product(tokens, values)
    while rest and rest[0] in "+-":
        right, after = _product(rest[1:], values)
        left, rest = _both(rest[0], left, right), after
    return left, rest


def _product(tokens: list[str], values: dict[str, float | None]) -> Part:
    left, rest = _factor(tokens, values)
    while rest and rest[0] in "*/":
        right, after = _factor(rest[1:], values)
        left, rest = _both(rest[0], left, right), after
    return left, rest


def _factor(tokens: list[str], values: dict[str, float | None]) -> Part:
    if not tokens:
        raise PackWrong("a formula is incomplete")
    head, rest = tokens[0], tokens[1:]
    if head == "-":
        value, after = _factor(rest, values)
        return _both("-", 0.0, value), after
    if head == "(":
        value, after = _sum(rest, values)
        if after[:1] != [")"]:
            raise PackWrong("a bracket is not closed")
        return value, after[1:]
    return (float(head) if head[0].isdigit() else values.get(head)), rest


def _both(sign: str, left: float | None, right: float | None) -> float | None:
    if left is None or right is None or (sign == "/" and right == 0):
        return None
    if sign == "/":
        return left / right
    return {"+": left + right, "-": left - right, "*": left * right}[sign]


class _Page(HTMLParser):
    """The text of the HTML summary by language: paragraphs, and tables cell by cell. Tags, attributes and styles
    that the product does not write could hide text, and are collected in `strange`."""

    TAGS = frozenset(
        {
            "html", "head", "meta", "title", "style", "body", "section", "h1", "p", "div", "table",
            "thead", "tbody", "tr", "th", "td",
        }
    )  # fmt: skip
    FACTS = frozenset({"lang", "class", "charset", "name", "content", "scope"})
    PAINT = re.compile(
        r"display\s*:\s*none|visibility|opacity|content\s*:(?!\s*counter\()|url\(", re.IGNORECASE
    )

    def __init__(self) -> None:
        super().__init__()
        self.strange: list[str] = []
        self.texts: dict[str, list[str]] = {}
        self.tables: dict[str, list[list[list[str]]]] = {}
        self._language = self._tag = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in self.TAGS or not self.FACTS.issuperset(name for name, _ in attrs):
            self.strange.append(tag)
        self._tag = tag
        if tag == "section":
            self._language = dict(attrs).get("lang") or ""
            self.texts[self._language], self.tables[self._language] = [], []
        elif tag == "table":
            self.tables[self._language].append([])
        elif tag == "tr":
            self.tables[self._language][-1].append([])
        elif tag in ("td", "th"):
            self.tables[self._language][-1][-1].append("")

    def handle_data(self, data: str) -> None:
        if self._tag == "style":
            self.strange += self.PAINT.findall(data)
        elif self._tag in ("td", "th"):
            self.tables[self._language][-1][-1][-1] += data
        elif self._language and data.strip():
            self.texts[self._language].append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th", "style", "title"):
            self._tag = ""


def _summaries(pack: zipfile.ZipFile, manifest: dict[str, Any], outcome: Outcome) -> None:
    """Check that the summaries agree with the manifest: figures, goals, statuses, days."""
    names = set(pack.namelist())
    if PAGE in names:
        page = _Page()
        page.feed(_text(pack, PAGE).decode())
        faults = _page_faults(page, manifest)
        outcome.say(
            not faults, "summary    %s: %s", PAGE, ", ".join(faults) or say("matches the manifest")
        )
        if PAPER in names:
            tables = [table for tables in page.tables.values() for table in tables if table]
            same = _squeezed(tables) == _squeezed(_paper_tables(_text(pack, PAPER)))
            state = "matches the page" if same else "its tables differ from those of the page"
            outcome.say(same, "summary    %s: %s", PAPER, say(state))


def _squeezed(tables: list[list[list[str]]]) -> list[list[list[str]]]:
    """Cells without white space, which the file formats set differently."""
    return [[["".join(cell.split()) for cell in row] for row in table] for table in tables]


def _page_faults(page: _Page, manifest: dict[str, Any]) -> list[str]:
    """The facts and targets for which the page disagrees with the manifest."""
    faults = [f"<{printable(tag)}>" for tag in dict.fromkeys(page.strange)]
    for language, name in (("zh-hans", "name_zh"), ("en", "name_en")):
        text = " ".join(page.texts.get(language, []))
        facts = (manifest["begins"], manifest["ends"], manifest["key_id"])
        faults += [fact for fact in facts if fact not in text]
        rows = (page.tables.get(language) or [[]])[0][1:]
        figures = manifest["figures"]
        if len(rows) != len(figures):
            faults.append(f"{language}: {len(rows)} / {len(figures)}")
        for figure, row in zip(figures, rows, strict=False):
            if not _is_line(row, figure, figure[name], language):
                faults.append(f"{figure['target']} ({language})")
    return faults


def _is_line(cells: list[str], figure: Figure, name: str, language: str) -> bool:
    """Whether a row of the summary's table is that of the figure."""
    sign = "≥" if figure["direction"] == "at_least" else "≤"
    value, unit = figure["value"], figure["unit"]
    goal = f"{sign} {_written(figure.get('goal_for_period', figure['goal']), unit, language)}"
    actual = EMPTY[language] if value is None else _written(value, unit, language)
    state = STATES[language].get(figure["status"], "")
    counts = [f"{figure['evidence']:,}", f"{figure['outside']:,}"]
    if "judged" in figure:
        judged = figure["judged"]
        last = date.fromisoformat(judged["ends"]) - timedelta(days=1)
        by = judged["value"]
        by = EMPTY[language] if by is None else _written(by, unit, language)
        days = f"{by} ({judged['begins']} – {last.isoformat()})"
        return cells == [name, goal, actual, days, state, *counts]
    begun = len(cells) == 6 and (
        cells[1] == goal or cells[1].startswith((f"{goal} (", f"{goal}（"))
    )
    return begun and [cells[0], *cells[2:]] == [name, actual, state, *counts]


def _written(value: float, unit: str, language: str) -> str:
    """A figure as in the summaries: at most two decimals, truncated."""
    text = f"{int(value * 100) / 100:,.2f}".rstrip("0").rstrip(".")
    word = (ONE if value == 1 else UNITS)[language].get(unit) or UNITS[language].get(unit, "")
    return f"{text} {word}".strip()


WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def _paper_tables(data: bytes) -> list[list[list[str]]]:
    """The tables of a Word file, cell by cell."""
    with zipfile.ZipFile(BytesIO(data)) as paper:
        text = _text(paper, "word/document.xml")
    if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
        raise PackWrong("the pack is invalid (%s)", "DOCTYPE")
    # Without a document type no entities can expand.
    body = ET.fromstring(text)  # noqa: S314
    return [
        [
            [
                "".join(part.text or "" for part in cell.iter(f"{WORD}t"))
                for cell in row.iter(f"{WORD}tc")
            ]
            for row in table.iter(f"{WORD}tr")
        ]
        for table in body.iter(f"{WORD}tbl")
    ]


class _Words(argparse.HelpFormatter):
    """Translates the usage line."""

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: Any = None) -> None:
        super().add_usage(usage, actions, groups, say("usage: ") if prefix is None else prefix)


class _Parser(argparse.ArgumentParser):
    """Translates help and errors."""

    def __init__(self, **facts: Any) -> None:
        super().__init__(**{**facts, "formatter_class": _Words, "add_help": False})
        self._positionals.title, self._optionals.title = say("arguments"), say("options")
        self.add_argument("-h", "--help", action="help", help=say("show this help and exit"))

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        detail = "" if _chinese() else f": {message}"
        self.exit(2, f"{self.prog}: {say('usage error')}{detail}\n")


def _given(words: Iterable[str] | None) -> argparse.Namespace:
    parser = _Parser(prog="tutela-verify", description=say("Check an evidence pack."))
    verbs = parser.add_subparsers(dest="verb", required=True, metavar=say("COMMAND"))
    about = say("signature, hashes and every figure of a pack")
    pack = verbs.add_parser("pack", help=about, description=about)
    pack.add_argument("file", metavar=say("FILE"), help=say("the pack to check"))
    key = say("the company's public key in hex, or a file containing it")
    pack.add_argument("--key", default=None, metavar=say("KEY"), help=key)
    given = parser.parse_args(None if words is None else list(words))
    if given.key is not None and not given.key.strip():
        parser.error(say("the given key is empty"))
    return given


def main(words: Iterable[str] | None = None) -> int:
    """The command; returns the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # characters that the terminal cannot encode are escaped
            stream.reconfigure(errors="backslashreplace")
    given = _given(words)
    outcome = check(given.file, given.key)
    result = "all equal" if outcome.good else "NOT EQUAL: do not rely on this pack"
    sys.stdout.write("\n".join([*outcome.lines, say(result)]) + "\n")
    return 0 if outcome.good else 1


if __name__ == "__main__":
    sys.exit(main())
