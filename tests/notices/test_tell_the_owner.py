"""Acts of other rooms that tell somebody: a change of one's sign-in, the end of one's import."""

import re

import pytest
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core.cache import cache

from tests.access import cast
from tests.console.stage import PHONE, browser, text
from tests.notices.stage import inbox, reader
from tutela.access import actions as people
from tutela.access import links
from tutela.base.actor import SYSTEM
from tutela.trail import queries as trail
from tutela.vault.importing import spool
from tutela.vault.importing.tasks import import_upload

pytestmark = pytest.mark.usefixtures("database")
GOOD = "a long enough sentence 7"
CSV = f"客户编号,姓名,联系电话\nK1,金丝雀,{PHONE}\nK2,王五,12345\n".encode()


def _kinds(person: cast.Member) -> list[str]:
    return [notice.kind for notice in inbox(person)]


def test_a_password_set_by_link_is_told_to_its_owner() -> None:
    """Beside the leaf; a weak password that was refused tells nothing."""
    person = reader()
    client = browser()
    client.get(f"/account/link/{links.make_link_token(person.staff)}/")
    client.post("/account/link/", {"password": "123456789012", "again": "123456789012"})
    assert _kinds(person) == []
    client.post("/account/link/", {"password": GOOD, "again": GOOD})
    assert _kinds(person) == ["password_set"]
    assert trail.leaves(event="access.password.set")[0].actor_id == person.actor.id


def test_a_second_factor_that_is_turned_on_and_a_changed_password_are_told() -> None:
    """Through the real pages of the sign-in library."""
    cache.clear()
    person = reader()
    people.set_password(actor=SYSTEM, staff=person.staff, password=GOOD)
    client = browser()
    client.post("/account/login/", {"login": person.staff.login, "password": GOOD})
    client.post("/account/confirm/", {"password": GOOD, "next": "/me/"})
    page = text(client.get("/account/second-factor/app/"))
    (secret,) = re.findall('class="secret">([A-Z2-7]+)<', page)
    code = format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))
    client.post("/account/second-factor/app/", {"code": code})
    assert _kinds(person)[0] == "second_factor_added"
    changed = {"oldpassword": GOOD, "password1": GOOD + "!", "password2": GOOD + "!"}
    client.post("/account/password/", changed)
    assert _kinds(person)[-1] == "password_set"


def _import(person: cast.Member, data: bytes) -> dict[str, int | str]:
    told: dict[str, int | str] = import_upload(
        upload=str(spool.store(data)),
        actor_kind="staff",
        actor_id=person.actor.id,
        collection="customer",
        source="core",
        mapping={},
    )
    return told


def test_who_started_an_import_is_told_when_it_is_done() -> None:
    """With counts and the way to its page; no value of the file."""
    cast.plant_branches()
    person = reader("branch_manager", branch="EAST")
    done = _import(person, CSV)
    notice = inbox(person)[0]
    assert (notice.kind, notice.params) == ("import_finished", {"rows": 2, "rejected": 1})
    assert notice.link == f"/imports/{done['batch']}/"
    assert not re.search(f"金丝雀|王五|{PHONE}", str(notice.params) + notice.link)


def test_who_started_an_import_is_told_when_it_cannot_be_done() -> None:
    """With the code of the refusal."""
    person = reader("branch_manager")
    done = _import(person, b"")
    assert (inbox(person)[0].kind, inbox(person)[0].params) == ("import_failed", done)
