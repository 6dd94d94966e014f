"""The risk register's verbs: register, change, close, accept, and the end of an acceptance."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone

from tutela.access import gate
from tutela.access import queries as people
from tutela.access.permissions import Permission
from tutela.assessment import rules
from tutela.assessment.controls import CONTROLS
from tutela.assessment.errors import ControlUnknown, RiskClosed, RiskUnknown
from tutela.assessment.models import Acceptance, Risk
from tutela.base import clock
from tutela.base.actor import SYSTEM, Actor
from tutela.base.free_text import check_free_text
from tutela.trail import log
from tutela.trail.events import Event
from tutela.trail.leaves import Leaf


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskText:
    """A risk as a form gives it; `owner` is a post's code, `control` one of the set or empty."""

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
    """Put a risk on the register."""
    grant = gate.require(actor, Permission.GOVERNANCE_RISK_MANAGE)
    made = Risk(number=_number(), registered_by_id=actor.id, registered_at=clock.now())
    _write(made, text)
    made.save(force_insert=True)
    _leaf(Event.GOVERNANCE_RISK_REGISTERED, actor, made, grant)
    return made


@transaction.atomic
def change_risk(actor: Actor, risk_id: UUID, text: RiskText) -> Risk:
    """Change an open risk, RiskClosed. Who bears it has borne another one: the acceptance ends."""
    grant = gate.require(actor, Permission.GOVERNANCE_RISK_MANAGE)
    held = _locked(risk_id)
    if held.closed_at:
        raise RiskClosed
    before = _what_it_is(held)
    _write(held, text)
    if _what_it_is(held) != before:
        held.changed_by_id = actor.id
        held.acceptances.filter(ended_at__isnull=True).update(ended_at=clock.now())
    held.save()
    _leaf(Event.GOVERNANCE_RISK_CHANGED, actor, held, grant)
    return held


@transaction.atomic
def close_risk(actor: Actor, risk_id: UUID, *, closed: bool = True) -> Risk:
    """Close a risk that is no more, or open it again."""
    grant = gate.require(actor, Permission.GOVERNANCE_RISK_MANAGE)
    held = _locked(risk_id)
    held.closed_at = clock.now() if closed else None
    held.save(update_fields=["closed_at"])
    _leaf(Event.GOVERNANCE_RISK_CHANGED, actor, held, grant, field="closed")
    return held


@transaction.atomic
def accept_risk(actor: Actor, risk_id: UUID, *, reason: str, until: date) -> Acceptance:
    """Bear a risk until a day, as another person than who registered it and who changed it last."""
    grant = gate.require(actor, Permission.GOVERNANCE_RISK_ACCEPT)
    held, today = _locked(risk_id), clock.today()
    rules.may_accept(
        rules.Acceptable(
            closed=held.closed_at is not None,
            registered_by=str(held.registered_by_id),
            accepted_by=actor.id,
            changed_by=str(held.changed_by_id or ""),
            reason=reason,
            until=until,
            today=today,
        )
    )
    check_free_text(reason=reason)
    # A new acceptance takes the place of the one that holds.
    held.acceptances.filter(ended_at__isnull=True).update(ended_at=clock.now())
    made = Acceptance(risk=held, reason=reason.strip(), until=until, accepted_by_id=actor.id)
    made.accepted_at = clock.now()
    made.save(force_insert=True)
    days = (until - today).days
    _leaf(Event.GOVERNANCE_RISK_ACCEPTED, actor, held, grant, days=days)
    return made


@transaction.atomic
def end_acceptances() -> list[Acceptance]:
    """End every acceptance whose day is past, once; gives those of open risks: each needs a new decision."""
    due = Acceptance.objects.select_for_update(of=("self",), skip_locked=True).filter(
        ended_at__isnull=True, until__lt=clock.today()
    )
    ended = []
    for row in due.select_related("risk__owner").order_by("until"):
        row.ended_at = clock.now()
        row.save(update_fields=["ended_at"])
        _leaf(Event.GOVERNANCE_RISK_ACCEPTANCE_ENDED, SYSTEM, row.risk)
        if row.risk.closed_at is None:
            ended.append(row)
    return ended


@transaction.atomic
def warn_acceptances() -> list[Acceptance]:
    """Mark every acceptance of an open risk whose end comes near, once a stage; gives those to tell of."""
    today = clock.today()
    near = Acceptance.objects.select_for_update(of=("self",), skip_locked=True).filter(
        ended_at__isnull=True,
        risk__closed_at__isnull=True,
        until__range=(today, today + timedelta(days=max(rules.WARN_DAYS))),
    )
    told = []
    for row in near.select_related("risk").order_by("until"):
        begun = timezone.localdate(row.accepted_at)
        stage = rules.warning(
            left=(row.until - today).days, span=(row.until - begun).days, warned=row.warned
        )
        if stage is not None:
            row.warned = stage
            row.save(update_fields=["warned"])
            told.append(row)
    return told


def _what_it_is(risk: Risk) -> tuple[str | int, ...]:
    """What somebody accepts: all of it but whose it is."""
    parts = (risk.title, risk.about, risk.control, risk.treatment, risk.plan)
    return (*parts, risk.likelihood, risk.impact)


def _number() -> int:
    """The next number; whoever registers at the same moment waits for this transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('assessment.risk.number'))")
    return (Risk.objects.aggregate(last=Max("number"))["last"] or 0) + 1


def _write(risk: Risk, text: RiskText) -> None:
    if text.control and text.control not in CONTROLS:
        raise ControlUnknown(control="")
    rules.may_describe(
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
    held = Risk.objects.select_for_update().filter(id=risk_id).first()
    if held is None:
        raise RiskUnknown
    return held


def _leaf(
    event: Event, actor: Actor, risk: Risk, grant: gate.Grant | None = None, **detail: str | int
) -> None:
    facts: dict[str, str | int] = {
        "likelihood": risk.likelihood,
        "impact": risk.impact,
        "treatment": risk.treatment,
    }
    log.append_with_change(
        Leaf(
            event=event,
            actor=actor,
            subjects=(("risk", str(risk.id)),),
            decision=grant.as_leaf() if grant else {},
            detail=facts | detail,
        )
    )
