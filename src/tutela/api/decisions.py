"""“May I?”: what the gate would say, and why, without a value and without spending a quota."""

from collections.abc import Collection, Mapping
from functools import lru_cache
from typing import Final

from tutela.access import events as access_events
from tutela.access import gate
from tutela.access.asks import Overlay
from tutela.access.errors import DataRefused
from tutela.access.grants import words as words_of
from tutela.access.levels import Level
from tutela.access.matrix import Rule, from_canonical
from tutela.access.models import MatrixVersion
from tutela.base.language import reads_chinese
from tutela.detect.classes import DataClass
from tutela.trail import log
from tutela.trail.leaves import Exposure, Leaf
from tutela.vault import catalogue, looks, work_items
from tutela.vault import permissions as vault_permissions
from tutela.vault.queries import Facts
from tutela.vault.view import facts_of

from . import answers, shapes
from .call import Call
from .frame import verb

_WAYS: Final = {
    ("masked", "view"): Exposure.DETAIL_MASKED,
    ("masked", "search"): Exposure.LIST_MASKED,
    ("clear", "view"): Exposure.CLEAR,
    ("clear", "search"): Exposure.CLEAR,
}
_SENTENCES: Final = {kind.code: kind.sentence for kind in DataRefused.__subclasses__()}


@verb("POST", "/decisions/explain", vault_permissions.CUSTOMER_VIEW, answers.ExplainedOut)
def explain_decision(request: Call, body: shapes.ExplainIn) -> answers.ExplainedOut:
    """What may be shown of one customer, class by class, with the rule and the reason.

    Nothing is shown and no quota is spent, but that there is such a customer is told, so it leaves a
    leaf. A quota tells what this server knows of today.
    """
    number = body.work_item.strip()
    named = work_items.named(request.actor, {body.customer_id: number} if number else {})
    facts = facts_of(request.actor, body.customer_id, named.get(body.customer_id))
    classes = sorted({int(catalogue.by_code(code).data_class) for code in body.fields})
    decisions = {
        data_class: gate.decide(request.actor, _ask(body, facts, data_class))
        for data_class in classes or [int(item) for item in DataClass]
    }
    _check_known(facts, decisions.values())
    log.append(_leaf(request, body, facts, decisions))
    quotas = [
        decision.quota_left for decision in decisions.values() if decision.quota_left is not None
    ]
    return {
        "allowed": not any(decision.overlay for decision in decisions.values()),
        "matrix": next(iter(decisions.values())).matrix,
        "quota_left": min(quotas) if quotas else None,
        "classes": [_class(*entry) for entry in decisions.items()],
    }


def _leaf(
    request: Call, body: shapes.ExplainIn, facts: Facts, decisions: Mapping[int, gate.Decision]
) -> Leaf:
    first = next(iter(decisions.values()))
    return Leaf(
        event=access_events.DECISION_EXPLAINED,
        actor=request.actor,
        subjects=looks.subjects_of([facts.customer_id] if facts.exists else []),
        classes=tuple(decisions),
        exposure=Exposure.NONE,
        purpose=body.purpose.value,
        decision={"outcome": "allow", **words_of(first)},
    )


def _check_known(facts: Facts, decisions: Collection[gate.Decision]) -> None:
    """CustomerNotFound outside the scope as for one who is not there; where the post has nothing at
    all for the purpose, that is told of either."""
    seen = [decision for decision in decisions if any(decision.levels.values())]
    outside = [decision for decision in decisions if decision.overlay == Overlay.OUT_OF_SCOPE.word]
    if seen and not facts.exists:
        raise looks.not_found(facts, seen[0])
    if outside and not seen:
        raise looks.not_found(facts, outside[0])


def _ask(body: shapes.ExplainIn, facts: Facts, data_class: int) -> gate.Ask:
    return gate.Ask(
        customer_id=str(facts.customer_id),
        branch_id=facts.branch_id,
        classes=frozenset({data_class}),
        purpose=body.purpose,
        level=Level.CLEAR if body.level == "clear" else Level.MASKED,
        assigned=facts.assigned,
        work_item_linked=facts.linked,
        exposure=_WAYS[body.level, body.way],
    )


def _class(data_class: int, decision: gate.Decision) -> answers.ClassOut:
    code = f"access.{decision.overlay}" if decision.overlay else ""
    rule = _rules(decision.matrix).get(decision.cell)
    return {
        "data_class": data_class,
        "level": answers.LEVELS[decision.levels[data_class]],
        "allowed": not decision.overlay,
        "cell": decision.cell,
        "cell_reason": _reason(rule),
        "overlay": decision.overlay,
        "code": code,
        "reason": str(_SENTENCES.get(code, "")),
    }


def _reason(rule: Rule | None) -> str:
    """Why the matrix has this rule, in the caller's language."""
    if rule is None:
        return ""
    return rule.reason_zh if reads_chinese() else rule.reason_en


@lru_cache(maxsize=2)
def _rules(matrix: str) -> dict[str, Rule]:
    """The rules of the matrix with this hash (its first 12 digits), by the names that decisions cite."""
    version = MatrixVersion.objects.filter(hash__startswith=matrix).order_by("-id").first()
    return {rule.place: rule for rule in from_canonical(version.canonical).rules} if version else {}
