"""The rooms whose evidence counts. A new room joins with one line here, and nothing else changes. `system` is
made of several rooms."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from types import ModuleType
from typing import Final

from tutela.access import evidence as access
from tutela.assessment import evidence as assessment
from tutela.base.readings import Ask, EvidenceRow, Reading, nothing
from tutela.trail import evidence as trail
from tutela.vault import evidence as vault

from . import outside, system

ROOMS: Final[tuple[ModuleType, ...]] = (trail, access, vault, assessment, system)
# How an outsider works a figure out from its rows; `tutela_verify.py` knows the same names.
METHODS: Final = {"access-log-kept": "days_kept", "encryption-rate": "newest_share"}
SHARE: Final = "share"
ALONE: Final = frozenset({"isms-built", "isms-assessed", "access-system", "access-log-kept"})
"""What only this house can know: no other system reports it. Sensitive values lie in other systems too, so
their encryption may be reported beside the vault's own count."""
OF: Final[dict[str, ModuleType]] = {target: room for room in ROOMS for target in room.TARGETS}


def read(asks: Sequence[Ask]) -> dict[Ask, Reading]:
    """Every ask answered: each room is asked once, and the outside evidence once."""
    wanted = list(dict.fromkeys(asks))
    found: dict[Ask, Reading] = {}
    for room in ROOMS:
        its = [ask for ask in wanted if ask.target in room.TARGETS]
        if its:
            found.update(zip(its, room.read(its), strict=True))
    own = [found.get(ask) or nothing(ask, "") for ask in wanted]
    reports = outside.read([_beside(ask, room) for ask, room in zip(wanted, own, strict=True)])
    for ask, room_s, reported in zip(wanted, own, reports, strict=True):
        found[ask] = outside.merge(room_s, reported)
    return found


def _beside(ask: Ask, own: Reading) -> Ask:
    """What other systems are asked for: the same days as the room, if it has a figure to add to."""
    return ask if own.value is None else replace(ask, current=False)


def rows(ask: Ask) -> Iterator[EvidenceRow]:
    """The rows behind an answer: the room's, then those reported from outside."""
    room = OF.get(ask.target)
    if room is not None:
        yield from room.rows(ask)
    yield from outside.rows(ask)


def method(target: str) -> str:
    """The name of the rule by which the target's own rows make its figure."""
    return METHODS.get(target, SHARE)
