"""Static files have their content in their name, come compressed, and are kept for a year."""

import gzip
import re
from hashlib import sha256

import pytest
from django.http import HttpResponse
from django.templatetags.static import static
from django.test import Client

from tutela.web import static_files

SHEET = "web/web.css"


@pytest.fixture(scope="module")
def client(database: str) -> Client:
    return Client()


def whole(response: HttpResponse) -> bytes:
    return b"".join(response) if response.streaming else response.content


def test_a_page_names_its_files_by_their_content(client: Client) -> None:
    """Of all that it loads; so a new build is loaded and an old one is not."""
    page = client.get("/account/login/").content.decode()
    loaded = re.findall(r'(?:href|src)="(/static/[^"]+)"', page)
    assert len(loaded) > 5
    for address in loaded:
        told = client.get(address)
        named = re.search(r"\.([0-9a-f]{12})\.\w+$", address)
        assert named, address
        assert sha256(whole(told)).hexdigest().startswith(named[1]), address
        assert told.headers["Cache-Control"] == "max-age=31536000, public, immutable"


def test_a_file_comes_compressed_to_who_takes_it(client: Client) -> None:
    """With the same bytes within; as it is to all others, and caches are told that there are two."""
    plain = client.get(static(SHEET))
    pressed = client.get(static(SHEET), headers={"Accept-Encoding": "gzip, br"})
    refused = client.get(static(SHEET), headers={"Accept-Encoding": "gzip;q=0"})
    assert pressed.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain.headers
    assert gzip.decompress(pressed.content) == plain.content == refused.content
    assert len(pressed.content) * 3 < len(plain.content)
    assert {one.headers["Vary"] for one in (plain, pressed)} == {"Accept-Encoding"}
    assert plain.headers["Content-Type"] == "text/css; charset=utf-8"


def test_a_page_of_before_an_upgrade_gets_the_file_of_now(client: Client) -> None:
    """But does not keep it under the old name."""
    told = client.get("/static/web/web.0123456789ab.css")
    assert told.content == client.get(static(SHEET)).content
    assert told.headers["Cache-Control"] == "max-age=60, public"


def test_what_a_browser_has_is_not_sent_again(client: Client) -> None:
    """By the digest in the tag."""
    tag = client.get(static(SHEET)).headers["ETag"]
    again = client.get(static(SHEET), headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    "address",
    [
        "/static/web/none.0123456789ab.css",
        "/static/../settings.0123456789ab.py",
        "/static/web/%2e%2e/%2e%2e/register.0123456789ab.py",
        "/static//etc/passwd.0123456789ab.conf",
    ],
)
def test_nothing_else_is_served(client: Client, address: str) -> None:
    """A name that is not among the static files is a page that is not there."""
    assert client.get(address).status_code == 404


def test_nobody_posts_to_a_file(client: Client) -> None:
    assert client.post(static(SHEET)).status_code == 405


def test_a_file_that_is_not_there_keeps_its_name(client: Client) -> None:
    """The page stands, and the missing file is seen by its name."""
    assert static("web/none.css") == "/static/web/none.css"
    assert static_files.found("web/none.css") is None


def test_pages_come_compressed_and_answers_to_posts_do_not(client: Client) -> None:
    """What was typed and what is revealed never share a compressed answer, whose length tells of both."""
    takes = {"Accept-Encoding": "gzip"}
    page = client.get("/account/login/", headers=takes)
    assert page.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in page.headers["Vary"]
    answer = client.post("/account/login/", {"login": "nobody"}, headers=takes)
    assert answer.headers.get("Content-Type", "").startswith("text/html")
    assert "Content-Encoding" not in answer.headers
