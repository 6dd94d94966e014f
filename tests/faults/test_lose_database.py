"""The database goes away for some seconds while the console and the API are used: one sentence with a
code, no trace back, and all works again by itself."""

import http.cookiejar
import os
import re
import signal
import ssl
import time
import urllib.error
import urllib.parse
import urllib.request

from sample import demo
from tests.faults import installation, load, proof, stock
from tests.faults.installation import HEAL_SECONDS, Installation

AWAY_SECONDS = 4.0
PASSWORD = "a long enough password 7"


class Person:
    """A browser without pictures: one session at the console."""

    def __init__(self, house: Installation, login: str = stock.CLERK) -> None:
        self.address = f"https://localhost:{house.port}"
        self.trusted = ssl.create_default_context(cafile=str(house.home / "tls" / "authority.pem"))
        self.cookies = http.cookiejar.CookieJar()
        self.client = urllib.request.build_opener(
            urllib.request.HTTPSHandler(context=self.trusted),
            urllib.request.HTTPCookieProcessor(self.cookies),
        )
        (made,) = house.tutela("staff", "link", login)
        demo.set_password(self.client, made["link"], PASSWORD)
        demo.enrol(self.client, self.address, login, PASSWORD)

    def get(self, path: str) -> tuple[int, str]:
        return self._told(urllib.request.Request(self.address + path))

    def post(self, path: str, /, **fields: str) -> tuple[int, str]:
        _, page = self.get(path)
        token = demo.TOKEN.search(page)
        fields["csrfmiddlewaretoken"] = token.group(1) if token else ""
        told = urllib.parse.urlencode(fields).encode()
        return self._told(
            urllib.request.Request(self.address + path, told, {"Referer": self.address + path})
        )

    def _told(self, request: urllib.request.Request) -> tuple[int, str]:
        try:
            with self.client.open(request, timeout=30) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()


def _one_sentence(status: int, text: str) -> None:
    assert status == 503, (status, text[-2000:])
    assert re.search(r"\b(base|trail|access|keys|page)\.[a-z_0-9]+", text), text
    for word in ("Traceback", "OperationalError", "psycopg", "SELECT "):
        assert word not in text


def test_a_lost_database_is_one_sentence_and_heals(copied: Installation):
    """PostgreSQL stops answering (it is frozen, then killed), and comes back."""
    clients = load.made(copied.up(), 5)
    person = Person(copied)
    assert person.get("/")[0] == 200
    supervisor = copied.pids(of="up")[0]
    os.kill(supervisor, signal.SIGSTOP)
    try:
        copied.kill("postmaster")
        installation.until(lambda: not copied.pids(of="backend"), 10, "the sessions to end")
        until = time.monotonic() + AWAY_SECONDS
        while time.monotonic() < until:
            assert not clients.look(1)
            for path in ("/", "/customers/", "/account/login/", "/nowhere/"):
                _one_sentence(*person.get(path))
            assert copied.ask("GET", "/api/v1/health")[1].count("closed")
    finally:
        os.kill(supervisor, signal.SIGCONT)
    assert clients.shown_again(HEAL_SECONDS) < HEAL_SECONDS
    assert person.get("/customers/")[0] == 200
    assert not clients.wrong, clients.wrong
    assert "Traceback" not in copied.log.read_text("utf-8")
    proof.trail_is_whole(copied, clients.leaves)
