"""What is known of a restore before it is begun: of the set, its keys, this version and the time; and the lines to
type."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _

from tutela.base import clock
from tutela.base.actor import Actor

from . import queries, runbook, standing, words
from .models import Copy, Run
from .rules import Kind, Level

CARD: Final[Mapping[str, str]] = {
    "check": "tutela restore --check --from ADDRESS --set SET --identity IDENTITY",
    "restore": "tutela restore --from ADDRESS --set SET --identity IDENTITY",
    "start": "tutela up",
}
"""The lines of the card, where a set and an address are filled in by hand."""


@dataclass(frozen=True, slots=True)
class Line:
    """One finding: passed, failed or no_verdict, and a sentence."""

    result: str
    text: str

    @property
    def badge(self) -> tuple[Any, str]:
        return words.badge(words.RESULTS, self.result)


def of(_actor: Actor, copy: Copy) -> list[Line]:
    """What the rows of this installation say about bringing this copy back; the check at the shell reads the set
    itself."""
    state = standing.of_copies([copy])[0]
    manifest: Mapping[str, Any] = copy.run.manifest or {}
    return [
        _opened(state.level),
        _keys(copy.run),
        *_versions(manifest),
        _recipients(manifest),
        *_lost(copy.run),
        _time(),
    ]


def _opened(level: int | None) -> Line:
    if level is None or level < Level.OPENED:
        return Line("no_verdict", _("This copy has not been opened to its end yet."))
    said = words.LEVELS[level]
    return Line(
        "passed",
        _("This copy was verified: L%(level)s, %(words)s.") % {"level": level, "words": said},
    )


def _keys(run: Run) -> Line:
    """The key set of the same snapshot; sets of the database's files hold theirs."""
    if run.kind in {Kind.BASE, Kind.INCREMENTAL}:
        return Line("passed", _("The keys are in the set itself."))
    found = standing.kept([Kind.KEYS]).filter(parent=run).first()
    if found is None:
        return Line(
            "failed",
            _("The key set of this snapshot is no longer kept: its data cannot be opened."),
        )
    return Line("passed", _("Its key set is kept: %(name)s.") % {"name": found.set_name})


def _versions(manifest: Mapping[str, Any]) -> Iterator[Line]:
    product = manifest.get("product")
    server = int((manifest.get("database") or {}).get("server", 0)) // 10_000
    if product and server:
        text = _(
            "Made by Tutela %(product)s on PostgreSQL %(server)s; restore with the same or newer ones."
        )
        yield Line("passed", text % {"product": product, "server": server})
    else:
        yield Line("no_verdict", _("The manifest of this set is not known here."))


def _recipients(manifest: Mapping[str, Any]) -> Line:
    names = [
        f"{one['name']} ({words.ROLES.get(one['role'], one['role'])})"
        for one in manifest.get("recipients", ())
    ]
    if not names:
        return Line("no_verdict", _("Which keys open this set is not known here."))
    return Line("passed", _("One of these keys opens it: %(names)s.") % {"names": ", ".join(names)})


def _lost(run: Run) -> Iterator[Line]:
    if run.snapshot_at is None:
        return
    age = (clock.now() - run.snapshot_at).total_seconds()
    promised = queries.timetable().rpo_hours
    result = "failed" if promised is not None and age > promised * 3600 else "passed"
    text = _("What was entered in the last %(age)s is not in it.") % {"age": words.duration(age)}
    yield Line(result, text)


def _time() -> Line:
    book = runbook.last()
    if book is None or book.drill.rto_seconds is None:
        return Line("no_verdict", _("No drill has passed yet: nobody knows how long it takes."))
    took = words.duration(book.drill.rto_seconds)
    return Line(
        "passed", _("It will take about %(took)s, as the last passed drill did.") % {"took": took}
    )


def commands(copy: Copy) -> list[str]:
    """The lines to type for one copy: first the check, then the restore."""
    named = f"--from {copy.target.url} --set {copy.run.set_name} --identity IDENTITY"
    return [f"tutela restore --check {named}", f"tutela restore {named}"]
