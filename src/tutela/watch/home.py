"""The watch's part of home: cases that wait, for whoever handles them."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from tutela.access import gate
from tutela.access.gate import StaffRequest
from tutela.access.home import Part

from . import cases, permissions, words

LINES: Final = 5
WATCHERS: Final = frozenset({"security_admin", "compliance_officer"})


def _waiting(request: StaffRequest) -> Mapping[str, Any] | None:
    """Cases that wait, critical ones first; None where there is none."""
    if not gate.holds(request.actor, permissions.CASE_HANDLE):
        return None
    number, critical = cases.waiting()
    if not number:
        return None
    found = list(cases.cases(state="waiting")[:LINES])
    rules = cases.rules_of([case.id for case in found])
    lines = [
        {
            "case": case,
            "rules": ", ".join(words.rule_words(code) for code in rules.get(case.id, [])),
            "state": words.STATES[case.state],
        }
        for case in found
    ]
    return {"lines": lines, "all": number, "critical": critical}


PARTS: Final[Sequence[Part]] = (
    Part(code="watch", posts=WATCHERS, order=9, template="watch/_home.html", facts=_waiting),
)
