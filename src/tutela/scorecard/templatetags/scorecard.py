"""Template filters of the scorecard: figures, states, the trend as SVG."""

from collections.abc import Iterable
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from typing import Final
from uuid import UUID

from django import template
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tutela.base.language import name_of, reads_chinese
from tutela.base.readings import ROWS, EvidenceRow, moment
from tutela.scorecard.board import Line, Point
from tutela.scorecard.rules import Cause, Goal
from tutela.scorecard.summary import figure_text
from tutela.scorecard.words import CAUSES, FACT_VALUES, FACTS

register = template.Library()
WIDTH: Final = 112
HEIGHT: Final = 28
LONG_DAY: Final = 10
"""Letters of an ISO day: a longer value that begins with a year is a moment."""


@register.filter
def goal_text(goal: Goal) -> str:
    """A goal with its sign and unit."""
    sign = "≥" if goal.direction == "at_least" else "≤"
    return f"{sign} {figure(goal.goal, goal.unit)}"


@register.filter
def actual(line: Line) -> str:
    """The figure, or "no data"."""
    if line.reading.value is None:
        return _("no data")
    return figure(line.reading.value, line.reading.unit)


@register.simple_tag
def figure(value: float, unit: str) -> str:
    return figure_text(value, unit)


@register.filter
def facts_shown(row: EvidenceRow) -> list[tuple[str, str]]:
    """A row's facts as (name, value) texts; figure and days of an outside report are one fact each."""
    facts = dict(row.facts)
    pairs: list[tuple[str, str]] = []
    if facts.pop("outside", None):
        part, whole = facts.pop("numerator"), facts.pop("denominator")
        value, unit = float(facts.pop("value")), str(facts.pop("unit"))
        last = date.fromisoformat(str(facts.pop("ends"))) - timedelta(days=1)
        pairs = [
            (_("Actual"), figure(value, unit) + (f" ({part:,} / {whole:,})" if whole else "")),
            (_("Days covered"), f"{facts.pop('begins')} – {last.isoformat()}"),
        ]
    if {"numerator", "denominator"} <= facts.keys():
        part, whole = facts.pop("numerator"), facts.pop("denominator")
        pairs.append((_("Components"), f"{part:,} / {whole:,}"))
    return pairs + [
        (str(FACTS.get(name, name)), _fact(value)) for name, value in facts.items() if value != ""
    ]


def _fact(value: str | int) -> str:
    """The value of a fact: numbers with separators, moments in the company's time, known codes as text."""
    if isinstance(value, int):
        return f"{value:,}"
    if len(value) > LONG_DAY and value[:4].isdecimal():
        with suppress(ValueError):
            at = timezone.localtime(datetime.fromisoformat(value))
            return at.strftime("%Y-%m-%d %H:%M:%S")
    return str(FACT_VALUES.get(value, value))


@register.filter
def from_before(rows: Iterable[EvidenceRow], line: Line) -> bool:
    """Whether rows of rooms are older than the days that the figure covers."""
    begins = moment(line.reading.begins)
    return any(row.at < begins and not row.facts.get("outside") for row in rows)


@register.filter
def cause_name(cause: Cause) -> str:
    return str(CAUSES.get(cause, ""))


@register.filter
def named_target(line: Line) -> str:
    """The target's name in the active language."""
    return name_of(line)


@register.filter
def named_department(line: Line) -> str:
    """The owing department's name in the active language."""
    return line.department_zh if reads_chinese() else line.department_en


@register.simple_tag
def law_text(law: object, part: str) -> str:
    """`title` or `text` of a law in the active language."""
    return str(getattr(law, f"{part}_{'zh' if reads_chinese() else 'en'}"))


@register.filter
def proof_time(at: datetime | None) -> str:
    """The time of a proof. The first moment of a day is the end of the day before, and shown as that day."""
    if at is None:
        return "–"
    local = timezone.localtime(at)
    if local.time() == time():
        return (local - timedelta(days=1)).strftime("%Y-%m-%d")
    return local.strftime("%Y-%m-%d %H:%M:%S")


@register.filter
def short(row: UUID | str) -> str:
    """The beginning of a row's id, which is unique among rows of a page."""
    return str(row)[:13]


@register.simple_tag
def row_page(target: str, row: EvidenceRow) -> str:
    """The page of what a room's own row tells of; "" if it has none."""
    view = "" if row.facts.get("outside") else ROWS.get(target, "")
    return reverse(view, args=[row.id]) if view else ""


@register.filter
def last_day(point: Point) -> str:
    """The Sunday of a week's point."""
    return (point.ends - timedelta(days=1)).isoformat()


@register.simple_tag
def spark(line: Line) -> SafeString:
    """The trend as SVG: each week and the line to it in the colour of its status. A week without data is a
    faint dot at the bottom, without a line."""
    known = [point.value for point in line.trend if point.value is not None]
    top = max([*known, line.goal.goal, 1.0])
    label = _("Trend over twelve weeks, %(known)s with data") % {"known": len(known)}
    dots, steps = _drawn(line.trend, top)
    each = '<line class="spark-line status-{}" x1="{}" y1="{}" x2="{}" y2="{}"/>'
    lines = format_html_join("", each, steps)
    marks = format_html_join("", '<circle class="{}" cx="{}" cy="{}" r="{}"/>', dots)
    level = _height(line.goal.goal, top)
    return format_html(
        '<svg class="spark" viewBox="0 0 {} {}" role="img" aria-label="{}">'
        '<line class="spark-goal" x1="0" x2="{}" y1="{}" y2="{}"/>{}{}</svg>',
        WIDTH, HEIGHT, label, WIDTH, level, level, lines, marks,
    )  # fmt: skip


def _drawn(
    trend: tuple[Point, ...], top: float
) -> tuple[list[tuple[str, float, float, float]], list[tuple[str, float, float, float, float]]]:
    """Dots (class, x, y, radius), and lines (state, from, to) between weeks that both have data."""
    step = (WIDTH - 8) / max(1, len(trend) - 1)
    dots: list[tuple[str, float, float, float]] = []
    steps: list[tuple[str, float, float, float, float]] = []
    before: tuple[float, float] | None = None
    for place, point in enumerate(trend):
        x = round(4 + place * step, 1)
        if point.value is None:
            dots.append(("spark-none", x, HEIGHT - 3, 1.5))
            before = None
            continue
        y, state = _height(point.value, top), point.condition.value
        if before:
            steps.append((state, *before, x, y))
        before = x, y
        dots.append((f"spark-dot status-{state}", x, y, 2.5 if place == len(trend) - 1 else 1.5))
    return dots, steps


def _height(value: float, top: float) -> float:
    return round(HEIGHT - 3 - (HEIGHT - 6) * min(1.0, value / top), 1)
