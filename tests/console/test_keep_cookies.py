"""What a browser keeps of us: only over HTTPS, only for this host, and no script reads what opens anything."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from tests.access import cast
from tutela.access import devices
from tutela.access.actions.passwords import set_password
from tutela.base.actor import SYSTEM

pytestmark = pytest.mark.usefixtures("database")


def test_every_cookie_that_counts_is_bound_to_this_host(database):
    """Session, form token, known device and what a page says once: `__Host-`, Secure, HttpOnly, Lax, no domain."""
    cast.plant_branches()
    analyst = cast.hire("marketing_analyst", "EAST")
    set_password(SYSTEM, analyst.staff, cast.PASSWORD)
    browser = Client(headers={"accept-language": "en"})
    browser.get(reverse("account_login"), secure=True)
    sent = {"login": analyst.staff.login, "password": cast.PASSWORD}
    assert browser.post(reverse("account_login"), sent, secure=True).status_code == 302
    new = {
        "oldpassword": cast.PASSWORD,
        "password1": "zwei Pferde 77",
        "password2": "zwei Pferde 77",
    }
    assert browser.post(reverse("account_change_password"), new, secure=True).status_code == 302
    names = {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, devices.COOKIE}
    assert set(browser.cookies) == names | {"__Host-tutela-said"}
    for name, cookie in browser.cookies.items():
        assert name.startswith("__Host-"), name
        assert (cookie["secure"], cookie["httponly"]) == (True, True), name
        assert (cookie["path"], cookie["domain"], cookie["samesite"]) == ("/", "", "Lax"), name
