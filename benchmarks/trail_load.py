"""What the children of bench_trail do: append to the log from many threads, or insert row by row.

Each function runs in a process of its own and begins at a moment of the monotonic clock, which all
processes of a machine share. Results are counts, or waits in seconds.
"""

import itertools
import random
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import psycopg

from benchmarks import house

CUSTOMERS = 100
"""Whom one caller looks at in turn."""
INSERT = "INSERT INTO public.plain_log (at, id, event, actor, body) VALUES (now(), %s, %s, %s, %s)"


def closed_loop(threads: int, begin: float, seconds: float) -> int:
    """Durable leaves of `threads` callers, each of which waits for its leaf before the next."""
    from tutela.trail import log

    def work(number: int) -> int:
        leaves = looks(number)
        return _until(begin, begin + seconds, lambda: log.append(next(leaves)))

    return sum(_in_threads(threads, work))


def open_loop(threads: int, begin: float, seconds: float, rate: float) -> list[float]:
    """Waits at `rate` leaves a second that arrive at random moments, whether or not the log keeps up.

    A wait counts from the moment the leaf was due, so a late caller hides nothing.
    """
    from tutela.trail import log

    def work(number: int) -> list[float]:
        leaves, chance = looks(number), random.Random(number)
        waits, due = [], begin + chance.expovariate(rate / threads)
        while due < begin + seconds:
            time.sleep(max(0.0, due - time.monotonic()))
            log.append(next(leaves))
            waits.append(time.monotonic() - due)
            due += chance.expovariate(rate / threads)
        return waits

    return list(itertools.chain.from_iterable(_in_threads(threads, work)))


def insert_loop(threads: int, begin: float, seconds: float) -> int:
    """Rows that `threads` clients insert, each row with a commit of its own."""
    from django.db import connections

    given = connections["default"].get_connection_params()
    place = {key: given[key] for key in ("host", "port", "dbname", "user")}

    def work(number: int) -> int:
        with psycopg.connect(**place, autocommit=True) as link:
            body = bytes(600)

            def insert() -> None:
                link.execute(INSERT, (uuid4(), "vault.customer.viewed", f"clerk-{number}", body))

            return _until(begin, begin + seconds, insert)

    return sum(_in_threads(threads, work))


def warm_up() -> None:
    """Open the writer's connection before the clock runs."""
    from tutela.trail import log

    log.append(next(looks(0)))


def _until(begin: float, end: float, act: Callable[[], object]) -> int:
    """How often `act` ended in time."""
    time.sleep(max(0.0, begin - time.monotonic()))
    done = 0
    while True:
        act()
        if time.monotonic() > end:
            return done
        done += 1


def _in_threads(threads: int, work: Callable[[int], Any]) -> list[Any]:
    results: list[Any] = [None] * threads

    def run(number: int) -> None:
        results[number] = work(number)

    crew = [threading.Thread(target=run, args=(number,)) for number in range(threads)]
    for member in crew:
        member.start()
    for member in crew:
        member.join()
    if None in results:
        raise RuntimeError("a caller ended early; see the output above")
    return results


def looks(number: int) -> Iterator[Any]:
    """Looks at one customer after another, as a page of masks writes them; made before the clock runs,
    so that making them is not measured."""
    from tutela.base.actor import Actor, Channel
    from tutela.trail.leaves import Exposure, Leaf
    from tutela.vault import events

    clerk = Actor(
        kind="staff", id=str(uuid4()), channel=Channel.PAGE, session=f"s{number}",
        second_factor=True, source="10.0.0.8",
    )  # fmt: skip
    told: dict[str, str | int] = {
        "outcome": "allow", "cell": "service_agent.1", "matrix": "0123456789ab", "level": 1,
    }  # fmt: skip
    made = [
        Leaf(
            event=events.CUSTOMER_VIEWED, actor=clerk, subjects=(("customer", str(uuid4())),),
            classes=(1, 2, 6), fields=(101, 102, 115, 117), exposure=Exposure.DETAIL_MASKED,
            purpose="service", work_item=str(uuid4()), decision=told, detail={"rows": 3},
        )
        for _ in range(CUSTOMERS)
    ]  # fmt: skip
    return itertools.cycle(made)


child = house.child
