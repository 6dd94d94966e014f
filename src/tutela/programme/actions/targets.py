"""Goals of targets: drafted by one person, signed by a second."""

from datetime import date
from decimal import Decimal, InvalidOperation

from django.db import IntegrityError, transaction

from tutela.access import changes, gate
from tutela.base import clock
from tutela.base.actor import Actor
from tutela.base.free_text import check_free_text
from tutela.programme import errors, events, permissions, queries, rules
from tutela.programme.models import TEXT_LETTERS, Target, TargetRule
from tutela.proof.rules import check_reason

from . import news

LARGEST_GOAL = Decimal(1_000_000)


@transaction.atomic
def draft_target(
    actor: Actor, *, target: str, goal: Decimal | str, starts: date, reason: str
) -> TargetRule:
    """Draft a new goal from a day on, for a second person to sign; past periods keep their rule."""
    grant = gate.require(actor, permissions.TARGET_DRAFT)
    check_reason(reason)
    check_free_text(reason=reason)
    row = _locked(target)
    wanted = rules.Rule(starts=starts, goal=_number(goal, row.unit))
    rules.check_draft(
        queries.signed_rules(target),
        wanted,
        direction="at_least" if row.direction == "at_least" else "at_most",
        today=clock.today(),
    )
    rule = TargetRule.objects.create(
        target=row,
        version=row.rules.count() + 1,
        starts=starts,
        goal=wanted.goal,
        reason=reason.strip()[:TEXT_LETTERS],
        drafted_at=clock.now(),
        drafted_by=queries.staff_of(actor),
    )
    changes.record(grant, events.TARGET_DRAFTED, target=target, version=rule.version)
    news.signature_wanted(target, rule.drafted_by)
    return rule


@transaction.atomic
def sign_target(actor: Actor, *, rule_id: int) -> TargetRule:
    """Sign a draft. The rules are checked again: its first day may have passed meanwhile."""
    grant = gate.require(actor, permissions.TARGET_SIGN)
    unlocked = TargetRule.objects.filter(id=rule_id, signed_at__isnull=True).first()
    if unlocked is None:
        raise errors.RuleUnknown
    target = _locked(unlocked.target_id)
    draft = TargetRule.objects.get(id=rule_id)
    if draft.signed_at is not None:
        raise errors.RuleUnknown
    rules.check_signer(str(draft.drafted_by_id), actor.id)
    rules.check_draft(
        queries.signed_rules(target.id),
        rules.Rule(starts=draft.starts, goal=draft.goal),
        direction="at_least" if target.direction == "at_least" else "at_most",
        today=clock.today(),
    )
    draft.signed_at, draft.signed_by = clock.now(), queries.staff_of(actor)
    try:
        with transaction.atomic():
            draft.save(update_fields=["signed_at", "signed_by"])
    except IntegrityError as error:
        raise errors.RuleTwice(starts=draft.starts.isoformat()) from error
    if not TargetRule.objects.filter(target=target, signed_at=None).exists():
        news.signature_given(target.id)
    changes.record(grant, events.TARGET_SIGNED, target=target.id, version=draft.version)
    return draft


def _locked(target: str) -> Target:
    row = Target.objects.select_for_update().filter(id=target).first()
    if row is None:
        raise errors.TargetUnknown(target=target)
    return row


def _number(text: Decimal | str, unit: str) -> Decimal:
    try:
        number = Decimal(text).quantize(Decimal("0.01"))
    except InvalidOperation:
        raise errors.GoalInvalid from None
    most = Decimal(100) if unit == Target.Unit.PERCENT else LARGEST_GOAL
    if not number.is_finite() or not 0 <= number <= most:
        raise errors.GoalInvalid
    return number
