"""Every page of the console as people see it: from the route registry, by opening what needs no thing and by
following the links of what was opened."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import unescape
from http import HTTPStatus
from urllib.parse import parse_qs, urljoin, urlsplit

from django.http import HttpResponse
from django.test import Client
from django.urls import NoReverseMatch, Resolver404, get_resolver, resolve, reverse

from tests.access.cast import Member
from tests.console.stage import browser
from tests.doors import things
from tests.walls.test_views import patterns

LINK = re.compile(r'<a\s[^>]*?href="([^"]*)"')
ELSEWHERE = ("tutela.api.", "ninja.")
VISITS = 2
"""So many people open the same page: a second may find links on it that the first did not."""


@dataclass(frozen=True)
class Page:
    """A page and who opened it. `state` is the question that stands open on it, if any."""

    name: str
    post: str
    address: str
    state: str = ""


@dataclass
class Walk:
    """The pages that were seen, by route and state; one each."""

    pages: dict[tuple[str, str], Page] = field(default_factory=dict)
    visits: Counter[tuple[str, str]] = field(default_factory=Counter)

    @property
    def names(self) -> set[str]:
        return {name for name, _state in self.pages}


def routes() -> dict[str, tuple[str, ...]]:
    """Name and parameters of every address of the console."""
    return {
        entry.name or "": tuple(entry.pattern.converters)
        for entry in patterns(get_resolver())
        if not entry.callback.__module__.startswith(ELSEWHERE)
    }


def walk(people: dict[str, Member], starts: Iterable[str] = ()) -> Walk:
    """Walk as one person after the other; `starts` are addresses to which no link leads."""
    made = Walk()
    for post, person in people.items():
        _walk_as(made, post, browser(person.staff), [*_open_addresses(), *starts])
    return made


def _open_addresses() -> Iterator[str]:
    for name, parameters in routes().items():
        if not parameters:
            yield reverse(name)


def _walk_as(made: Walk, post: str, client: Client, todo: list[str]) -> None:
    visits = made.visits
    seen: set[tuple[str, str]] = set()
    while todo:
        address = todo.pop(0)
        key = _key(address)
        if key is None or key in seen or key[0] == "account_logout" or visits[key] >= VISITS:
            continue
        seen.add(key)
        response = client.get(address)
        if not is_page(response):
            continue
        made.pages.setdefault(key, Page(key[0], post, address, key[1]))
        visits[key] += 1
        links = LINK.findall(response.content.decode())
        todo += [_full(address, unescape(link)) for link in links]


def is_page(response: HttpResponse) -> bool:
    """Whether a whole page came, and no refusal, file or way to elsewhere."""
    kind = response.headers.get("Content-Type", "")
    return (
        response.status_code == 200
        and kind.startswith("text/html")
        and b"<html" in response.content
    )


def _key(address: str) -> tuple[str, str] | None:
    """Route and open question of an address of ours that shows a page; None for others."""
    parts = urlsplit(address)
    query = parse_qs(parts.query)
    if parts.netloc or parts.path.startswith("/static/") or "export" in query:
        return None
    try:
        name = resolve(parts.path).view_name
    except Resolver404:
        return None
    return name, query.get("confirm", [""])[0]


def _full(address: str, link: str) -> str:
    return urljoin(address, link).partition("#")[0]


def takes_looks(name: str, parameters: tuple[str, ...], client: Client) -> bool:
    """Whether an address can be a page: of a thing that is not there it says so, and does not lead elsewhere."""
    absent = {one: things.COMMON.get(one, things.NOBODY) for one in parameters}
    try:
        address = reverse(name, kwargs=absent)
    except NoReverseMatch:
        return True
    return client.get(address).status_code != HTTPStatus.FOUND
