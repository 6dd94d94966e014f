"""Who must have a second factor: whoever sees clear values, administrators and auditors.

Before such a person has shown one in this session, no page opens but the one that sets it up (or, where
the account has one already, the one that asks for its code). Machines and API keys are no people.
"""

from typing import Final
from urllib.parse import urlencode

from allauth.mfa.models import Authenticator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from tutela.base.actor import Actor

from . import snapshot

_SET_UP: Final = "mfa_activate_totp"
_SHOW: Final = "mfa_reauthenticate"


def is_required(staff_id: str) -> bool:
    """Whether the posts that the account holds today ask for a second factor."""
    person = snapshot.current().people.get(staff_id)
    return person is not None and person.second_factor


def is_missing(actor: Actor) -> bool:
    """Whether this person must show a second factor before anything else."""
    return actor.kind == "staff" and not actor.second_factor and is_required(actor.id)


def to_page(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Send the browser to where the factor is set up or shown; a part of a page loads the whole."""
    address = _address(request, actor)
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return redirect(address)


def _address(request: HttpRequest, actor: Actor) -> str:
    if not Authenticator.objects.filter(user=actor.id, type=Authenticator.Type.TOTP).exists():
        return reverse(_SET_UP)
    back = request.get_full_path() if request.method in {"GET", "HEAD"} else "/"
    return f"{reverse(_SHOW)}?{urlencode({'next': back})}"
