"""The main navigation: its sections, and the entries that each room declares while the product starts."""

from dataclasses import dataclass
from enum import Enum
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tutela.base.registry import Registry

from .permission_specs import Permission


class Section(Enum):
    """The parts of the navigation from top to bottom."""

    MINE = "mine"
    CUSTOMERS = "customers"
    GOVERNANCE = "governance"
    CONTROL = "control"
    FIGURES = "figures"


HEADINGS: Final[dict[Section, str | Promise]] = {
    Section.MINE: "",
    Section.CUSTOMERS: _("Customer information"),
    Section.GOVERNANCE: _("Governance"),
    Section.CONTROL: _("Control"),
    Section.FIGURES: _("Figures and evidence"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line. `view` is the name of the page it opens: whoever its policy lets in sees the line. `use`
    narrows that to the posts that have work there. `order` is its place in the section."""

    view: str
    label: Promise
    icon: str
    section: Section
    order: int
    use: frozenset[Permission] = frozenset()


ENTRIES: Final = Registry[Entry]("entries of the navigation")


def declare(*entries: Entry) -> None:
    for entry in entries:
        ENTRIES.declare(entry.view, entry)


def entries() -> list[Entry]:
    """All of them, as the page shows them."""
    sections = list(Section)
    return sorted(ENTRIES.values(), key=lambda entry: (sections.index(entry.section), entry.order))
