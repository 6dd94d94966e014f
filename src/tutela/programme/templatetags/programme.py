"""Template filters: names by code, lists."""

from collections.abc import Iterable
from typing import Final

from django import template

from tutela.base.language import reads_chinese
from tutela.programme import queries, words
from tutela.programme.judgements import Condition
from tutela.programme.models import Task

register = template.Library()
ICONS: Final = {
    Condition.MET: "circle-check",
    Condition.AT_RISK: "alert-triangle",
    Condition.NOT_MET: "circle-x",
    Condition.OVERDUE: "clock-x",
    Condition.NO_DATA: "circle-dashed",
}


@register.filter
def condition_icon(condition: str) -> str:
    return ICONS[Condition(condition)]


@register.filter
def condition_name(condition: str) -> str:
    """What a target is judged to be."""
    return str(words.CONDITIONS[Condition(condition)])


@register.inclusion_tag("programme/_unchecked_law.html")
def unchecked_law() -> dict[str, object]:
    """A badge for law that nobody compared with the official text yet, and who does."""
    return {"department": queries.law_checker()}


@register.filter
def look_name(look: str) -> str:
    """The name of the state that a cell's colour shows."""
    return str(words.LOOKS[look])


@register.filter
def listed(rows: Iterable[object]) -> str:
    """People's names, or numbers, joined with the comma of the active language."""
    comma = "、" if reads_chinese() else ", "
    return comma.join(str(getattr(row, "name", row)) for row in rows)


@register.filter
def post_names(codes: Iterable[str]) -> str:
    """The names of posts by their codes, joined."""
    return listed(words.post_name(code) for code in codes)


@register.filter
def post_name(code: str) -> str:
    """The name of a post by its code."""
    return words.post_name(code)


@register.filter
def owner_name(task: Task) -> str:
    """Whose a task is."""
    return words.owner_name(task)
