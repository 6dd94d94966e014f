"""Pages of the console with 16 people at work: p95 of a search's answer, of a customer's page and of home.

A person does something every two seconds on average, from the box to the customer and home again: more than
anybody does all day. Beside them a browser without a cache opens home: what it transfers, and its first paint.
"""

import multiprocessing
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from statistics import median
from typing import Any

from benchmarks import bench_import, bench_lookup, house, pages_load
from benchmarks.lookup_load import Server
from benchmarks.measure import Row, Scale, percentile
from benchmarks.pages_load import Person, Taken
from sample.house import HEAD_OFFICE
from sample.identity import Identities
from tutela.base.actor import Actor

SIZE = 10_000
PEOPLE, PHONES = 16, 100
SECONDS = 60.0
PAINTS = 15
CHROMIUM = "/usr/bin/chromium"
LIMIT_MS, PAINT_MS, PAINT_KB = 250.0, 300.0, 150.0
_IS_PAINTED = "() => performance.getEntriesByName('first-contentful-paint').length > 0"
_PAINT = """() => {
    const page = performance.getEntriesByType('navigation')[0];
    const painted = performance.getEntriesByName('first-contentful-paint')[0];
    const loaded = performance.getEntriesByType('resource').filter((one) => one.responseEnd <= painted.startTime);
    return [painted.startTime, loaded.reduce((sum, one) => sum + one.transferSize, page.transferSize)];
}"""


def run(scale: Scale) -> list[Row]:
    """A row for each page, and two for the first paint."""
    if scale.soak:
        return []
    size, seconds = scale.of(SIZE), 10.0 if scale.quick else SECONDS
    with house.opened():
        bench_import.filled(size)
        bench_lookup._ready()  # noqa: SLF001 the same ground
        agents = [house.hire("service_agent", HEAD_OFFICE) for _ in range(PEOPLE)]
        people = _people(size, agents)
        with bench_lookup.serving(TUTELA_SEARCHES_A_MINUTE="10000") as server:
            spawn = multiprocessing.get_context("spawn")
            with ProcessPoolExecutor(1, spawn) as crew:
                work = crew.submit(pages_load.at_work, server, people, seconds)
                paints = _paints(server, people[0], 3 if scale.quick else PAINTS)
                taken = work.result()
    return [*_rows(taken), *_paint_rows(paints)]


def _people(size: int, agents: Sequence[Actor]) -> list[Person]:
    """Agents with a session in which a second factor was shown."""
    from django.conf import settings
    from django.test import Client

    from tutela.access import queries

    identities, people = Identities(bench_import.SEED), []
    step = max(1, size // (PEOPLE * PHONES))
    for number, agent in enumerate(agents):
        client = Client()
        client.force_login(
            queries.staff_by_id(agent.id),
            backend="allauth.account.auth_backends.AuthenticationBackend",
        )
        session = client.session
        session["account_authentication_methods"] = [{"method": "mfa", "at": 0.0, "type": "totp"}]
        session["account_authentication_methods_user"] = agent.id
        session.save()
        chosen = range(number * step, size, PEOPLE * step)
        phones = [identities.mobile(n) for n in chosen]
        people.append(Person({settings.SESSION_COOKIE_NAME: str(session.session_key)}, phones))
    return people


def _paints(server: Server, person: Person, count: int) -> list[tuple[float, float]]:
    """Milliseconds to the first paint of home in a new browser each time, and bytes transferred until then."""
    from playwright.sync_api import sync_playwright

    address = f"https://localhost:{server.port}/"
    cookies: list[Any] = [
        {"name": name, "value": value, "url": address, "secure": True}
        for name, value in person.cookies.items()
    ]
    painted = []
    with sync_playwright() as player:
        # Debian's, as in the journeys; a page of ours needs no sandbox.
        browser = player.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for _ in range(count):
            context = browser.new_context(ignore_https_errors=True)
            context.add_cookies(cookies)
            page = context.new_page()
            page.goto(address, wait_until="load")
            # The pages' policy forbids what is evaluated from text, so the page is asked instead of waited in.
            while not page.evaluate(_IS_PAINTED):
                page.wait_for_timeout(5)
            painted.append(tuple(page.evaluate(_PAINT)))
            context.close()
        browser.close()
    return painted[1:] if len(painted) > 1 else painted


def _rows(taken: Taken) -> list[Row]:
    return [
        Row(name=f"console, {PEOPLE} people at work: {name}, p95", value=percentile(waits, 0.95), unit="ms",
            beside="limit", floor=LIMIT_MS, floor_of="value", lower_is_better=True,
            note=f"p50 {median(waits):.0f} ms of {len(waits)}; {median(taken.sizes[name]) / 1e3:.1f} kB")
        for name, waits in taken.waits.items()
    ]  # fmt: skip


def _paint_rows(paints: Sequence[tuple[float, float]]) -> list[Row]:
    waits, sizes = [wait for wait, _ in paints], [size / 1e3 for _, size in paints]
    return [
        Row(name="console, first paint of home without a cache, p50", value=median(waits), unit="ms",
            beside="limit", floor=PAINT_MS, floor_of="value", lower_is_better=True,
            note=f"of {len(waits)} beside the people at work; the longest {max(waits):.0f} ms"),
        Row(name="console, transferred until the first paint of home", value=median(sizes), unit="kB",
            beside="limit", floor=PAINT_KB, floor_of="value", lower_is_better=True),
    ]  # fmt: skip
