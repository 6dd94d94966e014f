"""Duties by week, month, quarter and year: most done in time, a few missed, moved or skipped."""

import io
from datetime import date, timedelta
from typing import Any

from sample.year.stage import PLAYED_SYSTEM, Year, actor, holders, person, workday
from sample.year.words import told
from tutela.base import clock
from tutela.base.actor import Actor
from tutela.programme import queries, rules
from tutela.programme.actions import attachments, duties
from tutela.programme.models import DutyOccurrence, DutyTemplate
from tutela.programme.seed import AHEAD
from tutela.proof.actions.attachments import Upload
from tutela.scorecard.actions.evidence import Report, add_evidence

# So many days before its last day a period's duty is done, unless the file says else.
LEAD = {"weekly": 2, "monthly": 4, "quarterly": 18, "half_yearly": 25, "yearly": 30}


def stage(year: Year) -> None:
    """Put these acts into the year. What the hourly job does is played once a week."""
    for days in range(0, (year.today - year.starts).days, 7):
        year.do(year.since(days), _keep, hour=8)
    year.do(year.ago(1), _keep, hour=23)
    for template in DutyTemplate.objects.order_by("id"):
        _template(year, template, told()["duties"][template.code])


def _keep() -> None:
    duties.make_occurrences(PLAYED_SYSTEM, until=clock.today() + AHEAD)
    duties.mark_missed(PLAYED_SYSTEM)


def _template(year: Year, template: DutyTemplate, facts: dict[str, Any]) -> None:
    """Every period that has begun; `back` counts them from the present one, which is 0."""
    cadence = rules.Cadence(template.cadence)
    begun = list(rules.periods(cadence, template.starts, year.today))
    lead = facts.get("lead", LEAD[cadence.value])
    for back, period in enumerate(reversed(begun)):
        due = rules.due_of(period, template.grace_days)
        if back in facts.get("missed", ()):
            continue
        if reason := facts.get("skipped", {}).get(back):
            _later(year, period.last, template, period.begins, _Skip(reason))
        elif moved := facts.get("moved", {}).get(back):
            told_on = min(due - timedelta(days=3), year.ago(4))
            _later(year, told_on, template, period.begins, _Move(due, moved))
            _later(year, due + timedelta(days=6), template, period.begins, _Close(facts))
        else:
            day = max(period.begins, workday(period.last - timedelta(days=lead)))
            _later(year, day, template, period.begins, _Close(facts))


def _later(year: Year, day: date, template: DutyTemplate, begins: date, act: Any) -> None:
    people = holders(template.post or "service_agent", template.department.code)
    who = actor(year.rng.choice(people[:3]))

    def happen() -> None:
        held = DutyOccurrence.objects.get(template=template, begins=begins)
        # The year's assessment and the quarter's meeting close their duties themselves.
        if held.state in queries.OPEN_DUTIES:
            act(who, held)

    year.do(day, happen, hour=year.rng.randint(9, 17), minute=year.rng.randrange(60))


class _Close:
    """Done, with a word about where to look and, where the file gives one, a small report."""

    def __init__(self, facts: dict[str, Any]) -> None:
        self.proof, self.report = facts["proof"], facts.get("report", "")
        self.reports = facts.get("reports")

    def __call__(self, who: Actor, held: DutyOccurrence) -> None:
        if self.report:
            attachments.attach(who, held, self._file(held))
        if target := queries.duty_target(held):
            # Closed by evidence that the target counts: reported here, or by what `outside.py` plays.
            if self.reports:
                _evidence(target, self.reports)
            return
        duties.close_occurrence(who, occurrence_id=held.pk, evidence=self.proof)

    def _file(self, held: DutyOccurrence) -> Upload:
        label = rules.label_of(rules.Cadence(held.template.cadence), held.begins)
        text = f"{held.template.name_zh} · {held.template.name_en}\n{label}\n{self.report}\n"
        return Upload(
            name=f"{held.template.code}-{label}.txt",
            file=io.BytesIO(text.encode()),
            evidence_date=held.begins,
        )


def _evidence(target: str, facts: dict[str, Any]) -> None:
    """Yesterday's work, as the system in which it was done reports it."""
    part, whole = facts.get("of", (None, None))
    add_evidence(
        person("compliance_officer"),
        Report(
            target=target, begins=clock.today() - timedelta(days=1), ends=clock.today(),
            unit="percent" if whole else "count", source=facts["source"], signer=facts["signer"],
            value=None if whole else 1.0, numerator=part, denominator=whole,
        ),
    )  # fmt: skip


class _Move:
    """Moved to a later day, with the reason."""

    def __init__(self, due: date, reason: str) -> None:
        self.to, self.reason = due + timedelta(days=14), reason

    def __call__(self, who: Actor, held: DutyOccurrence) -> None:
        duties.move_occurrence(who, occurrence_id=held.pk, to=self.to, reason=self.reason)


class _Skip:
    """Left out, with the reason."""

    def __init__(self, reason: str) -> None:
        self.reason = reason

    def __call__(self, who: Actor, held: DutyOccurrence) -> None:
        duties.skip_occurrence(who, occurrence_id=held.pk, reason=self.reason)
