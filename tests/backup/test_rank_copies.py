"""The 3-2-1-1-0 rule and the order of copies on a bad day, from plain facts."""

from datetime import UTC, datetime, timedelta

import pytest

from tutela.backup import choosing, panel
from tutela.backup.choosing import Offered
from tutela.backup.panel import Held
from tutela.base import ids

NOW = datetime(2026, 5, 4, tzinfo=UTC)
DAY = timedelta(days=1)


def held(**facts):
    given = {
        "target": "near", "media": "server", "offsite": False, "lock": "none", "lock_until": None,
        "level": 2, "bad": False,
    }  # fmt: skip
    return Held(**{**given, **facts})


def states(copies, errors=0):
    return {one.code: one.state for one in panel.panel(copies, errors, NOW, NOW).parts}


def test_an_installation_alone_meets_nothing():
    """And no errors are unknown, not good, where nothing was opened."""
    found = states([])
    assert set(found.values()) == {"short", "unknown"}
    assert found["errors"] == "unknown"


def test_two_copies_one_far_and_locked_meet_the_rule():
    far = held(target="far", media="object", offsite=True, lock="compliance", lock_until=NOW + DAY)
    assert set(states([held(), far]).values()) == {"good"}


@pytest.mark.parametrize(
    ("change", "part"),
    [
        ({"lock_until": NOW - DAY}, "immutable"),
        ({"lock": "none"}, "immutable"),
        ({"offsite": False}, "offsite"),
        ({"bad": True}, "copies"),
    ],
)
def test_what_is_missing_is_named(change, part):
    """A lock that ended, none, nothing elsewhere, a copy with a verdict against it."""
    far = {
        "target": "far",
        "media": "object",
        "offsite": True,
        "lock": "compliance",
        "lock_until": NOW + DAY,
    }
    assert states([held(), held(**far | change)])[part] == "short"


def test_no_errors_are_good_only_once_every_copy_was_opened():
    assert states([held(), held(level=1)])["errors"] == "unknown"
    assert states([held()], errors=1)["errors"] == "short"


def test_data_and_keys_are_as_good_as_the_weaker():
    good = panel.panel([held(), held(offsite=True)], 0, NOW, NOW)
    none = panel.panel([], 0, None, NOW)
    assert [one.value for one in panel.weaker(good, none)] == [one.value for one in none.parts]


def offered(days, **facts):
    given = {"offsite": True, "lock": "none", "level": 2, "bad": False, "keys": True}
    return Offered(id=ids.uuid7(), taken=NOW - days * DAY, **{**given, **facts})


def test_the_newest_copy_that_is_known_to_open_comes_first():
    """A newer one that nobody has opened comes after it; nearer ones before those far away."""
    newest, unknown, old = offered(1, offsite=False), offered(0, level=1), offered(9)
    far = offered(1)
    assert choosing.ordered([old, unknown, far, newest], "database", None) == [
        newest,
        far,
        old,
        unknown,
    ]


def test_what_cannot_come_back_is_never_offered():
    """A broken copy, one whose keys are gone, and after a fire what lay in the same building."""
    copies = [offered(1, bad=True), offered(1, keys=False), offered(1, offsite=False)]
    assert choosing.ordered(copies, "machine", None) == []
    assert choosing.ordered(copies, "database", None) == copies[2:]


def test_after_an_attack_what_nobody_could_change_comes_first():
    """However much newer the other is; and nothing from after the damage."""
    locked, open_one, after = offered(5, lock="compliance"), offered(2), offered(0)
    found = choosing.ordered([after, open_one, locked], "attack", NOW - DAY)
    assert found == [locked, open_one]
