"""The scorecard for machines: the same lines as on the home page, and reports of other systems."""

from django.http import HttpResponse

from tutela.base import clock
from tutela.programme import permissions as programme_permissions
from tutela.scorecard import permissions as scorecard_permissions
from tutela.scorecard.actions import evidence
from tutela.scorecard.actions.evidence import Report
from tutela.scorecard.board import board

from . import actions, shapes
from .call import Call
from .frame import reply, verb
from .records import Once


@verb("GET", "/scorecard", scorecard_permissions.READ, shapes.ScorecardOut)
def read_scorecard(request: Call) -> HttpResponse:  # noqa: ARG001 the frame passes it
    """Every target with its figure, what it is made of, its state and the age of its proof."""
    return reply({"lines": [line.as_row() for line in board(clock.now())]})


@verb(
    "POST",
    "/scorecard/evidence",
    programme_permissions.EVIDENCE_ADD,
    {201: shapes.ReportedOut},
)
def add_evidence(
    request: Call, body: shapes.ReportIn, idempotency_key: Once = None
) -> HttpResponse:
    """Report a figure of another system; it counts, marked as from outside.

    A wrong one is mended by another report that names it in `corrects`, with a reason.
    """
    asked = body.model_dump(mode="json")

    def act() -> actions.Answer:
        row = evidence.add_evidence(request.actor, Report(**body.model_dump()))
        return {"evidence": row}, 201

    told, status = actions.once(request.actor, "add_evidence", idempotency_key or "", asked, act)
    return reply(told, status)
