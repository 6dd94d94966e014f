"""Raise alerts: the row, its leaf, the case that takes it up, and who is told, in one transaction."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from django.db import connection, transaction
from django.urls import reverse

from tutela.access import gate
from tutela.access.models import Staff
from tutela.base import clock
from tutela.base.actor import SYSTEM
from tutela.notices.actions.notices import notify
from tutela.trail import log
from tutela.trail.event_specs import EventSpec
from tutela.trail.leaves import Leaf
from tutela.watch import events, notice_kinds, permissions, queries
from tutela.watch.actions.canaries import replace_touched
from tutela.watch.findings import Finding
from tutela.watch.models import Alert, Case
from tutela.watch.scoring import opens_case, score

CANARY_RULE = "R13"
_LOCK = "SELECT pg_advisory_xact_lock(hashtext('tutela.watch.cases'))"


@transaction.atomic
def raise_alerts(
    findings: Sequence[Finding], epoch: int, leaf_ids: Mapping[int, UUID]
) -> list[Alert]:
    """Store what was found, once a day for each rule, person and customer; those that are new. `leaf_ids` by index
    in tree `epoch`."""
    raised = []
    with connection.cursor() as cursor:
        cursor.execute(_LOCK)
    known = _known_people(findings)
    for finding in findings:
        if finding.person and finding.person not in known:
            continue
        alert = _stored(finding, epoch, leaf_ids)
        if alert is None:
            continue
        _record(events.ALERT_RAISED, alert, leaves=len(finding.leaves))
        if alert.rule == CANARY_RULE and alert.critical and alert.customer_id:
            replace_touched(alert.customer_id)
        _to_case(alert, finding)
        raised.append(alert)
    return raised


def _known_people(findings: Sequence[Finding]) -> set[str]:
    """An account that no row has can be no reference: leaves of people are of accounts."""
    wanted = {finding.person for finding in findings if finding.person}
    return {str(key) for key in Staff.objects.filter(id__in=wanted).values_list("id", flat=True)}


def _stored(finding: Finding, epoch: int, leaf_ids: Mapping[int, UUID]) -> Alert | None:
    day = date.fromordinal(finding.day)
    customer = UUID(finding.customer) if finding.customer else None
    person = UUID(finding.person) if finding.person else None
    same = Alert.objects.filter(rule=finding.rule, person_id=person, customer_id=customer, day=day)
    if same.exists():
        return None
    leaves = [index for index in finding.leaves if index in leaf_ids]
    return Alert.objects.create(
        rule=finding.rule,
        rule_version=finding.rule_version,
        setting=finding.setting,
        person_id=person,
        customer_id=customer,
        day=day,
        at=queries.moment(finding.at_ms),
        raised_at=clock.now(),
        points=finding.points,
        critical=finding.critical,
        measured=finding.measured,
        threshold=finding.threshold,
        epoch=epoch,
        leaves=leaves,
        leaf_ids=[leaf_ids[index] for index in leaves],
        facts=dict(finding.facts),
    )


def _to_case(alert: Alert, finding: Finding) -> None:
    """Join the open case, or open one if the points suffice."""
    person, customer = finding.person, "" if finding.person else finding.customer
    loose = queries.loose_alerts(person, customer)
    points = [(day.toordinal(), worth) for day, worth in loose.values_list("day", "points")]
    now = round(score(points, finding.day))
    case = queries.open_case(person, customer)
    if case is not None:
        taken = Case.objects.filter(id=case.id)
        taken.update(points=case.points + alert.points, critical=case.critical or alert.critical)
        Alert.objects.filter(id=alert.id).update(case=case)
        if alert.critical:
            _tell(alert, case)
        return
    if not opens_case(points, finding.day, critical=alert.critical):
        return
    case = Case.objects.create(
        number=_next_number(),
        person_id=person or None,
        customer_id=UUID(customer) if customer else None,
        critical=alert.critical,
        points=now,
        opened_at=clock.now(),
    )
    loose.update(case=case)
    _record(events.CASE_OPENED, alert, case=case.number)
    _tell(alert, case)


def _next_number() -> int:
    newest = Case.objects.order_by("-number").values_list("number", flat=True).first()
    return (newest or 0) + 1


def _record(event: EventSpec, alert: Alert, **more: int) -> None:
    """The leaf names no customer: one who is named by a canary's alert would be known to every reader."""
    detail: dict[str, str | int] = {
        "rule": alert.rule,
        "rule_version": alert.rule_version,
        "setting": alert.setting,
        "points": alert.points,
        "alert": str(alert.id),
        "measured": alert.measured,
        "threshold": alert.threshold,
        **more,
    }
    subjects: tuple[tuple[str, str], ...] = (("alert", str(alert.id)),)
    if alert.person_id:
        subjects += (("staff", str(alert.person_id)),)
    log.append_with_change(Leaf(event=event, actor=SYSTEM, subjects=subjects, detail=detail))


def _tell(alert: Alert, case: Case) -> None:
    """Whoever handles cases, but not the person it is about."""
    kind = notice_kinds.WATCH_CRITICAL_ALERT if alert.critical else notice_kinds.WATCH_CASE_OPENED
    people = {actor.id for actor in gate.holders(permissions.CASE_HANDLE)}
    notify(
        kind,
        to=people - {str(alert.person_id)},
        params={"rule": alert.rule, "case": case.number},
        link=reverse("watch-view-case", args=[case.id]),
        once=True,
    )
