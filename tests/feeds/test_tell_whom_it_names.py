"""A person whom another system's log names is told once, and sees in the own account what is told; no customer."""

import pytest

from tests.console.stage import browser, text
from tests.feeds.conftest import CANARIES, HEADER, Ground, at, local
from tutela.feeds import queries
from tutela.feeds.actions.accounts import match_account, release_account
from tutela.notices.models import Notice


@pytest.fixture(scope="module")
def feed(ground: Ground):
    return ground.register("naming")


def bring(ground: Ground, feed, *people: str, hours: int = 9) -> None:
    when = local(at(hours))
    lines = [f"{when},{who},C00001,,,,{hours * 100 + n}" for n, who in enumerate(people)]
    ground.deliver(feed, "\n".join([HEADER, *lines, ""]))


def told(person) -> int:
    return Notice.objects.filter(kind="named_by_feed", recipient_id=person.id).count()


def mine(person) -> str:
    return text(browser(person).get("/me/"))


def test_who_is_named_is_told_once_and_sees_how_many(ground: Ground, feed) -> None:
    """By login; not again with the next delivery; nobody else sees it, and no customer stands there."""
    clerk, other = ground.clerk.staff, ground.auditor.staff
    assert "其他系统报告的本人访问" not in mine(clerk)
    bring(ground, feed, clerk.login, clerk.login)
    assert told(clerk) == 1
    bring(ground, feed, clerk.login, hours=8)
    assert told(clerk) == 1
    page = mine(clerk)
    assert "其他系统报告的本人访问" in page
    assert feed.system in page
    assert "3 次访问" in page
    assert not [value for value in CANARIES if value in page]
    assert (told(other), "其他系统报告的本人访问" in mine(other)) == (0, False)


def test_who_is_matched_by_hand_is_told_too(ground: Ground, feed) -> None:
    """And sees it no more once the match is taken back."""
    bring(ground, feed, "u-core-9", hours=7)
    (account,) = queries.unmatched(feed.id)
    auditor = ground.auditor.staff
    match_account(ground.manager.actor, account.id, auditor.login)
    assert told(auditor) == 1
    assert feed.system in mine(auditor)
    release_account(ground.manager.actor, account.id)
    assert feed.system not in mine(auditor)


def test_a_machine_account_is_told_nothing(ground: Ground, feed) -> None:
    """A database account that many people share."""
    bring(ground, feed, "u-shared", hours=6)
    account = queries.unmatched(feed.id).get(shown="u-shared")
    match_account(ground.manager.actor, account.id, ground.machine.staff.login)
    assert told(ground.machine.staff) == 0
