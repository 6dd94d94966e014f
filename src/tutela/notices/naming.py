"""What the codes of a notice are called: for the inbox only, where its reader has signed in.

A notice holds codes, and mail and chat robots carry no more. The rooms above know the names: each hands
in who tells them while the product starts. For what has no name, the code stands.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from django.urls import Resolver404, resolve
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tutela.access import gate
from tutela.base.actor import Actor
from tutela.base.registry import Registry

from .messages import sentence
from .models import Notice

Namer = Callable[[Actor, frozenset[str]], Mapping[str, str]]
"""The names of these codes in the active language, as far as the person may know them; one query."""

_SPACES: Final = re.compile(r" (?=[“《])|(?<=[”》]) ")
_codes = Registry[Namer]("names of codes in notices")
_pages = Registry[Namer]("names of what pages are about")
SUBJECTS: Final = Registry[str]("pages of subjects")
"""The page of a subject of the access trail, by the kind of the subject."""


def of_code(param: str, namer: Namer) -> None:
    """Say who names the codes that notices carry under this param."""
    _codes.declare(param, namer)


def of_page(view: str, namer: Namer, *, subject: str = "") -> None:
    """Say who names what the links to this page are about, by the one id in the address. Entries of the
    access trail link to it from subjects of this kind."""
    _pages.declare(view, namer)
    if subject:
        SUBJECTS.declare(subject, view)


@dataclass(frozen=True, slots=True)
class Names:
    """What the notices of one page of the inbox are about."""

    actor: Actor
    codes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    pages: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def params(self, notice: Notice) -> dict[str, str | int]:
        """The params of a notice with names, in quotation marks, in place of codes."""
        return {
            param: _quoted(param, self.codes[param][code])
            if (code := str(value)) in self.codes.get(param, {})
            else value
            for param, value in notice.params.items()
        }

    def sentence(self, notice: Notice) -> str:
        """The sentence of a notice with names in it. Chinese sets its quotation marks without the spaces
        that a code needs."""
        said = sentence(notice.kind, self.params(notice))
        return _SPACES.sub("", said) if (get_language() or "").startswith("zh") else said

    def about(self, notice: Notice) -> str:
        """The name of what stands behind the link, or nothing."""
        view, key = _behind(notice.link)
        return self.pages.get(view, {}).get(key, "")

    def opens(self, notice: Notice) -> bool:
        """Whether the link leads anywhere for this person: a post may have been lost meanwhile."""
        return bool(notice.link) and gate.may_open(self.actor, notice.link)


def names(actor: Actor, notices: Iterable[Notice]) -> Names:
    """The names of all codes and links of these notices, one question a kind."""
    codes: dict[str, set[str]] = {}
    pages: dict[str, set[str]] = {}
    for notice in notices:
        for param in notice.params.keys() & _codes.keys():
            codes.setdefault(param, set()).add(str(notice.params[param]))
        view, key = _behind(notice.link)
        if view in _pages and gate.may_open(actor, notice.link):
            pages.setdefault(view, set()).add(key)
    return Names(actor, _asked(_codes, actor, codes), _asked(_pages, actor, pages))


def of_things(actor: Actor, view: str, ids: frozenset[str]) -> Mapping[str, str]:
    """The names of what these pages are about, as far as the person may know them."""
    namer = _pages.get(view)
    return namer(actor, ids) if namer and ids else {}


def _asked(
    namers: Mapping[str, Namer], actor: Actor, wanted: Mapping[str, set[str]]
) -> dict[str, Mapping[str, str]]:
    return {kind: namers[kind](actor, frozenset(keys)) for kind, keys in wanted.items()}


def _behind(link: str) -> tuple[str, str]:
    """The page of a link and the id in it; a page of none or of several ids is about nothing."""
    try:
        found = resolve(link.partition("#")[0])
    except Resolver404:
        return "", ""
    keys = list(found.kwargs.values())
    return (found.view_name, str(keys[0])) if len(keys) == 1 else ("", "")


def _quoted(param: str, name: str) -> str:
    if param == "document":
        return _("“%(document)s”") % {"document": name}
    return _("“%(name)s”") % {"name": name}
