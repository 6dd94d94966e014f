"""Where a law asks for more than the target: shown beside it. The laws stand in regulations.yaml beside it."""

from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Final

from tutela.base.shipped import read_yaml

from .rules import Goal

# Chosen by hand from the fact base: target, its requirement there, the figure in the target's unit.
_MAP: Final = (
    ("access-log-kept", "nds-43b", 1095.0),
    ("access-log-kept", "csl-23b", 183.0),
    ("tls-share", "gb22239-8-1-2-2", 100.0),
    ("tls-share", "jrt0171-6-1-2", 100.0),
    ("encryption-rate", "gb22239-8-1-4-8", 100.0),
    ("trainings", "gb35273-11-6", 1.0),
    ("leak-drill", "gb35273-10-1b", 1.0),
)


@dataclass(frozen=True, slots=True)
class Stricter:
    """One requirement that asks for more. `checked` is False where its wording was not read."""

    id: str
    title_zh: str
    title_en: str
    article: str
    text_zh: str
    text_en: str
    figure: float
    unit: str
    checked: bool


def stricter(goal: Goal) -> tuple[Stricter, ...]:
    """The requirements that are stricter than the goal as it is now."""
    return tuple(
        _told(requirement, figure, goal.unit)
        for target, requirement, figure in _MAP
        if target == goal.target and _asks_more(goal, figure)
    )


def _asks_more(goal: Goal, figure: float) -> bool:
    return figure > goal.goal if goal.direction == "at_least" else figure < goal.goal


def _told(requirement: str, figure: float, unit: str) -> Stricter:
    law, one = _requirements()[requirement]
    return Stricter(
        id=requirement,
        title_zh=law["title_zh"],
        title_en=law["title_en"],
        article=one["article"] or "",
        text_zh=one["summary_zh"],
        text_en=one["summary_en"],
        figure=figure,
        unit=unit,
        checked=one["confidence"] == "verified",
    )


@cache
def _requirements() -> dict[str, tuple[dict[str, Any], dict[str, Any]]]:
    """The mapped requirements by id, each with its law; the large file is read once and let go."""
    wanted = {requirement for _target, requirement, _figure in _MAP}
    file = resources.files("tutela.scorecard").joinpath("regulations.yaml")
    laws = read_yaml(file.read_text(encoding="utf-8"))
    return {
        one["id"]: (law, one) for law in laws for one in law["requirements"] if one["id"] in wanted
    }
