"""Rows that every installation starts with. What is there stays as the company has made it."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction

from tutela.access.models import Department
from tutela.base import clock
from tutela.programme import promises, seeding
from tutela.programme.models import DutyTemplate, Measure, Programme, Target, TargetRule


@transaction.atomic
def plant(starts: date) -> None:
    """Programme, measures, targets with their first rules, and duties, as far as they are missing."""
    facts = {"starts": starts, "changed_at": clock.now()}
    programme, _ = Programme.objects.get_or_create(id=1, defaults=facts)
    departments = {one.code: one for one in Department.objects.all()}
    told = seeding.policy()
    for code, facts_of in told["measures"].items():
        _measure(code, facts_of, departments)
    for order, promise in enumerate(promises.PROMISES):
        _target(promise, order, told["targets"][promise.target], programme.starts)
    measures = {one.code: one for one in Measure.objects.all()}
    known = set(DutyTemplate.objects.values_list("code", flat=True))
    for duty in told["duties"]:
        if duty["code"] not in known:
            post = told["measures"][duty["measure"]].get("post", "")
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
    """The target and its first rule. That one has no signers: it is the policy's own number."""
    if Target.objects.filter(id=promise.target).exists():
        return
    made = Target.objects.create(
        id=promise.target,
        measure_id=promise.measure,
        order=order,
        name_zh=words["zh"],
        name_en=words["en"],
        direction=promise.direction,
        unit=promise.unit,
        cadence_days=promise.cadence,
        months=promise.months,
        law_zh=words.get("law_zh", ""),
        law_en=words.get("law_en", ""),
    )
    at = clock.now()
    TargetRule.objects.create(
        target=made,
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
