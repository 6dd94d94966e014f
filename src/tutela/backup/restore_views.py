"""Pages for the bad day: the wizard that leads to a restore, the runbook of the last passed drill, and the card
for when the console is down."""

from datetime import datetime
from typing import Any, Final
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tutela.access import gate
from tutela.access.gate import StaffRequest
from tutela.base import clock
from tutela.web import refusals, routes
from tutela.web.form_pages import crumb

from . import choosing, permissions, preflight_lines, queries, runbook, standing, words
from .choosing import Offered
from .forms import HappenedForm, SetForm
from .models import Copy, Run
from .rules import PHYSICAL, CopyState, Kind, TargetState
from .tabs import tabs

OFFERED: Final = 12
"""Copies that the wizard offers."""


@routes.at("backup/restore/", "backup-restore")
@require_safe
@gate.needs(permissions.RESTORE)
def show_wizard(request: StaffRequest) -> HttpResponse:
    """Three steps: what happened, which set, and what to type, with what a check says first. Nothing is changed
    here: a restore makes a new database and is run at the shell, where it outlives this console."""
    asked = HappenedForm(request.GET if "happened" in request.GET else None)
    context: dict[str, Any] = {
        "form": asked,
        "step": 1,
        "crumbs": [crumb(_("Backup and recovery"), "backup-overview")],
        **_known(),
    }
    if asked.is_bound and asked.is_valid():
        happened, before = asked.cleaned_data["happened"], asked.cleaned_data["before"]
        context |= {"step": 2, "happened": words.HAPPENED[happened], "advice": _advice(happened)}
        context["offered"] = _offered(happened, before, request.GET)
        chosen = SetForm(request.GET)
        if "copy" in request.GET and chosen.is_valid():
            copy = queries.copy(chosen.cleaned_data["copy"])
            context |= {"step": 3, **_check(copy)}
    return refusals.page(request, "backup/restore.html", context, asked if asked.is_bound else None)


def _known() -> dict[str, Any]:
    """What the last passed drill says of the time."""
    book = runbook.last()
    return {"book": book, "book_seconds": book.drill.rto_seconds if book else None}


def _advice(happened: str) -> list[str]:
    """What to do first, by what happened."""
    first = {
        "database": [
            _("Stop Tutela. Keep the damaged data directory as it is: rename it, delete nothing.")
        ],
        "machine": [
            _(
                "Install Tutela on another machine, of the version that the manifest names; do not start it yet."
            ),
        ],
        "rows": [
            _("Stop imports and jobs first, so that nothing newer is lost."),
            _(
                "A restore makes a second database: compare it with the running one before anything is switched."
            ),
        ],
        "attack": [
            _("Take the machine off the network. Keep it as it is: it is evidence."),
            _(
                "Restore on another machine. Trust only copies that nobody could change, and pinned keys from the "
                "card."
            ),
        ],
    }
    return [*first[happened], _("Write down the time now: it is when the recovery was declared.")]


def _offered(happened: str, before: datetime | None, asked: QueryDict) -> list[dict[str, Any]]:
    """The copies that fit, best first, each with the link that chooses it."""
    rows = Copy.objects.filter(
        state=CopyState.WRITTEN,
        run__kind__in=standing.DATA,
        target__state__in=(TargetState.ACTIVE, TargetState.PAUSED),
    ).select_related("run", "target")
    states = {one.copy.id: one for one in standing.of_copies(rows)}
    with_keys = _with_keys()
    copies = [
        Offered(
            id=key,
            taken=one.copy.run.snapshot_at,
            offsite=one.copy.target.offsite,
            lock=one.copy.target.lock,
            level=one.level,
            bad=one.bad,
            keys=one.copy.run_id in with_keys,
        )
        for key, one in states.items()
        if one.copy.run.snapshot_at is not None
    ]
    best = choosing.ordered(copies, happened, before)[:OFFERED]
    kept = {name: asked[name] for name in ("happened", "before") if asked.get(name)}
    now = clock.now()
    return [
        {
            "one": states[offer.id],
            "lost": (now - offer.taken).total_seconds(),
            "kind": words.KINDS.get(states[offer.id].copy.run.kind, ""),
            "address": f"?{urlencode(kept | {'copy': str(offer.id)})}#check",
            "is_best": place == 0,
            "is_chosen": asked.get("copy") == str(offer.id),
        }
        for place, offer in enumerate(best)
    ]


def _with_keys() -> set[UUID]:
    """Runs of which the key set of the same snapshot still lies somewhere; base backups hold their keys
    themselves."""
    kept = Run.objects.filter(kind=Kind.KEYS, copies__state=CopyState.WRITTEN)
    parents = set(kept.values_list("parent_id", flat=True))
    physical = Run.objects.filter(kind__in=PHYSICAL)
    return {key for key in parents if key} | set(physical.values_list("id", flat=True))


def _check(copy: Copy) -> dict[str, Any]:
    """What is known before anything is written, and the lines to type."""
    return {
        "copy": copy,
        "checks": [
            {"text": one.text, "badge": words.badge(words.RESULTS, one.result)}
            for one in preflight_lines.of(copy)
        ],
        "commands": preflight_lines.commands(copy),
    }


@routes.at("backup/runbook/", "backup-read-runbook")
@require_safe
@gate.needs(permissions.READ)
def read_runbook(request: StaffRequest) -> HttpResponse:
    """The runbook as it prints."""
    book = runbook.last()
    table = queries.timetable()
    context = {
        **tabs(request, "runbook"),
        "book": book,
        "stages": [
            {
                "name": words.DRILL_STAGES.get(stage.code, stage.code),
                "seconds": stage.seconds,
                "commands": stage.commands,
                "checks": [words.check_line(check) for check in stage.checks],
            }
            for stage in (book.stages if book else ())
        ],
        "hand": runbook.at_hand(),
        "roles": words.ROLES,
        "rto": table.rto_minutes * 60 if table.rto_minutes else None,
        "drills": reverse("backup-list-drills"),
        "may_drill": gate.holds(request.actor, permissions.DRILL),
        "at": clock.now(),
    }
    return render(request, "backup/runbook.html", context)


@routes.at("backup/card/", "backup-read-card")
@require_safe
@gate.needs(permissions.READ)
def read_card(request: StaffRequest) -> HttpResponse:
    """One page for the safe: what to do when the console is down."""
    context = {
        **tabs(request, "runbook"),
        "hand": runbook.at_hand(),
        "roles": words.ROLES,
        "book": runbook.last(),
        "by_hand": _by_hand(),
        "lines": preflight_lines.card(),
        "at": clock.now(),
    }
    return render(request, "backup/card.html", context)


def _by_hand() -> list[str]:
    """How a set is opened with stock tools, as the newest manifest prints it."""
    newest = standing.newest_good()
    return list((newest.manifest or {}).get("commands", ())) if newest else []
