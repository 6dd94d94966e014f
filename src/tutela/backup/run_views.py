"""Pages of one run: how far it is, its set, the copies and what verifying them gave."""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tutela.access import gate
from tutela.access.gate import StaffRequest
from tutela.web import refusals, routes, waiting
from tutela.web.confirm import Confirm
from tutela.web.form_pages import crumb

from . import change_lines, permissions, queries, run_lines, standing, words
from .actions import copies, runs, verifications
from .forms import StartForm, VerifyForm
from .models import Run
from .rules import CopyState
from .standing import Standing
from .tabs import tabs

HISTORY: Final = 20
"""Newest verifications of a copy on its run's page."""


@routes.at("backup/runs/start/", "backup-start-run")
@require_POST
@gate.needs(permissions.RUN)
def start_run(request: StaffRequest) -> HttpResponse:
    """Make a backup now."""
    form = StartForm(request.POST)
    run_id = refusals.attempt(form, lambda: runs.run_now(request.actor, form.cleaned_data["kind"]))
    if run_id is None:
        for error in form.errors.values():
            messages.error(request, str(error[0]))
        return redirect("backup-list-runs")
    return redirect("backup-view-run", run_id)


@routes.at("backup/runs/<uuid:run_id>/", "backup-view-run")
@require_safe
@gate.needs(permissions.READ)
def view_run(request: StaffRequest, run_id: UUID) -> HttpResponse:
    """One run; while it goes on, how far it is."""
    run = queries.run(run_id)
    found = standing.copies_of([run])
    line = run_lines.line(run, found)
    manifest: Mapping[str, Any] = run.manifest or {}
    context = {
        **tabs(request, "runs"),
        "run": run,
        "line": line,
        "percent": _percent(run),
        "stage": words.STAGES.get(run.stage, run.stage),
        "parts": run.parts.count(),
        "children": [
            {"run": child, "label": words.KINDS.get(child.kind, child.kind)}
            for child in run.children.order_by("kind", "due_at")
        ],
        "copies": [_copy(request, one) for one in line["copies"]],
        "commands": manifest.get("commands", []),
        "tables": _tables(manifest),
        "waiting": [
            row
            for one in line["copies"]
            for row in change_lines.waiting(request, "hold", str(one.copy.id))
        ],
        "crumbs": [crumb(_("Backup runs"), "backup-list-runs")],
    }
    return waiting.show(
        request,
        "backup/view_run.html",
        part="backup/_run.html",
        going=run.state in words.GOING,
        context=context,
    )


def _percent(run: Run) -> int | None:
    """How far the dump is, by what was expected; None where nothing is known."""
    if not run.bytes_expected:
        return None
    return min(99, run.bytes_plain * 100 // run.bytes_expected)


def _tables(manifest: Mapping[str, Any]) -> list[tuple[str, int]]:
    """The tables of the set with their rows."""
    tables = manifest.get("tables", ())
    return sorted((f"{one['schema']}.{one['name']}", int(one["rows"])) for one in tables)


def _copy(request: StaffRequest, one: Standing) -> dict[str, Any]:
    return {
        "one": one,
        "state": words.badge(words.COPY_STATES, one.copy.state),
        "level": words.LEVELS.get(one.level) if one.level is not None else "",
        "history": [
            {
                "at": seen.at,
                "level": seen.level,
                "words": words.LEVELS.get(seen.level, ""),
                "badge": words.badge(words.RESULTS, seen.result),
                "code": seen.code,
                "seconds": seen.seconds,
            }
            for seen in one.history[:HISTORY]
        ],
        "acts": list(_acts(request, one)),
    }


def _acts(request: StaffRequest, one: Standing) -> list[Confirm]:
    """What this reader may do about a copy that lies on its target."""
    if one.copy.state != CopyState.WRITTEN:
        return []
    acts = []
    if gate.holds(request.actor, permissions.RUN):
        acts.append(_verifying(one))
    if gate.holds(request.actor, permissions.MANAGE):
        acts.append(_holding(one))
    return acts


def _verifying(one: Standing) -> Confirm:
    return Confirm(
        code=f"verify-{one.copy.id}",
        title=_("Verify this copy now?"),
        texts=[
            _(
                "Level 1 reads every byte from the target again; level 2 opens the set to its end as well."
            )
        ],
        action=reverse("backup-verify-copy", args=[one.copy.id]),
        submit=_("Verify"),
        icon="shield-check",
        form=VerifyForm(auto_id=f"verify-{one.copy.id}-%s"),
    )


def _holding(one: Standing) -> Confirm:
    if one.copy.hold:
        return Confirm(
            code=f"release-{one.copy.id}",
            title=_("Propose to lift the legal hold?"),
            texts=[_("The copy stays until a second person approves; then the timetable decides.")],
            action=reverse("backup-release-copy", args=[one.copy.id]),
            submit=_("Propose to lift the hold"),
        )
    return Confirm(
        code=f"hold-{one.copy.id}",
        title=_("Hold this copy?"),
        texts=[_("It is kept whatever the timetable says, until two people lift the hold.")],
        action=reverse("backup-hold-copy", args=[one.copy.id]),
        submit=_("Place legal hold"),
        icon="gavel",
    )


@routes.at("backup/copies/<uuid:copy_id>/verify/", "backup-verify-copy")
@require_POST
@gate.needs(permissions.RUN)
def verify_copy(request: StaffRequest, copy_id: UUID) -> HttpResponse:
    """Read a copy back; the result stands at its run."""
    copy = queries.copy(copy_id)
    form = VerifyForm(request.POST)
    if refusals.done(
        form,
        lambda: verifications.ask_verification(request.actor, copy_id, form.cleaned_data["level"]),
    ):
        messages.success(request, _("The copy is being verified; the result appears here."))
    for error in form.errors.values():
        messages.error(request, str(error[0]))
    return redirect("backup-view-run", copy.run_id)


@routes.at("backup/copies/<uuid:copy_id>/hold/", "backup-hold-copy")
@require_POST
@gate.needs(permissions.MANAGE)
def hold_copy(request: StaffRequest, copy_id: UUID) -> HttpResponse:
    """Keep a copy, whatever the timetable says."""
    copy = queries.copy(copy_id)
    try:
        copies.hold_copy(request.actor, copy_id)
    except refusals.Mendable as error:
        refusals.tell(request, error)
    else:
        messages.success(request, _("The copy is held."))
    return redirect("backup-view-run", copy.run_id)


@routes.at("backup/copies/<uuid:copy_id>/release/", "backup-release-copy")
@require_POST
@gate.needs(permissions.MANAGE)
def release_copy(request: StaffRequest, copy_id: UUID) -> HttpResponse:
    """Propose to lift a hold."""
    copy = queries.copy(copy_id)
    try:
        copies.propose_release(request.actor, copy_id)
    except refusals.Mendable as error:
        refusals.tell(request, error)
    else:
        messages.success(request, _("Proposed; a second person approves."))
    return redirect("backup-view-run", copy.run_id)
