"""Those whose leaves are durable wake one after another, one of those who wait writes next, and nobody is forgotten."""

import threading
from collections import deque

import pytest

from tutela.trail import writer
from tutela.trail.errors import TrailClosed
from tutela.trail.pulse import Why
from tutela.trail.writer import Ticket, Writer


def make_tickets(count):
    """Tickets of callers that are about to sleep."""
    tickets = [Ticket((), 0.0) for _ in range(count)]
    for ticket in tickets:
        ticket.done.acquire()
    return tickets


def settle(tickets, why=Why.NONE):
    """What the caller that has written does for the others."""
    sleepers = deque(tickets)
    writer._release(tickets, [], why, sleepers)
    writer._wake(sleepers)


def woken(ticket):
    return ticket.done.acquire(blocking=False)


@pytest.fixture
def busy():
    """A writer at which somebody writes already, and goes on."""
    made = Writer()
    made._writing.acquire()
    return made


def test_only_the_first_is_woken_by_who_wrote():
    """All at once would fall asleep again over Python's lock."""
    first, second = make_tickets(2)
    settle([first, second])
    assert (woken(first), woken(second)) == (True, False)


def test_each_who_wakes_wakes_the_next(busy):
    """Two hundred callers, one line."""
    tickets = make_tickets(200)
    awake = []
    threads = [
        threading.Thread(target=lambda one=ticket: awake.append(busy._settled(one)))
        for ticket in tickets
    ]
    for thread in threads:
        thread.start()
    settle(tickets)
    for thread in threads:
        thread.join(10)
    assert awake == [True] * 200


def test_one_who_has_left_before_does_not_stop_the_line():
    """A caller whose time was up is passed over."""
    left, other = make_tickets(2)
    left.gone = True
    settle([left, other])
    assert woken(other)


def test_one_who_leaves_while_the_line_moves_wakes_the_next(monkeypatch, busy):
    """Its time is up just before the batch is settled: the line goes on without it."""
    monkeypatch.setattr(writer, "WAIT_SECONDS", 0.01)
    slow, leaving, last = make_tickets(3)
    assert busy._settled(leaving) is False
    settle([slow, leaving, last])
    assert busy._settled(slow) is True
    assert woken(last)


def test_who_was_woken_too_early_does_not_hold_the_line_up(busy):
    """Told that it is its turn to write, it finds its leaf written, and leaves before the line has begun."""
    early, last = make_tickets(2)
    sleepers = deque()
    writer._release([early, last], [], Why.NONE, sleepers)
    assert busy._settled(early) is True
    sleepers.extend([early, last])
    writer._wake(sleepers)
    assert woken(last)


@pytest.mark.parametrize("why", [Why.DATABASE, Why.FAULT])
def test_a_line_in_vain_hears_why(busy, why):
    """Nobody is left asleep when the batch was not written."""
    tickets = make_tickets(3)
    settle(tickets, why)
    assert [busy._settled(ticket) and ticket.why for ticket in tickets] == [why] * 3


def persist(batches, gate=None):
    """In the place of the database: note the batch, once the gate is open."""

    def write(stamped):
        batches.append(threading.current_thread())
        if gate is not None and len(batches) == 1:
            gate.wait(10)
        return Why.NONE

    return write


def test_a_caller_alone_writes_by_itself(monkeypatch):
    """No leaf is handed to another thread and back."""
    alone, batches = Writer(), []
    monkeypatch.setattr(alone, "_persist", persist(batches))
    assert alone.append(()) == []
    assert batches == [threading.current_thread()]


def test_those_who_came_meanwhile_are_written_together_by_one_of_them(monkeypatch):
    """Ten come while one writes: two commits, and the second by one of the ten."""
    shared, batches, gate = Writer(), [], threading.Event()
    monkeypatch.setattr(shared, "_persist", persist(batches, gate))
    threads = [threading.Thread(target=shared.append, args=((),)) for _ in range(11)]
    threads[0].start()
    while not batches:
        pass
    for thread in threads[1:]:
        thread.start()
    while len(shared._queue) < 10:
        pass
    gate.set()
    for thread in threads:
        thread.join(10)
    assert len(batches) == 2
    assert batches[1] in threads[1:]


def test_a_turn_that_nobody_was_told_of_is_taken(monkeypatch):
    """The call got lost: whoever sleeps looks by itself."""
    shared, batches = Writer(), []
    monkeypatch.setattr(shared, "_persist", persist(batches))
    monkeypatch.setattr(writer, "_call", lambda queue: None)
    shared._writing.acquire()
    waiting = threading.Thread(target=shared.append, args=((),))
    waiting.start()
    while not shared._queue:
        pass
    shared._writing.release()
    waiting.join(10)
    assert batches == [waiting]


def test_who_waits_for_a_writer_that_hangs_gives_up(monkeypatch, busy):
    """Nothing is shown then, and the log says so."""
    monkeypatch.setattr(writer, "WAIT_SECONDS", 0.01)
    with pytest.raises(TrailClosed, match="why=timeout"):
        busy.append(())


def test_whose_own_write_took_too_long_shows_nothing_either(monkeypatch):
    """Its leaf may be there: it is told that the log is closed, as everybody is who waited for it."""
    slow = Writer()
    now = iter([0.0, 0.0, 9.0, 9.0])
    monkeypatch.setattr(writer.clock, "monotonic", lambda: next(now, 9.0))
    monkeypatch.setattr(slow, "_persist", persist([]))
    with pytest.raises(TrailClosed, match="why=timeout"):
        slow.append(())


def test_what_ends_the_caller_that_writes_ends_nobody_elses_writing(monkeypatch):
    """Ctrl-C in a shell: the place is free, and nothing links to leaves that may not be there."""
    shared = Writer()
    chain = shared._chain

    def interrupted(stamped):
        raise KeyboardInterrupt

    monkeypatch.setattr(shared, "_persist", interrupted)
    with pytest.raises(KeyboardInterrupt):
        shared.append(())
    assert not shared._writing.locked()
    assert shared._chain is not chain


def test_a_batch_that_cannot_be_stamped_leaves_nobody_waiting(monkeypatch, busy):
    """One caller's leaf breaks the batch: the others hear it at once, and neither sleep nor turn in circles."""
    own, other = make_tickets(2)
    busy._queue.extend([own, other])
    monkeypatch.setattr(busy, "_chain", Broken())
    busy._write(own)
    assert (other.settled, busy._settled(other), other.why) == (True, True, Why.FAULT)


class Broken:
    """A chain that takes no leaf."""

    def stamp(self, drafts):
        raise MemoryError
