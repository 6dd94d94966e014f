"""What is known of a restore before it is begun: of the set, its keys, this version and the time; and the lines to
type."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from tutela.base import clock

from . import queries, runbook, standing, words
from .models import Copy, Run
from .rules import PHYSICAL, Kind, Level


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding: passed, failed or no_verdict, and a sentence."""

    result: str
    text: str


def of(copy: Copy) -> list[Finding]:
    """What the rows of this installation say about bringing this copy back; the check at the shell reads the set
    itself, with a private key that this machine does not have."""
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


def _opened(level: int | None) -> Finding:
    if level is None or level < Level.OPENED:
        return Finding("no_verdict", _("This copy has not been opened to its end yet."))
    said = words.LEVELS[level]
    return Finding(
        "passed",
        _("This copy was verified: L%(level)s, %(words)s.") % {"level": level, "words": said},
    )


def _keys(run: Run) -> Finding:
    """The key set of the same snapshot; sets of the database's files hold theirs."""
    if run.kind in PHYSICAL:
        return Finding("passed", _("The keys are in the set itself."))
    found = standing.kept([Kind.KEYS]).filter(parent=run).first()
    if found is None:
        return Finding(
            "failed",
            _("The key set of this snapshot is no longer kept: its data cannot be opened."),
        )
    return Finding("passed", _("Its key set is kept: %(name)s.") % {"name": found.set_name})


def _versions(manifest: Mapping[str, Any]) -> Iterator[Finding]:
    product = manifest.get("product")
    server = int((manifest.get("database") or {}).get("server", 0)) // 10_000
    if product and server:
        text = _(
            "Made by Tutela %(product)s on PostgreSQL %(server)s; restore with the same or newer ones."
        )
        yield Finding("passed", text % {"product": product, "server": server})
    else:
        yield Finding("no_verdict", _("The manifest of this set is not known here."))


def _recipients(manifest: Mapping[str, Any]) -> Finding:
    names = [
        f"{one['name']} ({words.ROLES.get(one['role'], one['role'])})"
        for one in manifest.get("recipients", ())
    ]
    if not names:
        return Finding("no_verdict", _("Which keys open this set is not known here."))
    return Finding(
        "passed", _("One of these keys opens it: %(names)s.") % {"names": ", ".join(names)}
    )


def _lost(run: Run) -> Iterator[Finding]:
    if run.snapshot_at is None:
        return
    age = (clock.now() - run.snapshot_at).total_seconds()
    promised = queries.timetable().rpo_hours
    result = "failed" if promised is not None and age > promised * 3600 else "passed"
    text = _("What was entered in the last %(age)s is not in it.") % {"age": words.duration(age)}
    yield Finding(result, text)


def _time() -> Finding:
    book = runbook.last()
    if book is None or book.drill.rto_seconds is None:
        return Finding("no_verdict", _("No drill has passed yet: nobody knows how long it takes."))
    took = words.duration(book.drill.rto_seconds)
    return Finding(
        "passed", _("It will take about %(took)s, as the last passed drill did.") % {"took": took}
    )


def commands(copy: Copy) -> list[str]:
    """The lines to type for one copy: first the check, then the restore."""
    named = _named(copy.target.url)
    if copy.run.kind in PHYSICAL:
        return [f"tutela restore-moment {named} --check", f"tutela restore-moment {named}"]
    return [
        f"tutela restore {copy.run.set_name} {named} --check",
        f"tutela restore {copy.run.set_name} {named}",
    ]


def card() -> dict[str, str]:
    """The lines of the card, of the newest set at an address that is filled in by hand."""
    named = _named("ADDRESS")
    return {
        "check": f"tutela restore {named} --check",
        "restore": f"tutela restore {named}",
        "start": "tutela up",
    }


def _named(address: str) -> str:
    """The target, the file with a private key, and the key by which manifests are known."""
    return f"--from {address} --identity KEY --signer {runbook.signer() or 'SIGNER'}"
