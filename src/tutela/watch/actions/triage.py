"""What people do with alerts and cases: take up, explain, open, close. Each act leaves its leaf.

Nobody handles a case about themselves, or about a person who approved something for them lately.
"""

from datetime import timedelta
from typing import Final
from uuid import UUID

from django.db import connection, transaction

from tutela.access import changes, gate
from tutela.access.grants import Grant
from tutela.access.models import Staff
from tutela.base import clock
from tutela.base.actor import Actor
from tutela.base.free_text import check_free_text
from tutela.keys import custody
from tutela.notices.actions.notices import settle
from tutela.trail.event_specs import EventSpec
from tutela.watch import cases, events, notice_kinds, permissions, queries
from tutela.watch.errors import (
    AlertInCase,
    CaseSettled,
    CaseTaken,
    OutcomeUnknown,
    PersonNeeded,
    ReasonMissing,
)
from tutela.watch.models import Case, Mute
from tutela.watch.outcomes import CLOSING, Outcome, is_open, resting
from tutela.watch.rules import MUTED_DAYS, CaseState
from tutela.watch.scoring import score

LEAST_LETTERS: Final = 15
"""A reason of fewer letters says nothing to whoever reads it later."""
_LOCK: Final = "SELECT pg_advisory_xact_lock(hashtext('tutela.watch.cases'))"


@transaction.atomic
def acknowledge_case(actor: Actor, case_id: UUID) -> Case:
    """Take a case up: others see who works on it. CaseUnknown, CaseSettled, CaseTaken, OwnCase, ApproversCase."""
    grant, person, case = _held(actor, case_id)
    if case.state != CaseState.OPEN:
        raise CaseTaken
    case.state = CaseState.ACKNOWLEDGED
    case.acknowledged_by, case.acknowledged_at = person, clock.now()
    case.save(update_fields=["state", "acknowledged_by", "acknowledged_at"])
    _record(grant, events.CASE_ACKNOWLEDGED, case)
    _settle(case)
    return case


@transaction.atomic
def explain_case(actor: Actor, case_id: UUID, reason: str) -> Case:
    """Call a case justified. Its rules rest for the person for 90 days, but those that never rest. CaseUnknown,
    CaseSettled, OwnCase, ApproversCase, ReasonMissing."""
    grant, person, case = _held(actor, case_id)
    now = clock.now()
    rules = resting(list(case.alerts.values_list("rule", flat=True)))
    until = now + timedelta(days=MUTED_DAYS)
    if case.person_id and rules:
        case.muted_until = until
        Mute.objects.bulk_create(
            Mute(rule=rule, person_id=case.person_id, case=case, begins=now, ends=until)
            for rule in rules
        )
    _end(case, person, CaseState.EXPLAINED, Outcome.JUSTIFIED, reason)
    detail: dict[str, str | int] = {"found": Outcome.JUSTIFIED}
    if case.muted_until:
        detail |= {
            "rule": ",".join(rules),
            "days": MUTED_DAYS,
            "until_ms": queries.milliseconds(until),
        }
    _record(grant, events.CASE_EXPLAINED, case, **detail)
    return case


@transaction.atomic
def close_case(actor: Actor, case_id: UUID, outcome: str, reason: str) -> Case:
    """Close a case with what was found. Nothing rests: the same again raises an alert again. CaseUnknown,
    CaseSettled, OwnCase, ApproversCase, OutcomeUnknown, ReasonMissing."""
    grant, person, case = _held(actor, case_id)
    if outcome not in CLOSING:
        raise OutcomeUnknown
    _end(case, person, CaseState.CLOSED, Outcome(outcome), reason)
    _record(grant, events.CASE_CLOSED, case, found=outcome)
    return case


@transaction.atomic
def open_case(actor: Actor, alert_id: UUID) -> Case:
    """Open a case by hand, before the points of an alert do. It takes up all of the person's loose alerts.
    CaseUnknown, AlertInCase, OwnCase, ApproversCase."""
    grant = gate.require(actor, permissions.CASE_HANDLE)
    person = _person(actor)
    with connection.cursor() as cursor:
        cursor.execute(_LOCK)
    alert = cases.alert(alert_id)
    cases.check_handler(person, alert.person_id)
    if alert.case_id is not None:
        raise AlertInCase
    customer = "" if alert.person_id else str(alert.customer_id or "")
    whose = str(alert.person_id or "")
    loose = queries.loose_alerts(whose, customer)
    case = queries.open_case(whose, customer)
    if case is None:
        points = [(day.toordinal(), worth) for day, worth in loose.values_list("day", "points")]
        case = Case.objects.create(
            number=cases.next_number(),
            person_id=alert.person_id,
            customer_id=None if alert.person_id else alert.customer_id,
            critical=loose.filter(critical=True).exists(),
            points=round(score(points, clock.today().toordinal())),
            opened_at=clock.now(),
        )
        _record(grant, events.CASE_OPENED, case, rule=alert.rule, alert=str(alert.id))
    loose.update(case=case)
    return case


def _held(actor: Actor, case_id: UUID) -> tuple[Grant, Staff, Case]:
    """The right, who uses it, and the open case, locked."""
    grant = gate.require(actor, permissions.CASE_HANDLE)
    person = _person(actor)
    case = cases.case(case_id, lock=True)
    cases.check_handler(person, case.person_id)
    if not is_open(case.state):
        raise CaseSettled
    return grant, person, case


def _person(actor: Actor) -> Staff:
    person = Staff.objects.filter(id=actor.id).first() if actor.kind == "staff" else None
    if person is None:
        raise PersonNeeded
    return person


def _end(case: Case, person: Staff, state: CaseState, outcome: Outcome, reason: str) -> None:
    check_free_text(reason=reason)
    text = reason.strip()
    if len(text) < LEAST_LETTERS:
        raise ReasonMissing
    case.state, case.outcome = state, outcome
    case.reason_sealed = custody.seal_note(text)
    case.settled_by, case.settled_at = person, clock.now()
    case.save(
        update_fields=[
            "state", "outcome", "reason_sealed", "settled_by", "settled_at", "muted_until",
        ]
    )  # fmt: skip
    _settle(case)


def _settle(case: Case) -> None:
    """Nobody need be told any more that the case waits."""
    settle(
        notice_kinds.WATCH_CRITICAL_ALERT,
        notice_kinds.WATCH_CASE_OPENED,
        link=cases.page_of(case.id),
    )


def _record(grant: Grant, event: EventSpec, case: Case, **detail: str | int) -> None:
    """The leaf names the person and never a customer: a canary's name would be known to every reader."""
    subjects: list[changes.Subject] = [("watch_case", str(case.id))]
    if case.person_id:
        subjects.append(("staff", str(case.person_id)))
    changes.record_with_note(
        grant, event, case.reason_sealed, *subjects, case=case.number, points=case.points, **detail
    )
