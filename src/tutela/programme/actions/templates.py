"""Duties (templates of occurrences): created, changed, retired."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db import IntegrityError, transaction

from tutela.access import changes, gate
from tutela.access import queries as people
from tutela.base import clock
from tutela.base.actor import Actor
from tutela.base.free_text import check_free_text
from tutela.programme import errors, events, permissions, queries, rules
from tutela.programme.models import TEXT_LETTERS, DutyOccurrence, DutyTemplate, Measure
from tutela.proof.rules import check_reason

NAME_LETTERS: Final = 120
MOST_GRACE: Final = 90


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """A duty to be created. Department and post are codes; `grace` is in days after the period's end."""

    code: str
    name_zh: str
    name_en: str
    measure: str
    department: str
    cadence: str
    starts: date
    post: str = ""
    grace: int = 0


@transaction.atomic
def create_duty(actor: Actor, *, duty: Duty) -> DutyTemplate:
    """Create a duty. The next `make_occurrences` creates its occurrences, from the first whole period on."""
    grant = gate.require(actor, permissions.PROGRAMME_SET)
    _check(duty)
    measure = Measure.objects.filter(code=duty.measure).first()
    if measure is None:
        raise errors.MeasureUnknown(measure=duty.measure)
    template = DutyTemplate(
        code=duty.code,
        name_zh=duty.name_zh.strip(),
        name_en=duty.name_en.strip(),
        measure=measure,
        department=people.department(duty.department),
        post=people.post(duty.post).code if duty.post else "",
        cadence=rules.Cadence(duty.cadence).value,
        starts=duty.starts,
        grace_days=duty.grace,
    )
    try:
        with transaction.atomic():
            template.save(force_insert=True)
    except IntegrityError as error:
        raise errors.DutyTwice(duty=duty.code) from error
    changes.record(grant, events.DUTY_CREATED, duty=template.code, measure=measure.code)
    return template


def _check(duty: Duty) -> None:
    """Code, names and days, for the form as well as for other callers."""
    rules.check_duty_code(duty.code)
    names = (duty.name_zh.strip(), duty.name_en.strip())
    if not all(0 < len(name) <= NAME_LETTERS for name in names):
        raise errors.DutyNameInvalid(letters=NAME_LETTERS)
    check_free_text(code=duty.code, name_zh=duty.name_zh, name_en=duty.name_en)
    if duty.cadence not in set(rules.Cadence) or not 0 <= duty.grace <= MOST_GRACE:
        raise errors.DutyTimesInvalid(days=MOST_GRACE)
    if duty.starts < clock.today():
        raise errors.DutyBackdated(starts=duty.starts.isoformat())
    rules.period_of(rules.Cadence(duty.cadence), duty.starts)


@transaction.atomic
def change_duty(actor: Actor, *, code: str, department: str, post: str, grace: int) -> DutyTemplate:
    """Change who owes a duty, and the days of grace of future occurrences; existing ones keep their due
    date. The cadence cannot be changed: retire the duty and create another."""
    grant = gate.require(actor, permissions.PROGRAMME_SET)
    template = _locked(code)
    if not 0 <= grace <= MOST_GRACE:
        raise errors.DutyTimesInvalid(days=MOST_GRACE)
    template.department = people.department(department)
    template.post = people.post(post).code if post else ""
    template.grace_days = grace
    template.save(update_fields=["department", "post", "grace_days"])
    changes.record(
        grant,
        events.DUTY_CHANGED,
        duty=code,
        department=template.department.code,
        count=grace,
    )
    return template


@transaction.atomic
def retire_duty(actor: Actor, *, code: str, reason: str) -> int:
    """Retire a duty: the current period is still owed, future ones are skipped with this reason; how many."""
    grant = gate.require(actor, permissions.PROGRAMME_SET)
    check_reason(reason)
    check_free_text(reason=reason)
    template = _locked(code)
    if template.retired_on is not None:
        raise errors.DutyRetired(duty=code)
    template.retired_on = clock.today()
    template.save(update_fields=["retired_on"])
    coming = DutyOccurrence.objects.filter(
        template=template, begins__gt=template.retired_on, state__in=queries.OPEN_DUTIES
    )
    skipped = coming.update(
        state=DutyOccurrence.State.SKIPPED, reason=reason.strip()[:TEXT_LETTERS]
    )
    changes.record(grant, events.DUTY_RETIRED, duty=code, rows=skipped)
    return skipped


def _locked(code: str) -> DutyTemplate:
    template = DutyTemplate.objects.select_for_update().filter(code=code).first()
    if template is None:
        raise errors.DutyUnknown(duty=code)
    return template
