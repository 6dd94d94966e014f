"""What the frame of every page shows: who is signed in, where they may go, light or dark."""

from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise

from tutela.access import enrolment, gate
from tutela.access.gate import StaffRequest
from tutela.access.navigation import HEADINGS, Entry, entries
from tutela.base.language import name_of
from tutela.console import people
from tutela.notices.queries import unread
from tutela.vault import temporary_access_views

TOOLS: Final = "console/_tools.html"
"""What the frame of `web` shows in its corner: language, inbox, account."""

CLOCK: Final = "vault/_access_clock.html"
"""What the frame shows above each page while access for a while runs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NavigationItem:
    """An entry as one person sees it on one page. `begins` is the heading above it, if it is the first there."""

    address: str
    label: str | Promise
    icon: str
    begins: str
    active: bool


def frame(request: StaffRequest) -> dict[str, Any]:
    """The context processor. It never fails a page: without a known person it shows no navigation."""
    theme = request.COOKIES.get("theme", "")
    context: dict[str, Any] = {
        "company": settings.TUTELA_COMPANY,
        "demo": settings.TUTELA_DEMO,
        "frame_tools": TOOLS,
        "theme": theme if theme in {"light", "dark"} else "",
    }
    person = getattr(request, "user", None)
    if person is None or not person.is_authenticated:
        return context
    posts = people.posts_of(person)
    enrol = hasattr(request, "actor") and enrolment.is_missing(request.actor)
    if hasattr(request, "actor") and not enrol:
        context |= {"frame_clock": CLOCK, **temporary_access_views.frame(request)}
    return context | {
        "me": person,
        "posts": [name_of(post) for post in posts],
        "must_enrol": enrol,
        "nav": [] if enrol else navigation(request),
        "unread": unread(person.id),
    }


def navigation(request: StaffRequest) -> list[NavigationItem]:
    """The entries that this person can open. A heading stands above the first that is left of its section."""
    here = request.resolver_match.view_name if request.resolver_match else ""
    shown: list[NavigationItem] = []
    above = None
    addresses = {entry.view: reverse(entry.view) for entry in entries()}
    # Of a page and the pages below it, the nearest one is where the reader is.
    within = [one for one in addresses.values() if one != "/" and request.path.startswith(one)]
    nearest = max(within, key=len, default="")
    for entry in entries():
        address = addresses[entry.view]
        if not _leads(request, entry, address):
            continue
        item = NavigationItem(
            address=address,
            label=entry.label,
            icon=entry.icon,
            begins="" if entry.section is above else str(HEADINGS[entry.section]),
            active=here == entry.view or address == nearest,
        )
        shown.append(item)
        above = entry.section
    return shown


def _leads(request: StaffRequest, entry: Entry, address: str) -> bool:
    """Whether this person may open the page and has some use for it."""
    wanted = any(gate.holds(request.actor, permission) for permission in entry.use) or not entry.use
    return wanted and gate.can_open(request.actor, address)
