"""The policy of C2SP (tlog-policy): which logs, which witnesses, and which of them are enough. Pure.

    log <vkey> [<url>]
    witness <name> <vkey> [<url>]
    group <name> all|any|<number> <name>...
    quorum <name>|none

A witness with an address is asked over the network; one without is carried to by hand.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import SplitResult, urlsplit

from tutela.crypto.errors import BadValue
from tutela.crypto.notes import Kind, NoteKey, read_key

NONE: Final = "none"
MOST_LINES: Final = 1_000
_LOG_KINDS: Final = frozenset({Kind.ED25519, Kind.ML_DSA})
_WITNESS_KINDS: Final = frozenset({Kind.COSIGNATURE, Kind.ML_DSA})
_SPACE: Final = re.compile("[ \t]+")
_CONTROL: Final = re.compile("[\x00-\x08\x0a-\x1f\x7f]")


class PolicyWrong(Exception):
    """A policy cannot be read: the number of the line, 0 for the whole, and a word for the reason."""

    def __init__(self, line: int, why: str) -> None:
        super().__init__(f"{line} {why}")
        self.line, self.why = line, why


@dataclass(frozen=True, slots=True)
class Witness:
    """A witness's key: the name is the policy's own; `url` is its submission prefix, "" if it has none."""

    name: str
    key: NoteKey
    url: str = ""

    @property
    def id(self) -> str:
        """The key's name and id, by which its cosignatures are kept."""
        return f"{self.key.name}+{self.key.id.hex()}"


@dataclass(frozen=True, slots=True)
class Group:
    """Met when `least` of its members are."""

    least: int
    members: tuple[str, ...]


@dataclass(slots=True)
class Policy:
    """`quorum` names a witness or a group, or is NONE. `text` is what was read."""

    text: str = ""
    logs: list[NoteKey] = field(default_factory=list)
    witnesses: dict[str, Witness] = field(default_factory=dict)
    groups: dict[str, Group] = field(default_factory=dict)
    quorum: str = ""

    def is_met(self, cosigned: Collection[str]) -> bool:
        """Whether cosignatures of these witnesses, by the policy's names, are enough."""
        return self.quorum == NONE or self._is_met(self.quorum, cosigned)

    def _is_met(self, name: str, cosigned: Collection[str]) -> bool:
        group = self.groups.get(name)
        if group is None:
            return name in cosigned
        return sum(self._is_met(member, cosigned) for member in group.members) >= group.least

    def met_since(self, times: Mapping[str, int]) -> int | None:
        """The latest second since which enough of them cosigned; `times` by name. None without a quorum."""
        cosigned: set[str] = set()
        for name, at in sorted(times.items(), key=lambda one: -one[1]):
            cosigned.add(name)
            if self.is_met(cosigned):
                return at
        return None


def read_policy(data: bytes) -> Policy:
    """The policy of a file's bytes. PolicyWrong, with its first wrong line."""
    text = data.decode(errors="surrogateescape")
    policy = Policy(text)
    lines = text.split("\n")
    if len(lines) > MOST_LINES:
        raise PolicyWrong(0, "lines")
    members: set[str] = set()
    for number, line in enumerate(lines, 1):
        if _CONTROL.search(line):
            raise PolicyWrong(number, "control")
        words = _SPACE.split(line.strip(" \t"))
        if words == [""] or words[0].startswith("#"):
            continue
        try:
            _take(policy, words, members)
        except BadValue as wrong:
            raise PolicyWrong(number, wrong.code) from None
    if not policy.quorum:
        raise PolicyWrong(0, "quorum-missing")
    return policy


def _take(policy: Policy, words: list[str], members: set[str]) -> None:
    """Add what one line says. BadValue."""
    kind, *rest = words
    match kind, rest:
        case "log", [vkey, *url]:
            _add_log(policy, vkey, _only(url))
        case "witness", [name, vkey, *url]:
            _add_witness(policy, name, vkey, _only(url))
        case "group", [name, least, *names]:
            _add_group(policy, name, least, names, members)
        case "quorum", [name]:
            if policy.quorum:
                raise BadValue("quorum-twice")
            if name != NONE and not _is_known(policy, name):
                raise BadValue("name-unknown")
            policy.quorum = name
        case _:
            raise BadValue("line")


def _only(url: list[str]) -> str:
    if len(url) > 1:
        raise BadValue("line")
    return check_url(url[0]) if url else ""


def check_url(url: str) -> str:
    """An address without a slash at its end. BadValue unless it is http or https with a host and no password."""
    parts = split(url)
    wrong = parts.username is not None or parts.query or parts.fragment or not parts.hostname
    if wrong or parts.scheme not in ("http", "https"):
        raise BadValue("url")
    return url.rstrip("/")


def split(url: str) -> SplitResult:
    """The parts of an address. BadValue."""
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        raise BadValue("url") from None
    return parts


def _add_log(policy: Policy, vkey: str, url: str) -> None:
    key = read_key(vkey)
    if key.kind not in _LOG_KINDS:
        raise BadValue("vkey-type")
    if any(known.public == key.public and known.name == key.name for known in policy.logs):
        raise BadValue("key-twice")
    _ = url  # where a log is read; nothing here reads one
    policy.logs.append(key)


def _add_witness(policy: Policy, name: str, vkey: str, url: str) -> None:
    key = read_key(vkey)
    if key.kind not in _WITNESS_KINDS:
        raise BadValue("vkey-type")
    if any(known.key.public == key.public for known in policy.witnesses.values()):
        raise BadValue("key-twice")
    _check_new(policy, name)
    policy.witnesses[name] = Witness(name, key, url)


def _add_group(policy: Policy, name: str, least: str, names: list[str], members: set[str]) -> None:
    _check_new(policy, name)
    if not names:
        raise BadValue("group-empty")
    for member in names:
        if not _is_known(policy, member):
            raise BadValue("name-unknown")
        if member in members:
            raise BadValue("member-twice")
        members.add(member)
    policy.groups[name] = Group(_least(least, len(names)), tuple(names))


def _least(word: str, most: int) -> int:
    if word in ("any", "all"):
        return 1 if word == "any" else most
    plain = word.isascii() and word.isdigit() and len(word) < 5
    if not plain or not 1 <= int(word) <= most:
        raise BadValue("threshold")
    return int(word)


def _check_new(policy: Policy, name: str) -> None:
    if name == NONE or _is_known(policy, name):
        raise BadValue("name-twice")


def _is_known(policy: Policy, name: str) -> bool:
    return name in policy.witnesses or name in policy.groups
