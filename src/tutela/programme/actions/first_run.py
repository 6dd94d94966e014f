"""Rows that every installation starts with. Existing rows stay as the company has changed them."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction

from tutela.access.models import Department
from tutela.base import clock
from tutela.programme import promises
from tutela.programme.models import DutyTemplate, Measure, Programme, Target, TargetRule


@transaction.atomic
def plant(starts: date) -> None:
    """Create the programme, measures, targets with their first rules, and duties that are missing."""
    facts = {"starts": starts, "changed_at": clock.now()}
    programme, _ = Programme.objects.get_or_create(id=1, defaults=facts)
    departments = {row.code: row for row in Department.objects.all()}
    policy = promises.policy()
    for code, facts_of in policy["measures"].items():
        _measure(code, facts_of, departments)
    for order, promise in enumerate(promises.PROMISES):
        _target(promise, order, policy["targets"][promise.target], programme.starts)
    measures = {row.code: row for row in Measure.objects.all()}
    known = set(DutyTemplate.objects.values_list("code", flat=True))
    for duty in policy["duties"]:
        if duty["code"] not in known:
            post = policy["measures"][duty["measure"]].get("post", "")
            _duty(duty, measures[duty["measure"]], post, programme.starts)


def _measure(code: str, facts: dict[str, Any], departments: dict[str, Department]) -> None:
    if Measure.objects.filter(code=code).exists():
        return
    Measure.objects.create(
        code=code,
        name_zh=facts["zh"],
        name_en=facts["en"],
        text_zh=facts["text_zh"],
        text_en=facts["text_en"],
        department=departments[facts["department"]],
        months=facts["months"],
        cadence=facts.get("cadence", ""),
    )


def _target(promise: promises.Promise, order: int, words: dict[str, str], starts: date) -> None:
    """The target and its first rule, which needs no signers: it is the policy's own goal."""
    if Target.objects.filter(id=promise.target).exists():
        return
    target = Target.objects.create(
        id=promise.target,
        measure_id=promise.measure,
        order=order,
        name_zh=words["zh"],
        name_en=words["en"],
        direction=promise.direction,
        unit=promise.unit,
        cadence_days=promise.cadence,
        months=promise.months,
    )
    at = clock.now()
    TargetRule.objects.create(
        target=target,
        version=1,
        starts=starts,
        goal=Decimal(str(promise.goal)),
        drafted_at=at,
        signed_at=at,
    )


def _duty(facts: dict[str, Any], measure: Measure, post: str, starts: date) -> None:
    DutyTemplate.objects.create(
        code=facts["code"],
        name_zh=facts["zh"],
        name_en=facts["en"],
        measure=measure,
        department=measure.department,
        post=post,
        cadence=facts["cadence"],
        starts=starts,
        grace_days=facts.get("grace", 0),
    )
