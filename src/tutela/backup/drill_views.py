"""Pages of restore drills: how far one is, its stages with their times, and the signed report."""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from tutela.access import gate
from tutela.access.gate import StaffRequest
from tutela.web import lists, refusals, routes, waiting
from tutela.web.form_pages import crumb
from tutela.web.lists import Column, Empty, Listing, page_of

from . import drill_report, permissions, queries, standing, starting, words
from .actions import drills
from .errors import DrillUnknown
from .forms import DrillForm
from .models import Drill, DrillStage
from .rules import DrillState
from .tabs import tabs

_COLUMNS: Final = (
    Column("day", gettext_lazy("Declared"), "when"),
    Column("state", gettext_lazy("What it showed")),
    Column("set", gettext_lazy("Set")),
    Column("rto", gettext_lazy("Recovery time"), "num text-nowrap"),
    Column("rpo", gettext_lazy("Lost"), "num text-nowrap"),
    Column("level", gettext_lazy("Level"), "text-nowrap"),
)
STAGES: Final = (
    DrillState.PROVISIONING,
    DrillState.FETCHING,
    DrillState.OPENING,
    DrillState.RESTORING,
    DrillState.CHECKING,
    DrillState.SMOKE,
    DrillState.TEARDOWN,
)
"""The stages of a drill in their order."""


@routes.at("backup/drills/", "backup-list-drills")
@require_safe
@gate.needs(permissions.READ)
def list_drills(request: StaffRequest) -> HttpResponse:
    """All drills, newest first; one that failed stays failed."""
    page = page_of(request, standing.drills())
    listing = Listing(
        title=_("Restore drills"),
        intro=_(
            "A set is restored into a scratch database, checked, tried and destroyed. A failed drill stays, also "
            "when a later one passes."
        ),
        columns=_COLUMNS,
        rows=[_line(one) for one in page],
        page=page,
        empty=Empty(
            "lifebuoy",
            _("No drill has run yet"),
            _("A backup that nobody has restored is a hope. A drill is due every quarter."),
        ),
    )
    context = {**tabs(request, "drills"), "starting": starting.drill(request)}
    return lists.show(request, listing, "backup/list_drills.html", context)


def _line(one: Drill) -> dict[str, Any]:
    report: Mapping[str, Any] = one.report or {}
    return {
        "one": one,
        "at": one.declared_at or one.due_at or one.created_at,
        "state": words.badge(words.DRILL_STATES, one.state),
        "chosen": words.CHOSEN.get(one.chosen, one.chosen),
        "level": report.get("level"),
    }


@routes.at("backup/drills/start/", "backup-start-drill")
@require_POST
@gate.needs(permissions.DRILL)
def start_drill(request: StaffRequest) -> HttpResponse:
    """Declare a drill: its recovery time counts from now on."""
    form = DrillForm(request.POST)
    drill_id = refusals.attempt(
        form, lambda: drills.start_drill(request.actor, form.cleaned_data["chosen"])
    )
    if drill_id is None:
        for error in form.errors.values():
            messages.error(request, str(error[0]))
        return redirect("backup-list-drills")
    return redirect("backup-view-drill", drill_id)


@routes.at("backup/drills/<uuid:drill_id>/", "backup-view-drill")
@require_safe
@gate.needs(permissions.READ)
def view_drill(request: StaffRequest, drill_id: UUID) -> HttpResponse:
    """One drill; while it goes on, its stage."""
    one = standing.drill(drill_id)
    table = queries.timetable()
    context = {
        **tabs(request, "drills"),
        **_line(one),
        "drill": one,
        "stages": _stages(one),
        "report": one.report or {},
        "is_signed": one.report_signature is not None,
        "signature": bytes(one.report_signature or b"").hex(),
        "rto": table.rto_minutes * 60 if table.rto_minutes else None,
        "rpo": table.rpo_hours * 3600 if table.rpo_hours else None,
        "crumbs": [crumb(_("Restore drills"), "backup-list-drills")],
    }
    return waiting.show(
        request,
        "backup/view_drill.html",
        part="backup/_drill.html",
        going=one.state not in words.ENDED,
        context=context,
    )


def _stages(one: Drill) -> list[dict[str, Any]]:
    """Every stage in order: those that are over with their times and checks, those to come without."""
    over = {stage.stage: stage for stage in one.stages.order_by("started_at", "id")}
    longest = max((stage.seconds for stage in over.values()), default=0) or 1
    known = [str(stage) for stage in STAGES]
    names = [*known, *(name for name in over if name not in known)]
    return [_stage(name, over.get(name), longest, one) for name in names]


def _stage(name: str, over: DrillStage | None, longest: float, one: Drill) -> dict[str, Any]:
    detail: Mapping[str, Any] = over.detail if over else {}
    return {
        "name": words.DRILL_STAGES.get(name, name),
        "over": over,
        "badge": words.badge(words.RESULTS, over.result) if over else None,
        "share": round(over.seconds * 100 / longest) if over else 0,
        "is_now": one.state == name,
        "checks": [words.check_line(check) for check in detail.get("checks", ())],
        "commands": detail.get("commands", ()),
    }


@routes.at("backup/drills/<uuid:drill_id>/report/", "backup-read-report")
@require_safe
@gate.needs(permissions.READ)
def read_report(request: StaffRequest, drill_id: UUID) -> HttpResponse:  # noqa: ARG001 the frame passes it
    """The signed report as a file: the report, its signature, and the key that checks it."""
    one = standing.drill(drill_id)
    if one.report is None or one.report_signature is None:
        raise DrillUnknown
    name = f"tutela-drill-{(one.ended_at or one.created_at):%Y%m%d}-{str(one.id)[:8]}.json"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(drill_report.as_file(one), content_type="application/json", headers=headers)
