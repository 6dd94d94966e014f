"""Every address carries a policy: what is needed, signed in, or open with a reason."""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

# Pages of libraries that carry their own policy; each is wrapped or refused in console/urls.py.
FOREIGN = ("allauth.", "ninja.", "django.views.i18n", "django.views.static")


def patterns(resolver: URLResolver) -> Iterator[URLPattern]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from patterns(entry)
        else:
            yield entry


def test_every_view_of_ours_has_a_policy():
    """A page without one answers to anybody: add gate.needs, gate.signed_in or gate.open_to_public."""
    bare = [
        f"{entry.callback.__module__}.{entry.callback.__qualname__}"
        for entry in patterns(get_resolver())
        if not entry.callback.__module__.startswith(FOREIGN)
        and not getattr(entry.callback, "policy", None)
    ]
    assert not bare, bare


def test_every_page_of_the_sign_in_library_has_a_policy_too():
    """Its pages are wrapped one by one; a bare one would open before the second factor."""
    bare = [
        entry.name
        for entry in patterns(get_resolver())
        if entry.callback.__module__.startswith("allauth.")
        and not getattr(entry.callback, "policy", None)
    ]
    assert not bare, bare


def test_before_the_second_factor_only_the_pages_that_set_it_up_open():
    """The guard of every other view asks for it first."""
    early = {
        entry.name
        for entry in patterns(get_resolver())
        if getattr(getattr(entry.callback, "policy", None), "before_factor", False)
    }
    assert early == {"account_reauthenticate", "mfa_reauthenticate", "mfa_activate_totp"}
