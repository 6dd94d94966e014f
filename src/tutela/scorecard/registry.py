"""The figures of all rooms, with what other systems report. Rooms declare their sources in `register.py`."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from tutela.base.readings import BESIDE, SHARE, SOURCES, Ask, EvidenceRow, Reading, nothing

from . import outside


def read(asks: Sequence[Ask]) -> dict[Ask, Reading]:
    """Every ask answered: each source is asked once, and the outside evidence once."""
    wanted = list(dict.fromkeys(asks))
    readings: dict[Ask, Reading] = {}
    for target, source in SOURCES.items():
        its = [ask for ask in wanted if ask.target == target]
        if its:
            readings.update(zip(its, source.read(its), strict=True))
    own = [readings.get(ask) or nothing(ask, "") for ask in wanted]
    reports = outside.read([_beside(ask, room) for ask, room in zip(wanted, own, strict=True)])
    for ask, room_s, reported in zip(wanted, own, reports, strict=True):
        readings[ask] = outside.merge(room_s, reported)
    return readings


def _beside(ask: Ask, own: Reading) -> Ask:
    """What other systems are asked for: the same days as the room, if it has a figure to add to."""
    return ask if own.value is None else replace(ask, current=False)


def rows(ask: Ask) -> Iterator[EvidenceRow]:
    """The rows behind an answer: the room's, then those reported from outside."""
    source = SOURCES.get(ask.target)
    if source is not None:
        yield from source.rows(ask)
    yield from outside.rows(ask)


def beside(target: str) -> list[EvidenceRow]:
    """What is shown beside a target's figure without counting."""
    return list(BESIDE[target]()) if target in BESIDE else []


def method(target: str) -> str:
    """The name of the rule by which the target's own rows make its figure."""
    return SOURCES[target].method if target in SOURCES else SHARE


def is_alone(target: str) -> bool:
    """Whether only this installation can know the figure."""
    return target in SOURCES and SOURCES[target].alone
