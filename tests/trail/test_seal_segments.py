"""A month that is over is sealed to files, copied twice, checked again, given up by the database, and still found."""

import gzip
import json
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.utils import timezone

from tests.trail.conftest import CLERK
from tests.trail.months import Past, month_ago, sequence
from tutela.base import clock
from tutela.crypto import merkle
from tutela.trail import figures, leaves, queries, verification
from tutela.trail.errors import SegmentUnreadable
from tutela.trail.segments import actions, cold, files, leaves_file, places, rows, rules, seal
from tutela.vault import events as vault_events

pytestmark = pytest.mark.usefixtures("database")
ALICE = ("customer", str(uuid4()))


@pytest.fixture(scope="module")
def stage(cluster, database):
    """Three months of long ago, each of forty leaves, with a straggler over the first border; and where copies go."""
    with cluster.connect(database=database) as server:
        past = Past(server)
        months = [month_ago(n, clock.today()) for n in (20, 19, 18)]
        for month in months:
            past.month(month, 39)
            past.leaf(rules.ends(month) - timedelta(seconds=2), subjects=(ALICE,), purpose="legal")
        server.commit()
    sequence()
    return months


@pytest.fixture(scope="module")
def copies(tmp_path_factory):
    folders = [tmp_path_factory.mktemp("one"), tmp_path_factory.mktemp("two")]
    settings.TUTELA_TRAIL_COPIES = [str(folders[0]), f"file://{folders[1]}"]
    yield folders
    settings.TUTELA_TRAIL_COPIES = []


def test_months_that_are_over_are_sealed_copied_and_cooled(stage, copies):
    """One run does all that is due; what was found before is found after."""
    before = queries.leaves(queries.LeafFilter(until=rules.ends(stage[-1])), limit=1000)
    done = seal.work()
    assert done.sealed == done.cooled == [rules.text(month) for month in stage]
    assert done.faults == []
    after = queries.leaves(queries.LeafFilter(until=rules.ends(stage[-1])), limit=1000)
    assert len(before) == 120
    assert after == before
    again = seal.work()
    assert (again.sealed, again.checked, again.copied, again.cooled) == ([], [], [], [])


def segments():
    return rows.segments()[::-1]


def test_what_files_hold_is_searched_like_what_the_database_holds(stage, copies):
    """By customer, person, event, purpose, outcome and time, page by page, and one entry by its id."""
    everything = queries.leaves(limit=1000)
    assert [row.at for row in everything] == sorted((row.at for row in everything), reverse=True)
    of_alice = queries.leaves(queries.LeafFilter(subject=ALICE))
    assert [row.purpose for row in of_alice] == ["legal"] * 3
    assert queries.leaves(queries.LeafFilter(subject=ALICE, purpose="claim")) == []
    first = queries.leaves(queries.LeafFilter(actor_id=CLERK.id), limit=50)
    second = queries.leaves(queries.LeafFilter(actor_id=CLERK.id), limit=100, before=first[-1].id)
    assert [row.id for row in [*first, *second]] == [
        row.id for row in everything if row.actor_id == CLERK.id
    ]
    assert queries.leaf(of_alice[0].id) == of_alice[0]
    since = of_alice[1].at
    found = queries.leaves(queries.LeafFilter(since=since, until=of_alice[0].at), limit=1000)
    assert [row.id for row in found] == [
        row.id for row in everything if since <= row.at < of_alice[0].at
    ]
    names = (vault_events.FIELD_REVEALED.name, vault_events.HISTORY_VIEWED.name)
    assert len(queries.leaves(queries.LeafFilter(events=names, outcome="allow"), limit=1000)) >= 120


def test_counts_take_in_what_files_hold(stage, copies):
    """The pictures of the trail's pages, and whom the trail names."""
    since, until = rules.starts(stage[0]), clock.now()
    counted = figures.of_subject(ALICE, since, until, "Asia/Shanghai")
    assert sum(one.leaves for one in counted) == 3
    assert {(one.event, one.purpose) for one in counted} == {("vault.field.revealed", "legal")}
    days = {timezone.localdate(row.at) for row in queries.leaves(queries.LeafFilter(subject=ALICE))}
    assert {one.day for one in counted} == days
    assert sum(one.leaves for one in figures.of_actor(CLERK.id, since, until, "UTC")) >= 120
    known = figures.known("customer", [ALICE[1], str(uuid4())])
    assert (list(known), known[ALICE[1]].leaves) == ([ALICE[1]], 3)
    assert figures.by_actor([CLERK.id], ["vault.field.revealed"], since, until)[CLERK.id] >= 120


def test_every_leaf_comes_back_to_the_byte(stage, copies):
    """The hash of each is that of its place in the tree."""
    for segment in segments():
        hashes = list(seal.hashes_of(1)(segment.first, segment.leaves))
        for index in (segment.first, segment.last):
            data = cold.exact(1, index)
            assert merkle.leaf_hash(data) == hashes[index - segment.first]
            key = UUID(leaves.read(data)["id"])
            assert cold.place_of(key) == (1, index)
            assert queries.hash_of(key) == hashes[index - segment.first]
    assert cold.exact(1, 10_000_000) is None


def test_segments_follow_each_other_without_a_gap(stage, copies):
    """Each index stands in one segment, and the seal's leaf tells what its row does."""
    ends = 0
    for segment in segments():
        assert segment.first == ends
        ends = segment.last + 1
        told = queries.leaf(segment.sealed_leaf).detail
        held = segment.written
        assert told == actions.sealed_detail(1, segment.month, held) | {
            "matrices": told["matrices"]
        }
        assert (told["range"], told["file"]) == (
            held.contents.span_hash.hex(),
            held.leaves.sha256.hex(),
        )
    assert ends == 120


def test_the_log_is_whole_after_the_database_gave_months_up(stage, copies):
    """Chains go on where the month that went had left them."""
    assert verification.run().walk.findings == []


def test_copies_cannot_be_written_and_say_until_when(stage, copies):
    """Two of each file, read-only, the last day of keeping as their time of last access."""
    for folder in copies:
        found = sorted(folder.iterdir())
        assert len(found) == 6
        for path in found:
            assert path.stat().st_mode & 0o777 == 0o400
    (segment, *_) = segments()
    at = (copies[0] / segment.files[0].name).stat().st_atime
    assert at == rules.starts_of_day(segment.keep_until).timestamp()
    assert segment.keep_until == rules.plus(segment.month, 37)


def _alter(path, place, data):
    path.chmod(0o600)
    old = path.read_bytes()
    path.write_bytes(old[:place] + data + old[place + len(data) :])
    return old


def test_an_altered_file_is_named_with_the_first_wrong_index(stage, copies):
    """And answers come from a copy meanwhile, until the file is brought back."""
    segment = segments()[1]
    path = places.working_folder() / segment.files[0].name
    held = [(row, leaf) for row, leaf, _ in files.read(path)]
    other = [leaf for _, leaf in held]
    other[7] = other[7][:20] + b"x" + other[7][21:]
    forged = files.write(path.parent, "forged", segment.first, enumerate(other, segment.first))
    (path.parent / forged.leaves.name).replace(path)
    found = seal.check(seal.BY_SYSTEM, segment)
    assert (found.fault, found.bad_index) == (rules.Fault.LEAF, segment.first + 7)
    assert rows.segment(1, segment.month).fault == rules.Fault.LEAF
    assert len(queries.leaves(queries.LeafFilter(subject=ALICE))) == 3
    assert seal.restore(seal.BY_SYSTEM, segment).fault == ""
    assert rows.segment(1, segment.month).fault == ""


def test_an_old_copy_of_a_month_is_named_too(stage, copies):
    """A file that lacks the last leaf, put in the place of the sealed one."""
    segment = segments()[2]
    path = places.working_folder() / segment.files[0].name
    whole = path.read_bytes()
    shorter = [leaf for _, leaf, _ in files.read(path)][:-1]
    older = files.write(path.parent, "older", segment.first, enumerate(shorter, segment.first))
    (path.parent / older.leaves.name).replace(path)
    found = seal.check(seal.BY_SYSTEM, segment)
    assert (found.fault, found.bad_index) == (rules.Fault.LEAF, segment.last)
    path.write_bytes(whole[:-1] + b"?")
    assert seal.check(seal.BY_SYSTEM, segment).fault in {
        rules.Fault.UNREADABLE,
        rules.Fault.ALTERED,
    }
    path.unlink()
    assert seal.check(seal.BY_SYSTEM, segment).fault == rules.Fault.MISSING
    assert seal.restore(seal.BY_SYSTEM, segment).fault == ""


def test_a_month_without_a_good_file_is_an_error_and_no_empty_list(stage, copies):
    """Nobody may read "nobody looked" where it means "cannot be read"."""
    segment = segments()[0]
    paths = [folder / segment.files[1].name for folder in (places.working_folder(), *copies)]
    kept = [_alter(path, 40, b"12345678") for path in paths]
    with pytest.raises(SegmentUnreadable):
        queries.leaves(queries.LeafFilter(subject=ALICE))
    for path, data in zip(paths, kept, strict=True):
        path.write_bytes(data)
    assert len(queries.leaves(queries.LeafFilter(subject=ALICE))) == 3


def test_a_damaged_copy_is_found_when_it_is_due(stage, copies, monkeypatch):
    """Every file and copy is read again each month; the database gives up no month with fewer than two good ones."""
    segment = segments()[0]
    path = copies[1] / segment.files[0].name
    kept = _alter(path, 100, b"--------")
    later = clock.now() + timedelta(days=rules.CHECK_DAYS)
    monkeypatch.setattr(clock, "now", lambda: later)
    done = seal.work()
    assert (len(done.checked), len(done.copied)) == (3, 3)
    (bad,) = [one for one in rows.copies() if one.fault]
    assert (bad.month, bad.place, bad.fault) == (
        segment.month,
        f"file://{copies[1]}",
        "file_altered",
    )
    path.write_bytes(kept)
    seal.work()
    assert [one for one in rows.copies() if one.fault] == []


def test_the_leaves_file_is_read_without_any_library(stage, copies):
    """Hashes of the tree and exact leaves, in blocks that end where a tile does."""
    segment = segments()[1]
    data = gzip.decompress(b"".join(leaves_file.pieces(segment)))
    form, line, body = data.split(b"\n", 2)
    told = json.loads(line)
    assert form == b"tutela/segment-leaves@v1"
    assert (told["first"], told["count"], told["seal"]) == (
        segment.first, segment.leaves, str(segment.sealed_leaf),
    )  # fmt: skip
    tree, at, index = merkle.CompactRange(segment.first, segment.first), 0, segment.first
    while index <= segment.last:
        block = min((index // 256 + 1) * 256, segment.last + 1) - index
        hashes = [body[at + 32 * n : at + 32 * n + 32] for n in range(block)]
        at += 32 * block
        for leaf_hash in hashes:
            size = int.from_bytes(body[at : at + 2])
            assert merkle.leaf_hash(body[at + 2 : at + 2 + size]) == leaf_hash
            tree.append(leaf_hash)
            at += 2 + size
        index += block
    assert at == len(body)
    assert [node.hex() for node in tree.nodes] == told["range"]
