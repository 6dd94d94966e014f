"""The first yearly assessment, closed by two people, and this year's, of which a part is rated."""

from datetime import date, timedelta
from typing import Any

from sample.year.stage import Year, person, workday
from sample.year.words import told
from tutela.assessment.actions import assessments, ratings
from tutela.assessment.controls import CONTROLS

OPENED, RATED, SUBMITTED, CLOSED = 100, 102, 135, 140  # days after the start
OPENED_AGO = 24


def stage(year: Year) -> None:
    """Put these acts into the year."""
    facts = told()["assessments"]
    opener, last = person("security_admin"), _began(year).year - 1
    year.do(year.since(OPENED), lambda: assessments.open_assessment(opener, last))
    for number, code in enumerate(_typed()):
        day = year.since(RATED + number // 2)
        year.do(day, lambda code=code: _rate(last, code, facts, facts["first"]), hour=14)
    year.do(year.since(SUBMITTED), lambda: assessments.submit_assessment(opener, last))
    closer = person("auditor")
    year.do(year.since(CLOSED), lambda: assessments.close_assessment(closer, last))
    _this_year(year, facts)


def _this_year(year: Year, facts: dict[str, Any]) -> None:
    """Some departments have said theirs; the others still owe it."""
    opener, began = person("security_admin"), _began(year)
    now = began.year
    year.do(began, lambda: assessments.open_assessment(opener, now))
    for number, code in enumerate(_typed()):
        if code.partition("-")[0] in facts["rated_this_year"]:
            day = began + timedelta(days=2 + number // 3)
            year.do(day, lambda code=code: _rate(now, code, facts, facts["second"]), hour=15)


def _began(year: Year) -> date:
    """The day of work on which this year's was opened; in January that may be last year's day."""
    return workday(year.ago(OPENED_AGO))


def _typed() -> list[str]:
    """The controls that a person rates: all whose proof is not a reading."""
    return [code for code, control in CONTROLS.items() if not control.live]


def _rate(year: int, code: str, facts: dict[str, Any], found: dict[str, Any]) -> None:
    """Met with its evidence, unless the year's list says else and why."""
    kind = facts["kinds"][code.partition("-")[0]]
    rater = person(kind["rater"])
    verdict, note = found.get(code, ("met", ""))
    proof = kind["proof"] if verdict == "met" else ""
    ratings.rate_control(
        rater, year, code, ratings.NewRating(verdict=verdict, note=note, evidence=proof)
    )
