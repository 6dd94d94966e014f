"""Sentences for the findings of a verification, for the shell and the doctor."""

from datetime import timedelta
from typing import Literal

from django.utils.translation import gettext as _

VERIFIED_HOURS = 36
"""The trail is verified every night; if the last verification is older, the worker does not run."""


def sentence(kind: str) -> str:
    """The sentence for a kind of finding; an unknown kind is returned as it is."""
    return {
        "unreadable": _("the stored bytes are not a valid entry"),
        "hash": _("the stored bytes do not match their hash"),
        "columns": _("the row's columns differ from its bytes"),
        "time": _("the row's time differs from its bytes, or precedes the entry before it"),
        "link": _("the preceding entry is not the one it refers to"),
        "gap": _("preceding entries are missing, or the order is wrong"),
        "tail": _("entries are missing from the end"),
        "head": _("this chain was not written by the log"),
        "subjects": _("the table of subjects differs from the entry"),
        "unanchored": _("the entry of this change was not written by the log"),
        "anchor": _("the entry of a change differs from its anchor"),
        "tree": _("the tree holds another entry at this index"),
        "tile": _("the tree's stored hashes do not agree with each other from this index on"),
        "unplaced": _("the entry has no place in the tree"),
        "checkpoint": _("the signed checkpoint of this size is not of this tree"),
        "restored": _("the database is older than the state verified at this time"),
    }.get(kind, kind)


def health() -> tuple[Literal["good", "warning", "bad"], str, str]:
    """(state, sentence, what to do) from the last verification and the newest mark."""
    from tutela.base import clock
    from tutela.keys import trail_check
    from tutela.trail import queries

    last, restored = queries.last_verified(), trail_check.quick_check()
    mend = _("Run tutela trail verify; see docs/operations.md, %(code)s.") % {
        "code": "trail.broken"
    }
    if restored is not None:
        summary = _("The database is older than what was verified at %(at)s.") % {"at": restored.at}
        return "bad", summary, mend
    if last is None:
        summary = _("The trail has not been verified yet.")
        return "warning", summary, _("Run tutela trail verify.")
    if last.broken:
        first = last.findings[0]
        summary = _("The trail is broken in %(count)s places; the first is %(id)s: %(why)s.") % {
            "count": last.broken, "id": first["leaf"] or first["writer"], "why": sentence(first["kind"]),
        }  # fmt: skip
        return "bad", summary, mend
    summary = _("The trail was verified at %(at)s: %(leaves)s entries, all intact.") % {
        "at": f"{last.at:%Y-%m-%d %H:%M} UTC", "leaves": last.leaves,
    }  # fmt: skip
    if clock.now() - last.at > timedelta(hours=VERIFIED_HOURS):
        return "warning", summary, _("Start the worker: tutela up or tutela worker")
    return "good", summary, ""
