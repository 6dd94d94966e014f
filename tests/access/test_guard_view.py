"""Policies on views."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from tests.access import cast
from tutela.access import gate
from tutela.access.errors import AccountDisabled, PermissionMissing
from tutela.access.middleware import ActorMiddleware
from tutela.base.actor import ANONYMOUS, Actor, Channel
from tutela.vault import permissions


@gate.needs(permissions.IMPORT_RUN)
def imports(request):
    return HttpResponse("imported")


@gate.signed_in()
def me(request):
    return HttpResponse("me")


@gate.open_to_public("a test")
def door(request):
    return HttpResponse("door")


def request(actor: Actor, **headers):
    made = RequestFactory().get("/here/?page=2", headers=headers)
    made.actor = actor
    return made


def test_a_holder_of_the_permission_sees_the_view(tree):
    """And the walls test finds the policy."""
    manager = cast.hire("branch_manager", "EAST").with_second_factor()
    assert imports(request(manager)).content == b"imported"
    assert imports.policy == gate.Policy(permission=permissions.IMPORT_RUN)


def test_another_post_is_refused(tree):
    """The door turns the refusal into a page and a leaf."""
    with pytest.raises(PermissionMissing):
        imports(request(cast.hire("service_agent", "EAST").with_second_factor()))


@pytest.mark.parametrize("view", [imports, me])
def test_a_visitor_is_sent_to_sign_in_and_back(database, view, settings_urls):
    """A part of a page tells the browser to load the whole."""
    answer = view(request(ANONYMOUS))
    assert answer.status_code == 302
    assert answer.headers["Location"].endswith("?next=/here/%3Fpage%3D2")
    part = view(request(ANONYMOUS, hx_request="true"))
    assert (part.status_code, "HX-Redirect" in part.headers) == (204, True)


@pytest.fixture
def settings_urls():
    from django.test import override_settings

    with override_settings(LOGIN_URL="/account/login/"):
        yield


def test_a_public_view_is_for_everybody_and_says_why(database):
    """No reason, no public view."""
    assert door(request(ANONYMOUS)).content == b"door"
    assert door.policy.public == "a test"
    with pytest.raises(ValueError, match="reason"):
        gate.open_to_public(" ")


def test_a_signed_in_view_refuses_an_account_that_is_gone(database):
    """A session may outlive its account for one request."""
    gone = Actor(kind="staff", id="00000000-0000-7000-8000-000000000000", channel=Channel.PAGE)
    with pytest.raises(AccountDisabled):
        me(request(gone))


def test_every_request_has_an_actor(tree):
    """A signed-in person, or a visitor with the address."""
    from django.contrib.auth.models import AnonymousUser
    from django.contrib.sessions.backends.signed_cookies import SessionStore

    agent = cast.hire("service_agent", "EAST")
    seen = []
    middleware = ActorMiddleware(lambda made: seen.append(made.actor) or HttpResponse())
    for user in (AnonymousUser(), agent.staff):
        made = RequestFactory().get("/", REMOTE_ADDR="10.0.0.7")
        made.user, made.session = user, SessionStore()
        middleware(made)
    assert [(actor.kind, actor.source) for actor in seen] == [
        ("anonymous", "10.0.0.7"),
        ("staff", "10.0.0.7"),
    ]
