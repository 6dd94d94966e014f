"""A feed's own numbering: holes, late ones, one that begins again, more holes than are kept. Without a
database."""

from datetime import UTC, datetime, timedelta
from random import Random

from tutela.feeds import rules
from tutela.feeds.rules import Numbering, Place, Stretch

START = datetime(2026, 11, 1, tzinfo=UTC)


def told(second: int) -> datetime:
    return START + timedelta(seconds=second)


def places(*pairs: tuple[int, int]) -> list[Place]:
    numbering = Numbering()
    return [numbering.take(number, told(second)) for number, second in pairs]


def test_each_place_of_a_number():
    """The next, behind a hole, late, again, and a new beginning."""
    assert places((5, 0), (6, 1), (9, 2), (7, 1), (6, 1), (1, 3)) == [
        Place.NEXT,
        Place.NEXT,
        Place.AFTER_GAP,
        Place.LATE,
        Place.AGAIN,
        Place.RESTART,
    ]


def test_any_order_fills_the_same_stretches():
    """Late numbers fill holes and join what lies on both sides."""
    numbers = [n for n in range(1, 60) if n % 7]
    for seed in range(20):
        shuffled = numbers[:]
        Random(seed).shuffle(shuffled)
        numbering = Numbering()
        numbering.take(59, told(100))
        for number in shuffled:
            if number != 59:
                numbering.take(number, told(number))
        assert numbering.missing == 8
        assert [gap for gap, _count in numbering.gaps()] == [7, 14, 21, 28, 35, 42, 49, 56]


def test_more_holes_than_are_kept_are_counted_as_lost(monkeypatch):
    """The oldest first; none is forgotten in the sum."""
    monkeypatch.setattr(rules, "MOST_STRETCHES", 5)
    numbering = Numbering()
    for n in range(20):
        numbering.take(1 + 2 * n, told(n))
    assert len(numbering.stretches) == 5
    assert numbering.missing == 19


def test_a_numbering_that_began_again_keeps_what_ended():
    """The run that ended is handed on with its stretches."""
    numbering = Numbering()
    for number, second in ((1, 1), (2, 2), (1, 3), (2, 4), (1, 5)):
        numbering.take(number, told(second))
    assert numbering.run == 3
    assert numbering.ended == [(1, [Stretch(1, 2)]), (2, [Stretch(1, 2)])]
