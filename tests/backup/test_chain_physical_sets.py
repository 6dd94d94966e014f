"""Which physical sets belong together: decided from their facts alone."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tutela.backup.physical import chains, positions
from tutela.backup.physical.chains import Link, Logged, Why

START = datetime(2026, 1, 5, 2, tzinfo=UTC)
MEGA = positions.SEGMENT
SERVER = chains.Server(system=7, timeline=1, summarized_from=0)


def link(number, kind="incremental", **other):
    """The n-th set of a chain, one a day, 20 files of the log apart."""
    told = Link(
        name=f"s{number}", kind=kind, parent=f"s{number - 1}" if kind == "incremental" else "", system=7, timeline=1,
        start=(100 + 20 * number) * MEGA, end=(101 + 20 * number) * MEGA + 5, bytes_plain=100 if number else 1000,
        ended_at=START + timedelta(days=number),
    )  # fmt: skip
    return replace(told, **other)


def week(count=3):
    return [link(0, "base"), *(link(n) for n in range(1, count))]


def by_name(links):
    return {one.name: one for one in links}


def logged(first, last, **other):
    names = [positions.name_of(1, n) for n in (first, last)]
    return replace(Logged(f"w{first}", 7, *names, START + timedelta(minutes=first)), **other)


@pytest.mark.parametrize(
    ("latest", "server", "days", "expected"),
    [
        ([], SERVER, 0, ("base", Why.FIRST)),
        (week(), SERVER, 3, ("incremental", Why.FOLLOWS)),
        (week(), replace(SERVER, system=8), 3, ("base", Why.OTHER_CLUSTER)),
        (week(), replace(SERVER, timeline=2), 3, ("base", Why.OTHER_TIMELINE)),
        (week(), replace(SERVER, summarized_from=None), 3, ("base", Why.NOT_SUMMARIZED)),
        (week(), replace(SERVER, summarized_from=141 * MEGA), 3, ("base", Why.NOT_SUMMARIZED)),
        (week(7), SERVER, 6.5, ("base", Why.LONG)),
        (week(), SERVER, 7, ("base", Why.OLD)),
        ([link(0, "base"), link(1, bytes_plain=500)], SERVER, 2, ("base", Why.LARGE)),
    ],
)
def test_the_next_one_is_a_base_whenever_a_chain_cannot_go_on(latest, server, days, expected):
    assert chains.next_kind(latest, server, START + timedelta(days=days)) == expected


def test_a_set_needs_all_down_to_its_base():
    links = by_name(week(4))
    assert [one.name for one in chains.chain_of("s2", links)] == ["s0", "s1", "s2"]
    assert [one.name for one in chains.chain_of("s0", links)] == ["s0"]


def test_a_missing_link_is_named():
    links = by_name(week(4))
    del links["s1"]
    with pytest.raises(chains.ChainBroken, match="s1"):
        chains.chain_of("s3", links)


def test_a_circle_is_no_chain():
    """A manifest that names itself, or each other, must not hang a restore."""
    with pytest.raises(chains.ChainBroken):
        chains.chain_of("s1", by_name([link(1, parent="s2"), link(2)]))


def test_a_moment_takes_the_last_set_before_it():
    links = by_name(week(4))
    until = START + timedelta(days=2, hours=5)
    assert [one.name for one in chains.newest_before(until, links)] == ["s0", "s1", "s2"]
    assert chains.newest_before(START - timedelta(days=1), links) == []
    del links["s2"]
    assert [one.name for one in chains.newest_before(until, links)] == ["s0", "s1"]


def test_the_log_goes_on_where_the_chain_ends():
    """File 101 holds the end of the base, so the log is needed from there."""
    chain = [link(0, "base")]
    kept = [logged(110, 120), logged(90, 99), logged(100, 105), logged(106, 109)]
    found = chains.log_for(chain, kept, None)
    assert [one.name for one in found] == ["w100", "w106", "w110"]
    assert chains.reaches_until(chain, found) == START + timedelta(minutes=110)
    until = START + timedelta(minutes=106)
    assert [one.name for one in chains.log_for(chain, kept, until)] == ["w100", "w106"]


def test_a_hole_in_the_log_is_named():
    chain = [link(0, "base")]
    with pytest.raises(chains.ChainBroken, match="w100"):
        chains.log_for(chain, [logged(100, 105), logged(107, 109)], None)
    with pytest.raises(chains.ChainBroken, match="s0"):
        chains.log_for(chain, [logged(102, 105)], None)


def test_the_log_of_another_cluster_is_no_log():
    assert chains.log_for([link(0, "base")], [logged(100, 105, system=8)], None) == []


def test_what_no_moment_of_the_window_needs_is_given_up():
    """Two chains, a week each; the older one goes when the younger one's base has left the window."""
    old = [link(0, "base"), link(1), link(2)]
    new = [
        replace(link(n, "base" if n == 7 else "incremental"), parent="" if n == 7 else f"s{n - 1}")
        for n in (7, 8)
    ]
    logs = [logged(100, 110), logged(239, 240), logged(241, 260)]
    window = timedelta(days=3)
    within = START + timedelta(days=9)
    assert chains.expired([*old, *new], logs, within, window) == set()
    after = START + timedelta(days=10)
    assert chains.expired([*old, *new], logs, after, window) == {
        "s0",
        "s1",
        "s2",
        "w100",
        "w239",
    } - {one.name for one in logs if positions.count_of(one.last) >= new[0].start // MEGA}


def test_the_newest_chain_stays_however_old_it_is():
    assert (
        chains.expired(week(), [logged(100, 110)], START + timedelta(days=999), timedelta(days=3))
        == set()
    )


def test_a_set_whose_chain_is_broken_stays_for_its_window():
    """It may be mended by a copy elsewhere; then it goes."""
    links = [link(0, "base"), link(5, parent="s4")]
    assert chains.expired(links, [], START + timedelta(days=6), timedelta(days=3)) == set()
    assert chains.expired(links, [], START + timedelta(days=8), timedelta(days=3)) == {"s5"}


@pytest.mark.parametrize("segment", [1 << 20, positions.SEGMENT, 1 << 30])
def test_names_of_the_log_are_counted_through(segment):
    """Also over the end of four gigabytes, where the name's middle part goes on."""
    each = 0x100000000 // segment
    for count in (0, 1, each - 1, each, 5 * each + 3):
        name = positions.name_of(3, count, segment)
        assert positions.count_of(name, segment) == count
        assert positions.start_of(name, segment) == count * segment
    names = [positions.name_of(1, n, segment) for n in (each - 1, each, each + 2)]
    assert positions.gaps(names, segment) == [(names[1], names[2])]


@pytest.mark.parametrize("wrong", ["", "1", "1/", "g/0", "1/2/3", "123456789/0"])
def test_a_position_of_another_form_is_refused(wrong):
    with pytest.raises(ValueError, match="position"):
        positions.number(wrong)
    assert positions.text(positions.number("16/B374D848")) == "16/B374D848"
