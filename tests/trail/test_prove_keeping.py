"""The figure `access-log-kept` counts from the oldest leaf that is still there, in the database or in a sealed month."""

from datetime import timedelta

import pytest
from django.conf import settings

from tests.access import cast
from tests.trail.months import Past, month_ago, sequence
from tutela.access import trail_segments
from tutela.base import clock
from tutela.base.readings import Ask
from tutela.scorecard.board import line
from tutela.scorecard.rules import Cause, Status
from tutela.trail import evidence
from tutela.trail.segments import places, rows, rules, seal

TARGET = "access-log-kept"


@pytest.fixture(scope="module")
def house(database):
    cast.plant_branches()
    return [cast.hire(post).actor for post in ("compliance_officer", "security_admin")]


@pytest.fixture(scope="module")
def months(cluster, database, house, tmp_path_factory):
    """Three months of more than three years ago, each in files alone, and their folders of copies."""
    found = [month_ago(n, clock.today()) for n in (42, 41, 40)]
    with cluster.connect(database=database) as server:
        past = Past(server)
        for month in found:
            past.month(month, 5)
        server.commit()
    sequence()
    folders = [tmp_path_factory.mktemp(name) for name in ("one", "two")]
    settings.TUTELA_TRAIL_COPIES = [str(folder) for folder in folders]
    seal.work()
    yield [places.working_folder(), *folders]
    settings.TUTELA_TRAIL_COPIES = []


def now():
    day = clock.today()
    return Ask(target=TARGET, begins=day, ends=day + timedelta(days=1))


def days_since(at):
    return (clock.now() - at).days


def test_a_young_installation_is_on_course_and_never_met(house):
    """It says since when the log is kept, and on which day it will be a year."""
    told = line(TARGET, clock.now())
    assert (told.status, told.cause) == (Status.AT_RISK, Cause.BUILDING)
    oldest, newest = evidence.rows(now())
    assert oldest.facts["year_on"] == f"{oldest.at.astimezone() + timedelta(days=365):%Y-%m-%d}"
    assert (newest.facts["verified"], newest.facts["witnessed"]) == ("none_yet", "none_yet")
    late = line(TARGET, clock.now() + timedelta(days=364))
    assert late.status is not Status.MET


def test_sealed_months_count_when_the_database_has_given_them_up(months):
    """The oldest is of the first month, and named by it."""
    first = rows.segments()[-1]
    (told,) = evidence.read([now()])
    assert told.value == days_since(first.begins_at)
    oldest, _ = evidence.rows(now())
    assert (oldest.id, oldest.facts["segment"]) == (str(first.sealed_leaf), rules.text(first.month))
    assert "year_on" not in oldest.facts
    assert line(TARGET, clock.now()).status is Status.MET


def test_a_month_that_nothing_holds_any_more_ends_what_is_kept(months):
    """Files and copies lost: the log is kept from the month after it. A copy that is right is enough."""
    _, second, _ = rows.segments()[::-1]
    third = rows.segments()[0]
    kept = {folder: (folder / second.files[0].name).read_bytes() for folder in months}
    for folder in months[:2]:
        (folder / second.files[0].name).unlink()
    seal.check(seal.BY_SYSTEM, second)
    assert evidence.read([now()])[0].value == days_since(rows.segments()[-1].begins_at)
    assert (
        next(row for row in evidence.rows(now()) if row.facts["leaf"] == "newest").facts[
            "standing_faults"
        ]
        == 1
    )
    (months[2] / second.files[0].name).unlink()
    seal.copy(second)
    assert evidence.read([now()])[0].value == days_since(third.begins_at)
    for folder, data in kept.items():
        (folder / second.files[0].name).write_bytes(data)
    seal.copy(second)
    seal.check(seal.BY_SYSTEM, second)
    assert evidence.read([now()])[0].value == days_since(rows.segments()[-1].begins_at)


def test_a_purge_shortens_what_is_kept_from_that_day_on(months, house):
    """A past day's figure stays what it was."""
    first, second = house
    before = rows.segments()[-1]
    order = trail_segments.propose_purge(first, before.name, "retention_over")
    trail_segments.approve_purge(second, order)
    (told,) = evidence.read([now()])
    assert told.value == days_since(rows.segments()[-2].begins_at)
    day = clock.today() - timedelta(days=3)
    (past,) = evidence.read([Ask(target=TARGET, begins=day, ends=day + timedelta(days=1))])
    assert past.value is None or past.value > told.value
