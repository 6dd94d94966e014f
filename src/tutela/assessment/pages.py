"""Display data of the pages: controls, navigation between controls, risks and the 5×5 matrix."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise

from tutela.base import clock

from . import compare, queries, words
from .controls import CONTROLS, MEASURES, Control
from .models import Acceptance, Assessment, Risk
from .queries import ControlResult
from .rules import SCALE, WARN_DAYS, Grade, Tally, Verdict, grade, tally


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One control on a page."""

    line: ControlResult
    name: str
    text: str
    verdict: str
    word: str | Promise
    reading: str

    @property
    def source(self) -> str:
        """Source of the reading while the assessment is open: "live", or "outside" where another system
        reported evidence; empty without a reading."""
        answer = self.line.live
        if answer is None or answer.reading.value is None:
            return ""
        return "outside" if answer.reading.outside else "live"


def row(line: ControlResult) -> Row:
    return Row(
        line=line,
        name=line.control.name(),
        text=line.control.text(),
        verdict=line.verdict or "unrated",
        word=words.VERDICTS[Verdict(line.verdict)],
        reading=words.reading(line),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """One assessment in the list."""

    assessment: Assessment
    tally: Tally
    state: str | Promise


def year(assessment: Assessment) -> Year:
    return Year(
        assessment=assessment,
        tally=queries.tally(queries.lines(assessment)),
        state=words.STATES[assessment.state],
    )


def by_measure(lines: Sequence[ControlResult]) -> list[tuple[str, Tally]]:
    """The tally of each measure; a control of two measures counts in both."""
    return [
        (code, tally(line.verdict for line in lines if code in line.control.measures))
        for code in MEASURES
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """Position of a control, with the codes of its neighbours, which may be empty."""

    number: int
    all: int
    before: str
    after: str


def way(rows: Sequence[Row], code: str) -> Way:
    codes = [row.line.control.code for row in rows]
    place = codes.index(code)
    return Way(
        number=place + 1,
        all=len(codes),
        before=codes[place - 1] if place else "",
        after=codes[place + 1] if place + 1 < len(codes) else "",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A control's change from one assessment to a later one, as text."""

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
            name=pair.control.name(),
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
    """A risk with its texts and the acceptance in force today, if any."""

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
    newest = max(accepted, key=lambda acceptance: acceptance.accepted_at, default=None)
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
    """By falling score, the newest first within a score."""
    today = clock.today()
    rows = [risk_row(risk, today) for risk in queries.risks(closed=closed)]
    rows.sort(key=lambda row: row.risk.registered_at, reverse=True)
    return sorted(rows, key=lambda row: -row.risk.score)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell of the matrix. `key` is the list's filter value, such as "4x5"."""

    key: str
    impact: int
    grade: Grade
    count: int


def matrix(rows: Sequence[RiskRow]) -> list[tuple[int, str | Promise, list[Cell]]]:
    """Five rows by falling likelihood: likelihood, its name, and five cells by rising impact."""
    where = [(row.risk.likelihood, row.risk.impact) for row in rows]
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
    return f"{code} {control.name()}" if control else ""
