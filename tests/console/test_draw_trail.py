"""The pictures of the trail: places of days, sums, a person beside peers."""

from datetime import date, timedelta

from tutela.console import trail_figures
from tutela.trail.figures import Tally
from tutela.web import figures

FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)


def test_a_day_stands_in_its_week_and_row():
    """Weeks are columns, Monday is the first row."""
    drawn = figures.calendar({date(2026, 1, 5): 3}, FIRST, LAST)
    (one,) = [square for square in drawn.squares if square.number]
    assert (one.at_x, one.at_y) == (figures.CELL, 0)
    assert len(drawn.squares) == 365
    assert (drawn.total, drawn.active, drawn.busiest[0]) == (3, 1, (date(2026, 1, 5), 3))


def test_more_accesses_are_a_larger_square():
    """Told by size; a day without any has none."""
    days = {FIRST + timedelta(days=n): number for n, number in enumerate((0, 1, 26, 51, 100))}
    drawn = figures.calendar(days, FIRST, LAST)
    sides = [square.side for square in drawn.squares[:5]]
    assert sides == sorted(set(sides))
    assert sides[0] == 0


def test_the_table_has_every_month_and_the_same_sum():
    """The newest first, those without accesses too."""
    drawn = figures.calendar({date(2026, 3, 31): 2, date(2026, 3, 1): 1}, FIRST, LAST)
    assert [month.month for month, _, _ in drawn.by_month] == list(range(12, 0, -1))
    assert drawn.by_month[-3] == (date(2026, 3, 1), 3, 2)


def test_a_period_of_one_day_is_drawn():
    """Nothing is divided by nothing."""
    drawn = figures.calendar({}, FIRST, FIRST)
    assert (drawn.total, drawn.width, drawn.busiest) == (0, figures.CELL, [])


def test_entries_are_summed_by_what_was_shown():
    """A refusal is none of the others, whatever it was of."""

    def tally(event: str, outcome: str, leaves: int) -> Tally:
        return Tally(
            day=FIRST, actor_kind="staff", actor_id="x", event=event, purpose="", outcome=outcome, leaves=leaves,
        )  # fmt: skip

    told = [
        tally("a", "allow", 1),
        tally("a", "deny", 2),
        tally("b", "allow", 4),
        tally("c", "allow", 8),
    ]
    summed = trail_figures.sums(told, {"a"}, {"b"})
    assert (summed.clear, summed.masked, summed.refused, summed.other) == (1, 4, 2, 8)
    assert (summed.looks, summed.total) == (5, 15)


def test_a_person_stands_beside_the_others_of_the_post():
    """Median and highest are of the others alone."""
    one = figures.beside("me", {"me": 10, "a": 0, "b": 4, "c": 40})
    assert (one.own, one.peers, one.median, one.most, one.rank) == (10, 3, 4, 40, 2)
    assert (one.place, one.marks) == (250, [0, 100, 1000])


def test_without_peers_or_accesses_nothing_is_compared_wrongly():
    """A post of one person has no comparison; zeros stand together."""
    assert figures.beside("me", {"me": 3}) is None
    none = figures.beside("me", {"me": 0, "a": 0})
    assert (none.place, none.marks, none.rank) == (0, [0], 1)
