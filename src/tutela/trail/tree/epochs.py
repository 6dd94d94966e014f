"""Which tree may grow: the database's open one, if it extends what was signed last; else a new epoch begins."""

import logging
from typing import Final, NamedTuple

from tutela.base import ids
from tutela.base.actor import SYSTEM
from tutela.trail import events
from tutela.trail.leaves import Leaf, draft
from tutela.trail.rows import Chain

from . import signers
from .link import Link
from .second_place import Signed

_TREE: Final = "SELECT epoch, origin, size, gathered FROM trail.tree WHERE closed_at IS NULL"
_NEWEST: Final = "SELECT coalesce(max(epoch), 0) FROM trail.tree"
_SIZE: Final = "SELECT size FROM trail.tree WHERE epoch = %s"
_OPEN: Final = "SELECT trail.open_epoch(%s::smallint, %s::text, %s::bytea)"
_ROOT: Final = "SELECT trail.root_at(%s::smallint, %s::bigint)"
_HAS_CHECKPOINT: Final = "SELECT FROM trail.checkpoint WHERE epoch = %s LIMIT 1"
_LAST: Final = (
    "SELECT epoch, size, root FROM trail.checkpoint ORDER BY epoch DESC, size DESC LIMIT 1"
)
_REPORT: Final = "SELECT trail.report_fault('root', %s::smallint, NULL, NULL)"

_log = logging.getLogger("tutela.trail.tree")


class Open(NamedTuple):
    """The tree that grows; leaves before `gathered` stand in order of time."""

    epoch: int
    origin: str
    size: int
    gathered: int


def read(link: Link) -> Open | None:
    """The open tree as it is in the database."""
    row = link.row(_TREE)
    return Open(*row) if row else None


def ensure(link: Link, signed: Signed | None) -> None:
    """Let the open tree of the database grow, or begin a new epoch; `signed` is what was signed last."""
    tree = read(link)
    (newest,) = link.one(_NEWEST)
    if tree is None and not newest and signed is None:
        link.one(_OPEN, 1, signers.origin(1), None)
    elif tree is None or _why_not(link, tree, signed):
        why = "no_tree" if tree is None else _why_not(link, tree, signed)
        _begin(link, max(newest, signed.epoch if signed else 0) + 1, signed, why)


def renew(link: Link, signed: Signed | None, former: int = 0) -> int:
    """Begin a new epoch in a database restored from a backup, whatever it holds of what was signed last.

    Leaves between the backup and the loss may have been signed and are gone; no size is signed twice with another
    root. `former` is the highest epoch that is known of otherwise. Returns the new epoch.
    """
    (newest,) = link.one(_NEWEST)
    epoch = max(newest, signed.epoch if signed else 0, former) + 1
    _begin(link, epoch, signed, "restored")
    return int(epoch)


def may_grow(link: Link, signed: Signed | None) -> bool:
    """Whether there is an open tree and it extends what was signed last; nothing is begun."""
    tree = read(link)
    return tree is not None and not _why_not(link, tree, signed)


def _why_not(link: Link, tree: Open, signed: Signed | None) -> str:
    """Why the tree does not extend what was signed last; "" if it does."""
    if signed is None:
        is_signed = link.row(_HAS_CHECKPOINT, tree.epoch) is not None
        return "second_place_missing" if is_signed else ""
    if signed.epoch > tree.epoch or (signed.epoch == tree.epoch and signed.size > tree.size):
        return "leaves_missing"
    if signed.epoch == tree.epoch and root_at(link, tree.epoch, signed.size) != signed.root:
        return "another_tree"
    return ""


def root_at(link: Link, epoch: int, size: int) -> bytes:
    """The root of the first `size` leaves as the database's tiles have it; b"" if tiles are missing."""
    return bytes(link.one(_ROOT, epoch, size)[0] or b"")


def _begin(link: Link, epoch: int, signed: Signed | None, why: str) -> None:
    """Begin an epoch whose first leaf names the last signed checkpoint and what the database has of it."""
    former, size, root = (0, 0, b"")
    if signed is not None:
        former, size, root = signed.epoch, signed.size, signed.root
    elif (last := link.row(_LAST)) is not None:
        former, size, root = last[0], last[1], bytes(last[2])
    row = link.row(_SIZE, former)
    held = row[0] if row else 0
    leaf = Leaf(
        event=events.EPOCH_OPENED,
        actor=SYSTEM,
        detail={
            "tree": epoch, "former_tree": former, "signed_size": size, "root": root.hex(),
            "held_size": held, "lost": max(size - held, 0), "code": why,
        },
    )  # fmt: skip
    ready = draft(leaf, ids.uuid7())
    (stamped,) = Chain(ready.id).stamp((ready,))
    if why == "another_tree":
        link.one(_REPORT, former)
    link.one(_OPEN, epoch, signers.origin(epoch), stamped.leaf)
    _log.error("trail.epoch_opened epoch=%d why=%s signed=%d held=%d", epoch, why, size, held)
