"""Runs as lists and pictures show them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tutela.web.figures import Measured, Series, series
from tutela.web.lists import Column

from . import standing, words
from .models import Drill, Run
from .rules import CopyState
from .standing import Standing

COLUMNS: Final = (
    Column("set", _("Set")),
    Column("state", _("State")),
    Column("taken", _("Taken"), "when"),
    Column("took", _("Duration"), "num text-nowrap"),
    Column("size", _("Sealed size"), "num text-nowrap"),
    Column("copies", _("Copies"), "text-nowrap"),
    Column("level", _("Verified"), "text-nowrap"),
)


def seconds(run: Run) -> float | None:
    """How long a run took; None while it goes on or if it never began."""
    if run.started_at is None or run.ended_at is None:
        return None
    return (run.ended_at - run.started_at).total_seconds()


def taken(run: Run) -> datetime:
    """When its snapshot was taken, else when it began, else when it was due."""
    return run.snapshot_at or run.started_at or run.due_at


def lines(runs: Iterable[Run]) -> list[dict[str, Any]]:
    """Runs with their copies."""
    every = list(runs)
    copies = standing.copies_of(every)
    return [line(one, copies) for one in every]


def line(run: Run, copies: Mapping[UUID, Sequence[Standing]]) -> dict[str, Any]:
    mine = copies.get(run.id, ())
    here = [one for one in mine if one.copy.state == CopyState.WRITTEN]
    levels = [one.level for one in here if one.level is not None]
    return {
        "run": run,
        "kind": words.KINDS.get(run.kind, run.kind),
        "state": words.badge(words.RUN_STATES, run.state),
        "at": taken(run),
        "seconds": seconds(run),
        "copies": mine,
        "here": len(here),
        "offsite": sum(one.copy.target.offsite for one in here),
        "level": max(levels, default=None),
        "bad": any(one.bad for one in here),
    }


def sizes(runs: Sequence[Run]) -> Series:
    """The sealed size of each run, oldest first; those that made no set as a cross."""
    return series(
        [
            Measured(
                at=taken(run),
                number=run.bytes_sealed or None,
                text=words.size(run.bytes_sealed) if run.bytes_sealed else _state(run),
                page=reverse("backup-view-run", args=[run.id]),
            )
            for run in runs
        ]
    )


def durations(runs: Sequence[Run]) -> Series:
    """How long each run took, oldest first."""
    found = []
    for run in runs:
        took = seconds(run) if run.bytes_sealed else None
        text = words.duration(took) if took is not None else _state(run)
        page = reverse("backup-view-run", args=[run.id])
        number = None if took is None else round(took * 1000)
        found.append(Measured(at=taken(run), number=number, text=text, page=page))
    return series(found)


def recoveries(drills: Sequence[Drill], promised: float | None) -> Series:
    """The recovery time of each drill, oldest first, and the promised one; a failed drill as a cross."""
    found = []
    for drill in drills:
        state = str(words.badge(words.DRILL_STATES, drill.state)[0])
        known = drill.state == "passed" and drill.rto_seconds is not None
        found.append(
            Measured(
                at=drill.ended_at or drill.created_at,
                number=round((drill.rto_seconds or 0) * 1000) if known else None,
                text=words.duration(drill.rto_seconds) if known else state,
                page=reverse("backup-view-drill", args=[drill.id]),
            )
        )
    return series(found, None if promised is None else round(promised * 1000))


def _state(run: Run) -> str:
    return str(words.badge(words.RUN_STATES, run.state)[0])
