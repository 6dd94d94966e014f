"""The scorecard for machines: the same lines as on the home page."""

from django.http import HttpResponse

from tutela.access.permissions import Permission
from tutela.base import clock
from tutela.scorecard.board import board

from . import shapes
from .call import Call
from .frame import reply, verb


@verb("GET", "/scorecard", Permission.SCORECARD_READ, shapes.ScorecardOut)
def read_scorecard(request: Call) -> HttpResponse:  # noqa: ARG001 the frame passes it
    """Every target with its figure, what it is made of, its state and the age of its proof."""
    return reply({"lines": [line.as_row() for line in board(clock.now())]})
