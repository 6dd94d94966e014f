"""Duties as a company makes them its own: added, given to others, ended."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db import IntegrityError, transaction

from tutela.access import gate
from tutela.access import queries as people
from tutela.access.permissions import Permission
from tutela.base import clock
from tutela.base.actor import Actor
from tutela.base.free_text import check_free_text
from tutela.programme import errors, queries, rules
from tutela.programme.models import DutyOccurrence, DutyTemplate, Measure
from tutela.trail.events import Event

from .traces import leaf

# No run of digits: the code stands in traces and messages, where nothing of a person may fit.
_CODE: Final = re.compile(r"[a-z](?:-?[a-z0-9]){1,39}")
_MANY_DIGITS: Final = re.compile(r"\d{5}")
NAME_LETTERS: Final = 120
MOST_GRACE: Final = 90
REASON_LETTERS: Final = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """A duty to be added. Department and post are codes; `grace` are days after the period's last."""

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
def create_duty(*, actor: Actor, duty: Duty) -> DutyTemplate:
    """Add a duty. Its periods are made by the next `make_occurrences`, the first whole one on."""
    grant = gate.require(actor, Permission.GOVERNANCE_PROGRAMME_SET)
    _check(duty)
    measure = Measure.objects.filter(code=duty.measure).first()
    if measure is None:
        raise errors.MeasureUnknown(measure=duty.measure)
    made = DutyTemplate(
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
            made.save(force_insert=True)
    except IntegrityError as error:
        raise errors.DutyTwice(duty=duty.code) from error
    leaf(Event.GOVERNANCE_DUTY_CREATED, actor, grant, duty=made.code, measure=measure.code)
    return made


def _check(duty: Duty) -> None:
    """Codes, names, days: whatever the form lets through as well as what a caller gets wrong."""
    fits = len(duty.code) <= rules.CODE_LETTERS and _CODE.fullmatch(duty.code)
    if not fits or _MANY_DIGITS.search(duty.code):
        raise errors.DutyCodeInvalid
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
def change_duty(*, actor: Actor, code: str, department: str, post: str, grace: int) -> DutyTemplate:
    """Who owes a duty, and how many days of grace its coming periods have. Periods made already keep
    their days; how often it comes cannot be changed: end it and add another."""
    grant = gate.require(actor, Permission.GOVERNANCE_PROGRAMME_SET)
    held = _locked(code)
    if not 0 <= grace <= MOST_GRACE:
        raise errors.DutyTimesInvalid(days=MOST_GRACE)
    held.department = people.department(department)
    held.post = people.post(post).code if post else ""
    held.grace_days = grace
    held.save(update_fields=["department", "post", "grace_days"])
    leaf(
        Event.GOVERNANCE_DUTY_CHANGED,
        actor,
        grant,
        duty=code,
        department=held.department.code,
        count=grace,
    )
    return held


@transaction.atomic
def retire_duty(*, actor: Actor, code: str, reason: str) -> int:
    """End a duty: the period under way is still owed, those to come are skipped with this reason; how many."""
    grant = gate.require(actor, Permission.GOVERNANCE_PROGRAMME_SET)
    rules.needs_reason(reason)
    check_free_text(reason=reason)
    held = _locked(code)
    if held.retired_on is not None:
        raise errors.DutyRetired(duty=code)
    held.retired_on = clock.today()
    held.save(update_fields=["retired_on"])
    coming = DutyOccurrence.objects.filter(
        template=held, begins__gt=held.retired_on, state__in=queries.OPEN_DUTIES
    )
    skipped = coming.update(
        state=DutyOccurrence.State.SKIPPED, reason=reason.strip()[:REASON_LETTERS]
    )
    leaf(Event.GOVERNANCE_DUTY_RETIRED, actor, grant, duty=code, rows=skipped)
    return skipped


def _locked(code: str) -> DutyTemplate:
    held = DutyTemplate.objects.select_for_update().filter(code=code).first()
    if held is None:
        raise errors.DutyUnknown(duty=code)
    return held
