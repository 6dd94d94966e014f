"""Which connections are closed: rules over what the kernel says, without a clock or a socket."""

import pytest

from tutela.cli.front.limits import Limits
from tutela.cli.front.wires import Wire, closing, freeing

LIMITS = Limits(
    body_seconds=10, body_rate=1000, body_bytes=1 << 30, memory_bytes=1 << 20, idle_seconds=75,
    connections=40, connections_an_address=20, readers=8,
)  # fmt: skip


def wire(
    *, spoke: float, heard: float, received: int = 500, base: int = 0, address: str = "a"
) -> Wire:
    """One on which the server spoke, and the client was heard, so many seconds before 1000."""
    return Wire(address, 1000 - spoke, received, base, 1000 - heard)


def closed(*wires: Wire, whole: tuple[tuple[str, float], ...] = ()) -> list[bool]:
    found = closing(wires, whole, 1000, LIMITS)
    return [one in found for one in wires]


CASES = {
    "quick request": (wire(spoke=3, heard=1), False),
    "stalled body": (wire(spoke=11, heard=10.5), True),
    "dribbling body": (wire(spoke=20, heard=0.1, received=5000), True),
    "slow but fair upload": (wire(spoke=100, heard=0.1, received=200_000), False),
    "big upload that stalls": (wire(spoke=100, heard=11, received=1 << 30), True),
    "old bytes do not count": (
        wire(spoke=20, heard=0.1, received=1 << 30, base=(1 << 30) - 1),
        True,
    ),
    "idle, kept alive": (wire(spoke=60, heard=60.5), False),
    "idle for long": (wire(spoke=76, heard=77), True),
    "never said anything": (wire(spoke=11, heard=11, received=0), True),
    "just came": (wire(spoke=1, heard=1, received=0), False),
    "reads a long answer": (wire(spoke=1, heard=300), False),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_a_connection_is_closed_when_its_client_is_slow(case: tuple[Wire, bool]) -> None:
    """Ten seconds of grace, then a rate; a stop of ten seconds at any time."""
    one, over = case
    assert closed(one) == [over]


def test_a_request_that_is_worked_on_is_left_alone() -> None:
    """Its last byte came when it became whole; the stalled one beside it, of the same address, did not."""
    worked, stalled = wire(spoke=61, heard=60), wire(spoke=61, heard=30)
    assert closed(worked, stalled, whole=(("a", 940.2),)) == [False, True]
    assert closed(worked, whole=(("b", 940.2),)) == [True]


def test_an_address_has_no_more_connections_than_allowed() -> None:
    """Those that wait the longest for an answer go; other addresses keep theirs."""
    many = [wire(spoke=n / 10, heard=n / 20) for n in range(25)]
    other = wire(spoke=9, heard=9, address="b")
    assert closed(*many, other) == [n >= 20 for n in range(25)] + [False]


def test_there_is_always_room_for_new_connections() -> None:
    """From many addresses: three quarters of all stay."""
    many = [wire(spoke=n / 10, heard=n / 20, address=str(n)) for n in range(36)]
    assert closed(*many) == [n >= 30 for n in range(36)]


def test_threads_that_wait_for_bodies_are_freed_before_they_run_out() -> None:
    """The slowest senders first; who waits for nothing is not among them."""
    senders = [wire(spoke=n / 10, heard=0) for n in range(8)]
    idle = wire(spoke=0, heard=50)
    assert freeing([idle, *senders], 6, LIMITS) == []
    assert freeing([idle, *senders], 8, LIMITS) == [senders[7], senders[6]]


def test_a_new_turn_begins_when_the_server_has_spoken() -> None:
    """What came before the answer counts for nothing after it."""
    one = Wire("a", 900)
    one.note(1000, sent_ago=5, heard_ago=1, received=700)
    assert (one.turn, one.base, one.speaking) == (995, 0, True)
    one.note(1001, sent_ago=6, heard_ago=0.5, received=900)
    assert (one.turn, one.base, one.received) == (995, 0, 900)
    one.note(1002, sent_ago=0.1, heard_ago=1.5, received=900)
    assert (one.base, one.speaking) == (900, False)
