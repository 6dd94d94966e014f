"""The hours of a day, a person beside peers."""

from tutela.web import figures


def test_a_busy_hour_is_the_highest_bar_and_peers_stand_beside_it():
    drawn = figures.hours({9: 3, 22: 1}, {9: 10, 10: 10})
    assert len(drawn) == 24
    assert (drawn[9].number, drawn[9].share, drawn[9].height) == (3, 75, 1000)
    assert (drawn[9].peer_share, drawn[9].peer) == (50, 666)
    assert (drawn[22].share, drawn[22].peer_share) == (25, 0)


def test_nothing_at_all_is_24_empty_hours():
    assert not any(bar.height or bar.peer for bar in figures.hours({}, {}))
