"""The tags of a chunk's rows, column by column: the same as `waves.mark` gives one by one, at half the price.
A test compares the two."""

from collections.abc import Mapping, Sequence
from typing import Any

from tutela.crypto.blind import IndexKeys
from tutela.vault import rows as sealing

from . import waves
from .job import Job, Marked
from .prepare import Row


def marks(job: Job, index: IndexKeys, rows: Sequence[tuple[Row, int]]) -> list[Marked]:
    """Rows, each with the branch it is for, with the tags by which they are matched."""
    given = [row for row, _branch in rows]
    macs = _macs(job, index, given)
    sources = sealing.source_tags(index, job.collection, job.source, [row.key for row in given])
    identities = sealing.identity_tags(index, [row.identity for row in given])
    marked = [
        Marked(row, source, identity, mac, branch)
        for (row, branch), source, identity, mac in zip(
            rows, sources, identities, macs, strict=True
        )
    ]
    for incoming in marked:
        if incoming.source is None:
            incoming.source = waves.source_tag(index, job.collection, job.source, incoming)
    if job.clears:  # a blank that clears is part of what the row says
        for incoming, mac in zip(marked, _macs(job, index, given, job.clears), strict=True):
            incoming.mac = mac
    return marked


def _macs(
    job: Job, index: IndexKeys, rows: Sequence[Row], blanks: frozenset[int] = frozenset()
) -> list[bytes]:
    """The row MAC of each; rows of one file have few different sets of fields. `blanks`: fields that count as
    "" where a row has none."""
    texts: list[Mapping[int, Any]] = [
        row.values | row.texts if row.texts else row.values for row in rows
    ]
    if blanks:
        texts = [{**dict.fromkeys(blanks - said.keys(), ""), **said} for said in texts]
    alike: dict[tuple[int, ...], list[int]] = {}
    for at, values in enumerate(texts):
        alike.setdefault(tuple(values), []).append(at)
    macs = [b""] * len(rows)
    for given, places in alike.items():
        fields = tuple(sorted(given))
        told = [[texts[at][field] for field in fields] for at in places]
        made = sealing.texts_macs(index, job.collection, fields, told)
        for at, mac in zip(places, made, strict=True):
            macs[at] = mac
    return macs
