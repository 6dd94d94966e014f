"""The permission matrix as data: read from YAML or JSON, canonical bytes, hash. Pure.

Shape of the document: `{version, fresh_work_items, break_glass, posts: {code: {owner, rules: [rule]}}}`; a rule
names classes and purposes in lists and holds for every pair of them. Errors: MatrixInvalid with the place.
"""

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from importlib import resources
from typing import Any, TypeVar

import yaml

from tutela.base.shipped import read_yaml
from tutela.crypto.digest import sha256
from tutela.detect.classes import DataClass

from .errors import MatrixInvalid
from .levels import ChannelBit, Level, RowScope
from .posts import POSTS
from .purposes import Purpose

E = TypeVar("E", bound=Enum)
Json = Mapping[str, object]
FRESH_MINUTES, LEAST_FRESH, MOST_FRESH = 30, 5, 1_440
"""Minutes in which an assigned work item opens nothing: where a matrix does not say, and within which it may."""
_FLAGS = ("step_up", "work_item", "second_person")
_KEYS = {
    "classes", "purposes", "level", "scope", "channels", "quota", *_FLAGS,
    "reason_en", "reason_zh", "review",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule of one post. `number` counts from 1 within the post; `quota` is clear values a day."""

    post: str
    number: int
    classes: tuple[DataClass, ...]
    purposes: tuple[Purpose, ...]
    level: Level
    scope: RowScope
    channels: ChannelBit
    quota: int
    step_up: bool
    work_item: bool
    second_person: bool
    reason_en: str
    reason_zh: str
    review: date

    @property
    def place(self) -> str:
        """The name by which the trail and error texts cite the rule."""
        return f"{self.post}.{self.number}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """A whole matrix. `canonical` is the text whose SHA-256 is `hash` (64 hex digits)."""

    version: int
    owners: Mapping[str, str]
    rules: tuple[Rule, ...]
    canonical: str
    hash: str
    fresh_minutes: int = FRESH_MINUTES
    break_glass: tuple[str, ...] = ()
    """The posts that may take break-glass access; where an older matrix does not say, none."""

    def cells(self) -> Iterator[tuple[str, DataClass, Purpose, Rule]]:
        """Every cell: post, data class, purpose and the rule that fills it."""
        for rule in self.rules:
            for data_class in rule.classes:
                for purpose in rule.purposes:
                    yield rule.post, data_class, purpose, rule


def seeded_text() -> str:
    """The matrix that ships with Tutela, as YAML."""
    return resources.files(__package__).joinpath("matrix.yaml").read_text(encoding="utf-8")


def seeded_version() -> int:
    """Its version, without reading the rest."""
    return int(seeded_text().partition("\nversion: ")[2].partition("\n")[0])


def from_yaml(text: str) -> Matrix:
    """Read a matrix an officer wrote. MatrixInvalid when it cannot be read."""
    try:
        data = read_yaml(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise MatrixInvalid(rule="yaml", place=f"line {mark.line + 1}" if mark else "?") from error
    return parse(data)


def from_canonical(text: str) -> Matrix:
    """Read the canonical form back, as the database keeps it."""
    return parse(json.loads(text))


def parse(data: object) -> Matrix:
    """Shape and words are checked here; what a matrix may say is `matrix_rules.validate`'s matter."""
    document = _mapping(data, "document")
    posts = _mapping(document.get("posts"), "posts")
    version = _whole(document.get("version"), "version")
    rules = tuple(rule for code in sorted(posts) for rule in _post_rules(code, posts[code]))
    owners = {code: _text(_mapping(posts[code], code).get("owner"), code) for code in sorted(posts)}
    minutes = _fresh_minutes(document)
    broken = _break_glass(document)
    canonical = _canonical(version, owners, rules, minutes, broken)
    digest = sha256(canonical.encode("ascii")).hex()
    return Matrix(
        version=version,
        owners=owners,
        rules=rules,
        fresh_minutes=FRESH_MINUTES if minutes is None else minutes,
        break_glass=broken or (),
        canonical=canonical,
        hash=digest,
    )


def _fresh_minutes(document: Json) -> int | None:
    """For how long an assigned work item opens nothing without a second person; None where an older matrix
    does not say."""
    if "fresh_work_items" not in document:
        return None
    minutes = _whole(
        _mapping(document["fresh_work_items"], "fresh_work_items").get("minutes"), "minutes"
    )
    if not LEAST_FRESH <= minutes <= MOST_FRESH:
        raise MatrixInvalid(rule="fresh_minutes", place="fresh_work_items.minutes")
    return minutes


def _break_glass(document: Json) -> tuple[str, ...] | None:
    """The posts that may take break-glass access; None where an older matrix does not say."""
    if "break_glass" not in document:
        return None
    posts = _mapping(document["break_glass"], "break_glass").get("posts")
    if not isinstance(posts, list) or not all(isinstance(code, str) for code in posts):
        raise MatrixInvalid(rule="rules_not_a_list", place="break_glass.posts")
    for code in posts:
        if code not in POSTS:
            raise MatrixInvalid(rule="unknown_post", place=f"break_glass.{code}")
    if len(set(posts)) != len(posts):
        raise MatrixInvalid(rule="named_twice", place="break_glass.posts")
    return tuple(sorted(posts))


def completed(old: Matrix, seed: Matrix) -> Matrix:
    """An older matrix with what its version could not say: the seed's new posts, the posts of break-glass, and for
    posts without write rules the seed's, for classes that they see. Every old rule stays."""
    document = json.loads(old.canonical)
    posts = document["posts"]
    document.setdefault("break_glass", {"posts": list(seed.break_glass)})
    seen = {
        (post, data_class.name.lower(), purpose.value)
        for post, data_class, purpose, _ in old.cells()
    }
    for code, post in json.loads(seed.canonical)["posts"].items():
        if code not in posts:
            posts[code] = post
            continue
        rules = posts[code]["rules"]
        if not any(map(_is_write, rules)):
            rules += [
                narrowed
                for rule in filter(_is_write, post["rules"])
                if (narrowed := _seen_of(code, rule, seen))
            ]
    return parse({**document, "version": seed.version})


def _is_write(rule: Json) -> bool:
    return rule["level"] == Level.WRITE.name.lower()


def _seen_of(
    post: str, rule: dict[str, Any], seen: Collection[tuple[str, str, str]]
) -> Json | None:
    """A rule with those of its classes that the post sees for each of its purposes."""
    classes = [
        data_class
        for data_class in rule["classes"]
        if all((post, data_class, why) in seen for why in rule["purposes"])
    ]
    return {**rule, "classes": classes} if classes else None


def _post_rules(code: str, data: object) -> Iterator[Rule]:
    if code not in POSTS:
        raise MatrixInvalid(rule="unknown_post", place=str(code))
    rules = _mapping(data, code).get("rules")
    if not isinstance(rules, list):
        raise MatrixInvalid(rule="rules_not_a_list", place=code)
    for number, rule in enumerate(rules, start=1):
        yield _rule(code, number, _mapping(rule, f"{code}.{number}"))


def _rule(post: str, number: int, data: Json) -> Rule:
    place = f"{post}.{number}"
    unknown = set(data) - _KEYS
    if unknown:
        raise MatrixInvalid(rule="unknown_key", place=f"{place}.{min(map(str, unknown))}")
    flags = {name: _flag(data.get(name, False), f"{place}.{name}") for name in _FLAGS}
    bits = [_word(ChannelBit, bit, f"{place}.channels") for bit in _words(data, "channels", place)]
    return Rule(
        post=post,
        number=number,
        classes=_unique(DataClass, data, "classes", place),
        purposes=_unique(Purpose, data, "purposes", place),
        level=_word(Level, data.get("level"), f"{place}.level"),
        scope=_word(RowScope, data.get("scope"), f"{place}.scope"),
        channels=ChannelBit(sum(set(bits))),
        quota=_whole(data.get("quota", 0), f"{place}.quota"),
        reason_en=_text(data.get("reason_en"), f"{place}.reason_en"),
        reason_zh=_text(data.get("reason_zh"), f"{place}.reason_zh"),
        review=_day(data.get("review"), f"{place}.review"),
        **flags,
    )


def _canonical(
    version: int,
    owners: Mapping[str, str],
    rules: tuple[Rule, ...],
    minutes: int | None,
    broken: tuple[str, ...] | None,
) -> str:
    posts = {
        code: {"owner": owner, "rules": [_plain(rule) for rule in rules if rule.post == code]}
        for code, owner in owners.items()
    }
    document: dict[str, object] = {"version": version, "posts": posts}
    if minutes is not None:
        document["fresh_work_items"] = {"minutes": minutes}
    if broken is not None:
        document["break_glass"] = {"posts": list(broken)}
    return json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=True)


def _plain(rule: Rule) -> dict[str, object]:
    return {
        "classes": [item.name.lower() for item in rule.classes],
        "purposes": [item.value for item in rule.purposes],
        "level": rule.level.name.lower(),
        "scope": rule.scope.value,
        "channels": [bit.name.lower() for bit in ChannelBit if bit in rule.channels and bit.name],
        "quota": rule.quota,
        "step_up": rule.step_up,
        "work_item": rule.work_item,
        "second_person": rule.second_person,
        "reason_en": rule.reason_en,
        "reason_zh": rule.reason_zh,
        "review": rule.review.isoformat(),
    }


def _mapping(value: object, place: str) -> Json:
    if not isinstance(value, dict) or not all(isinstance(key, str) for key in value):
        raise MatrixInvalid(rule="not_a_mapping", place=place)
    return value


def _words(data: Json, key: str, place: str) -> list[object]:
    value = data.get(key)
    if not isinstance(value, list) or not value:
        raise MatrixInvalid(rule="empty_list", place=f"{place}.{key}")
    return value


def _word(kind: type[E], value: object, place: str) -> E:
    """A member by its lower-case name."""
    if isinstance(value, str) and value == value.lower() and value.upper() in kind.__members__:
        return kind[value.upper()]
    raise MatrixInvalid(rule="unknown_word", place=place)


def _unique(kind: type[E], data: Json, key: str, place: str) -> tuple[E, ...]:
    words = [_word(kind, value, f"{place}.{key}") for value in _words(data, key, place)]
    if len(set(words)) != len(words):
        raise MatrixInvalid(rule="named_twice", place=f"{place}.{key}")
    order = list(kind)
    return tuple(sorted(words, key=order.index))


def _whole(value: object, place: str) -> int:
    if type(value) is not int or value < 0:
        raise MatrixInvalid(rule="not_a_whole_number", place=place)
    return value


def _flag(value: object, place: str) -> bool:
    if not isinstance(value, bool):
        raise MatrixInvalid(rule="not_true_or_false", place=place)
    return value


def _text(value: object, place: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise MatrixInvalid(rule="blank_text", place=place)
    return value.strip()


def _day(value: object, place: str) -> date:
    if type(value) is date:
        return value
    try:
        return date.fromisoformat(value if isinstance(value, str) else "")
    except ValueError as error:
        raise MatrixInvalid(rule="not_a_date", place=place) from error
