"""Risks: registered, changed, closed, accepted; acceptances that end."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone

from tutela.access import changes, gate
from tutela.access import queries as people
from tutela.access.gate import Grant
from tutela.assessment import events, permissions, rules
from tutela.assessment.controls import CONTROLS
from tutela.assessment.errors import ControlUnknown, RiskClosed, RiskUnknown
from tutela.assessment.models import Acceptance, Risk
from tutela.base import clock
from tutela.base.actor import SYSTEM, Actor
from tutela.base.free_text import check_free_text
from tutela.trail import log
from tutela.trail.event_specs import EventSpec
from tutela.trail.leaves import Leaf


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskText:
    """A risk as entered; `owner` is the code of a post, `control` a code of the set or empty."""

    title: str
    likelihood: int
    impact: int
    treatment: str
    owner: str
    about: str = ""
    plan: str = ""
    control: str = ""


@transaction.atomic
def register_risk(actor: Actor, text: RiskText) -> Risk:
    """Register a risk."""
    grant = gate.require(actor, permissions.RISK_MANAGE)
    risk = Risk(number=_number(), registered_by_id=actor.id, registered_at=clock.now())
    _write(risk, text)
    risk.save(force_insert=True)
    _record(grant, events.RISK_REGISTERED, risk)
    return risk


@transaction.atomic
def change_risk(actor: Actor, risk_id: UUID, text: RiskText) -> Risk:
    """Change an open risk; RiskClosed. A change of what was accepted ends the acceptance."""
    grant = gate.require(actor, permissions.RISK_MANAGE)
    risk = _locked(risk_id)
    if risk.closed_at:
        raise RiskClosed
    before = _substance(risk)
    _write(risk, text)
    if _substance(risk) != before:
        risk.changed_by_id = actor.id
        risk.acceptances.filter(ended_at__isnull=True).update(ended_at=clock.now())
    risk.save()
    _record(grant, events.RISK_CHANGED, risk)
    return risk


@transaction.atomic
def close_risk(actor: Actor, risk_id: UUID, *, closed: bool = True) -> Risk:
    """Close a risk that no longer exists, or reopen it."""
    grant = gate.require(actor, permissions.RISK_MANAGE)
    risk = _locked(risk_id)
    risk.closed_at = clock.now() if closed else None
    risk.save(update_fields=["closed_at"])
    _record(grant, events.RISK_CHANGED, risk, field="closed")
    return risk


@transaction.atomic
def accept_risk(actor: Actor, risk_id: UUID, *, reason: str, until: date) -> Acceptance:
    """Accept a risk until a day, as another person than who registered it and who last changed it."""
    grant = gate.require(actor, permissions.RISK_ACCEPT)
    risk, today = _locked(risk_id), clock.today()
    rules.check_acceptance(
        rules.Acceptable(
            closed=risk.closed_at is not None,
            registered_by=str(risk.registered_by_id),
            accepted_by=actor.id,
            changed_by=str(risk.changed_by_id or ""),
            reason=reason,
            until=until,
            today=today,
        )
    )
    check_free_text(reason=reason)
    # A new acceptance replaces the current one.
    risk.acceptances.filter(ended_at__isnull=True).update(ended_at=clock.now())
    acceptance = Acceptance(risk=risk, reason=reason.strip(), until=until, accepted_by_id=actor.id)
    acceptance.accepted_at = clock.now()
    acceptance.save(force_insert=True)
    days = (until - today).days
    _record(grant, events.RISK_ACCEPTED, risk, days=days)
    return acceptance


@transaction.atomic
def end_acceptances() -> list[Acceptance]:
    """End the acceptances whose day has passed; returns those of open risks, which need a new decision."""
    due = Acceptance.objects.select_for_update(of=("self",), skip_locked=True).filter(
        ended_at__isnull=True, until__lt=clock.today()
    )
    ended = []
    for row in due.select_related("risk__owner").order_by("until"):
        row.ended_at = clock.now()
        row.save(update_fields=["ended_at"])
        _record_end(row.risk)
        if row.risk.closed_at is None:
            ended.append(row)
    return ended


@transaction.atomic
def warn_acceptances() -> list[Acceptance]:
    """Mark the acceptances of open risks that end soon, once a stage; returns those to notify of."""
    today = clock.today()
    near = Acceptance.objects.select_for_update(of=("self",), skip_locked=True).filter(
        ended_at__isnull=True,
        risk__closed_at__isnull=True,
        until__range=(today, today + timedelta(days=max(rules.WARN_DAYS))),
    )
    due = []
    for row in near.select_related("risk").order_by("until"):
        begun = timezone.localdate(row.accepted_at)
        stage = rules.warning(
            left=(row.until - today).days, span=(row.until - begun).days, warned=row.warned
        )
        if stage is not None:
            row.warned = stage
            row.save(update_fields=["warned"])
            due.append(row)
    return due


def _substance(risk: Risk) -> tuple[str | int, ...]:
    """What an acceptance covers: everything but the owner."""
    parts = (risk.title, risk.about, risk.control, risk.treatment, risk.plan)
    return (*parts, risk.likelihood, risk.impact)


def _number() -> int:
    """The next number. Concurrent registrations wait for this transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('assessment.risk.number'))")
    return (Risk.objects.aggregate(last=Max("number"))["last"] or 0) + 1


def _write(risk: Risk, text: RiskText) -> None:
    if text.control and text.control not in CONTROLS:
        raise ControlUnknown(control="")
    rules.check_risk(
        rules.Described(
            title=text.title,
            likelihood=text.likelihood,
            impact=text.impact,
            treatment=text.treatment,
            plan=text.plan,
        )
    )
    check_free_text(title=text.title, about=text.about, plan=text.plan)
    risk.title, risk.about, risk.plan = text.title.strip(), text.about.strip(), text.plan.strip()
    risk.likelihood, risk.impact, risk.treatment = text.likelihood, text.impact, text.treatment
    risk.control, risk.owner = text.control, people.post(text.owner)


def _locked(risk_id: UUID) -> Risk:
    risk = Risk.objects.select_for_update().filter(id=risk_id).first()
    if risk is None:
        raise RiskUnknown
    return risk


def _record(grant: Grant, event: EventSpec, risk: Risk, **detail: str | int) -> None:
    subject = ("risk", str(risk.id))
    changes.record(grant, event, subject, **_detail(risk), **detail)


def _record_end(risk: Risk) -> None:
    """By the installation's timetable, without a grant."""
    log.append_with_change(
        Leaf(
            event=events.RISK_ACCEPTANCE_ENDED,
            actor=SYSTEM,
            subjects=(("risk", str(risk.id)),),
            detail=_detail(risk),
        )
    )


def _detail(risk: Risk) -> dict[str, str | int]:
    return {"likelihood": risk.likelihood, "impact": risk.impact, "treatment": risk.treatment}
