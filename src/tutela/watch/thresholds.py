"""The thresholds in force at a moment, for a post. Pure."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from .rules import RULES


@dataclass(frozen=True, slots=True)
class Version:
    """One stored version: of a rule, for a post or for all (blank), from a moment on."""

    rule: str
    post: str
    version: int
    active: bool
    values: Mapping[str, int]
    at_ms: int


@dataclass(frozen=True, slots=True)
class Muted:
    """A rule that rests for a person between two moments."""

    rule: str
    person: str
    begins_ms: int
    ends_ms: int


class Applied(dict[str, int]):
    """The thresholds of a rule by key, and `version`: of the stored version, 0 for the defaults."""

    __slots__ = ("version",)

    def __init__(self, values: Mapping[str, int], version: int) -> None:
        super().__init__(values)
        self.version = version


_DEFAULTS: Final = {code: Applied(rule.defaults, 0) for code, rule in RULES.items()}


class Book:
    """All versions; asked by moment, so that a replay finds what applied then."""

    def __init__(self, versions: Iterable[Version] = (), mutes: Iterable[Muted] = ()) -> None:
        ordered = sorted(versions, key=lambda one: (one.at_ms, one.rule, one.version))
        self._starts: list[int] = [0]
        self._states: list[dict[tuple[str, str], Version]] = [{}]
        for one in ordered:
            state = dict(self._states[-1])
            state[one.rule, one.post] = one
            if one.at_ms == self._starts[-1]:
                self._states[-1] = state
            else:
                self._starts.append(one.at_ms)
                self._states.append(state)
        self._found: dict[tuple[int, str, str], Applied | None] = {}
        self._mutes: dict[tuple[str, str], list[Muted]] = {}
        for mute in mutes:
            self._mutes.setdefault((mute.rule, mute.person), []).append(mute)

    def of(self, rule: str, post: str, t_ms: int) -> Applied | None:
        """The thresholds of a rule for a post; None if it is switched off."""
        last = len(self._starts) - 1
        era = last if t_ms >= self._starts[last] else max(bisect_right(self._starts, t_ms) - 1, 0)
        key = (era, rule, post)
        if key not in self._found:
            state = self._states[era]
            one = state.get((rule, post)) or state.get((rule, ""))
            if one is None:
                self._found[key] = _DEFAULTS[rule]
            elif not one.active:
                self._found[key] = None
            else:
                self._found[key] = Applied({**RULES[rule].defaults, **one.values}, one.version)
        return self._found[key]

    def is_muted(self, rule: str, person: str, t_ms: int) -> bool:
        """Whether the rule rests for this person."""
        mutes = self._mutes.get((rule, person))
        return bool(mutes) and any(one.begins_ms <= t_ms < one.ends_ms for one in mutes or ())
