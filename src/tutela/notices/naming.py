"""Names for the codes in notices, shown only in the inbox to the signed-in reader.

Notices, mail and chat messages hold codes only. The rooms above register functions that look names up;
a code without a name is shown as it is.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _

from tutela.access import gate
from tutela.base.actor import Actor
from tutela.base.language import reads_chinese
from tutela.base.registry import Registry

from .messages import sentence
from .models import Notice

Namer = Callable[[Actor, frozenset[str]], Mapping[str, str]]
"""Code to name in the active language, for those the actor may see; one query."""

_SPACES: Final = re.compile(r" (?=[“《])|(?<=[”》]) ")
_codes = Registry[Namer]("names of codes in notices")
_pages = Registry[Namer]("names of what pages are about")
SUBJECTS: Final = Registry[str]("pages of subjects")
"""View name of the page of a trail subject, by kind of subject."""


def of_code(param: str, namer: Namer) -> None:
    """Register the namer for codes under this param."""
    _codes.declare(param, namer)


def of_page(view: str, namer: Namer, *, subject: str = "") -> None:
    """Register the namer for links to this page, by the single id in its URL. Trail entries with a subject
    of kind `subject` link to it."""
    _pages.declare(view, namer)
    if subject:
        SUBJECTS.declare(subject, view)


@dataclass(frozen=True, slots=True)
class Names:
    """Names for the notices of one inbox page."""

    actor: Actor
    codes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    pages: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def params(self, notice: Notice) -> dict[str, str | int]:
        """The params of a notice, codes replaced by quoted names."""
        return {
            param: _quoted(param, self.codes[param][code])
            if (code := str(value)) in self.codes.get(param, {})
            else value
            for param, value in notice.params.items()
        }

    def sentence(self, notice: Notice) -> str:
        """The sentence of a notice with names. Chinese has no spaces around quotation marks, unlike codes."""
        text = sentence(notice.kind, self.params(notice))
        return _SPACES.sub("", text) if reads_chinese() else text

    def about(self, notice: Notice) -> str:
        """The name of the link's target, or ""."""
        view, key = _target(notice.link)
        return self.pages.get(view, {}).get(key, "")

    def opens(self, notice: Notice) -> bool:
        """Whether the actor may open the link; a post may have been lost since."""
        return bool(notice.link) and gate.can_open(self.actor, notice.link)


def names(actor: Actor, notices: Iterable[Notice]) -> Names:
    """The names for all codes and links of these notices; one query per param and page."""
    codes: dict[str, set[str]] = {}
    pages: dict[str, set[str]] = {}
    for notice in notices:
        for param in notice.params.keys() & _codes.keys():
            codes.setdefault(param, set()).add(str(notice.params[param]))
        view, key = _target(notice.link)
        if view in _pages and gate.can_open(actor, notice.link):
            pages.setdefault(view, set()).add(key)
    return Names(actor, _look_up(actor, _codes, codes), _look_up(actor, _pages, pages))


def of_things(actor: Actor, view: str, ids: frozenset[str]) -> Mapping[str, str]:
    """Id to name for the targets of this page that the actor may see."""
    namer = _pages.get(view)
    return namer(actor, ids) if namer and ids else {}


def _look_up(
    actor: Actor, namers: Mapping[str, Namer], wanted: Mapping[str, set[str]]
) -> dict[str, Mapping[str, str]]:
    return {kind: namers[kind](actor, frozenset(keys)) for kind, keys in wanted.items()}


def _target(link: str) -> tuple[str, str]:
    """(view name, id) of a link; empty unless its URL has exactly one parameter."""
    try:
        page = resolve(link.partition("#")[0])
    except Resolver404:
        return "", ""
    keys = list(page.kwargs.values())
    return (page.view_name, str(keys[0])) if len(keys) == 1 else ("", "")


def _quoted(param: str, name: str) -> str:
    if param == "document":
        return _("“%(document)s”") % {"document": name}
    return _("“%(name)s”") % {"name": name}
