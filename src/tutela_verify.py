"""Check an evidence pack of Tutela without Tutela: `tutela-verify pack FILE [--key KEY]`.

One file that needs Python 3.11 and, for the signature, the package `cryptography`; copy it anywhere.
It checks the signature and every hash, works each figure out again from the rows in the pack, and says
for each whether it is equal. Exit code 0 when all is equal, 1 when anything differs, 2 for wrong use.
KEY is the company's public key in hex, or a file that holds it: without it the pack's own key is taken,
which says that nothing was changed since it was signed, but not by whom.
It speaks Chinese or English as LC_ALL, LC_MESSAGES or LANG say, and Chinese when none of them says.

A pack is a zip: `manifest.json` (figures and rules), `evidence/*.csv` (rows), summaries for readers,
`public-key.txt`, `SHA256SUMS` (every file but itself and the signature) and `signature.txt`, Ed25519
over the bytes of SHA256SUMS. A figure is worked out by its `method`:

    share         100 x sum of numerators / sum of denominators (percent), or the sum (count)
    newest_share  the same of the row with the latest moment alone
    days_kept     whole days from the earliest row to the moment `until` that the rows name
    formula       a sum over other figures of the pack: + - * / numbers, names, brackets

Rows marked `outside` were reported by other systems: shares and counts are added to the own rows;
days and hours stand only where the target has no row of its own, the latest of them.
"""

import argparse
import csv
import hashlib
import io
import json
import os
import re
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, NoReturn

FORMAT = "tutela-pack-1"
UNLISTED = {"SHA256SUMS", "signature.txt"}
LARGEST_TEXT = 16 * 1024 * 1024
"""No manifest or list of hashes is so large; a pack that says so is not ours."""
NEAR = 1e-9
BAD_CONTENT = (LookupError, ArithmeticError, ValueError, TypeError, AttributeError, EOFError)

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
    "the company's public key in hex, or a file with it": "公司公布的公钥（十六进制），或存有公钥的文件",
    "the key given is no public key of 64 hex digits": "所给公钥不是 64 位十六进制数",
    "the pack to check": "要校验的证据包",
    "usage: ": "用法：",
    "wrong use": "用法有误，请查看 --help",
    "equal      ": "一致    ",
    "DIFFERENT  ": "不一致  ",
    "key        the pack is signed by another key than the one given": "公钥    与所给公钥不是同一把",
    "signature  it is not of this list of hashes by this key": "签名    不是此密钥对这份哈希清单的签名",
    "signature  %s (the key given)": "签名    %s（与所给公钥相符）",
    "signature  %s (the key in the pack; compare it with the company's)": "签名    %s（包内公钥，请核对）",
    "signature  %s (the key in the pack, which is not the one given)": "签名    %s（包内公钥，并非所给公钥）",
    "key        the pack names the key %s and holds another": "公钥    证据包写明公钥 %s，所附却是另一把",
    "figure     %s: its rows are not in the pack": "数值    %s：包内没有其证据行",
    "figure     %s: its rows cannot be read (%s)": "数值    %s：其证据行无法读取（%s）",
    "change     %s: %s, in the pack of %s it was %s": "变动    %s：现为 %s，%s 的证据包中为 %s",
    "change     %s: still %s, but since the pack of %s: %s": "变动    %s：仍为 %s，自 %s 的证据包以来：%s",
    "file       %s is not listed": "文件    %s 未列入清单",
    "file       %s is not there": "文件    缺少 %s",
    "file       %s has another hash": "文件    %s 的哈希值不符",
    "hashes     %s files": "哈希    %s 个文件",
    "figure     %s: %s, %s rows": "数值    %s：%s，证据 %s 行",
    "no data": "无数据",
    "%s, from the rows %s (%s of %s)": "%s，按证据行重算为 %s（%s / %s）",
    "the file is no whole zip (%s)": "文件不是完整的 zip（%s）",
    "the pack is not as it should be (%s)": "证据包的内容不合规定（%s）",
    "a name stands in the pack twice": "证据包内有重复的文件名",
    "a name leads out of the pack": "证据包内有指向包外的文件名",
    "a file in the pack is damaged": "证据包内有损坏的文件",
    "%s is too large": "%s 过大",
    "the signature needs the Python package cryptography": "校验签名需要 Python 软件包 cryptography",
    "this format of pack is not known": "无法识别此证据包的格式",
    "the rows do not say until when the log was looked at": "证据行未说明日志核查的截止时间",
    "the method %s is not known": "无法识别计算方法 %s",
    "a formula cannot be read": "公式无法解析",
    "a formula ends too early": "公式不完整",
    "a bracket is not closed": "括号未闭合",
}
"""What is said, in Chinese. One file needs nothing else, so it carries its own."""
WORDS = {
    "percent": ("percent", "%"), "count": ("time(s)", "次"), "days": ("day(s)", "天"),
    "hours": ("hour(s)", "小时"), "numerator": ("part", "分子"), "denominator": ("whole", "分母"),
    "evidence": ("rows", "证据"), "outside": ("from outside", "外部"), "newest": ("newest row", "最新证据"),
}  # fmt: skip
"""Units, and what a figure is made of, in English and in Chinese."""

Figure = dict[str, Any]
"""A figure of the manifest, or one worked out, by the names in the manifest."""


def _chinese() -> bool:
    told = next(filter(None, map(os.environ.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "zh")
    return told.lower().startswith("zh")


def say(text: str, *facts: object) -> str:
    """A sentence in the language of the terminal, filled in."""
    said = CHINESE[text] if _chinese() else text
    return said % facts if facts else said


def _word(name: str) -> str:
    return WORDS.get(name, (name, name))[_chinese()]


class PackWrong(Exception):
    """The pack cannot be believed; the text says why."""

    def __init__(self, text: str, *facts: object) -> None:
        super().__init__(say(text, *facts))


@dataclass
class Sums:
    """What is added up over one CSV."""

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
    """The lines to print and whether all of them were good."""

    lines: list[str] = field(default_factory=list)
    good: bool = True

    def say(self, right: bool, text: str, *facts: object) -> None:
        self.lines.append(say("equal      " if right else "DIFFERENT  ") + say(text, *facts))
        self.good = self.good and right


def pinned(given: str) -> str:
    """The public key in hex that `--key` gives, itself or in a file; PackWrong when it is none."""
    text = given.strip()
    if text and len(text) != 64 and Path(text).is_file():
        with Path(text).open("rb") as file:
            text = file.read(1024).decode("ascii", "replace").strip()
    if given and not re.fullmatch("[0-9a-fA-F]{64}", text):
        raise PackWrong("the key given is no public key of 64 hex digits")
    return text.lower()


def check(path: str, key: str = "") -> Outcome:
    """Check the pack at `path`; `key` is the public key the company told, itself or in a file, if it
    did. What was found before a pack turned out to be unreadable is told all the same."""
    outcome = Outcome()
    try:
        _check(path, pinned(key), outcome)
    except PackWrong as wrong:
        outcome.lines.append(say("DIFFERENT  ") + str(wrong))
        outcome.good = False
    return outcome


def _check(path: str, key: str, outcome: Outcome) -> None:
    try:
        with zipfile.ZipFile(path) as pack:
            _names(pack)
            _signature(pack, key, outcome)
            _hashes(pack, outcome)
            _figures(pack, outcome)
    except (zipfile.BadZipFile, zlib.error, OSError, NotImplementedError, RuntimeError) as broken:
        raise PackWrong("the file is no whole zip (%s)", type(broken).__name__) from None
    except BAD_CONTENT as broken:
        raise PackWrong("the pack is not as it should be (%s)", type(broken).__name__) from None


def _names(pack: zipfile.ZipFile) -> None:
    names = pack.namelist()
    if len(set(names)) != len(names):
        raise PackWrong("a name stands in the pack twice")
    if any(name.startswith("/") or ".." in name for name in names):
        raise PackWrong("a name leads out of the pack")
    if pack.testzip() is not None:
        raise PackWrong("a file in the pack is damaged")


def _text(pack: zipfile.ZipFile, name: str) -> bytes:
    if pack.getinfo(name).file_size > LARGEST_TEXT:
        raise PackWrong("%s is too large", name)
    return pack.read(name)


def _signature(pack: zipfile.ZipFile, key: str, outcome: Outcome) -> None:
    try:
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    except ImportError:
        raise PackWrong("the signature needs the Python package cryptography") from None
    told = _text(pack, "public-key.txt").decode().strip().lower()
    other = bool(key) and key.lower() != told
    if other:
        outcome.say(False, "key        the pack is signed by another key than the one given")
    try:
        public = Ed25519PublicKey.from_public_bytes(bytes.fromhex(told))
        signature = bytes.fromhex(_text(pack, "signature.txt").decode().strip())
        public.verify(signature, _text(pack, "SHA256SUMS"))
    except (InvalidSignature, ValueError):
        outcome.say(False, "signature  it is not of this list of hashes by this key")
        return
    given = "signature  %s (the key given)"
    found = "signature  %s (the key in the pack; compare it with the company's)"
    wrong = "signature  %s (the key in the pack, which is not the one given)"
    outcome.say(True, wrong if other else given if key else found, told)


def _hashes(pack: zipfile.ZipFile, outcome: Outcome) -> None:
    lines = _text(pack, "SHA256SUMS").decode().splitlines()
    listed = {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
    there = set(pack.namelist()) - UNLISTED
    for name in sorted(there ^ set(listed)):
        unlisted = "file       %s is not listed"
        outcome.say(False, unlisted if name in there else "file       %s is not there", name)
    wrong = [name for name in sorted(there & set(listed)) if _sha256(pack, name) != listed[name]]
    for name in wrong:
        outcome.say(False, "file       %s has another hash", name)
    outcome.say(not wrong, "hashes     %s files", len(listed))


def _sha256(pack: zipfile.ZipFile, name: str) -> str:
    with pack.open(name) as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


def _names_key(pack: zipfile.ZipFile, manifest: dict[str, Any], outcome: Outcome) -> None:
    public = bytes.fromhex(_text(pack, "public-key.txt").decode().strip())
    named = manifest["key_id"]
    if hashlib.sha256(public).hexdigest()[: len(named)] != named or len(named) != 16:
        outcome.say(False, "key        the pack names the key %s and holds another", named)


def _figures(pack: zipfile.ZipFile, outcome: Outcome) -> None:
    manifest = json.loads(_text(pack, "manifest.json"))
    if manifest["format"] != FORMAT:
        raise PackWrong("this format of pack is not known")
    _names_key(pack, manifest, outcome)
    later = []
    for figure in manifest["figures"]:
        if figure["method"] == "formula":
            later.append(figure)
            continue
        if figure["file"] not in pack.namelist():
            outcome.say(False, "figure     %s: its rows are not in the pack", figure["target"])
            continue
        _work_out(figure, lambda one=figure: _from_rows(pack, one), outcome)
    for figure in later:
        _work_out(figure, lambda one=figure: _from_formula(one, manifest["inputs"], pack), outcome)
    _changes(manifest, outcome)


def _work_out(figure: Figure, work: Callable[[], Figure], outcome: Outcome) -> None:
    """Compare; rows that cannot be read are one bad line, so that all others are still told."""
    try:
        made = work()
    except (*BAD_CONTENT, csv.Error) as broken:
        text, why = "figure     %s: its rows cannot be read (%s)", type(broken).__name__
        outcome.say(False, text, figure["target"], why)
        return
    _compare(figure, made, outcome)


def _changes(manifest: dict[str, Any], outcome: Outcome) -> None:
    """What the pack says has changed since the one before it; what it says of now must be its figures."""
    earlier = manifest.get("earlier") or {"changes": []}
    figures = {figure["target"]: figure for figure in manifest["figures"]}
    for one in earlier["changes"]:
        now = figures[one["target"]]
        ok = all(one["now"][name] == now[name] for name in one["now"])
        then, unit = one["then"] or {"value": None}, now["unit"]
        text, was = "change     %s: %s, in the pack of %s it was %s", _shown(then["value"], unit)
        if one["then"] and _near(then["value"], now["value"]):
            text, was = "change     %s: still %s, but since the pack of %s: %s", _others(then, now)
        outcome.say(ok, text, one["target"], _shown(now["value"], unit), earlier["written_at"], was)


def _others(then: Figure, now: Figure) -> str:
    """In what two figures of the same value differ."""
    names = ("numerator", "denominator", "evidence", "outside", "newest")
    changed = (name for name in names if then[name] != now[name])
    return ", ".join(f"{_word(name)} {then[name]} → {now[name]}" for name in changed)


def _shown(value: float | None, unit: str) -> str:
    return say("no data") if value is None else f"{value:g} {_word(unit)}"


def _compare(figure: Figure, made: Figure, outcome: Outcome) -> None:
    """One line a figure. A value is equal to within a billionth; counts must be the same."""
    same = _near(figure["value"], made["value"]) and all(
        figure[name] == made[name] for name in ("numerator", "denominator", "evidence", "outside")
    )
    if figure.get("goal_for_period") is not None and made["value"] is not None:
        goal, at_least = figure["goal_for_period"], figure["direction"] == "at_least"
        reached = made["value"] >= goal if at_least else made["value"] <= goal
        same = same and (reached or figure["status"] != "met")
    elif made["value"] is None:
        same = same and figure["status"] == "no_data"
    told = _shown(figure["value"], figure["unit"])
    if not same:
        counted = (made["value"], made["numerator"], made["denominator"])
        told = say("%s, from the rows %s (%s of %s)", told, *counted)
    outcome.say(same, "figure     %s: %s, %s rows", figure["target"], told, figure["evidence"])


def _near(told: float | None, made: float | None) -> bool:
    if told is None or made is None:
        return told is made
    return abs(told - made) <= NEAR * max(1.0, abs(told))


def _from_rows(pack: zipfile.ZipFile, figure: Figure) -> Figure:
    own, reported, unit = Sums(), dict[str, Sums](), ""
    for row in _rows(pack, figure["file"]):
        if row["outside"] == "1":
            unit = json.loads(row["facts"])["unit"]
            _add(reported.setdefault(unit, Sums()), row)
        else:
            _add(own, row)
    made = _own(figure["method"], own, figure["unit"])
    return _merged(made, _reported(reported, unit))


def _rows(pack: zipfile.ZipFile, name: str) -> Iterator[dict[str, str]]:
    with pack.open(name) as raw:
        yield from csv.DictReader(io.TextIOWrapper(raw, "utf-8-sig", newline=""))


def _add(sums: Sums, row: dict[str, str]) -> None:
    at = datetime.fromisoformat(row["at"])
    part, whole = int(row["numerator"] or 0), int(row["denominator"] or 0)
    facts = json.loads(row["facts"])
    sums.rows, sums.part, sums.whole = sums.rows + 1, sums.part + part, sums.whole + whole
    sums.first = at if sums.first is None else min(sums.first, at)
    if sums.newest is None or at >= sums.newest:
        sums.newest, sums.newest_part, sums.newest_whole = at, part, whole
    if "until" in facts:
        sums.until = datetime.fromisoformat(facts["until"])
    if row["outside"] == "1" and facts["ends"] >= sums.covers:
        sums.covers, sums.value = facts["ends"], float(facts["value"])


def _made(value: float | None, part: int, whole: int, rows: int, outside: int, unit: str) -> Figure:
    if value is None:
        part = whole = rows = outside = 0
    return {
        "value": value, "numerator": part, "denominator": whole, "evidence": rows,
        "outside": outside, "unit": unit,
    }  # fmt: skip


def _own(method: str, sums: Sums, unit: str) -> Figure:
    if not sums.rows:
        return _made(None, 0, 0, 0, 0, unit)
    if method == "days_kept":
        if sums.first is None or sums.until is None:
            raise PackWrong("the rows do not say until when the log was looked at")
        days = (sums.until - sums.first).days
        return _made(float(days), days, 1, sums.rows, 0, unit)
    part, whole = sums.part, sums.whole
    if method == "newest_share":
        part, whole = sums.newest_part, sums.newest_whole
    elif method != "share":
        raise PackWrong("the method %s is not known", method)
    return _made(_worth(unit, part, whole, 0.0), part, whole, sums.rows, 0, unit)


def _reported(by_unit: dict[str, Sums], unit: str) -> Figure:
    """The latest row's unit is what counts: hours and shares are not added up. All rows are told."""
    if not by_unit:
        return _made(None, 0, 0, 0, 0, "")
    sums, rows = by_unit[unit], sum(one.rows for one in by_unit.values())
    value = _worth(unit, sums.part, sums.whole, sums.value)
    return _made(value, sums.part, sums.whole, rows, rows, unit)


def _worth(unit: str, part: int, whole: int, latest: float) -> float | None:
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
    value = _worth(own["unit"], part, whole, 0.0)
    return _made(value, part, whole, rows, reported["outside"], own["unit"])


def _from_formula(figure: Figure, inputs: list[Figure], pack: zipfile.ZipFile) -> Figure:
    """A formula over figures that are themselves worked out from their rows."""
    values: dict[str, float | None] = {}
    rows = outside = 0
    for one in inputs:
        if one["target"] in figure["names"]:
            made = _from_rows(pack, one)
            known = made["value"] is not None
            values[one["target"]] = made["value"]
            values[one["target"] + ".numerator"] = float(made["numerator"]) if known else None
            values[one["target"] + ".denominator"] = float(made["denominator"]) if known else None
            rows, outside = rows + made["evidence"], outside + made["outside"]
    return _made(evaluate(figure["formula"], values), 0, 0, rows, outside, figure["unit"])


TOKEN = re.compile(
    r"\s*(\d+(?:\.\d+)?|[a-z][a-z0-9]*(?:-[a-z0-9]+)*(?:\.(?:numerator|denominator))?|[-+*/()])"
)


def evaluate(text: str, values: dict[str, float | None]) -> float | None:
    """The value of a formula; None where a name has no value or something is divided by nothing."""
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
        raise PackWrong("a formula ends too early")
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


class _Words(argparse.HelpFormatter):
    """The library's word for the line of usage, in our languages."""

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: Any = None) -> None:
        super().add_usage(usage, actions, groups, say("usage: ") if prefix is None else prefix)


class _Parser(argparse.ArgumentParser):
    """The library's help and errors, in our languages."""

    def __init__(self, **facts: Any) -> None:
        super().__init__(**{**facts, "formatter_class": _Words, "add_help": False})
        self._positionals.title, self._optionals.title = say("arguments"), say("options")
        self.add_argument("-h", "--help", action="help", help=say("show this help and exit"))

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        detail = "" if _chinese() else f": {message}"
        self.exit(2, f"{self.prog}: {say('wrong use')}{detail}\n")


def _given(words: Iterable[str] | None) -> argparse.Namespace:
    parser = _Parser(prog="tutela-verify", description=say("Check an evidence pack."))
    verbs = parser.add_subparsers(dest="verb", required=True, metavar=say("COMMAND"))
    about = say("signature, hashes and every figure of a pack")
    pack = verbs.add_parser("pack", help=about, description=about)
    pack.add_argument("file", metavar=say("FILE"), help=say("the pack to check"))
    told = say("the company's public key in hex, or a file with it")
    pack.add_argument("--key", default="", metavar=say("KEY"), help=told)
    return parser.parse_args(None if words is None else list(words))


def main(words: Iterable[str] | None = None) -> int:
    """The command; the lines go to standard output."""
    given = _given(words)
    outcome = check(given.file, given.key)
    result = "all equal" if outcome.good else "NOT EQUAL: do not rely on this pack"
    sys.stdout.write("\n".join([*outcome.lines, say(result)]) + "\n")
    return 0 if outcome.good else 1


if __name__ == "__main__":
    sys.exit(main())
