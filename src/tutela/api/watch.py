"""Alerts and cases of the watch for machines, such as a security operations centre."""

from ninja import Query

from tutela.watch import cases, reading
from tutela.watch import permissions as watch_permissions
from tutela.watch.models import Alert, Case

from . import shapes, watch_answers
from .call import Call
from .frame import verb


@verb("GET", "/watch/alerts", watch_permissions.ALERT_READ, watch_answers.AlertsOut)
def list_alerts(request: Call, asked: Query[shapes.AlertsIn]) -> watch_answers.AlertsOut:
    """Alerts of the watch, newest first. Reading them leaves a leaf.

    `before` of the answer is the `before` of the next call; null at the end. No customer is named: the leaves name
    whom they concern, for who may search the trail.
    """
    rows = list(
        cases.alerts(rule=asked.rule or "", state=asked.state or "", before=asked.before)[
            : asked.limit
        ]
    )
    reading.note(request.actor, rows=len(rows), rule=asked.rule or "")
    more = rows[-1].id if len(rows) == asked.limit else None
    return {"alerts": [_alert(one) for one in rows], "before": more}


@verb("GET", "/watch/cases", watch_permissions.ALERT_READ, watch_answers.CasesOut)
def list_cases(request: Call, asked: Query[shapes.CasesIn]) -> watch_answers.CasesOut:
    """Cases of the watch: those that wait first, critical ones before others. Reading them leaves a leaf."""
    rows = list(cases.cases(rule=asked.rule or "", state=asked.state or "")[: asked.limit])
    rules = cases.rules_of([one.id for one in rows])
    reading.note(request.actor, rows=len(rows), rule=asked.rule or "")
    return {"cases": [_case(one, rules.get(one.id, [])) for one in rows]}


def _alert(one: Alert) -> watch_answers.AlertOut:
    return {
        "id": one.id,
        "rule": one.rule,
        "rule_version": one.rule_version,
        "setting": one.setting,
        "at": one.at,
        "raised_at": one.raised_at,
        "person_id": one.person_id,
        "points": one.points,
        "critical": one.critical,
        "measured": one.measured,
        "threshold": one.threshold,
        "leaves": list(one.leaf_ids),
        "case": one.case.number if one.case else None,
        "state": one.case.state if one.case else "loose",
    }


def _case(one: Case, rules: list[str]) -> watch_answers.CaseOut:
    return {
        "id": one.id,
        "number": one.number,
        "person_id": one.person_id,
        "state": one.state,
        "critical": one.critical,
        "points": one.points,
        "opened_at": one.opened_at,
        "settled_at": one.settled_at,
        "outcome": one.outcome,
        "rules": rules,
    }
