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
from tests.waiting_jobs import work_off
from tutela.access import links
from tutela.access.actions.passwords import set_password
from tutela.base.actor import SYSTEM
from tutela.keys import spool
from tutela.trail import queries as trail
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
    assert (
        trail.leaves(trail.LeafFilter(event="access.password.set"))[0].actor_id == person.actor.id
    )


def test_a_second_factor_that_is_turned_on_and_a_changed_password_are_told() -> None:
    """Through the real pages of the sign-in library."""
    cache.clear()
    person = reader()
    set_password(SYSTEM, person.staff, GOOD)
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


def _import(person: cast.Member, data: bytes, collection: str = "customer") -> None:
    """Hand an upload to the queue and do what waits there, as the worker does."""
    import_upload.defer(
        upload=str(spool.store(data)),
        actor_kind="staff",
        actor_id=person.actor.id,
        collection=collection,
        source="core",
        mapping={},
    )
    work_off()


def test_who_started_an_import_is_told_when_it_is_done() -> None:
    """With counts and the way to its page; no value of the file. A new customer's row is held."""
    cast.plant_branches()
    person = reader("branch_manager", branch="EAST")
    _import(person, CSV)
    (notice,) = inbox(person)
    assert (notice.kind, notice.params) == ("import_finished", {"rows": 2, "rejected": 2})
    assert re.fullmatch("/imports/[0-9a-f-]{36}/", notice.link)
    assert not re.search(f"金丝雀|王五|{PHONE}", str(notice.params) + notice.link)


def test_who_started_an_import_is_told_when_the_file_is_bad() -> None:
    """With the code of the refusal, after one try."""
    person = reader("branch_manager")
    _import(person, b"")
    (notice,) = inbox(person)
    assert (notice.kind, notice.params["code"][:13]) == ("import_failed", "vault.import.")


def test_who_started_an_import_is_told_once_when_every_try_was_stopped() -> None:
    """A right that was taken away meanwhile: the queue gives up after its tries, and says so once."""
    person = reader("service_agent")
    _import(person, CSV)
    (notice,) = inbox(person)
    assert notice.params == {"code": "access.permission_missing"}
