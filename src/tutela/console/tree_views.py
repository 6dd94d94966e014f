"""The signed tree of the trail: the page of its witnesses; checkpoint and tiles for monitors (C2SP tlog-tiles).

Entries themselves are never served: they are confidential. docs/decisions/witnesses.md says who reads what.
"""

import re
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tutela.access import gate, trail_tree
from tutela.access import permissions as access_permissions
from tutela.access.gate import StaffRequest
from tutela.base import clock
from tutela.trail.errors import PolicyDamaged
from tutela.trail.tree import proofs, signers, state, witness_words, witnesses
from tutela.trail.tree.policy_rules import NONE
from tutela.trail.tree.state import TreeHead
from tutela.trail.tree.witnesses import Standing
from tutela.web import routes
from tutela.web.form_pages import crumb

_TILE: Final = re.compile(
    r"(?P<level>0|[1-5]?[0-9]|6[0-3])/(?P<path>(?:x[0-9]{3}/)*[0-9]{3})(?:\.p/(?P<width>[1-9][0-9]{0,2}))?"
)
_PUBLIC: Final = "monitors carry no account: the view asks for a listed network or the right itself"


@dataclass(frozen=True, slots=True)
class Row:
    """A witness on the page. `state` is good, warning or bad; `words` says it."""

    name: str
    kind: str
    host: str
    state: str
    words: str
    size: int | None
    behind: int | None
    at: datetime | None


@routes.at("trail/tree/", "trail-view-tree")
@require_safe
@gate.needs(access_permissions.TREE_READ)
def view_tree(request: StaffRequest) -> HttpResponse:
    """The newest checkpoint, and who vouches for it."""
    wrong, found = "", None
    try:
        found = trail_tree.standing(request.actor)
    except PolicyDamaged as damaged:
        wrong = damaged.text()
    head = found.head if found else state.newest()
    listed = rows(found) if found else ()
    context = {
        "crumbs": [crumb(_("Access trail"), "trail-search-leaves")],
        "wrong": wrong,
        "head": head,
        "root_in_files": b64encode(head.root).decode() if head else "",
        "vkeys": signers.vkeys(head.origin) if head else (),
        "rows": listed,
        "contradicted": any(row.state == "bad" for row in listed),
        "quorum": found.quorum if found else None,
        "lost": found is not None
        and found.quorum is not None
        and found.quorum.is_lost(clock.now()),
        "carries": gate.holds(request.actor, access_permissions.COSIGNATURE_RECORD),
        "alone": found is not None and (found.policy is None or found.policy.quorum == NONE),
    }
    return render(request, "console/trail_tree.html", context)


def rows(found: Standing) -> Sequence[Row]:
    """The policy's witnesses, in its order."""
    listed = []
    for one in found.policy.witnesses.values() if found.policy else ():
        contact = found.contacts.get(one.name)
        level, words = witness_words.state(one, contact)
        size = (
            contact.size if contact and found.head and contact.epoch == found.head.epoch else None
        )
        behind = found.head.size - size if found.head and size is not None else None
        at = contact.answered_at if contact else None
        host = witnesses.host(one.url)
        listed.append(Row(one.name, one.key.kind.name, host, level, words, size, behind, at))
    return listed


@routes.at("trail/tree/<int:epoch>/checkpoint", "trail-read-checkpoint")
@require_safe
@gate.open_to_public(_PUBLIC)
def read_checkpoint(request: StaffRequest, epoch: int) -> HttpResponse:
    """The newest checkpoint of a tree that enough witnesses vouch for; the newest of all while there is none."""
    _check_monitor(request)
    head = _shown(epoch)
    if head is None:
        raise Http404
    note = witnesses.witnessed_note(head)
    return HttpResponse(note, content_type="text/plain; charset=utf-8")


@routes.at("trail/tree/<int:epoch>/tile/<path:tile>", "trail-read-tile")
@require_safe
@gate.open_to_public(_PUBLIC)
def read_tile(request: StaffRequest, epoch: int, tile: str) -> HttpResponse:
    """One tile of hashes, whole or its first part. Tiles of entries are not there."""
    _check_monitor(request)
    asked = _TILE.fullmatch(tile)
    if asked is None or not 0 < epoch < 1 << 15:
        raise Http404
    number = int(asked["path"].replace("x", "").replace("/", ""))
    width = int(asked["width"] or proofs.TILE_WIDTH)
    is_wrong = number >= 1 << 55 or asked["path"] != tile_path(number)
    if is_wrong or (asked["width"] and width >= proofs.TILE_WIDTH):
        raise Http404
    data = proofs.Tiles(epoch).tile(int(asked["level"]), number)[: width * proofs.HASH_SIZE]
    if len(data) < width * proofs.HASH_SIZE:
        raise Http404
    return HttpResponse(data, content_type="application/octet-stream")


def tile_path(number: int) -> str:
    """A tile's number as C2SP writes it in addresses: groups of three digits, all but the last with an x."""
    digits = str(number)
    digits = digits.zfill(-(-len(digits) // 3) * 3)
    groups = [digits[at : at + 3] for at in range(0, len(digits), 3)]
    return "/".join([*(f"x{group}" for group in groups[:-1]), groups[-1]])


def _check_monitor(request: StaffRequest) -> None:
    """Http404 for who may not read, as for what is not there; TooManyReadings."""
    if not trail_tree.may_monitor(request.actor):
        raise Http404
    trail_tree.check_pace(request.actor)


def _shown(epoch: int) -> TreeHead | None:
    if not 0 < epoch < 1 << 15:
        return None
    quorum = witnesses.quorum()
    vouched = witnesses.last_witnessed() if quorum and not quorum.is_lost(clock.now()) else None
    return vouched if vouched and vouched.epoch == epoch else state.newest(epoch)
