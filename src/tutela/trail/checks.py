"""The room's checks for `tutela doctor`: whether the trail can be written, and by trail.append alone; whether its
tree grows and is signed; whether months that are over are kept."""

from datetime import timedelta
from typing import Final

from django.utils.translation import gettext as _

from tutela.base import clock
from tutela.base.health import Check

from . import connect, queries
from .pulse import TREE_STRAINED_SECONDS
from .segments import health as kept_segments
from .segments import rules
from .tree import second_place, state

UNSIGNED: Final = timedelta(minutes=1)
"""A tree that is larger than its last checkpoint is signed within this time."""

_RIGHTS = """
    SELECT rolsuper OR rolbypassrls OR rolcreaterole
        OR has_table_privilege('trail.leaf', 'INSERT, UPDATE, DELETE, TRUNCATE')
    FROM pg_roles WHERE rolname = current_user"""


def trail_open() -> Check:
    health = queries.health()
    if health.state != "open":
        return Check(
            "trail.open",
            "bad",
            _("The trail is %(state)s: %(why)s.") % {"state": health.state, "why": health.why},
            _("See docs/operations.md, %(code)s.") % {"code": "trail.closed"},
        )
    if not health.next_partition:
        return Check(
            "trail.open", "bad", _("The trail partition for next month is missing."),
            _("Start the worker: tutela up or tutela worker"),
        )  # fmt: skip
    return Check("trail.open", "good", _("The trail accepts entries."))


def database_rights() -> Check:
    """The role of the application may neither change a leaf nor give itself more rights."""
    ((excessive,),) = connect.fetch(_RIGHTS, ())
    if excessive:
        return Check(
            "database.rights", "bad", _("The application's database role has more privileges than "
                                        "it needs."),
            _("Run the statements printed by: tutela database-sql"),
        )  # fmt: skip
    return Check(
        "database.rights", "good", _("The application can neither modify nor truncate the trail.")
    )


def trail_tree() -> Check:
    """Whether every leaf gets its place, and whether the tree is signed."""
    tree, health, head = state.current(), state.health(), state.newest()
    start = _("Start the sequencer: tutela up or tutela sequencer")
    if tree is None or health is None:
        return Check(
            "trail.tree", "warning", _("The entries of the trail have no tree yet."), start
        )
    if health.why:
        sentence = _("The tree of the trail is broken or unsigned: %(why)s.") % {"why": health.why}
        return Check(
            "trail.tree",
            "bad",
            sentence,
            _("See docs/operations.md, %(code)s.") % {"code": "trail.tree"},
        )
    if health.lag > TREE_STRAINED_SECONDS:
        sentence = _("The tree of the trail is %(seconds)s seconds behind.") % {
            "seconds": round(health.lag)
        }
        return Check("trail.tree", "bad", sentence, start)
    last = second_place.read()
    signed = head.size if head is not None and head.epoch == tree.epoch else 0
    if last is not None and (last.epoch, last.size) > (tree.epoch, tree.size):
        sentence = _("The database lacks entries that were signed: %(lost)s.") % {
            "lost": max(last.size - tree.size, 0)
        }
        return Check("trail.tree", "bad", sentence, start)
    if signed < tree.size and (head is None or clock.now() - head.at > UNSIGNED):
        sentence = _("Entries that are in the tree but not signed: %(count)s.") % {
            "count": tree.size - signed
        }
        return Check("trail.tree", "warning", sentence, start)
    sentence = _("The tree of the trail has %(count)s entries, all signed (tree %(number)s).")
    return Check("trail.tree", "good", sentence % {"count": tree.size, "number": tree.epoch})


def trail_segments() -> Check:
    """Whether every month that is over is sealed, has two good copies and was as it was sealed at the
    last look."""
    found = kept_segments.found()
    seal = _("Run tutela trail segments seal; see docs/operations.md, %(code)s.") % {
        "code": "trail.segments"
    }
    if found.faults:
        summary = _("Sealed months are not as they were sealed: %(months)s.")
        return Check("trail.segments", "bad", summary % {"months": ", ".join(found.faults)}, seal)
    if found.late:
        summary = _("Months that are over are not sealed: %(months)s.")
        return Check("trail.segments", "warning", summary % {"months": ", ".join(found.late)}, seal)
    if found.places < rules.COPIES:
        return Check(
            "trail.segments",
            "warning",
            _("Places for copies of sealed months: %(places)s of %(wanted)s.")
            % {"places": found.places, "wanted": rules.COPIES},
            _("Set TUTELA_TRAIL_COPIES; see docs/operations.md."),
        )
    if found.uncopied:
        summary = _("Sealed months without two good copies: %(months)s.")
        months = ", ".join(found.uncopied)
        return Check("trail.segments", "warning", summary % {"months": months}, seal)
    summary = _("Every month that is over is sealed, with two good copies: %(months)s.")
    return Check("trail.segments", "good", summary % {"months": found.sealed})
