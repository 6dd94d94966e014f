"""The physical sets that lie on targets, as `chains` sees them: read from the manifests that were signed."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from tutela.backup.models import Run
from tutela.backup.rules import GOOD, PHYSICAL, CopyState, Kind

from . import chains, contents, positions
from .chains import Link, Logged

OWN, OTHER = "postgresql", contents.OTHER


def link_of(manifest: Mapping[str, Any]) -> Link:
    """A base backup or an incremental by its manifest; KeyError, ValueError for another one."""
    told = manifest["physical"]
    return Link(
        name=manifest["set"],
        kind=manifest["kind"],
        parent=told["parent"],
        system=int(told["system"]),
        timeline=int(told["timeline"]),
        start=positions.number(told["start"]),
        end=positions.number(told["end"]),
        ended_at=datetime.fromisoformat(told["ended_at"]),
        bytes_plain=int(manifest["plain"]["bytes"]),
    )


def logged_of(manifest: Mapping[str, Any]) -> Logged:
    """A set of the log by its manifest; KeyError, ValueError, IndexError for another one."""
    told = manifest["physical"]
    return Logged(
        name=manifest["set"],
        system=int(told["system"]),
        first=told["files"][0],
        last=told["files"][-1],
        closed_at=datetime.fromisoformat(told["closed_at"]),
    )


def told(manifests: Iterable[Mapping[str, Any]]) -> tuple[dict[str, Link], list[Logged]]:
    """The links by name, and the sets of the log, among these manifests; others are passed over."""
    links, logs = {}, []
    for manifest in manifests:
        if manifest["kind"] == Kind.LOG:
            logs.append(logged_of(manifest))
        elif "physical" in manifest:
            links[manifest["set"]] = link_of(manifest)
    return links, logs


def held() -> tuple[dict[str, Link], list[Logged]]:
    """The same of all sets that lie on a target."""
    good = Run.objects.filter(kind__in=PHYSICAL, state__in=GOOD, copies__state=CopyState.WRITTEN)
    found = good.distinct().order_by("snapshot_at").values_list("manifest", flat=True)
    return told(one for one in found if one)


def unneeded(now: datetime, window: timedelta) -> set[str]:
    """The names of sets that no moment of the window needs; `window` is that of keys sets."""
    links, logs = held()
    return chains.expired(links.values(), logs, now, window)


def segment_of(manifest: Mapping[str, Any]) -> int:
    """Bytes of a file of the log on that server."""
    return int(manifest["physical"].get("segment", positions.SEGMENT))
