"""Targets: one person drafts another goal, a second one signs it."""

from datetime import date
from decimal import Decimal, InvalidOperation

from django.db import IntegrityError, transaction

from tutela.access import gate
from tutela.access.permissions import Permission
from tutela.base import clock
from tutela.base.actor import Actor
from tutela.base.free_text import check_free_text
from tutela.programme import errors, queries, rules
from tutela.programme.models import Target, TargetRule
from tutela.trail.events import Event

from . import news
from .traces import leaf

MOST = Decimal(1_000_000)
REASON_LETTERS = 400


@transaction.atomic
def draft_target(
    *, actor: Actor, target: str, goal: Decimal | str, starts: date, reason: str
) -> TargetRule:
    """Another goal from a day on, waiting for a second person; old periods keep their rule."""
    grant = gate.require(actor, Permission.GOVERNANCE_TARGET_DRAFT)
    rules.needs_reason(reason)
    check_free_text(reason=reason)
    held = _locked(target)
    wanted = rules.Rule(starts=starts, goal=_number(goal, held.unit))
    rules.may_draft(
        queries.signed_rules(target),
        wanted,
        direction="at_least" if held.direction == "at_least" else "at_most",
        today=clock.today(),
    )
    made = TargetRule.objects.create(
        target=held,
        version=held.rules.count() + 1,
        starts=starts,
        goal=wanted.goal,
        reason=reason.strip()[:REASON_LETTERS],
        drafted_at=clock.now(),
        drafted_by=queries.staff_of(actor),
    )
    leaf(Event.GOVERNANCE_TARGET_DRAFTED, actor, grant, target=target, version=made.version)
    news.signature_wanted(target, made.drafted_by)
    return made


@transaction.atomic
def sign_target(*, actor: Actor, rule_id: int) -> TargetRule:
    """Put a draft in force from its day. The rules are asked again: its day may have passed meanwhile."""
    grant = gate.require(actor, Permission.GOVERNANCE_TARGET_SIGN)
    found = TargetRule.objects.filter(id=rule_id, signed_at__isnull=True).first()
    if found is None:
        raise errors.RuleUnknown
    target = _locked(found.target_id)
    draft = TargetRule.objects.get(id=rule_id)
    if draft.signed_at is not None:
        raise errors.RuleUnknown
    rules.may_sign(str(draft.drafted_by_id), actor.id)
    rules.may_draft(
        queries.signed_rules(target.id),
        rules.Rule(starts=draft.starts, goal=draft.goal),
        direction="at_least" if target.direction == "at_least" else "at_most",
        today=clock.today(),
    )
    draft.signed_at, draft.signed_by = clock.now(), queries.staff_of(actor)
    _save(draft)
    if not TargetRule.objects.filter(target=target, signed_at=None).exists():
        news.signature_given(target.id)
    leaf(Event.GOVERNANCE_TARGET_SIGNED, actor, grant, target=target.id, version=draft.version)
    return draft


def _save(draft: TargetRule) -> None:
    try:
        with transaction.atomic():
            draft.save(update_fields=["signed_at", "signed_by"])
    except IntegrityError as error:
        raise errors.RuleTwice(starts=draft.starts.isoformat()) from error


def _locked(target: str) -> Target:
    held = Target.objects.select_for_update().filter(id=target).first()
    if held is None:
        raise errors.TargetUnknown(target=target)
    return held


def _number(text: Decimal | str, unit: str) -> Decimal:
    try:
        number = Decimal(text).quantize(Decimal("0.01"))
    except InvalidOperation:
        raise errors.GoalInvalid from None
    most = Decimal(100) if unit == Target.Unit.PERCENT else MOST
    if not number.is_finite() or not 0 <= number <= most:
        raise errors.GoalInvalid
    return number
