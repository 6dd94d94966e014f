"""The scorecard for machines: the same lines as on the home page, and reports of other systems."""

from typing import Final

from tutela.base import clock
from tutela.programme import permissions as programme_permissions
from tutela.scorecard import permissions as scorecard_permissions
from tutela.scorecard.actions import evidence
from tutela.scorecard.actions.evidence import Report
from tutela.scorecard.board import board

from . import actions, answers, shapes
from .call import Call
from .frame import verb
from .records import Once


@verb("GET", "/scorecard", scorecard_permissions.READ, answers.ScorecardOut)
def read_scorecard(request: Call) -> answers.ScorecardOut:  # noqa: ARG001 the frame passes it
    """Every target with its figure, what it is made of, its state and the age of its proof."""
    return {"lines": [answers.line(line) for line in board(clock.now())]}


_ADDED: Final = {201: answers.ReportedOut}


@verb("POST", "/scorecard/evidence", programme_permissions.EVIDENCE_ADD, _ADDED)
def add_evidence(
    request: Call, body: shapes.ReportIn, idempotency_key: Once = None
) -> actions.Answer:
    """Report a figure of another system; it counts, marked as from outside.

    A wrong one is mended by another report that names it in `corrects`, with a reason.
    """
    asked = body.model_dump(mode="json")

    def act() -> actions.Answer:
        row = evidence.add_evidence(request.actor, Report(**body.model_dump()))
        return {"evidence": row}, 201

    call = actions.Repeatable("add_evidence", idempotency_key or "", asked, _ADDED)
    return actions.once(request.actor, call, act)
