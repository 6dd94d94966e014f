"""A sign-in while 500 connections send slowly, stall, never end or say nothing; the limits are the usual ones.

The crowd comes from many addresses of this machine, in a process of its own that shares the cores with the
server. Half the sign-ins are tried before the crowd comes, for comparison.
"""

import http.client
import http.cookiejar
import multiprocessing
import ssl
import time
import urllib.error
import urllib.parse
import urllib.request
from multiprocessing.synchronize import Event

from benchmarks import bench_lookup, house, slow_load
from benchmarks.lookup_load import Server
from benchmarks.measure import Row, Scale, percentile

CROWD, SIGN_INS = 500, 40
LOGIN, PASSWORD = "slow-bench", "correct horse battery staple"
LIMIT_SECONDS = 1.0
SETTLE_SECONDS = 4.0
TIMEOUT_SECONDS = 20.0


def run(scale: Scale) -> list[Row]:
    """p95 of a sign-in, calm and beside the crowd."""
    tries = SIGN_INS // 4 if scale.quick else SIGN_INS
    with house.opened():
        house.branches()
        _hire()
        with bench_lookup.serving(TUTELA_SIGN_INS_A_MINUTE="1000") as server:
            calm = _signed_in(server, tries)
            stop = multiprocessing.get_context("spawn").Event()
            crowd = multiprocessing.get_context("spawn").Process(
                target=_crowd, args=(server.port, stop)
            )
            crowd.start()
            try:
                time.sleep(SETTLE_SECONDS)
                beside = _signed_in(server, tries)
            finally:
                stop.set()
                crowd.join(30)
    return [
        Row(name=f"sign-in beside {CROWD} slow connections, p95", value=percentile(beside, 0.95),
            unit="s", beside="without them, p95", beside_value=percentile(calm, 0.95),
            floor=LIMIT_SECONDS, floor_of="value", lower_is_better=True,
            note=f"form and sign-in; {', '.join(slow_load.KINDS)}; longest {max(beside):.2f} s"),
    ]  # fmt: skip


def _crowd(port: int, stop: Event) -> None:
    with slow_load.crowd(port, CROWD):
        stop.wait()


def _hire() -> None:
    """Somebody with a password and a post that needs no second factor."""
    from tutela.access.actions.people import NewStaff, create_staff
    from tutela.base.actor import SYSTEM

    staff = create_staff(
        SYSTEM,
        NewStaff(
            staff_no="B99999",
            login=LOGIN,
            name="Slow",
            post="service_agent",
            branch="HQ",
            kind="staff",
        ),
    )
    staff.set_password(PASSWORD)
    staff.save(update_fields=["password"])


def _signed_in(server: Server, tries: int) -> list[float]:
    """Seconds of each sign-in: a new connection, the form, the password."""
    taken = []
    for _ in range(tries):
        began = time.perf_counter()
        _sign_in(server)
        taken.append(time.perf_counter() - began)
    return taken


def _sign_in(server: Server) -> None:
    from django.conf import settings

    context = ssl.create_default_context(cafile=str(server.authority))
    jar = http.cookiejar.CookieJar()
    client = urllib.request.build_opener(
        urllib.request.HTTPSHandler(context=context), urllib.request.HTTPCookieProcessor(jar)
    )
    address = f"https://localhost:{server.port}/account/login/"
    with client.open(address, timeout=TIMEOUT_SECONDS) as page:
        page.read()
    token = next(cookie.value for cookie in jar if cookie.name == settings.CSRF_COOKIE_NAME)
    form = {"login": LOGIN, "password": PASSWORD, "csrfmiddlewaretoken": token}
    asked = urllib.request.Request(
        address, urllib.parse.urlencode(form).encode(), {"Referer": address}
    )
    with client.open(asked, timeout=TIMEOUT_SECONDS) as page:
        page.read()
    if not any(cookie.name == settings.SESSION_COOKIE_NAME for cookie in jar):
        raise RuntimeError("nobody was signed in")
