"""Those whose leaves are durable wake one after another, and nobody is forgotten."""

import threading

import pytest

from tutela.trail import writer
from tutela.trail.pulse import Why
from tutela.trail.writer import Ticket


def make_tickets(count):
    """Tickets of callers that are about to sleep."""
    tickets = [Ticket((), 0.0) for _ in range(count)]
    for ticket in tickets:
        ticket.done.acquire()
    return tickets


def woken(ticket):
    return ticket.done.acquire(blocking=False)


def test_only_the_first_is_woken_by_the_writer():
    """All at once would fall asleep again over Python's lock."""
    first, second = make_tickets(2)
    writer._release([first, second], [], Why.NONE)
    assert (woken(first), woken(second)) == (True, False)


def test_each_who_wakes_wakes_the_next():
    """Two hundred callers, one line."""
    tickets = make_tickets(200)
    awake = []
    threads = [
        threading.Thread(target=lambda one=ticket: awake.append(writer._wait(one)))
        for ticket in tickets
    ]
    for thread in threads:
        thread.start()
    writer._release(tickets, [], Why.NONE)
    for thread in threads:
        thread.join(10)
    assert awake == [True] * 200


def test_one_who_has_left_before_does_not_stop_the_line():
    """A caller whose time was up is passed over."""
    left, other = make_tickets(2)
    left.abandoned = True
    writer._release([left, other], [], Why.NONE)
    assert woken(other)


def test_one_who_leaves_while_the_line_moves_wakes_the_next(monkeypatch):
    """Its time is up just after the batch was settled: it still hands on before it goes."""
    monkeypatch.setattr(writer, "WAIT_SECONDS", 0.01)
    slow, leaving, last = make_tickets(3)
    writer._release([slow, leaving, last], [], Why.NONE)
    assert writer._wait(leaving) is False
    assert writer._wait(slow) is True
    assert writer._wait(last) is True


@pytest.mark.parametrize("why", [Why.DATABASE, Why.FAULT])
def test_a_line_in_vain_hears_why(why):
    """Nobody is left asleep when the batch was not written."""
    tickets = make_tickets(3)
    writer._release(tickets, [], why)
    assert [writer._wait(ticket) and ticket.why for ticket in tickets] == [why] * 3
