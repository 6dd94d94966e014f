"""Requirements of laws that are stricter than a target, shown beside it; read from regulations.yaml."""

import re
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Final

from django.utils.translation import gettext as _

from tutela.base.shipped import read_yaml

from .rules import Goal

# Chosen from regulations.yaml: target, requirement, and its figure in the target's unit.
_MAP: Final = (
    ("access-log-kept", "nds-43b", 1095.0),
    ("access-log-kept", "csl-23b", 183.0),
    ("tls-share", "gb22239-8-1-2-2", 100.0),
    ("tls-share", "jrt0171-6-1-2", 100.0),
    ("encryption-rate", "gb22239-8-1-4-8", 100.0),
    ("trainings", "gb35273-11-6", 1.0),
    ("leak-drill", "gb35273-10-1b", 1.0),
)


_FORMER: Final = re.compile(r" \(old [^)]*\)")
"""The number an article had before its law was renumbered."""


@dataclass(frozen=True, slots=True)
class Stricter:
    """One stricter requirement. `checked` is False where its wording was not verified."""

    id: str
    title_zh: str
    title_en: str
    article: str
    text_zh: str
    text_en: str
    figure: float
    unit: str
    checked: bool

    @property
    def place(self) -> str:
        """Where it stands: an article of a law, or a clause of a standard."""
        text = _("clause %(number)s") if "." in self.article else _("Article %(number)s")
        return text % {"number": self.article}


def stricter(goal: Goal) -> tuple[Stricter, ...]:
    """The requirements that are stricter than a goal."""
    return tuple(
        _stricter(requirement, figure, goal.unit)
        for target, requirement, figure in _MAP
        if target == goal.target
        and _asks_more(goal, figure)
        # Law is quoted with name and article, or not at all.
        and _requirements()[requirement][1]["article"]
    )


def _asks_more(goal: Goal, figure: float) -> bool:
    return figure > goal.goal if goal.direction == "at_least" else figure < goal.goal


def _stricter(requirement: str, figure: float, unit: str) -> Stricter:
    law, details = _requirements()[requirement]
    return Stricter(
        id=requirement,
        title_zh=law["title_zh"],
        title_en=law["title_en"],
        article=_FORMER.sub("", details["article"]),
        text_zh=details["summary_zh"],
        text_en=details["summary_en"],
        figure=figure,
        unit=unit,
        checked=details["confidence"] == "verified",
    )


@cache
def _requirements() -> dict[str, tuple[dict[str, Any], dict[str, Any]]]:
    """The mapped requirements by id, each with its law; the rest of the large file is not kept."""
    wanted = {requirement for _target, requirement, _figure in _MAP}
    file = resources.files("tutela.scorecard").joinpath("regulations.yaml")
    laws = read_yaml(file.read_text(encoding="utf-8"))
    return {
        requirement["id"]: (law, requirement)
        for law in laws
        for requirement in law["requirements"]
        if requirement["id"] in wanted
    }
