"""Pages of one import: how far it is, its result, and its rejected rows."""

import csv
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from tutela.access import gate
from tutela.access.gate import StaffRequest
from tutela.base import clock
from tutela.trail.leaves import Exposure
from tutela.web import refusals, routes, waiting

from . import import_pages, import_progress, offers, permissions
from .forms import RejectsForm
from .importing import rehearsals, rejected_rows, viewers
from .importing.batches import RUNNING, WAITING, BatchState
from .importing.rejected_rows import RejectsAsk
from .importing.rejects import COLUMNS as REJECT_COLUMNS
from .importing.rejects import harmless
from .undo import actions as undoing


def watch(request: StaffRequest, context: dict[str, Any]) -> HttpResponse:
    """The page, or for the page's own asking the part that changes."""
    line = context["line"]
    if context["going"] and line:
        context["progress"] = import_progress.of_batch(line.batch)
    if line:
        context.setdefault("readable", viewers.reader_of(request.actor).can_open(line.batch))
        context["may_undo"] = (
            context["readable"]
            and undoing.is_offered(line.batch)
            and gate.holds(request.actor, permissions.IMPORT_UNDO)
        )
    return waiting.show(
        request,
        "vault/watch_import.html",
        part="vault/_progress.html",
        going=context["going"],
        context=context,
    )


@routes.at("imports/<uuid:batch_id>/", "vault-watch-import")
@require_safe
@gate.needs(permissions.IMPORT_READ)
def watch_import(request: StaffRequest, batch_id: UUID) -> HttpResponse:
    """The counts of one import and its rejected rows; while it runs, how far it is."""
    batch = viewers.seen(request.actor, batch_id)
    line = import_pages.lines([batch])[0]
    context: dict[str, Any] = {
        "state": "",
        "line": line,
        "going": batch.state in {RUNNING, WAITING},
    }
    context["mine"] = batch.actor_id == request.actor.id
    context["readable"] = viewers.reader_of(request.actor).can_open(batch)
    if context["readable"]:
        context |= _rejects(request, batch)
    if rejected_rows.can_open_rejects(request.actor, batch):
        context["rejects_form"] = _form(request)
    return watch(request, context)


def _rejects(request: StaffRequest, batch: BatchState) -> dict[str, Any]:
    """The counts of rejected rows by reason, and the list, of one reason where a count was followed."""
    summary = rejected_rows.summary_of(request.actor, batch.id)
    rejects = rejected_rows.rejects_of(request.actor, batch.id)
    chosen = import_pages.kind_of(request.GET, summary)
    listed = import_pages.of_kind(rejects, chosen)
    return {
        "held": sum(reject["code"] == "row_held" for reject in rejects),
        "unlisted": batch.tally.rejected - len({reject["row"] for reject in rejects}),
        "summary": import_pages.summary(summary, batch.collection),
        "chosen": chosen,
        "rejects": import_pages.rejects(listed, batch.collection),
        "more": max(0, len(listed) - import_pages.REJECTS_SHOWN),
    }


def _form(request: StaffRequest, data: Any = None) -> RejectsForm:
    offered = offers.purposes(request.actor, Exposure.DETAIL_MASKED)
    first = offers.first_purpose(request, offered)
    start = {"purpose": first.value if first else ""}
    return RejectsForm(data, offered=offered, initial=start)


@routes.at("imports/<uuid:batch_id>/start/", "vault-start-rehearsed")
@require_POST
@gate.needs(permissions.IMPORT_RUN)
def start_rehearsed(request: StaffRequest, batch_id: UUID) -> HttpResponse:
    """Start the import that was rehearsed."""
    upload, digest = rehearsals.start_rehearsed(request.actor, batch_id)
    import_pages.remember(request.session, upload, digest)
    return redirect("vault-watch-upload", upload, digest)


@routes.at("imports/<uuid:batch_id>/rejects/", "vault-download-rejects")
@require_safe
@gate.needs(permissions.IMPORT_READ)
def download_rejects(request: StaffRequest, batch_id: UUID) -> HttpResponse:
    """The rejected rows as CSV: row, the file's column, field, code, reason. It holds no values."""
    rejects = rejected_rows.rejects_of(request.actor, batch_id)
    response = HttpResponse(
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="rejects-{batch_id}.csv"'},
    )
    response.write("\ufeff")
    table = csv.writer(response)
    table.writerow(REJECT_COLUMNS)
    for reject in rejects:
        cells = reject | {"column": harmless(str(reject["column"]))}
        table.writerow([cells[name] for name in REJECT_COLUMNS])
    return response


@routes.at("imports/<uuid:batch_id>/rejects/open/", "vault-open-rejects")
@require_POST
@gate.needs(permissions.IMPORT_READ)
def open_rejects(request: StaffRequest, batch_id: UUID) -> HttpResponse:
    """The rejected rows, masked but for what is wrong: traced first, covered after a minute."""
    batch = viewers.opened(request.actor, batch_id)
    form = _form(request, request.POST)
    context: dict[str, Any] = {"line": import_pages.lines([batch])[0], "form": form}
    if not form.is_valid():
        return render(request, "vault/open_rejects.html", context, status=refusals.REFUSED)
    given = form.cleaned_data
    ask = RejectsAsk(purpose=given["purpose"], reason=given["reason"], after=given["after"] or 0)
    opened = rejected_rows.open_rejects(request.actor, batch_id, ask)
    context |= {
        "opened": opened,
        "rows": import_pages.rejected(opened, batch),
        "seconds": settings.TUTELA_REVEAL_SECONDS,
        "at": clock.now(),
    }
    return render(request, "vault/open_rejects.html", context)
