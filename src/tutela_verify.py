"""Check evidence of Tutela without Tutela: packs, and proofs of the access trail.

    tutela-verify pack FILE [--key KEY]
    tutela-verify checkpoint FILE --policy POLICY       signature and witnesses of a checkpoint
    tutela-verify proof FILE [--policy POLICY]          one entry: that it is in the log, what it says
    tutela-verify consistency FILE EARLIER --policy POLICY
    tutela-verify export FILE [--policy POLICY]         all entries between two checkpoints
    tutela-verify segment FILE [--seal PROOF] [--parquet FILE] --policy POLICY

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

The access trail is a transparency log: a Merkle tree (RFC 6962) over the exact bytes of each entry, 16 random
bytes and JSON. Checkpoints are C2SP signed notes (Ed25519 or ML-DSA-44), cosigned by witnesses; POLICY is a C2SP
tlog-policy that names the log's key, the witnesses' and the quorum; in its place `--key` takes the log's key
line. A proof is a C2SP tlog-proof whose `extra` line holds the entry; a proof of consistency is what a C2SP
witness is sent: `old SIZE`, hashes, an empty line, the later checkpoint. A list of entries begins with a line
that names its format and a line of JSON (first, count, range: the roots of the fewest full subtrees); then
blocks that end at multiples of 256: the hashes of the block by the log's tiles, and each entry with its length
in two bytes. An export is a zip of such a list, the checkpoints at its ends, the hashes before and after it, and
a table for readers that must say the same. What differs is named by the index of the first entry that is not as
in the log. `--page` writes a page of the result.
"""

import argparse
import base64
import csv
import gzip
import hashlib
import html
import json
import math
import os
import re
import shutil
import struct
import sys
import tempfile
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from typing import IO, Any, NamedTuple, NoReturn
from xml.etree import ElementTree as ET
from zoneinfo import ZoneInfo

FORMATS = {"tutela-pack-1", "tutela-pack-2"}
UNLISTED = frozenset({"SHA256SUMS", "signature.txt"})
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
    "a row is older than the days of the pack and is not the only row": (
        "有证据行早于证据包的期间，且并非唯一一行"
    ),
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
    "Check evidence of Tutela: packs, and proofs of the access trail.": (
        "校验 Tutela 的证据：证据包，以及访问留痕的各类证明。"
    ),
    "EARLIER": "较早检查点",
    "PAGE": "结果页",
    "POLICY": "策略文件",
    "a checkpoint of the trail: the log's signature and its witnesses": "校验留痕检查点：日志签名与见证签名",
    "the signed note": "带签名的检查点（signed note）",
    "that an entry is in the trail, and what it says": "校验某条记录确在留痕之中，并显示其内容",
    "the proof file (.tlog-proof), or the zip with it": "证明文件（.tlog-proof），或含有它的 zip",
    "the bytes of the entry, if they are not in the proof": "记录的原始字节（证明文件中没有时）",
    "that a later checkpoint continues an earlier one": "校验较晚的检查点是较早检查点的延续",
    "the proof with the later checkpoint": "一致性证明（含较晚的检查点）",
    "the earlier checkpoint": "较早的检查点",
    "a whole export of the trail: nothing missing, changed or moved": (
        "校验留痕的完整导出：无缺失、无改动、无换位"
    ),
    "the export (zip)": "导出文件（zip）",
    "a sealed segment, entry by entry": "逐条校验已封存的留痕分段",
    "the list of its entries": "该分段的记录清单",
    "the proof of the entry that seals it": "封存记录的证明文件",
    "a sealed file to compare by its hash; may be given again": "按哈希值比对的封存文件，可多次指定",
    "the policy file: logs, witnesses and quorum (C2SP tlog-policy)": (
        "策略文件：日志、见证方与法定数（C2SP tlog-policy）"
    ),
    "in place of a policy: the log's key line, or a file containing it": (
        "代替策略文件：日志的公钥行，或存有它的文件"
    ),
    "also write the result as a page for readers": "另将结果写成便于阅读的网页",
    "NOT EQUAL: do not rely on this file": "不一致：请勿采信此文件",
    "NOT CHECKED: nothing was compared": "未校验：未作任何比对",
    "missing    ": "缺少    ",
    "stated     ": "所载    ",
    "the note": "检查点",
    "the policy": "策略文件",
    "the proof": "证明文件",
    "control characters": "含有控制字符",
    "a hash or signature is not valid base64 of its length": "哈希值或签名的编码或长度不合规定",
    "a number is not written as it must be": "数字的写法不合规定",
    "the note is not valid UTF-8": "检查点不是有效的 UTF-8",
    "the note contains control characters": "检查点含有控制字符",
    "the note has no signatures after an empty line": "检查点在空行之后没有签名",
    "a signature line of the note is invalid": "检查点的签名行不合规定",
    "the note is not a checkpoint of three lines": "此文件不是三行的检查点",
    "the checkpoint of the empty log has another root": "空日志的检查点根哈希有误",
    "a key is invalid: it needs a name, an id and a public key of a known type": (
        "公钥行不合规定：应含名称、标识和已知类型的公钥"
    ),
    "the id of a key is not that of its name and its public key": "公钥标识与名称和公钥不符",
    "line %s of the policy is invalid: %s": "策略文件第 %s 行不合规定：%s",
    "the policy has no quorum line": "策略文件没有 quorum 行",
    "it is none of log, witness, group and one quorum": "应为 log、witness、group 或唯一的 quorum",
    "the type of the key does not fit": "公钥类型不适用",
    "a key stands in it twice": "同一公钥出现两次",
    "a name stands in it twice": "同一名称出现两次",
    "a group needs at least one and at most all of its members": "组的法定数应不少于一、不多于成员数",
    "a member is not defined above, or belongs to two groups": "成员未在前面定义，或同时属于两个组",
    "a key of type ML-DSA-44 needs a newer package cryptography": "ML-DSA-44 公钥需要更新版本的 cryptography",
    "checkpoint %s: %s entries, root %s": "检查点  %s：共 %s 条，根哈希 %s",
    "signature  of the log %s is wrong": "签名    日志 %s 的签名有误",
    "signature  of the log %s": "签名    日志 %s 的签名",
    "signature  none by the log's key of the policy for %s": "签名    没有策略所列 %s 日志公钥的签名",
    "witness    %s (%s) at %s": "见证    %s（%s），%s",
    "witness    %s (%s): the signature is wrong": "见证    %s（%s）：签名有误",
    "quorum     the policy asks for no witness": "法定数  策略不要求见证",
    "quorum     reached: %s of %s witnesses": "法定数  已达到：%s / %s 个见证方",
    "quorum     NOT reached: %s of %s witnesses": "法定数  未达到：%s / %s 个见证方",
    "the index is not in the tree of the checkpoint": "序号不在检查点所载的范围内",
    "the proof does not have the number of hashes for its place": "证明的哈希个数与其位置不符",
    "the later checkpoint is smaller than the earlier one": "较晚的检查点反而比较早的小",
    "a range of entries does not have its number of hashes": "记录区间的哈希个数有误",
    "the file is not a proof (%s)": "此文件不是证明文件（%s）",
    "the proof does not state an index": "证明文件未写明序号",
    "the bytes are not an entry of Tutela's trail": "这些字节不是 Tutela 留痕的记录",
    "the file ends within entry %s": "文件在第 %s 条记录处中断",
    "more bytes follow the last entry": "最后一条记录之后还有多余的字节",
    "entries    the first bad index is %s (%s entries are not as in the log)": (
        "记录    首个有误的序号为 %s（共 %s 条与日志不符）"
    ),
    "entries    %s to %s: each has its hash": "记录    %s 至 %s：逐条与其哈希值相符",
    "range      the hashes of %s to %s are not those of the log": "区间    %s 至 %s 的哈希值与日志不符",
    "range      %s": "区间    %s",
    "entries    the first bad index is %s: the next entry of its writer names another hash": (
        "记录    首个有误的序号为 %s：同一写入方的下一条记录载有另一哈希值"
    ),
    "the file is not a list of entries (%s)": "此文件不是记录清单（%s）",
    "seal       not given: with --seal the log itself vouches for the range": (
        "封存    未提供封存记录：加上 --seal 即由日志本身为该区间作证"
    ),
    "seal       its entry says the same": "封存    封存记录所载相同",
    "seal       its entry differs in: %s": "封存    封存记录所载不同：%s",
    "file       %s is the sealed one": "文件    %s 即被封存的文件",
    "file       %s is not the sealed one": "文件    %s 不是被封存的文件",
    "complete   %s to %s are all entries of the log, in its order": "完整    %s 至 %s 为日志的全部记录，次序一致",
    "complete   the hashes of %s to %s do not lead to the checkpoint's root": (
        "完整    由 %s 至 %s 的哈希值得不到检查点的根哈希"
    ),
    "earlier    the range begins with the log's first entry": "起点    自日志的第一条记录开始",
    "earlier    the range begins where the earlier checkpoint ends (%s)": "起点    自较早检查点的末尾开始（%s）",
    "table      every line says what its entry says": "表格    每一行均与其记录一致",
    "table      the line of index %s does not say what its entry says": "表格    序号 %s 的行与其记录不一致",
    "the table does not have the columns of the trail": "表格的列不是留痕规定的列",
    "the workbook holds more than one plain sheet": "工作簿含有一张普通工作表以外的内容",
    "checkpoint the file beside the proof is the one in it": "检查点  所附检查点与证明中的相同",
    "the proof holds another entry than the one given": "证明中的记录与所给记录不同",
    "the proof holds no entry: give its bytes with --leaf": "证明中没有记录：请用 --leaf 提供其原始字节",
    "inclusion  the entry is number %s of the log": "收录    此记录确为日志第 %s 条",
    "inclusion  the entry is NOT number %s of the log": "收录    此记录不是日志第 %s 条",
    "when       %s (%s)": "时间    %s（%s）",
    "who        %s, by %s from %s": "人员    %s，经由%s，来自 %s",
    "what       %s, shown: %s": "事项    %s，呈现：%s",
    "subject    %s": "对象    %s",
    "fields     %s": "字段    %s",
    "purpose    %s, work item %s": "目的    %s，工单 %s",
    "decision   %s (%s)": "裁决    %s（%s）",
    "detail     %s": "细节    %s",
    "names      in quotes are as the pack tells them; the proof covers codes and numbers": (
        "名称    引号内名称由证据包所附，证明只涵盖代码和编号"
    ),
    "the checkpoints are of two logs": "两个检查点不属于同一日志",
    "the proof is for another size than the earlier checkpoint's": "证明所针对的大小与较早检查点不同",
    "consistent the log of %s entries is the beginning of that of %s": (
        "延续    %s 条的日志是 %s 条日志的开头部分"
    ),
    "consistent the log of %s entries is NOT the beginning of that of %s: one of them was changed": (
        "延续    %s 条的日志不是 %s 条日志的开头部分：其一被改动"
    ),
    "policy     the file's own; compare its keys with the company's, or give --policy": (
        "策略    为文件所附，请与公司公布的公钥核对，或用 --policy 指定"
    ),
    "unchecked  for readers only: %s": "未核对  仅供阅读：%s",
    "whose signature counts? Give --policy or --key": "未指明认可谁的签名：请用 --policy 或 --key 指定",
    "a file cannot be read (%s)": "文件无法读取（%s）",
    "a file is damaged or invalid (%s)": "文件已损坏或不合规定（%s）",
    "Result of checking %s": "%s 的校验结果",
    "Checked with tutela-verify, alone; the SHA-256 of the file is %s.": (
        "由 tutela-verify 独立校验；所校验文件的 SHA-256 为 %s。"
    ),
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


class NothingToTrust(UseWrong):
    """The command does not say whose signature counts, and the file brings no policy."""


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
    parts: list[tuple[bool | None, str]] = field(default_factory=list)
    """The same lines with what each says: equal, different, or only stated."""
    checked: bool = True

    def say(self, right: bool, text: str, *facts: object) -> None:
        self.add(right, say(text, *facts))

    def add(self, right: bool, sentence: str) -> None:
        self.lines.append(say("equal      " if right else "DIFFERENT  ") + sentence)
        self.parts.append((right, sentence))
        self.good = self.good and right

    def miss(self, sentence: str) -> None:
        """Something that the command was not given: nothing can be compared."""
        self.lines.append(say("missing    ") + sentence)
        self.parts.append((None, sentence))
        self.good = self.checked = False

    def tell(self, sentence: str) -> None:
        """Something that is stated and cannot be wrong or right."""
        self.lines.append(say("stated     ") + sentence)
        self.parts.append((None, sentence))


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


def _hashes(
    pack: zipfile.ZipFile, file: IO[bytes], outcome: Outcome, unlisted: frozenset[str] = UNLISTED
) -> None:
    lines = _text(pack, "SHA256SUMS").decode().splitlines()
    listed = {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
    if len(listed) != len(lines):
        outcome.say(False, "hashes     the list names a file twice")
    there = set(pack.namelist()) - unlisted
    for name in sorted(there ^ set(listed)):
        spare = "file       %s is not listed"
        outcome.say(False, spare if name in there else "file       %s is missing", name)
    wrong = [
        name
        for name in sorted(there | unlisted)
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


# The trail: signed notes, policies, proofs, leaves.

LARGEST_NOTE = 1 << 20
MOST_SIGNATURES = 256
MOST_STEPS = 63
"""More hashes no proof can have: a tree has fewer than 2**63 entries."""
LARGEST_ENTRY, SALT, BLOCK_ENTRIES = 65_535, 16, 256
ED25519, COSIGNED, ML_DSA_44 = 1, 4, 6
"""Types of keys in signed notes: a log's, a witness's, and the ML-DSA-44 of either."""
PROOF_HEAD = "c2sp.org/tlog-proof@v1"
LEAVES_HEADS = ("tutela/segment-leaves@v1", "tutela/leaves@v1")
RANGE_FORMAT = "tutela-trail-1"
RANGE_PARTS = (MANIFEST, "leaves", "checkpoint.txt", "earlier.txt", "policy.txt")
RANGE_TABLES = ("trail.csv", "trail.xlsx", "trail.jsonl")
NUMBER = re.compile(r"0|[1-9][0-9]{0,18}")
HEX = re.compile("[0-9a-f]{64}")
EMPTY_ROOT = hashlib.sha256(b"").digest()


class Note(NamedTuple):
    """A signed note: its text with the last line feed, and its signatures as (name, key id, bytes)."""

    text: str
    signatures: list[tuple[str, bytes, bytes]]


class Head(NamedTuple):
    """What a checkpoint states of the log."""

    origin: str
    size: int
    root: bytes


class Key(NamedTuple):
    """A public key of a log or a witness."""

    name: str
    kind: int
    public: bytes

    def id(self) -> bytes:
        named = self.name.encode("utf-8", "surrogateescape")
        return hashlib.sha256(named + b"\n" + bytes([self.kind]) + self.public).digest()[:4]


class Group(NamedTuple):
    """So many of these names must have signed."""

    need: int
    names: list[str]


@dataclass
class Policy:
    """Whose signatures count; `quorum` is the name of a witness or a group, or "none"."""

    logs: list[Key] = field(default_factory=list)
    witnesses: dict[str, Key] = field(default_factory=dict)
    groups: dict[str, Group] = field(default_factory=dict)
    quorum: str = ""


class Proof(NamedTuple):
    """A proof file: the entry if it is in it, its place, the hashes up to the root, the checkpoint."""

    entry: bytes | None
    place: int
    steps: list[bytes]
    note: bytes


def decoded(text: str, size: int | None = None) -> bytes:
    """Base64 in its one canonical form; PackWrong."""
    try:
        data = base64.b64decode(text, validate=True)
    except ValueError:
        data = b""
    if base64.b64encode(data).decode() != text or size not in (None, len(data)):
        raise PackWrong("a hash or signature is not valid base64 of its length")
    return data


def number(text: str) -> int:
    """A whole number without leading zeros, below 2**63; PackWrong."""
    if not NUMBER.fullmatch(text) or int(text) >= 1 << 63:
        raise PackWrong("a number is not written as it must be")
    return int(text)


def read_note(data: bytes) -> Note:
    """Take a signed note apart; PackWrong."""
    if len(data) > LARGEST_NOTE:
        raise PackWrong("%s is too large", say("the note"))
    try:
        whole = data.decode()
    except UnicodeDecodeError:
        raise PackWrong("the note is not valid UTF-8") from None
    if any(char < " " and char != "\n" for char in whole):
        raise PackWrong("the note contains control characters")
    text, blank, tail = whole.rpartition("\n\n")
    if not blank or not tail.endswith("\n"):
        raise PackWrong("the note has no signatures after an empty line")
    lines = tail[:-1].split("\n")
    if len(lines) > MOST_SIGNATURES:
        raise PackWrong("%s is too large", say("the note"))
    return Note(text + "\n", [_signature_line(line) for line in lines])


def _signature_line(line: str) -> tuple[str, bytes, bytes]:
    dash, _, rest = line.partition(" ")
    name, _, text = rest.partition(" ")
    if dash != "—" or not _is_name(name):
        raise PackWrong("a signature line of the note is invalid")
    data = decoded(text)
    if len(data) < 5:
        raise PackWrong("a signature line of the note is invalid")
    return name, data[:4], data[4:]


def _is_name(name: str) -> bool:
    return bool(name) and "+" not in name and not any(char.isspace() for char in name)


def head_of(note: Note) -> Head:
    """The three lines of a checkpoint; PackWrong."""
    lines = note.text[:-1].split("\n")
    if len(lines) < 3 or not all(lines):
        raise PackWrong("the note is not a checkpoint of three lines")
    head = Head(lines[0], number(lines[1]), decoded(lines[2], 32))
    if head.size == 0 and head.root != EMPTY_ROOT:
        raise PackWrong("the checkpoint of the empty log has another root")
    return head


def read_key(text: str) -> Key:
    """A key as a line: name, id in hex and base64 of type and key, joined by plus signs. PackWrong."""
    name, _, rest = text.partition("+")
    named, _, coded = rest.partition("+")
    data = decoded(coded)
    sizes = {ED25519: 32, COSIGNED: 32, ML_DSA_44: 1312}
    if not _is_name(name) or not data or sizes.get(data[0]) != len(data) - 1:
        raise PackWrong("a key is invalid: it needs a name, an id and a public key of a known type")
    key = Key(name, data[0], data[1:])
    if key.id().hex() != named:
        raise PackWrong("the id of a key is not that of its name and its public key")
    return key


def read_policy(data: bytes) -> Policy:
    """The logs, witnesses and quorum of a C2SP tlog-policy; PackWrong names the line."""
    if len(data) > LARGEST_NOTE:
        raise PackWrong("%s is too large", say("the policy"))
    policy, members = Policy(), set[str]()
    for at, raw in enumerate(data.split(b"\n"), 1):
        if any((byte < 0x20 and byte != 9) or byte == 0x7F for byte in raw):
            raise PackWrong("line %s of the policy is invalid: %s", at, say("control characters"))
        line = raw.decode("utf-8", "surrogateescape").strip(" \t")
        if line and not line.startswith("#"):
            try:
                _policy_line(re.split("[ \t]+", line), policy, members)
            except PackWrong as wrong:
                raise PackWrong("line %s of the policy is invalid: %s", at, wrong) from None
    if not policy.quorum:
        raise PackWrong("the policy has no quorum line")
    return policy


def _policy_line(words: list[str], policy: Policy, members: set[str]) -> None:
    verb, *rest = words
    if verb == "log" and len(rest) in (1, 2):
        key = read_key(rest[0])
        _new_key(key, (ED25519, ML_DSA_44), policy.logs)
        policy.logs.append(key)
    elif verb == "witness" and len(rest) in (2, 3):
        key = read_key(rest[1])
        _new_name(rest[0], policy)
        _new_key(key, (COSIGNED, ML_DSA_44), list(policy.witnesses.values()))
        policy.witnesses[rest[0]] = key
    elif verb == "group" and len(rest) >= 3:
        _new_name(rest[0], policy)
        policy.groups[rest[0]] = _group(rest[1], rest[2:], policy, members)
    elif verb == "quorum" and len(rest) == 1 and not policy.quorum:
        if rest[0] != "none":
            _known(rest, policy, set())
        policy.quorum = rest[0]
    else:
        raise PackWrong("it is none of log, witness, group and one quorum")


def _new_key(key: Key, kinds: tuple[int, ...], others: list[Key]) -> None:
    if key.kind not in kinds:
        raise PackWrong("the type of the key does not fit")
    if any(key.public == other.public for other in others):
        raise PackWrong("a key stands in it twice")


def _new_name(name: str, policy: Policy) -> None:
    if name == "none" or name in policy.witnesses or name in policy.groups:
        raise PackWrong("a name stands in it twice")


def _group(word: str, names: list[str], policy: Policy, members: set[str]) -> Group:
    need = {"any": 1, "all": len(names)}.get(word)
    need = number(word) if need is None else need
    if not 1 <= need <= len(names):
        raise PackWrong("a group needs at least one and at most all of its members")
    _known(names, policy, members)
    return Group(need, names)


def _known(names: list[str], policy: Policy, members: set[str]) -> None:
    """Every name is defined above and is a member only once; PackWrong."""
    for name in names:
        if (name not in policy.witnesses and name not in policy.groups) or name in members:
            raise PackWrong("a member is not defined above, or belongs to two groups")
        members.add(name)


def _is_reached(name: str, policy: Policy, signed: set[str]) -> bool:
    """Whether a witness has signed, or enough members of a group; groups name only earlier ones."""
    group = policy.groups.get(name)
    if group is None:
        return name in signed
    return sum(_is_reached(one, policy, signed) for one in group.names) >= group.need


def _is_signed(key: Key, head: Head, text: str, signature: bytes) -> bool:
    """Whether a signature of a note is the key's. PackWrong if the installed package cannot tell."""
    try:
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    except ImportError:
        raise PackWrong("the signature needs the Python package cryptography") from None
    try:
        if key.kind == ED25519:
            Ed25519PublicKey.from_public_bytes(key.public).verify(signature, text.encode())
            return True
        at = int.from_bytes(signature[:8], "big")
        if len(signature) < 72 or at >= 1 << 63:
            return False
        if key.kind == COSIGNED:
            message = f"cosignature/v1\ntime {at}\n{text}".encode()
            Ed25519PublicKey.from_public_bytes(key.public).verify(signature[8:], message)
            return True
        _post_quantum(key.public).verify(signature[8:], _subtree(key, head, at))
    except (InvalidSignature, ValueError):
        return False
    return True


def _post_quantum(public: bytes) -> Any:
    try:
        from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PublicKey
    except ImportError:
        raise PackWrong("a key of type ML-DSA-44 needs a newer package cryptography") from None
    return MLDSA44PublicKey.from_public_bytes(public)


def _subtree(key: Key, head: Head, at: int) -> bytes:
    """What an ML-DSA-44 cosignature signs: names, time, and the tree from its first entry."""
    name, origin = key.name.encode(), head.origin.encode()
    if not (0 < len(name) < 256 and 0 < len(origin) < 256):
        raise ValueError(name)
    parts = (
        b"subtree/v1\n\0", bytes([len(name)]), name, at.to_bytes(8, "big"), bytes([len(origin)]), origin,
        bytes(8), head.size.to_bytes(8, "big"), head.root,
    )  # fmt: skip
    return b"".join(parts)


def check_note(data: bytes, policy: Policy, outcome: Outcome) -> Head:
    """Check a checkpoint: signed by a log of the policy, cosigned by its quorum. PackWrong if it is none."""
    note = read_note(data)
    head = head_of(note)
    root = base64.b64encode(head.root).decode()
    outcome.tell(say("checkpoint %s: %s entries, root %s", head.origin, head.size, root))
    logs = [key for key in policy.logs if key.name == head.origin]
    states = [state for key in logs for state, _ in _signatures(key, head, note)]
    if False in states:
        outcome.say(False, "signature  of the log %s is wrong", head.origin)
    elif True in states:
        outcome.say(True, "signature  of the log %s", head.origin)
    else:
        outcome.say(False, "signature  none by the log's key of the policy for %s", head.origin)
    signed = set()
    for name, key in policy.witnesses.items():
        for state, at in _signatures(key, head, note):
            when = _utc(at * 1000)
            if state:
                signed.add(name)
                outcome.say(True, "witness    %s (%s) at %s", name, key.name, when)
            else:
                outcome.say(False, "witness    %s (%s): the signature is wrong", name, key.name)
    if policy.quorum == "none":
        outcome.tell(say("quorum     the policy asks for no witness"))
    else:
        reached = _is_reached(policy.quorum, policy, signed)
        text = (
            "quorum     reached: %s of %s witnesses"
            if reached
            else "quorum     NOT reached: %s of %s witnesses"
        )
        outcome.say(reached, text, len(signed), len(policy.witnesses))
    return head


def _signatures(key: Key, head: Head, note: Note) -> list[tuple[bool, int]]:
    """Each signature that names the key: whether it is right, and its time in seconds."""
    found = []
    for name, key_id, signature in note.signatures:
        if name == key.name and key_id == key.id():
            at = 0 if key.kind == ED25519 else int.from_bytes(signature[:8], "big")
            found.append((_is_signed(key, head, note.text, signature), at))
    return found


def entry_hash(entry: bytes) -> bytes:
    """The hash of an entry's bytes in the tree (RFC 6962)."""
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of two children in the tree (RFC 6962)."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def root_of(leaf: bytes, index: int, size: int, steps: list[bytes]) -> bytes:
    """The root to which an entry's hash at `index` leads; PackWrong if the number of hashes does not fit."""
    if not 0 <= index < size:
        raise PackWrong("the index is not in the tree of the checkpoint")
    place, last = index, size - 1
    for step in steps:
        if last == 0:
            raise PackWrong("the proof does not have the number of hashes for its place")
        if place & 1 or place == last:
            leaf = node_hash(step, leaf)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            leaf = node_hash(leaf, step)
        place, last = place >> 1, last >> 1
    if last:
        raise PackWrong("the proof does not have the number of hashes for its place")
    return leaf


def is_continued(old: Head, new: Head, steps: list[bytes]) -> bool:
    """Whether the tree of `old` is the beginning of that of `new`; PackWrong if the proof has no such form."""
    if new.size < old.size:
        raise PackWrong("the later checkpoint is smaller than the earlier one")
    if old.size in (0, new.size):
        if steps:
            raise PackWrong("the proof does not have the number of hashes for its place")
        return old.size == 0 or old.root == new.root
    steps = steps if old.size & (old.size - 1) else [old.root, *steps]
    if not steps:
        raise PackWrong("the proof does not have the number of hashes for its place")
    place, last = old.size - 1, new.size - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    was = now = steps[0]
    for step in steps[1:]:
        if last == 0:
            raise PackWrong("the proof does not have the number of hashes for its place")
        if place & 1 or place == last:
            was, now = node_hash(step, was), node_hash(step, now)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            now = node_hash(now, step)
        place, last = place >> 1, last >> 1
    if last:
        raise PackWrong("the proof does not have the number of hashes for its place")
    return was == old.root and now == new.root


def cover(begin: int, end: int) -> list[tuple[int, int]]:
    """(level, index) of the fewest full subtrees that hold the entries from `begin` to before `end`."""
    places = []
    while begin < end:
        widest = (end - begin).bit_length() - 1
        level = min((begin & -begin).bit_length() - 1, widest) if begin else widest
        places.append((level, begin >> level))
        begin += 1 << level
    return places


class Range:
    """The roots of the full subtrees of a range of entries, enough to go on from its end."""

    def __init__(self, begin: int, nodes: Iterable[bytes] = (), end: int | None = None) -> None:
        self.begin, self.end, self.nodes = begin, begin if end is None else end, list(nodes)
        if len(self.nodes) != len(cover(begin, self.end)):
            raise PackWrong("a range of entries does not have its number of hashes")

    def push(self, level: int, node: bytes) -> None:
        """Add the root of the next full subtree of 2**level entries."""
        index = self.end >> level
        self.end += 1 << level
        while index & 1 and (index - 1) << level >= self.begin:
            node = node_hash(self.nodes.pop(), node)
            level, index = level + 1, index >> 1
        self.nodes.append(node)

    def join(self, other: "Range") -> None:
        """Add the range that begins where this one ends."""
        for (level, _), node in zip(cover(other.begin, other.end), other.nodes, strict=True):
            self.push(level, node)

    def root(self) -> bytes:
        """The root of a range that begins at 0."""
        head = self.nodes[-1] if self.nodes else EMPTY_ROOT
        for node in reversed(self.nodes[:-1]):
            head = node_hash(node, head)
        return head


def read_proof(data: bytes) -> Proof:
    """Take a proof file (C2SP tlog-proof) apart; PackWrong."""
    text, blank, note = data.partition(b"\n\n")
    try:
        lines = text.decode("ascii").split("\n")
    except UnicodeDecodeError:
        lines = []
    if not blank or lines[:1] != [PROOF_HEAD]:
        raise PackWrong("the file is not a proof (%s)", PROOF_HEAD)
    entry, at = None, 1
    if lines[1:] and lines[1].startswith("extra "):
        entry, at = decoded(lines[1][6:]), 2
    if not lines[at:] or not lines[at].startswith("index "):
        raise PackWrong("the proof does not state an index")
    steps = lines[at + 1 :]
    if len(steps) > MOST_STEPS:
        raise PackWrong("the proof does not have the number of hashes for its place")
    hashes = [decoded(step, 32) for step in steps]
    return Proof(entry, number(lines[at][6:]), hashes, note)


def read_consistency(data: bytes) -> tuple[int, list[bytes], bytes]:
    """The earlier size, the hashes and the later checkpoint, as a witness is sent them; PackWrong."""
    text, blank, note = data.partition(b"\n\n")
    lines = text.decode("ascii", "replace").split("\n")
    if not blank or not lines[0].startswith("old ") or len(lines) > MOST_STEPS + 1:
        raise PackWrong("the file is not a proof (%s)", "old SIZE")
    return number(lines[0][4:]), [decoded(line, 32) for line in lines[1:]], note


def read_entry(entry: bytes) -> dict[str, Any]:
    """The document of an entry of Tutela's trail; PackWrong."""
    try:
        document = _document(entry[SALT:])
        moment = int(document["id"].replace("-", ""), 16) >> 80
        if len(document["id"]) != 36 or moment != document["t_ms"]:
            raise ValueError(moment)
        row_of(0, entry, document)
    except BAD_CONTENT:
        raise PackWrong("the bytes are not an entry of Tutela's trail") from None
    return dict(document)


def _utc(ms: int) -> str:
    """A time in milliseconds since 1970 in UTC, or its number if no calendar holds it."""
    try:
        at = datetime.fromtimestamp(ms // 1000, UTC).replace(tzinfo=None)
    except (ValueError, OverflowError, OSError):
        return str(ms)
    return f"{at.isoformat()}.{ms % 1000:03}Z"


ROW = (
    "index", "id", "at", "event", "actor_kind", "actor_id", "channel", "source", "subjects", "exposure",
    "classes", "fields", "purpose", "work_item", "outcome", "code", "rows", "hash",
)  # fmt: skip
"""The columns of a table of the trail that is handed out with its entries."""
MOST_SUBJECTS = 400


def row_of(index: int, entry: bytes, document: dict[str, Any]) -> list[str]:
    """The cells of an entry in such a table."""
    actor, decision = document["actor"], document["decision"]
    subjects = [f"{kind}:{key}" for kind, key in document["subjects"]]
    more = [f"+{len(subjects) - MOST_SUBJECTS}"] if len(subjects) > MOST_SUBJECTS else []
    cells = [
        index, document["id"], _utc(document["t_ms"]), document["event"], actor["kind"], actor["id"],
        actor["channel"], actor["source"], " ".join(subjects[:MOST_SUBJECTS] + more), document["exposure"],
        " ".join(map(str, document["classes"])), " ".join(map(str, document["fields"])), document["purpose"],
        document["work_item"], decision["outcome"], decision.get("code", ""), document["detail"].get("rows", ""),
        entry_hash(entry).hex(),
    ]  # fmt: skip
    return [_harmless(str(cell)) for cell in cells]


def _harmless(text: str) -> str:
    """As spreadsheets must be given it: text that begins like a formula has a quote before it."""
    return f"'{text}" if text.lstrip(" ").startswith(tuple("=+-@＝＋－＠\t\r\n")) else text


def _exactly(file: IO[bytes], size: int, index: int) -> bytes:
    data = file.read(size)
    if len(data) != size:
        raise PackWrong("the file ends within entry %s", index)
    return data


def _entries(file: IO[bytes], first: int, count: int) -> Iterator[tuple[int, bytes, bytes]]:
    """(index, hash in the log's tiles, bytes) of a leaves file, block by block; PackWrong."""
    index, end = first, first + count
    while index < end:
        size = min(BLOCK_ENTRIES - index % BLOCK_ENTRIES, end - index)
        hashes = _exactly(file, 32 * size, index)
        for at in range(size):
            length = int.from_bytes(_exactly(file, 2, index + at), "big")
            yield index + at, hashes[32 * at : 32 * at + 32], _exactly(file, length, index + at)
        index += size
    if file.read(1):
        raise PackWrong("more bytes follow the last entry")


LINK = re.compile(
    rb',"t_ms":(\d{1,16}),"v":\d+,"work_item":"[0-9a-f-]*","writer":"([0-9a-f-]{1,36})",'
    rb'"writer_previous":"([0-9a-f]{64})","writer_seq":(\d{1,19})}'
)
MOST_WRITERS = 100_000


class Links:
    """The chains of writers within a range: they name an entry even where its hash in the tree was replaced.

    Only looked at if the hashes do not lead to the root: within a batch the tree's order is not the writer's.
    """

    def __init__(self) -> None:
        self.broken: int | None = None
        self._last: dict[bytes, tuple[int, bytes, int]] = {}

    def see(self, index: int, entry: bytes, digest: bytes) -> int | None:
        """Follow one more entry; its time in milliseconds, or None if the bytes have no such end."""
        link = LINK.search(entry, max(0, len(entry) - 400))
        if link is None:
            return None
        moment, writer, previous, seq = link.groups()
        before = self._last.pop(writer, None)
        if before and before[0] + 1 == int(seq) and before[1].hex().encode() != previous:
            self.broken = before[2] if self.broken is None else min(self.broken, before[2])
        self._last[writer] = (int(seq), digest, index)
        if len(self._last) > MOST_WRITERS:
            del self._last[next(iter(self._last))]
        return int(moment)


@dataclass
class Walk:
    """What was found in a leaves file; `first_bad` is the lowest index that is not as in the log."""

    whole: Range
    links: Links
    bad: int = 0
    first_bad: int | None = None
    since: int = 1 << 63
    until: int = 0
    rows_wrong: int | None = None

    def spoil(self, index: int) -> None:
        self.bad += 1
        self.first_bad = index if self.first_bad is None else self.first_bad


def _walk(file: IO[bytes], first: int, count: int, rows: Iterator[list[Any]] | None = None) -> Walk:
    """Read the entries of a range once: each against its hash, and its line of the table if there is one."""
    walk = Walk(Range(first), Links())
    for index, stated, entry in _entries(file, first, count):
        digest = entry_hash(entry)
        walk.whole.push(0, stated)
        moment = walk.links.see(index, entry, digest)
        if digest != stated:
            walk.spoil(index)
        if moment is not None:
            walk.since, walk.until = min(walk.since, moment), max(walk.until, moment)
        if rows is not None and walk.rows_wrong is None:
            row = next(rows, None)
            if row is None or (digest == stated and not _is_row(row, index, entry)):
                walk.rows_wrong = index
    if rows is not None and walk.rows_wrong is None and next(rows, None) is not None:
        walk.rows_wrong = first + count
    return walk


def _is_row(row: list[Any], index: int, entry: bytes) -> bool:
    """Whether a line of the table says what the entry does."""
    try:
        document = read_entry(entry)
    except PackWrong:
        return False
    if len(row) == 1:
        stated = {"index": index, "hash": entry_hash(entry).hex(), "entry": document}
        return bool(row[0] == stated)
    return row == row_of(index, entry, document)


def _tell_walk(walk: Walk, stated: list[bytes], outcome: Outcome) -> None:
    """Say which entries are not as their hashes, and which hashes are not as stated for the range."""
    begin, end = walk.whole.begin, walk.whole.end
    if walk.first_bad is not None:
        text = "entries    the first bad index is %s (%s entries are not as in the log)"
        outcome.say(False, text, walk.first_bad, walk.bad)
    else:
        outcome.say(True, "entries    %s to %s: each has its hash", begin, end - 1)
    for (level, at), node, other in zip(cover(begin, end), walk.whole.nodes, stated, strict=True):
        if node != other:
            low, high = at << level, ((at + 1) << level) - 1
            outcome.say(
                False, "range      the hashes of %s to %s are not those of the log", low, high
            )
            _tell_link(walk, outcome)
            break


def _tell_link(walk: Walk, outcome: Outcome) -> None:
    if walk.first_bad is None and walk.links.broken is not None:
        text = (
            "entries    the first bad index is %s: the next entry of its writer names another hash"
        )
        outcome.say(False, text, walk.links.broken)


class _Leaves(NamedTuple):
    """The first two lines of a leaves file."""

    first: int
    number: int
    nodes: list[bytes]
    facts: dict[str, Any]


def _leaves_head(file: IO[bytes]) -> _Leaves:
    """Read them; PackWrong."""
    kind = file.readline(64).decode("ascii", "replace")
    if kind.rstrip("\n") not in LEAVES_HEADS or not kind.endswith("\n"):
        raise PackWrong("the file is not a list of entries (%s)", LEAVES_HEADS[0])
    line = file.readline(LARGEST_NOTE)
    if not line.endswith(b"\n"):
        raise PackWrong("the file is not a list of entries (%s)", LEAVES_HEADS[0])
    facts = _document(line)
    first, count = number(str(facts["first"])), number(str(facts["count"]))
    nodes = [_hex(node) for node in facts["range"]]
    if len(nodes) != len(cover(first, first + count)):
        raise PackWrong("a range of entries does not have its number of hashes")
    return _Leaves(first, count, nodes, facts)


def _hex(text: Any) -> bytes:
    if not isinstance(text, str) or not HEX.fullmatch(text):
        raise PackWrong("a hash or signature is not valid base64 of its length")
    return bytes.fromhex(text)


def check_segment(path: str, given: "Given", outcome: Outcome) -> None:
    """A sealed segment by its leaves file: entries, range, the seal's entry, the Parquet files. PackWrong."""
    with Path(path).open("rb") as raw:
        packed = raw.peek(2)[:2] == b"\x1f\x8b"
        file: Any = gzip.GzipFile(fileobj=raw) if packed else raw
        head = _leaves_head(file)
        walk = _walk(file, head.first, head.number)
    _tell_walk(walk, head.nodes, outcome)
    digest = hashlib.sha256(b"".join(head.nodes)).hexdigest()
    outcome.say(digest == head.facts.get("range_hash"), "range      %s", digest)
    files = {str(item["sha256"]) for item in head.facts.get("files", [])}
    if given.seal:
        entry = check_proof(given.seal, given, outcome)
        files = _sealed(entry, head, walk, outcome) if entry else files
    else:
        outcome.tell(say("seal       not given: with --seal the log itself vouches for the range"))
    for name in given.parquet:
        found = _file_hash(name) in files
        outcome.say(
            found,
            "file       %s is the sealed one" if found else "file       %s is not the sealed one",
            name,
        )


def _sealed(entry: dict[str, Any], head: _Leaves, walk: Walk, outcome: Outcome) -> set[str]:
    """Compare the seal's entry with the file; the hashes of the sealed Parquet files."""
    detail = entry["detail"]
    found = {
        "event": "trail.segment.sealed", "first": head.first, "last": head.first + head.number - 1,
        "leaves": head.number, "range": hashlib.sha256(b"".join(head.nodes)).hexdigest(),
        "since_ms": walk.since, "until_ms": walk.until,
    }  # fmt: skip
    stated = {**detail, "event": entry["event"]}
    wrong = [name for name, value in found.items() if stated.get(name) != value]
    text = (
        "seal       its entry says the same" if not wrong else "seal       its entry differs in: %s"
    )
    outcome.say(not wrong, text, *([", ".join(wrong)] if wrong else []))
    return {str(detail.get("file", "")), str(detail.get("pointers", ""))}


def _file_hash(path: str) -> str:
    digest = hashlib.sha256()
    with Path(path).open("rb") as file:
        while data := file.read(BLOCK):
            digest.update(data)
    return digest.hexdigest()


def check_range(path: str, given: "Given", outcome: Outcome) -> None:
    """A whole export: nothing is missing or other than in the log between its checkpoints. PackWrong."""
    with Path(path).open("rb") as file:
        check_layout(file)
        with zipfile.ZipFile(file) as pack:
            _names(pack)
            manifest = _document(_text(pack, MANIFEST))
            if manifest["format"] != RANGE_FORMAT:
                raise PackWrong("unknown pack format")
            _hashes(pack, file, outcome, frozenset({"SHA256SUMS"}))
            policy = given.policy or _own_policy(pack, outcome)
            _unchecked(pack, {*RANGE_PARTS, *RANGE_TABLES}, outcome)
            head = check_note(_text(pack, "checkpoint.txt"), policy, outcome)
            with pack.open("leaves") as leaves:
                read = _leaves_head(leaves)
                before = Range(0, map(_hex, manifest["before"]), read.first)
                _earlier(pack, policy, before, outcome)
                with _table(pack) as rows:
                    walk = _walk(leaves, read.first, read.number, rows)
                    _tell_walk(walk, read.nodes, outcome)
                    if rows is not None:
                        _tell_table(walk, outcome)
            before.join(walk.whole)
            before.join(Range(walk.whole.end, map(_hex, manifest["after"]), head.size))
            _tell_root(before, head, walk, outcome)


def _tell_root(whole: Range, head: Head, walk: Walk, outcome: Outcome) -> None:
    same = whole.root() == head.root
    first, last = walk.whole.begin, walk.whole.end - 1
    text = "complete   %s to %s are all entries of the log, in its order"
    wrong = "complete   the hashes of %s to %s do not lead to the checkpoint's root"
    outcome.say(same, text if same else wrong, first, last)
    if not same:
        _tell_link(walk, outcome)


def _earlier(pack: zipfile.ZipFile, policy: Policy, before: Range, outcome: Outcome) -> None:
    """The checkpoint at which the range begins, where it does not begin with the log."""
    if "earlier.txt" not in pack.namelist():
        outcome.say(before.end == 0, "earlier    the range begins with the log's first entry")
        return
    head = check_note(_text(pack, "earlier.txt"), policy, outcome)
    same = head.size == before.end and head.root == before.root()
    outcome.say(
        same, "earlier    the range begins where the earlier checkpoint ends (%s)", head.size
    )


def _tell_table(walk: Walk, outcome: Outcome) -> None:
    if walk.rows_wrong is None:
        outcome.say(True, "table      every line says what its entry says")
    else:
        outcome.say(
            False,
            "table      the line of index %s does not say what its entry says",
            walk.rows_wrong,
        )


@contextmanager
def _table(pack: zipfile.ZipFile) -> Iterator[Iterator[list[Any]] | None]:
    """The lines of the table for readers, or None if there is none; PackWrong."""
    names = [name for name in pack.namelist() if name in RANGE_TABLES]
    if len(names) > 1:
        raise PackWrong("the pack contains a name twice")
    if not names:
        yield None
        return
    with pack.open(names[0]) as raw:
        if names[0].endswith(".xlsx"):
            with tempfile.TemporaryFile() as copy:
                shutil.copyfileobj(raw, copy, BLOCK)
                with zipfile.ZipFile(copy) as book:
                    yield _headed(_sheet(book))
        elif names[0].endswith(".csv"):
            lines = (line.decode() for line in _lines(raw))
            yield _headed(csv.reader(lines, strict=True))
        else:
            yield ([_document(line)] for line in _lines(raw))


def _lines(raw: IO[bytes]) -> Iterator[bytes]:
    at = 0
    while line := raw.readline(LONGEST_LINE):
        at += 1
        if not line.endswith(b"\n"):
            raise PackWrong("line %s of the rows is too long or incomplete", at)
        yield line.removeprefix("\ufeff".encode()) if at == 1 else line


def _headed(rows: Iterator[list[str]]) -> Iterator[list[Any]]:
    if next(rows, None) != list(ROW):
        raise PackWrong("the table does not have the columns of the trail")
    return rows


BOOK_PARTS = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|docProps/(app|core)\.xml|xl/(workbook|styles|sharedStrings)\.xml"
    r"|xl/theme/theme1\.xml|xl/_rels/workbook\.xml\.rels|xl/worksheets/sheet1\.xml"
)
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def _sheet(book: zipfile.ZipFile) -> Iterator[list[str]]:
    """The cells of the one sheet of a workbook, row by row; PackWrong if it holds anything else."""
    if not all(BOOK_PARTS.fullmatch(name) for name in book.namelist()):
        raise PackWrong("the workbook holds more than one plain sheet")
    with book.open("xl/worksheets/sheet1.xml") as raw:
        # Without a document type no entities can expand.
        for _event, row in ET.iterparse(_Plain(raw)):  # noqa: S314
            if row.tag == f"{SHEET}row":
                cells = [""] * len(ROW)
                for cell in row.iter(f"{SHEET}c"):
                    text = "".join(part.text or "" for part in cell.iter(f"{SHEET}t"))
                    cells[ord(cell.get("r", "?")[0]) - ord("A")] = text
                yield cells
                row.clear()
            elif row.tag in (f"{SHEET}f", f"{SHEET}v"):
                raise PackWrong("the workbook holds more than one plain sheet")


class _Plain:
    """A stream of XML in which a document type is refused."""

    def __init__(self, raw: IO[bytes]) -> None:
        self._raw, self._end = raw, b""

    def read(self, size: int = BLOCK) -> bytes:
        data = self._raw.read(size)
        both = self._end + data
        if b"<!" in both:
            raise PackWrong("the pack is invalid (%s)", "DOCTYPE")
        self._end = both[-1:]
        return data


PACKED_PROOF = ("leaf.tlog-proof", "leaf", "checkpoint.txt", "policy.txt")
"""What a proof in a zip consists of, beside words for readers and this program."""


def check_proof(path: str, given: "Given", outcome: Outcome) -> dict[str, Any] | None:
    """A proof file, or a zip with one: the entry is in the log of a checkpoint that is signed and witnessed. The
    entry's document, or None if it is not proved. PackWrong."""
    with Path(path).open("rb") as file:
        if file.read(2) != b"PK":
            file.seek(0)
            policy = given.policy or _no_policy()
            data = file.read(2 * LARGEST_NOTE + 1)
            return _proved(data, given.entry, policy, {}, outcome)
        check_layout(file)
        with zipfile.ZipFile(file) as pack:
            _names(pack)
            _hashes(pack, file, outcome, frozenset({"SHA256SUMS"}))
            policy = given.policy or _own_policy(pack, outcome)
            proof, entry = (_text(pack, name) for name in PACKED_PROOF[:2])
            names = _document(_text(pack, "names.json")) if "names.json" in pack.namelist() else {}
            _unchecked(pack, {*PACKED_PROOF, "names.json"}, outcome)
            same = read_proof(proof).note == _text(pack, "checkpoint.txt")
            outcome.say(same, "checkpoint the file beside the proof is the one in it")
            return _proved(proof, entry, policy, names, outcome)


def _proved(
    data: bytes, entry: bytes | None, policy: Policy, names: dict[str, Any], outcome: Outcome
) -> dict[str, Any] | None:
    if len(data) > 2 * LARGEST_NOTE:
        raise PackWrong("%s is too large", say("the proof"))
    proof = read_proof(data)
    if entry is not None and proof.entry is not None and entry != proof.entry:
        raise PackWrong("the proof holds another entry than the one given")
    entry = proof.entry if entry is None else entry
    if entry is None:
        raise PackWrong("the proof holds no entry: give its bytes with --leaf")
    head = check_note(proof.note, policy, outcome)
    good = root_of(entry_hash(entry), proof.place, head.size, proof.steps) == head.root
    text = (
        "inclusion  the entry is number %s of the log"
        if good
        else "inclusion  the entry is NOT number %s of the log"
    )
    outcome.say(good, text, proof.place)
    document = read_entry(entry)
    _tell_entry(document, names, outcome)
    return document if good else None


def _tell_entry(document: dict[str, Any], names: dict[str, Any], outcome: Outcome) -> None:
    """What an entry says: who, when, whom it is about, what for, and by which decision."""
    actor, decision = document["actor"], document["decision"]
    at = datetime.fromtimestamp(document["t_ms"] / 1000, UTC).astimezone()
    outcome.tell(
        say("when       %s (%s)", _utc(document["t_ms"]), at.isoformat(" ", "milliseconds"))
    )
    who = _named(f"{actor['kind']} {actor['id']}", names, actor["id"])
    outcome.tell(
        say("who        %s, by %s from %s", who, _code(actor["channel"]), actor["source"] or "–")
    )
    event, shown = document["event"], document["exposure"]
    outcome.tell(say("what       %s, shown: %s", _named(event, names, event), _code(shown)))
    subjects = [f"{kind} {key}" for kind, key in document["subjects"]]
    more = f" +{len(subjects) - 20}" if len(subjects) > 20 else ""
    outcome.tell(say("subject    %s", ", ".join(subjects[:20]) + more or "–"))
    fields = [
        *(f"field.{n}" for n in document["fields"]),
        *(f"class.{n}" for n in document["classes"]),
    ]
    outcome.tell(say("fields     %s", ", ".join(_named(one, names, one) for one in fields) or "–"))
    purpose = document["purpose"]
    work = document["work_item"] or "–"
    outcome.tell(say("purpose    %s, work item %s", _named(purpose, names, purpose) or "–", work))
    facts = ", ".join(f"{key} {value}" for key, value in decision.items() if key != "outcome")
    outcome.tell(say("decision   %s (%s)", _code(decision["outcome"]), facts or "–"))
    detail = ", ".join(f"{key} {value}" for key, value in document["detail"].items())
    outcome.tell(say("detail     %s", detail or "–"))
    if names:
        outcome.tell(
            say(
                "names      in quotes are as the pack tells them; the proof covers codes and numbers"
            )
        )


def _named(code: str, names: dict[str, Any], key: str) -> str:
    """A code with its name by the pack, which the proof does not cover."""
    name = names.get(key)
    text = name[not _chinese()] if isinstance(name, list) and len(name) == 2 else ""
    return f"{code} “{text}”" if text and isinstance(text, str) else code


CODES = {
    "page": ("page", "页面"), "api": ("API", "接口"), "shell": ("shell", "命令行"), "job": ("job", "后台任务"),
    "none": ("no value", "无明文、无掩码值"), "list_masked": ("masked list", "掩码列表"),
    "detail_masked": ("masked", "掩码"), "clear": ("in clear", "明文"), "export": ("exported", "导出"),
    "print": ("printed", "打印"), "write": ("written", "写入"), "allow": ("allowed", "允许"),
    "deny": ("refused", "拒绝"),
}  # fmt: skip
"""Codes of an entry in English and Chinese."""


def _code(code: str) -> str:
    return CODES.get(code, (code, code))[_chinese()]


def check_consistency(early: str, path: str, given: "Given", outcome: Outcome) -> None:
    """Two checkpoints: the log of the earlier is the beginning of that of the later. PackWrong."""
    policy = given.policy or _no_policy()
    old_size, steps, note = read_consistency(_small(path))
    old = check_note(_small(early), policy, outcome)
    new = check_note(note, policy, outcome)
    if old.origin != new.origin:
        raise PackWrong("the checkpoints are of two logs")
    if old.size != old_size:
        raise PackWrong("the proof is for another size than the earlier checkpoint's")
    good = is_continued(old, new, steps)
    text = (
        "consistent the log of %s entries is the beginning of that of %s"
        if good
        else "consistent the log of %s entries is NOT the beginning of that of %s: one of them was changed"
    )
    outcome.say(good, text, old.size, new.size)


def _small(path: str) -> bytes:
    with Path(path).open("rb") as file:
        return file.read(LARGEST_NOTE + 1)


def _unchecked(pack: zipfile.ZipFile, checked: set[str], outcome: Outcome) -> None:
    """Name the files that are there for readers: this program does not say that they are right."""
    others = sorted(set(pack.namelist()) - checked - {"SHA256SUMS"})
    if others:
        outcome.tell(say("unchecked  for readers only: %s", ", ".join(others)))


def _own_policy(pack: zipfile.ZipFile, outcome: Outcome) -> Policy:
    outcome.tell(
        say("policy     the file's own; compare its keys with the company's, or give --policy")
    )
    return read_policy(_text(pack, "policy.txt"))


def _no_policy() -> NoReturn:
    raise NothingToTrust("whose signature counts? Give --policy or --key")


@dataclass(frozen=True)
class Given:
    """What the command was given beside the file."""

    policy: Policy | None = None
    entry: bytes | None = None
    seal: str = ""
    parquet: tuple[str, ...] = ()


def trusted(policy: str | None, key: str | None) -> Policy | None:
    """The policy from `--policy`, or the one log of `--key`, a key line or a file with one; PackWrong."""
    if policy is not None:
        return read_policy(_small(policy))
    if key is None:
        return None
    text = key.strip()
    if "+" not in text:
        text = _small(text).decode("ascii", "replace").strip()
    log = read_key(text)
    if log.kind == COSIGNED:
        raise PackWrong("the type of the key does not fit")
    return Policy(logs=[log], quorum="none")


def check_trail(given: argparse.Namespace) -> Outcome:
    """Run one of the commands about the trail; what was found before an unreadable part is included."""
    outcome = Outcome()
    try:
        _check_trail(given, outcome)
    except NothingToTrust as missing:
        outcome.miss(str(missing))
    except PackWrong as wrong:
        outcome.add(False, str(wrong))
    except OSError as broken:
        outcome.say(False, "a file cannot be read (%s)", broken.strerror or type(broken).__name__)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError) as broken:
        outcome.say(False, "a file is damaged or invalid (%s)", type(broken).__name__)
    except BAD_CONTENT as broken:
        outcome.say(False, "a file is damaged or invalid (%s)", type(broken).__name__)
    return outcome


def _check_trail(given: argparse.Namespace, outcome: Outcome) -> None:
    policy = trusted(given.policy, given.key)
    if given.verb == "checkpoint":
        check_note(_small(given.file), policy or _no_policy(), outcome)
    elif given.verb == "consistency":
        check_consistency(given.earlier, given.file, Given(policy), outcome)
    elif given.verb == "proof":
        entry = _small(given.leaf) if given.leaf else None
        check_proof(given.file, Given(policy, entry), outcome)
    elif given.verb == "export":
        check_range(given.file, Given(policy), outcome)
    else:
        check_segment(
            given.file, Given(policy, None, given.seal or "", tuple(given.parquet)), outcome
        )


def write_page(path: str, given: argparse.Namespace, outcome: Outcome) -> None:
    """The result as a page for readers, in the language of the terminal."""
    state = {True: "same", False: "wrong", None: "stated"}
    rows = "\n".join(
        f'<tr class="{state[right]}"><td>{_mark(right)}</td><td>{html.escape(_spaced(text))}</td></tr>'
        for right, text in outcome.parts
    )
    title = say("Result of checking %s", Path(given.file).name)
    result = html.escape(_result(given.verb, outcome))
    try:
        digest = _file_hash(given.file)
    except OSError:
        digest = "–"
    facts = say("Checked with tutela-verify, alone; the SHA-256 of the file is %s.", digest)
    with Path(path).open("w", encoding="utf-8") as file:
        file.write(PAGE_TEXT % {
            "lang": "zh-Hans" if _chinese() else "en", "title": html.escape(title), "result": result,
            "state": state[outcome.good], "rows": rows, "facts": html.escape(facts),
        })  # fmt: skip


def _spaced(text: str) -> str:
    return " ".join(text.split())


def _mark(right: bool | None) -> str:
    return say(
        "stated     " if right is None else "equal      " if right else "DIFFERENT  "
    ).strip()


def _result(verb: str, outcome: Outcome) -> str:
    if outcome.good:
        return say("all equal")
    if not outcome.checked:
        return say("NOT CHECKED: nothing was compared")
    return say(
        "NOT EQUAL: do not rely on this pack"
        if verb == "pack"
        else "NOT EQUAL: do not rely on this file"
    )


PAGE_TEXT = """<!DOCTYPE html>
<html lang="%(lang)s"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>%(title)s</title><style>
:root { color-scheme: light dark; }
body { font: 16px/1.6 system-ui, "Noto Sans CJK SC", "Microsoft YaHei", sans-serif; max-width: 60rem;
margin: 2rem auto; padding: 0 1rem; }
h1, p { overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%%; } td { border-top: 1px solid #8886; padding: .3rem .5rem;
vertical-align: top; overflow-wrap: anywhere; } td:first-child { white-space: nowrap; }
.result { font-weight: 600; padding: .6rem 1rem; border-left: .4rem solid; }
p.same { border-color: #2b8a3e; } p.wrong { border-color: #c92a2a; } tr.wrong td:first-child { font-weight: 700; }
</style></head><body><h1>%(title)s</h1><p class="result %(state)s">%(result)s</p>
<table>%(rows)s</table><p>%(facts)s</p></body></html>
"""


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
    about = say("Check evidence of Tutela: packs, and proofs of the access trail.")
    parser = _Parser(prog="tutela-verify", description=about)
    verbs = parser.add_subparsers(dest="verb", required=True, metavar=say("COMMAND"))
    about = say("signature, hashes and every figure of a pack")
    pack = _verb(verbs, "pack", about, say("the pack to check"))
    key = say("the company's public key in hex, or a file containing it")
    pack.add_argument("--key", default=None, metavar=say("KEY"), help=key)
    _trail_verbs(verbs)
    given = parser.parse_args(None if words is None else list(words))
    if given.key is not None and not given.key.strip():
        parser.error(say("the given key is empty"))
    return given


def _verb(verbs: Any, name: str, about: str, file: str) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = verbs.add_parser(name, help=about, description=about)
    parser.add_argument("file", metavar=say("FILE"), help=file)
    page = say("also write the result as a page for readers")
    parser.add_argument("--page", default=None, metavar=say("PAGE"), help=page)
    return parser


def _trail_verbs(verbs: Any) -> None:
    about = say("a checkpoint of the trail: the log's signature and its witnesses")
    checkpoint = _verb(verbs, "checkpoint", about, say("the signed note"))
    about = say("that an entry is in the trail, and what it says")
    proof = _verb(verbs, "proof", about, say("the proof file (.tlog-proof), or the zip with it"))
    entry = say("the bytes of the entry, if they are not in the proof")
    proof.add_argument("--leaf", default=None, metavar=say("FILE"), help=entry)
    about = say("that a later checkpoint continues an earlier one")
    both = _verb(verbs, "consistency", about, say("the proof with the later checkpoint"))
    both.add_argument("earlier", metavar=say("EARLIER"), help=say("the earlier checkpoint"))
    about = say("a whole export of the trail: nothing missing, changed or moved")
    export = _verb(verbs, "export", about, say("the export (zip)"))
    about = say("a sealed segment, entry by entry")
    segment = _verb(verbs, "segment", about, say("the list of its entries"))
    seal = say("the proof of the entry that seals it")
    segment.add_argument("--seal", default=None, metavar=say("FILE"), help=seal)
    files = say("a sealed file to compare by its hash; may be given again")
    segment.add_argument("--parquet", action="append", default=[], metavar=say("FILE"), help=files)
    for parser in (checkpoint, proof, both, export, segment):
        policy = say("the policy file: logs, witnesses and quorum (C2SP tlog-policy)")
        parser.add_argument("--policy", default=None, metavar=say("POLICY"), help=policy)
        key = say("in place of a policy: the log's key line, or a file containing it")
        parser.add_argument("--key", default=None, metavar=say("KEY"), help=key)


def main(words: Iterable[str] | None = None) -> int:
    """The command; returns the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # characters that the terminal cannot encode are escaped
            stream.reconfigure(errors="backslashreplace")
    given = _given(words)
    outcome = check(given.file, given.key) if given.verb == "pack" else check_trail(given)
    if given.page:
        try:
            write_page(given.page, given, outcome)
        except OSError as broken:
            outcome.say(False, "a file cannot be read (%s)", broken.strerror or "OSError")
    sys.stdout.write("\n".join([*outcome.lines, _result(given.verb, outcome)]) + "\n")
    return 0 if outcome.good else 1


if __name__ == "__main__":
    sys.exit(main())
