"""A whole Tutela, started as an operator starts it, with a small sample insurer, and a real browser."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from sample import codes, demo
from tests import quick
from tutela.base import clock

CHROMIUM = Path(os.environ.get("TUTELA_CHROMIUM", "/usr/bin/chromium"))
QUIET = [
    "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
CUSTOMERS = 300


@dataclass
class House:
    """A running installation: its folder, its address and who may sign in (login and password by post).
    `seeds` are their second factors, `cookies` the sessions in which they have signed in, `shown` the codes used."""

    folder: Path
    environment: dict[str, str]
    port: int
    server: "subprocess.Popen[bytes]"
    people: dict[str, tuple[str, str]] = field(default_factory=dict)
    seeds: dict[str, str] = field(default_factory=dict)
    cookies: dict[str, list[Any]] = field(default_factory=dict)
    shown: set[str] = field(default_factory=set)

    @property
    def address(self) -> str:
        return f"https://localhost:{self.port}"

    @property
    def files(self) -> Path:
        return self.folder / "files"

    def tutela(self, *words: str, check: bool = True) -> "subprocess.CompletedProcess[str]":
        """Run a shell command on this installation."""
        done = subprocess.run(
            [sys.executable, "-m", "tutela", *words],
            env=self.environment, capture_output=True, text=True, check=False, timeout=120,
        )  # fmt: skip
        if check and done.returncode:
            pytest.fail(f"tutela {' '.join(words)}: {done.stderr}")
        return done


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def house() -> Iterator[House]:
    """`tutela up` in a folder of its own; branches and staff are there, customers come by the journeys."""
    folder = quick.make_folder("tuj")
    folder.chmod(0o755)
    port = _free_port()
    environment = {name: value for name, value in os.environ.items() if name[:7] != "TUTELA_"}
    environment |= {
        "TUTELA_HOME": str(folder / "home"), "TUTELA_HTTPS_PORT": str(port), "TUTELA_HTTP_PORT": "0",
        # On a quick machine the agent of all journeys looks up more than 30 customers a minute.
        "TUTELA_SEARCHES_A_MINUTE": "1000",
        "TUTELA_DEMO": "1", "TUTELA_WEB_PROCESSES": "1", "PYTHONPATH": os.pathsep.join(sys.path),
    }  # fmt: skip
    (folder / "home").mkdir(mode=0o700)
    words = ["--customers", str(CUSTOMERS), "--policies", "500", "--claims", "120"]
    today = clock.today().isoformat()
    subprocess.run(
        [sys.executable, "-m", "sample", "--out", str(folder / "files"), *words, "--today", today],
        check=True, cwd=demo.__file__.rsplit("/", 2)[0],
    )  # fmt: skip
    with (folder / "server.log").open("wb") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "tutela", "up"], env=environment, stdout=log, stderr=log
        )
    made = House(folder, environment, port, server)
    try:
        _wait(made)
        _people(made)
        yield made
    finally:
        server.terminate()
        server.wait(30)
        shutil.rmtree(folder, ignore_errors=True)


def _wait(house: House) -> None:
    until = time.monotonic() + 180
    while time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", house.port), timeout=1).close()
            demo.browser(house.folder / "home").open(f"{house.address}/account/login/", timeout=5)
        except OSError:
            if house.server.poll() is not None:
                break
            time.sleep(0.2)
        else:
            return
    pytest.fail((house.folder / "server.log").read_text(encoding="utf-8"))


def _people(house: House) -> None:
    house.tutela("staff", "branches", str(house.files / "branches.csv"))
    house.tutela("staff", "import", str(house.files / "staff.csv"))
    chosen = demo.one_of_each(house.files / "staff.csv")
    lines = house.tutela("staff", "link", *chosen, "--json").stdout.splitlines()
    for line in lines:
        login, link = demo.json.loads(line).values()
        password = f"journey-{login}-{os.urandom(3).hex()}"
        demo.set_password(demo.browser(house.folder / "home"), link, password)
        house.people[chosen[login]] = (login, password)
        client = demo.browser(house.folder / "home")
        house.seeds[chosen[login]] = demo.enrol(client, house.address, login, password)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Headless Chromium; a machine without it skips, CI fails. It ends with its module, because its
    event loop would make Django refuse the tests of other rooms that follow."""
    if not CHROMIUM.exists():
        told = "the browser tests need Debian's Chromium: sudo apt-get install chromium"
        if os.environ.get("TUTELA_CI"):
            pytest.fail(told)
        pytest.skip(told)
    flags = [*QUIET, "--no-sandbox"] if os.geteuid() == 0 else QUIET
    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=str(CHROMIUM), args=flags)
        yield browser
        browser.close()


@pytest.fixture(params=["zh-CN", "en-GB"])
def language(request: pytest.FixtureRequest) -> str:
    """The language that the browser asks for."""
    return str(request.param)


@pytest.fixture
def page(chromium: Browser, house: House, language: str) -> Iterator[Page]:
    """A fresh browser profile in one language; a script error or a blocked resource fails the test."""
    context = chromium.new_context(
        base_url=house.address, locale=language, ignore_https_errors=True,
        viewport={"width": 1280, "height": 900},
    )  # fmt: skip
    context.set_default_timeout(15_000)
    made = context.new_page()
    errors: list[str] = []
    made.on("pageerror", lambda error: errors.append(str(error)))
    made.on("console", lambda told: errors.append(told.text) if told.type == "error" else None)
    yield made
    context.close()
    # The browser found its open connections ended, more than once: of the network, not of the page.
    passing = ("status of 4", "net::ERR_TOO_MANY_RETRIES")
    serious = [error for error in errors if not any(part in error for part in passing)]
    assert not serious, serious


def sign_in(page: Page, house: House, post: str) -> None:
    """Sign in with the keyboard, as a person does. Each code works once, so a person's further browsers
    take over the session of the first."""
    if post in house.cookies:
        page.context.add_cookies(house.cookies[post])
        page.goto("/")
        return
    login, password = house.people[post]
    page.goto("/account/login/")
    page.fill("input[name=login]", login)
    page.fill("input[name=password]", password)
    page.keyboard.press("Enter")
    if house.seeds[post]:
        page.fill("input[name=code]", unused_code(house, post))
        page.keyboard.press("Enter")
    page.wait_for_url(f"{house.address}/")
    sessions = [one for one in page.context.cookies() if one["name"] == "__Host-tutela-session"]
    house.cookies[post] = sessions


def unused_code(house: House, post: str) -> str:
    """A code that this person has not shown: the next one first, since the one of now may have turned the factor on."""
    now, seed = clock.now().timestamp(), house.seeds[post]
    near = [codes.code(seed, now + shift * codes.SECONDS) for shift in (1, 0, -1)]
    chosen = next(one for one in near if one not in house.shown)
    house.shown.add(chosen)
    return chosen


@pytest.fixture(scope="session")
def customers(house: House) -> None:
    """The sample insurer's customers, policies, claims, calls and work items, imported by the shell."""
    for name, collection in demo.FILES:
        house.tutela(
            "import", str(house.files / name), "--collection", collection, "--yes", "--json"
        )
    house.tutela("staff", "import", str(house.files / "staff.csv"))
