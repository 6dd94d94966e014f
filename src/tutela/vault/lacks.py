"""What a reader lacks and for whom it is there: beside a customer's page, and where a look is refused."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from tutela.access import gate
from tutela.access.errors import NoCell, PermissionMissing, WorkItemMissing
from tutela.access.levels import Level
from tutela.access.permission_specs import PERMISSIONS
from tutela.access.posts import POSTS
from tutela.access.purposes import Purpose
from tutela.base.actor import Actor
from tutela.base.errors import TutelaError
from tutela.base.language import name_of
from tutela.web.templatetags.web import class_name
from tutela.web.ways_on import Way

from . import catalogue, pages, permissions, work_items
from .errors import CustomerNotFound
from .pages import Sheet
from .temporary_access import lists as standing
from .temporary_access import offer

_PAGES: Final = frozenset({"vault-view-customer", "vault-reveal-field"})
_SEPARATOR: Final = " · "


@dataclass(frozen=True, slots=True)
class Lack:
    """One data class that is not open to the reader here. `hidden`: not even masked; `holders`: to whom its clear
    values are open and for what, in words, empty if to nobody."""

    data_class: int
    hidden: bool
    holders: str


def of_page(purpose: Purpose, sheets: Iterable[Sheet], hidden: Sequence[int]) -> list[Lack]:
    """The classes of the page that are masked without a way to open them, or hidden."""
    shown = {
        group.data_class
        for sheet in sheets
        for group in sheet.groups
        if not group.revealable and any(field.closed for field in group.fields)
    }
    numbers = sorted(shown | set(hidden))
    return [Lack(number, number in hidden, holders(number, purpose)) for number in numbers]


def holders(data_class: int, purpose: Purpose) -> str:
    """The posts that have this class in clear: for this purpose, else for others with the purposes named."""
    if posts := gate.posts_that_see(data_class, purpose, Level.CLEAR):
        return _SEPARATOR.join(f"{name_of(post)} ({purpose.label})" for post in posts)
    told = [
        f"{name_of(post)} ({other.label})"
        for other in Purpose
        for post in gate.posts_that_see(data_class, other, Level.CLEAR)
    ]
    return _SEPARATOR.join(told)


def ways(request: HttpRequest, error: TutelaError | None) -> list[Way]:
    """What the vault offers where a look ends: who may, and what can be done without the value."""
    match = request.resolver_match
    view = match.view_name if match else ""
    if isinstance(error, PermissionMissing):
        return [_function(str(error.params.get("permission", "")))]
    if view in _PAGES and isinstance(error, CustomerNotFound):
        return _after_access(request, match.kwargs["customer_id"]) if match else []
    if view not in _PAGES or not (error is None or isinstance(error, (NoCell, WorkItemMissing))):
        return []
    customer = match.kwargs["customer_id"] if match else None
    found = [] if error is None else _sentences(request, error)
    return found + _links(request, customer, error) if customer else found


def _after_access(request: HttpRequest, customer: UUID) -> list[Way]:
    """Whoever was lent this customer is told that it is over; it was no secret from them."""
    actor = getattr(request, "actor", None)
    if actor is None or not standing.is_over_for(actor, customer):
        return []
    return [Way(text=_("Your temporary access to this customer has ended."))]


def _function(name: str) -> Way:
    """For whom a function is there."""
    permission = PERMISSIONS.get(name)
    codes = [code for code in POSTS if permission and code in permission.posts]
    posts = [name_of(POSTS[code]) for code in codes if POSTS[code].kind == "staff"]
    if permission is None or not posts:
        return Way(text=_("No post of people includes this function."))
    told = {"function": _(permission.words), "posts": _SEPARATOR.join(posts)}
    return Way(text=_("“%(function)s” is there for: %(posts)s") % told)


def _sentences(request: HttpRequest, error: TutelaError) -> list[Way]:
    """Which right is missing of those asked, and for whom it is there."""
    if isinstance(error, WorkItemMissing):
        return [
            Way(
                text=_(
                    "Needed: an open work item of this customer that is yours. The branch manager "
                    "assigns it; a source system brings it when the customer's matter is opened."
                )
            )
        ]
    given = request.POST.get("reveal-purpose", "")
    purpose = next((item for item in Purpose if item.value == given), None)
    if purpose is None:
        return []
    told = []
    for number in _asked_classes(request):
        name = class_name(number)
        who = holders(number, purpose) or _("nobody")
        told.append(
            Way(text=_("%(name)s in clear is there for: %(who)s") % {"name": name, "who": who})
        )
    return told


def _loans(
    request: HttpRequest, actor: Actor, customer: UUID, error: TutelaError | None
) -> list[Way]:
    """Where clear values of this customer are lent, with the classes that were refused chosen."""
    given = request.POST.get("reveal-purpose") or request.GET.get("purpose", "")
    purpose = next((item for item in Purpose if item.value == given), None)
    classes = _asked_classes(request) if error is not None else []
    return _lent(actor, [customer], classes, purpose)


def beyond_reach(actor: Actor, purpose: Purpose) -> list[Way]:
    """What is offered where a search shows nobody: the same, whether somebody of another branch has the value or
    nobody has."""
    return _lent(actor, [], [], purpose)


def _lent(
    actor: Actor, customers: list[UUID], classes: list[int], purpose: Purpose | None
) -> list[Way]:
    asks = offer.request_address(actor, customers, classes, purpose)
    breaks = offer.break_glass_address(actor, customers, classes, purpose)
    ways = (
        Way(text=_("Ask for temporary access"), address=asks, icon="clock-shield"),
        Way(text=_("Break-glass access"), address=breaks, icon="alarm"),
    )
    return [way for way in ways if way.address]


def _asked_classes(request: HttpRequest) -> list[int]:
    """The classes of the fields that a look was asked for."""
    codes = {code for some in pages.places(request.POST.getlist("place")).values() for code in some}
    return sorted({int(catalogue.by_code(code).data_class) for code in codes})


def _links(request: HttpRequest, customer: UUID, error: TutelaError | None) -> list[Way]:
    """What can be done without the value. Only the reader's own work and rights decide."""
    actor = getattr(request, "actor", None)
    if actor is None:
        return []
    found = _loans(request, actor, customer, error)
    own = work_items.own_items(actor, work_items.of_customer(customer))
    if own and gate.holds(actor, permissions.WORK_ITEM_HAND_OVER):
        found.append(
            Way(
                text=_("Hand the work to somebody who may"),
                address=reverse("vault-hand-over", args=[customer]),
                icon="arrow-forward-up",
            )
        )
    if gate.holds(actor, permissions.RECORD_CREATE):
        found.append(
            Way(
                text=_("Record the call without the value"),
                address=reverse("vault-record-call", args=[customer]),
                icon="phone-plus",
            )
        )
    return found
