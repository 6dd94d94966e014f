"""What the pages show: lines with their words, the way from one control to the next, the 5×5 matrix."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise

from tutela.base import clock

from . import compare, queries, words
from .controls import CONTROLS, MEASURES, Control
from .models import Acceptance, Assessment, Risk
from .queries import Line
from .rules import SCALE, WARN_DAYS, Grade, Tally, Verdict, grade, tally


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One control on a page."""

    line: Line
    name: str
    text: str
    verdict: str
    word: str | Promise
    reading: str

    @property
    def source(self) -> str:
        """Where a reading comes from while the assessment is open: "live", or "outside" when another
        system reported what is behind it; empty without a reading."""
        found = self.line.live
        if found is None or found.reading.value is None:
            return ""
        return "outside" if found.reading.outside else "live"


def row(line: Line) -> Row:
    chinese = words.chinese()
    return Row(
        line=line,
        name=line.control.name(chinese=chinese),
        text=line.control.text(chinese=chinese),
        verdict=line.verdict or "unrated",
        word=words.VERDICTS[Verdict(line.verdict)],
        reading=words.reading(line),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """One assessment in the list."""

    held: Assessment
    tally: Tally
    state: str | Promise


def year(held: Assessment) -> Year:
    return Year(held=held, tally=queries.tally(queries.lines(held)), state=words.STATES[held.state])


def by_measure(lines: Sequence[Line]) -> list[tuple[str, Tally]]:
    """For each measure the count of its controls; a control of two measures counts in both."""
    return [
        (code, tally(line.verdict for line in lines if code in line.control.measures))
        for code in MEASURES
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """Where a control stands among the others; before and after are codes or empty."""

    number: int
    all: int
    before: str
    after: str


def way(rows: Sequence[Row], code: str) -> Way:
    codes = [one.line.control.code for one in rows]
    place = codes.index(code)
    return Way(
        number=place + 1,
        all=len(codes),
        before=codes[place - 1] if place else "",
        after=codes[place + 1] if place + 1 < len(codes) else "",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A control's change from one assessment to a later one, in words."""

    control: Control
    name: str
    before: str | Promise
    before_code: str
    now: str | Promise
    now_code: str
    change: str


def steps(pairs: Sequence[compare.Pair]) -> list[Step]:
    return [
        Step(
            control=pair.control,
            name=pair.control.name(chinese=words.chinese()),
            before=words.VERDICTS[Verdict(pair.before)] if pair.change != "new" else "–",
            before_code=pair.before or "unrated",
            now=words.VERDICTS[Verdict(pair.now)],
            now_code=pair.now or "unrated",
            change=pair.change.value,
        )
        for pair in pairs
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskRow:
    """A risk with its words and the acceptance that holds today, if one does."""

    risk: Risk
    grade: Grade
    word: str | Promise
    treatment: str | Promise
    holds: Acceptance | None
    ended: Acceptance | None
    left: int | None

    @property
    def state(self) -> str:
        """Open, accepted or closed: a risk whose acceptance has ended is open again."""
        if self.risk.closed_at:
            return "closed"
        return "accepted" if self.holds else "open"

    @property
    def ends_soon(self) -> bool:
        return self.left is not None and self.left <= max(WARN_DAYS)


def risk_row(risk: Risk, today: date) -> RiskRow:
    accepted = list(risk.acceptances.all())
    newest = max(accepted, key=lambda one: one.accepted_at, default=None)
    holds = newest is not None and newest.holds(today)
    return RiskRow(
        risk=risk,
        grade=risk.grade,
        word=words.GRADES[risk.grade],
        treatment=words.TREATMENTS[risk.treatment],  # type: ignore[index]  # StrEnum keys are texts
        holds=newest if holds else None,
        ended=None if holds else newest,
        left=(newest.until - today).days if newest and holds else None,
    )


def risk_rows(*, closed: bool) -> list[RiskRow]:
    """The gravest first; equally grave ones, the newest first."""
    today = clock.today()
    rows = [risk_row(risk, today) for risk in queries.risks(closed=closed)]
    rows.sort(key=lambda one: one.risk.registered_at, reverse=True)
    return sorted(rows, key=lambda one: -one.risk.score)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One field of the matrix. `key` is what the link of the list carries, "4x5"."""

    key: str
    impact: int
    grade: Grade
    count: int


def matrix(rows: Sequence[RiskRow]) -> list[tuple[int, str | Promise, list[Cell]]]:
    """Five lines, the most likely on top: likelihood, its word, and the five cells by rising impact."""
    where = [(one.risk.likelihood, one.risk.impact) for one in rows]
    return [
        (
            likelihood,
            words.LIKELIHOODS[likelihood - 1],
            [
                Cell(
                    key=f"{likelihood}x{impact}",
                    impact=impact,
                    grade=grade(likelihood, impact),
                    count=where.count((likelihood, impact)),
                )
                for impact in SCALE
            ],
        )
        for likelihood in reversed(SCALE)
    ]


def control_name(code: str) -> str:
    control = CONTROLS.get(code)
    return f"{code} {control.name(chinese=words.chinese())}" if control else ""
