"""What other systems report: trainings from a learning system, backups from a backup tool until Tutela made its
own.

Both are invented; they count, marked as outside.
"""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sample.year.stage import Year, person
from sample.year.words import told
from tutela.base import clock
from tutela.scorecard.actions.evidence import Report, add_evidence


def stage(year: Year) -> None:
    """Put these acts into the year."""
    facts = told()["outside"]
    for campaign in facts["trainings"]["campaigns"]:
        ends = year.ago(campaign["ended"])
        begins = ends - timedelta(days=campaign["days"])
        report = _report("trainings", begins, ends, facts["trainings"])
        year.do(ends + timedelta(days=3), lambda report=report: _add("hr_trainer", report), hour=11)
    _backups(year, facts["backups"])


def _backups(year: Year, facts: dict[str, Any]) -> None:
    """One row a week; one week is missing for good, one row is wrong and corrected by another."""
    monday = year.today - timedelta(days=year.today.weekday() + 7 * told()["backups"]["weeks"])
    for back in range((monday - year.starts).days // 7):
        ends = monday - timedelta(weeks=back)
        if back == facts["missing"]:
            continue
        wrong = back == facts["wrong"]
        value = 2.0 if wrong else 1.0
        report = _report("backup-weekly", ends - timedelta(days=7), ends, facts, value)
        act = _Reported(year, report, facts["reason"] if wrong else "")
        year.do(ends, act, hour=0, minute=10)


class _Reported:
    """A row, and two days later its correction, where there is a reason for one."""

    def __init__(self, year: Year, report: Report, reason: str) -> None:
        self.year, self.report, self.reason = year, report, reason

    def __call__(self) -> None:
        row = _add("system_admin", self.report)
        if self.reason:
            later = self.report.ends + timedelta(days=2)
            self.year.do(later, lambda: self._correct(row))

    def _correct(self, row: UUID) -> None:
        wrong = self.report
        right = _report(
            wrong.target, wrong.begins, wrong.ends,
            {"source": wrong.source, "signer": wrong.signer},
            1.0, self.reason, row,
        )  # fmt: skip
        _add("system_admin", right)


def _report(
    target: str, begins: date, ends: date, facts: dict[str, Any], value: float = 1.0,
    reason: str = "", corrects: UUID | None = None,
) -> Report:  # fmt: skip
    return Report(
        target=target, begins=begins, ends=ends, unit="count", source=facts["source"],
        signer=facts["signer"], value=value, reason=reason, corrects=corrects,
    )  # fmt: skip


def _add(post: str, report: Report) -> UUID:
    return add_evidence(person(post), report)


def restore_test(facts: dict[str, Any]) -> None:
    """A restore that was tested yesterday, as the tool that was there before reports it."""
    today = clock.today()
    _add("compliance_officer", _report("restore-test", today - timedelta(days=1), today, facts))
