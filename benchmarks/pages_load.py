"""People at work in the console: each searches a customer by phone, reads the page, goes home, and pauses.

One connection a person that stays open, as a browser has; an answer counts until its last byte.
"""

import http.client
import random
import re
import ssl
import threading
import time
import urllib.parse
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from benchmarks.lookup_load import Server

PAUSE_SECONDS = (1.0, 3.0)
HOME, SEARCH, CUSTOMER = "home", "answer of a search", "page of a customer"
_TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="([^"]+)"')


@dataclass(frozen=True)
class Person:
    """A signed-in browser: its cookies, and the phones of customers it may see."""

    cookies: dict[str, str]
    phones: Sequence[str]


@dataclass
class Taken:
    """Milliseconds and bytes on the wire of each page, by name."""

    waits: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    sizes: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))

    def add(self, name: str, wait: float, size: int) -> None:
        self.waits[name].append(wait)
        self.sizes[name].append(size)


class Browser:
    """One person's connection and cookies."""

    def __init__(self, server: Server, person: Person) -> None:
        context = ssl.create_default_context(cafile=str(server.authority))
        self._link = http.client.HTTPSConnection("localhost", server.port, context=context)
        self._origin = f"https://localhost:{server.port}"
        self._cookies = dict(person.cookies)
        self._token = ""

    def open(self, address: str, form: dict[str, str] | None = None) -> tuple[int, str, int]:
        """Status, where it leads, and the bytes of the body as they came, which are compressed if they may be."""
        head = {
            "Accept-Encoding": "gzip", "Accept-Language": "en",
            "Cookie": self._sent_cookies(),
        }  # fmt: skip
        body = None
        if form is not None:
            body = urllib.parse.urlencode({**form, "csrfmiddlewaretoken": self._token})
            head |= {
                "Content-Type": "application/x-www-form-urlencoded", "Origin": self._origin,
                "Referer": f"{self._origin}/",
            }  # fmt: skip
        self._link.request("GET" if form is None else "POST", address, body, head)
        answer, told = self._answer()
        return answer.status, answer.headers.get("Location", ""), len(told)

    def take_token(self) -> None:
        """The token of the forms of home, which is read uncompressed for once."""
        self._link.request("GET", "/", None, {"Cookie": self._sent_cookies()})
        answer, told = self._answer()
        found = _TOKEN.search(told)
        if answer.status != 200 or found is None:
            raise RuntimeError(f"home answered {answer.status}")
        self._token = found[1].decode()

    def _sent_cookies(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self._cookies.items())

    def _answer(self) -> tuple[http.client.HTTPResponse, bytes]:
        answer = self._link.getresponse()
        told = answer.read()
        for line in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = line.partition(";")[0].partition("=")
            self._cookies[name] = value
        return answer, told


def at_work(server: Server, people: Sequence[Person], seconds: float) -> Taken:
    """What all these people meet in so many seconds, after a first round each that does not count."""
    taken, faults = Taken(), list[BaseException]()
    end = time.monotonic() + seconds

    def work(number: int) -> None:
        try:
            _work(server, people[number], number, end, taken)
        except (OSError, RuntimeError, http.client.HTTPException) as fault:
            faults.append(fault)

    threads = [threading.Thread(target=work, args=(n,)) for n in range(len(people))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if faults:
        raise RuntimeError(f"{len(faults)} people were held up: {faults[0]}")
    return taken


def _work(server: Server, person: Person, number: int, end: float, taken: Taken) -> None:
    browser, chance = Browser(server, person), random.Random(number)
    browser.take_token()
    _round(browser, chance.choice(person.phones), Taken(), lambda: None)
    while time.monotonic() < end:
        _round(
            browser, chance.choice(person.phones), taken,
            lambda: time.sleep(chance.uniform(*PAUSE_SECONDS)),
        )  # fmt: skip


def _round(browser: Browser, phone: str, taken: Taken, pause: Callable[[], None]) -> None:
    asked = {"text": phone, "purpose": "service", "first": ""}
    status, page = _timed(browser, SEARCH, "/customers/search/", asked, taken)
    if status != 302:
        raise RuntimeError(f"a search answered {status}")
    status, _ = _timed(browser, CUSTOMER, page, None, taken)
    if status != 200:
        raise RuntimeError(f"a customer's page answered {status}")
    pause()
    status, _ = _timed(browser, HOME, "/", None, taken)
    if status != 200:
        raise RuntimeError(f"home answered {status}")
    pause()


def _timed(
    browser: Browser, name: str, address: str, form: dict[str, str] | None, taken: Taken
) -> tuple[int, str]:
    began = time.perf_counter()
    status, leads, size = browser.open(address, form)
    taken.add(name, (time.perf_counter() - began) * 1e3, size)
    return status, leads
