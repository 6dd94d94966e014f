"""Whoever follows the links of the pages they may open is never led to a refusal."""

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import urljoin, urlsplit

import pytest
from django.test import Client
from django.urls import Resolver404, resolve

from tests.access import cast
from tests.console.stage import House, browser, text
from tutela.access import gate, snapshot
from tutela.access.posts import POSTS
from tutela.programme import seed

pytestmark = pytest.mark.slow

LINK = re.compile(r'<a [^>]*href="([^"#]+)')
PEOPLE = [code for code, post in POSTS.items() if post.kind == "staff"]
ADDRESSES = 2  # of one page, of which there may be thousands


@pytest.fixture(scope="module")
def running(house: House) -> House:
    """The house with its programme, so that the scorecard has lines to link."""
    seed.seed()
    return house


def _walk(client: Client) -> Iterator[tuple[str, str, int]]:
    """Every page that links lead to from home: from where, to where, and what it answered."""
    waiting, known, seen = [("", "/")], {"/"}, dict[str, int]()
    while waiting:
        before, address = waiting.pop(0)
        view = _view(address)
        seen[view] = seen.get(view, 0) + 1
        if seen[view] > ADDRESSES:
            continue
        answer = client.get(address)
        yield before, address, answer.status_code
        if answer.status_code != 200 or "text/html" not in answer.headers["Content-Type"]:
            continue
        for found in LINK.findall(text(answer)):
            there = urljoin(address, unescape(found))
            if there not in known and not urlsplit(there).netloc and "/static/" not in there:
                known.add(there)
                waiting.append((address, there))


def _view(address: str) -> str:
    try:
        return resolve(urlsplit(address).path).view_name
    except Resolver404:
        return address


@pytest.mark.parametrize("post", PEOPLE)
def test_no_link_leads_to_a_refusal(running: House, post: str) -> None:
    """From home, through everything that can be reached by links; nor is one broken."""
    walked = list(_walk(running.as_(post)))
    assert [one for one in walked if one[2] >= 400] == []
    assert len(walked) > 10


def test_a_person_without_a_post_is_led_nowhere_either(running: House) -> None:
    """Home, the inbox and one's own account are left."""
    nobody = cast.hire("service_agent", "EAST")
    nobody.staff.assignments.all().delete()
    snapshot.reload()
    walked = list(_walk(browser(nobody.staff)))
    assert [one for one in walked if one[2] >= 400] == []


def test_a_link_is_judged_by_the_policy_of_its_page(running: House) -> None:
    """With or without a question or a place in the page; what is no page of ours leads nowhere."""
    agent, auditor = (running.people[code].actor for code in ("service_agent", "auditor"))
    assert gate.can_open(auditor, "/trail/?person=1#top")
    assert not gate.can_open(agent, "/trail/")
    assert gate.can_open(agent, "/me/")
    assert not gate.can_open(auditor, "/nowhere/")
