"""What somebody is answered, and the check that two answers tell nothing apart."""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.http import HttpResponse

from tests.doors.plain import Names, plain
from tests.doors.things import NOBODY
from tutela.base.actor import Actor
from tutela.trail import connect, queries


@dataclass(frozen=True)
class Answer:
    """What the person sees, what the trail keeps, and what the database was asked."""

    status: int
    text: str
    leaves: tuple[str, ...]
    subjects: frozenset[str]
    statements: int


@contextmanager
def counted() -> Iterator[list[str]]:
    """The statements sent on this thread's connection."""
    sent: list[str] = []
    fetch = connect.prepared.fetch

    def spied(link: Any, statement: str, values: Any) -> Any:
        sent.append(statement)
        return fetch(link, statement, values)

    def noted(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        sent.append(sql)
        return execute(sql, *rest)

    connect.prepared.fetch = spied
    try:
        with connection.execute_wrapper(noted):
            yield sent
    finally:
        connect.prepared.fetch = fetch


def asked(actor: Actor, act: Callable[[], HttpResponse], named: Mapping[str, object]) -> Answer:
    """The answer of a request; the ids that it named are no difference."""
    before = queries.leaves(queries.LeafFilter(actor_id=actor.id), limit=1)
    with counted() as sent:
        response = act()
    written = [
        leaf
        for leaf in queries.leaves(queries.LeafFilter(actor_id=actor.id), limit=10)
        if not before or leaf.id > before[0].id
    ]
    names = Names({str(value): "<named>" for value in named.values()})
    kept = [
        plain(f"{one.event} {one.exposure} {one.purpose} {one.outcome} {sorted(one.decision.items())}"
              f" {sorted(one.detail.items())}", names)
        for one in written
    ]  # fmt: skip
    subjects = frozenset(key for one in written for _, key in one.subjects)
    body = plain(response.content.decode(errors="replace"), names)
    place = plain(response.headers.get("Location", ""), names)
    text = f"{place}\n{re.sub('|'.join((*_texts(named), '<never>')), '<named>', body)}"
    return Answer(response.status_code, text, tuple(kept), subjects, len(sent))


def _texts(named: Mapping[str, object]) -> list[str]:
    return [re.escape(str(value)) for value in named.values()]


def check_same(what: str, other: Answer, absent: Answer, own: frozenset[str] = frozenset()) -> None:
    """Status, words, leaves and work are one; a leaf may name the other's thing, and none else but
    what the request names of one's own."""
    assert (other.status, absent.status) == (absent.status, other.status), what
    assert other.text == absent.text, what
    assert other.leaves == absent.leaves, what
    assert absent.subjects <= {str(NOBODY), *own}, what
    assert other.statements == absent.statements, what
