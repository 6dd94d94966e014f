"""The overview of backups and the list of runs."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, Final

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tutela.access import gate
from tutela.access.gate import StaffRequest
from tutela.base import clock
from tutela.web import lists, routes
from tutela.web.lists import Empty, Listing, page_of

from . import panel, permissions, queries, run_lines, standing, starting, words
from .forms import RunFilter
from .models import Drill, Run
from .rules import DrillState, Kind, RunState, Timetable
from .tabs import tabs

SHOWN: Final = 8
"""Newest runs on the overview."""
DRAWN: Final = 60
"""Runs and drills in the pictures."""
WEEK: Final = timedelta(days=7)


@routes.at("backup/", "backup-overview")
@require_safe
@gate.needs(permissions.READ)
def show_overview(request: StaffRequest) -> HttpResponse:
    """What the backups stand on now, what is wrong, and how sizes and times went."""
    listing = Listing(
        title=_("Backup and recovery"),
        intro=_("Sealed sets of this installation, where they lie, and whether they open again."),
        columns=run_lines.COLUMNS,
        rows=run_lines.lines(standing.runs()[:SHOWN]),
        empty=Empty("database-export", _("No backup has run yet")),
    )
    table, now = queries.timetable(), clock.now()
    context = {
        **tabs(request, "overview"),
        "starting": starting.confirm(request),
        "may_restore": gate.holds(request.actor, permissions.RESTORE),
        "alerts": list(_alerts(table)),
        **_rule(),
        **_proof(table, now),
        **_pictures(table),
        "next": next(iter(standing.planned()), None),
    }
    return lists.show(request, listing, "backup/overview.html", context)


def _rule() -> dict[str, Any]:
    """The panel: of each figure that of the weaker set, with both beside it."""
    data, keys = standing.panel_of(standing.DATA), standing.panel_of([Kind.KEYS])
    parts = []
    for part, of_data, of_keys in zip(
        panel.weaker(data, keys), data.parts, keys.parts, strict=True
    ):
        label, about = words.PARTS[part.code]
        parts.append(
            {
                "code": part.code,
                "label": label,
                "about": about,
                "value": part.value,
                "wanted": part.wanted,
                "state": part.state,
                "badge": words.PART_STATES[part.state],
                "data": of_data.value,
                "keys": of_keys.value,
            }
        )
    return {"parts": parts, "data_at": data.at, "keys_at": keys.at}


def _proof(table: Timetable, now: datetime) -> dict[str, Any]:
    taken = standing.proven()
    gap, passed = standing.worst_gap(standing.good_times(), now), standing.last_passed()
    rpo = table.rpo_hours * 3600 if table.rpo_hours else None
    rto = table.rto_minutes * 60 if table.rto_minutes else None
    age = now - taken[-1] if taken else None
    return {
        "proven_at": taken[-1] if taken else None,
        "age": age.total_seconds() if age else None,
        "is_old": age is not None and age > WEEK,
        "gap": gap.total_seconds() if gap else None,
        "gap_bad": bool(gap and rpo and gap.total_seconds() > rpo),
        "rpo": rpo,
        "rto": rto,
        "rto_text": words.duration(rto) if rto else "",
        "passed": passed,
        "rto_bad": bool(passed and rto and (passed.rto_seconds or 0) > rto),
    }


def _pictures(table: Timetable) -> dict[str, Any]:
    newest = list(standing.runs().filter(kind__in=standing.DATA)[:DRAWN])
    ended: list[Run] = [run for run in reversed(newest) if run.state not in words.GOING]
    drills: list[Drill] = list(standing.drills().filter(state__in=words.ENDED)[:DRAWN])
    promised = table.rto_minutes * 60.0 if table.rto_minutes else None
    return {
        "sizes": run_lines.sizes(ended),
        "durations": run_lines.durations(ended),
        "recoveries": run_lines.recoveries(drills[::-1], promised),
    }


def _alerts(table: Timetable) -> Iterator[dict[str, Any]]:
    """What keeps backups from being made or proven, worst first."""
    missing = [str(words.ROLES[role]) for role in queries.missing_roles(Kind.FULL)]
    if missing:
        yield _alert(
            _("No backup can be made: no key of %(roles)s is in use.")
            % {"roles": ", ".join(missing)},
            "backup-list-recipients",
            _("Recipient keys"),
        )
    if not queries.targets():
        yield _alert(
            _("No backup can be made: no target is in use."), "backup-list-targets", _("Targets")
        )
    last = standing.runs().filter(kind__in=standing.DATA).first()
    if last and last.state in {RunState.FAILED, RunState.MISSED}:
        state = words.RUN_STATES[last.state][0]
        text = _("The newest backup %(state)s.") % {"state": state}
        yield _alert(text, "backup-view-run", _("See the run"), last.id)
    drill = standing.drills().filter(state__in=words.ENDED).first()
    if drill and drill.state == DrillState.FAILED:
        yield _alert(
            _("The last restore drill failed."), "backup-view-drill", _("See the drill"), drill.id
        )
    if table.rto_minutes is None or table.rpo_hours is None:
        yield _alert(
            _("Nobody has signed how long a recovery may take and how much may be lost."),
            "backup-view-policy",
            _("Timetable of backups"),
            look="warning",
        )


def _alert(text: str, view: str, label: str, *args: object, look: str = "danger") -> dict[str, Any]:
    return {"text": text, "address": reverse(view, args=args), "label": label, "look": look}


@routes.at("backup/runs/", "backup-list-runs")
@require_safe
@gate.needs(permissions.READ)
def list_runs(request: StaffRequest) -> HttpResponse:
    """All runs, newest first; missed ones stay."""
    asked = RunFilter(request.GET)
    rows = standing.runs()
    for name in ("kind", "state"):
        if asked.is_valid() and asked.cleaned_data[name]:
            rows = rows.filter(**{name: asked.cleaned_data[name]})
    page = page_of(request, rows)
    listing = Listing(
        title=_("Backup runs"),
        intro=_("A missed run stays missed, also when a later one succeeds."),
        columns=run_lines.COLUMNS,
        rows=run_lines.lines(page),
        page=page,
        filters=asked,
        empty=Empty("database-export", _("No run matches")),
    )
    context = {**tabs(request, "runs"), "starting": starting.confirm(request)}
    return lists.show(request, listing, "backup/list_runs.html", context)
