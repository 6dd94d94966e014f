"""The readings of the targets whose rooms are built. No data is told as no data, never as good."""

from typing import Any

from django.http import HttpResponse

from tutela.access.permissions import Permission
from tutela.trail import evidence as trail_evidence
from tutela.vault import evidence as vault_evidence

from . import shapes
from .call import Call
from .frame import reply, verb


@verb("GET", "/scorecard", Permission.SCORECARD_READ, shapes.ScorecardOut)
def read_scorecard(request: Call) -> HttpResponse:  # noqa: ARG001 the frame passes it
    """Each reading with what it is made of and when it was computed."""
    return reply({"readings": [*map(_vault, vault_evidence.measures()), _kept()]})


def _vault(reading: vault_evidence.Reading) -> dict[str, Any]:
    return {
        "measure": reading.measure,
        "status": reading.status,
        "value": reading.value,
        "numerator": reading.numerator,
        "denominator": reading.denominator,
        "unit": reading.unit,
        "computed_at": reading.computed_at,
    }


def _kept() -> dict[str, Any]:
    """How many days back the access log reaches, for the target that it is kept for a year."""
    kept = trail_evidence.kept()
    return {
        "measure": "access-log-kept",
        "status": "no_data" if kept.days is None else "measured",
        "value": kept.days,
        "numerator": kept.days or 0,
        "denominator": 1,
        "unit": "days",
        "computed_at": kept.newest_at,
    }
