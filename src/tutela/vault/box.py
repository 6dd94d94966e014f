"""The search box in the frame of every page, for whoever may find customers."""

from typing import Any, Final

from django.http import HttpRequest
from django.urls import reverse

from tutela.access import enrolment, gate
from tutela.web.frame import Box

from . import offers, permissions
from .forms import SearchForm

_HOME: Final = ("console-home", "vault-list-customers")


def context(request: HttpRequest) -> dict[str, Any] | None:
    """The form with the purpose that it begins with; None for whoever may not search."""
    actor = getattr(request, "actor", None)
    person = getattr(request, "user", None)
    if actor is None or person is None or not person.is_authenticated:
        return None
    if not gate.holds(actor, permissions.CUSTOMER_FIND) or enrolment.is_missing(actor):
        return None
    offered = offers.purposes(actor)
    if not offered:
        return None
    given = request.GET.get("purpose", "")
    here = next((purpose for purpose in offered if purpose.value == given), None)
    start = here or offers.box_purpose(request, actor, offered)
    match = request.resolver_match
    return {
        "box_form": SearchForm(offered=offered, initial={"purpose": start.value if start else ""}),
        "box_address": reverse("vault-search"),
        "box_focus": match is not None and match.view_name in _HOME,
    }


BOX: Final = Box(template="vault/_box.html", context=context)
