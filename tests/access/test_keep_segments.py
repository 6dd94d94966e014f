"""Sealed months are seen, held and purged by those who may, and what was purged is said."""

import gzip
import json
from uuid import uuid4

import pytest
from django.conf import settings

import tutela_verify
from tests.access import cast
from tests.trail.months import Past, month_ago, sequence
from tutela.access import trail_segments
from tutela.access.actions.people import disable_staff
from tutela.access.errors import PermissionMissing
from tutela.base import clock
from tutela.base.actor import SYSTEM
from tutela.base.free_text import CustomerValueInText
from tutela.crypto import merkle
from tutela.notices.models import Notice
from tutela.trail import errors, queries
from tutela.trail import queries as trail
from tutela.trail.queries import LeafFilter
from tutela.trail.segments import cold, places, rows, rules, seal
from tutela.trail.tree import proof_files, proofs, state, witnesses

ALICE = ("customer", str(uuid4()))


@pytest.fixture(scope="module")
def months(cluster, tree, database, tmp_path_factory):
    """Four months of more than three years ago and one of fifteen months ago, sealed and given up by the database."""
    found = [month_ago(n, clock.today()) for n in (45, 44, 43, 42, 15)]
    with cluster.connect(database=database) as server:
        past = Past(server)
        for month in found:
            past.month(month, 20, subjects=(ALICE,))
        server.commit()
    sequence()
    settings.TUTELA_TRAIL_COPIES = [str(tmp_path_factory.mktemp(name)) for name in ("one", "two")]
    seal.work()
    yield [rules.text(month) for month in found]
    settings.TUTELA_TRAIL_COPIES = []


@pytest.fixture(scope="module")
def officers(months):
    return [cast.hire(post).actor for post in ("compliance_officer", "security_admin")]


def of_alice(**more):
    return len(queries.leaves(queries.LeafFilter(subject=ALICE, **more), limit=1000))


def test_who_may_sees_the_months_and_what_is_there_of_them(months, officers):
    """The newest first, with their copies; a clerk sees none."""
    listed = trail_segments.list_segments(cast.hire("auditor").actor)
    assert [one.segment.name for one in listed] == months[::-1]
    assert {one.good_copies for one in listed} == {2}
    assert {one.segment.state for one in listed} == {rules.State.COLD}
    with pytest.raises(PermissionMissing):
        trail_segments.list_segments(cast.hire("service_agent").actor)


def test_a_hold_wins_over_a_purge_that_waits_and_over_a_new_one(months, officers):
    """Placed and lifted with a reason; each is a leaf."""
    first, second = officers
    order = trail_segments.propose_purge(first, months[0], "retention_over")
    hold = trail_segments.place_hold(
        first, rows.segments()[-1].month, rows.segments()[-1].month, "Court asks for it"
    )
    with pytest.raises(errors.HoldStands):
        trail_segments.approve_purge(second, order)
    trail_segments.reject_purge(second, order)
    with pytest.raises(errors.HoldStands):
        trail_segments.propose_purge(second, months[0], "retention_over")
    (listed,) = [
        one for one in trail_segments.list_segments(first) if one.segment.name == months[0]
    ]
    assert [one.reason for one in listed.holds] == ["Court asks for it"]
    lift = trail_segments.propose_lift(first, hold, "The court has returned the files")
    with pytest.raises(errors.ProposalDecided):
        trail_segments.propose_lift(second, hold, "Again")
    with pytest.raises(errors.ProposalSamePerson):
        trail_segments.approve_lift(first, lift)
    assert rows.holds()[0].lifted_at is None
    trail_segments.approve_lift(second, lift)
    with pytest.raises(errors.HoldUnknown):
        trail_segments.propose_lift(first, hold, "Again")
    events = ("trail.hold.placed", "trail.hold.lift_proposed", "trail.hold.lifted")
    told = trail.leaves(trail.LeafFilter(events=events, outcome="allow"))
    assert [(row.event, row.actor_id) for row in reversed(told)] == [
        (events[0], first.id), (events[1], first.id), (events[2], second.id)
    ]  # fmt: skip
    assert {row.detail["hold"] for row in told} == {str(hold)}
    (lifted,) = [one for one in rows.holds() if one.id == hold]
    assert (lifted.lift_reason, lifted.lifted_by) == ("The court has returned the files", second.id)
    assert of_alice() == 100


def test_a_hold_stays_while_its_lifting_is_rejected_or_waits(months, officers):
    """Withdrawn by who asked, rejected by another, asked for by somebody who has left."""
    first, second = officers
    month = rows.segments()[-1].month
    hold = trail_segments.place_hold(first, month, month, "The regulator asks for it")
    for who in (first, second):
        trail_segments.reject_lift(who, trail_segments.propose_lift(first, hold, "It is over"))
    gone = cast.hire("security_admin")
    lift = trail_segments.propose_lift(gone.actor, hold, "It is over")
    disable_staff(SYSTEM, gone.staff)
    with pytest.raises(errors.ProposerGone):
        trail_segments.approve_lift(first, lift)
    trail_segments.reject_lift(first, lift)
    with pytest.raises(PermissionMissing):
        trail_segments.propose_lift(cast.hire("auditor").actor, hold, "Not mine to lift")
    with pytest.raises(errors.HoldStands):
        trail_segments.propose_purge(first, months[0], "retention_over")
    trail_segments.approve_lift(second, trail_segments.propose_lift(first, hold, "It is over"))


def test_a_purge_that_waits_is_told_to_who_may_decide_it(months, officers):
    """Not to who asked; it is settled, and who asked is told, when it is decided."""
    first, second = officers

    def told(kind):
        unread = Notice.objects.filter(kind=kind, read_at=None)
        return {str(key) for key in unread.values_list("recipient_id", flat=True)}

    order = trail_segments.propose_purge(first, months[0], "retention_over")
    assert second.id in told("purge_waits")
    assert first.id not in told("purge_waits")
    (notice,) = Notice.objects.filter(kind="purge_waits", recipient_id=second.id, read_at=None)
    assert (notice.params, notice.link) == ({"what": months[0]}, f"/trail/months/{months[0]}/")
    trail_segments.reject_purge(second, order)
    assert told("purge_waits") == set()
    assert first.id in told("trail_decision_made")


def test_a_reason_is_needed_and_names_no_customer(months, officers):
    """Months in their order, too."""
    month, later = rows.segments()[-1].month, rows.segments()[0].month
    with pytest.raises(errors.ReasonMissing):
        trail_segments.place_hold(officers[0], month, month, "  ")
    with pytest.raises(CustomerValueInText):
        trail_segments.place_hold(officers[0], month, month, "phone 13800138000")
    with pytest.raises(errors.MonthsBackwards):
        trail_segments.place_hold(officers[0], later, month, "Backwards")
    with pytest.raises(PermissionMissing):
        trail_segments.place_hold(officers[1], month, month, "Not mine to place")


def test_one_person_alone_purges_nothing(months, officers):
    """Nor the installation itself, nor for a month that must be kept or a basis that is none."""
    first, second = officers
    with pytest.raises(errors.PurgeTooEarly):
        trail_segments.propose_purge(first, months[4], "retention_over")
    with pytest.raises(errors.BasisUnknown):
        trail_segments.propose_purge(first, months[0], "because")
    with pytest.raises(errors.SegmentUnknown):
        trail_segments.propose_purge(first, "1999-01", "retention_over")
    with pytest.raises(PermissionMissing):
        trail_segments.propose_purge(SYSTEM, months[0], "retention_over")
    order = trail_segments.propose_purge(first, months[0], "retention_over")
    with pytest.raises(errors.PurgeDecided):
        trail_segments.propose_purge(second, months[0], "retention_over")
    with pytest.raises(errors.PurgeSamePerson):
        trail_segments.approve_purge(first, order)
    refused = trail.leaves(trail.LeafFilter(event="trail.purge.approved", outcome="deny"))
    assert (refused[0].actor_id, refused[0].code) == (first.id, "trail.purge_same_person")
    trail_segments.reject_purge(first, order)
    with pytest.raises(errors.PurgeDecided):
        trail_segments.approve_purge(second, order)


def test_who_requested_it_must_still_be_allowed_to(months, officers):
    """A request of somebody who left is rejected, not approved."""
    gone = cast.hire("compliance_officer")
    order = trail_segments.propose_purge(gone.actor, months[0], "retention_over")
    disable_staff(SYSTEM, gone.staff)
    with pytest.raises(errors.PurgeProposerGone):
        trail_segments.approve_purge(officers[1], order)
    trail_segments.reject_purge(officers[1], order)


def test_a_longer_retention_counts_from_the_day_it_is_set(months, officers, monkeypatch):
    """Also for months that were sealed before; never less than twelve months, whatever is set."""
    monkeypatch.setattr(settings, "TUTELA_TRAIL_KEEP_MONTHS", 60)
    with pytest.raises(errors.PurgeTooEarly):
        trail_segments.propose_purge(officers[0], months[0], "retention_over")
    assert rules.keep_until(rules.starts(rows.segments()[0].month), 1) == rules.plus(
        rows.segments()[0].month, 13
    )


def test_two_people_purge_a_month_and_the_rest_can_still_be_proved(months, officers):
    """Its seal, its checkpoint and its tiles stay; proofs made before still hold, as do those of other months."""
    first, second = officers
    purged, kept = trail_segments.named(months[1]), trail_segments.named(months[2])
    head = state.newest()
    leaf = merkle.leaf_hash(cold.exact(1, purged.first + 3))
    old = proofs.inclusion(1, purged.first + 3, head.size)
    order = trail_segments.propose_purge(first, months[1], "retention_over")
    gone = trail_segments.approve_purge(second, order)
    assert (gone.state, gone.basis) == (rules.State.PURGED, "retention_over")
    assert gone.emptied_at is not None
    for folder in (places.working_folder(), *(place.folder for place in places.places())):
        assert not any((folder / file.name).exists() for file in gone.files)
    merkle.verify_inclusion(leaf, purged.first + 3, head.size, old, head.root)
    assert proofs.inclusion(1, purged.first + 3, head.size) == old
    other = merkle.leaf_hash(cold.exact(1, kept.first))
    merkle.verify_inclusion(
        other, kept.first, head.size, proofs.inclusion(1, kept.first, head.size), head.root
    )
    assert cold.exact(1, purged.first + 3) is None
    (told,) = trail.leaves(trail.LeafFilter(event="trail.segment.purged"))
    assert (told.actor_id, told.detail["basis"], told.detail["range"]) == (
        second.id, "retention_over", purged.written.contents.span_hash.hex(),
    )  # fmt: skip
    assert queries.leaf(gone.sealed_leaf).detail["segment"] == months[1]


def test_a_question_about_a_purged_month_is_answered_by_who_purged_it(months, officers):
    """Not by an empty list; a question about another time is not bothered with it."""
    (gone,) = queries.purged()
    assert (gone.name, of_alice(), of_alice(since=gone.begins_at, until=gone.ends_at)) == (
        months[1],
        80,
        0,
    )
    assert queries.purged(queries.LeafFilter(since=gone.begins_at, until=gone.ends_at)) == [gone]
    assert queries.purged(queries.LeafFilter(since=clock.now())) == []
    with pytest.raises(errors.PurgeDecided):
        trail_segments.propose_purge(officers[0], months[1], "retention_over")
    with pytest.raises(errors.PurgeDecided):
        trail_segments.restore_segment(cast.hire("system_admin").actor, months[1])


def test_a_month_is_checked_on_demand_and_handed_out_with_a_leaf(months):
    """For whoever verifies it elsewhere."""
    admin = cast.hire("system_admin").actor
    assert trail_segments.check_segment(admin, months[3]).fault == ""
    auditor = cast.hire("auditor").actor
    data = b"".join(trail_segments.read_leaves(auditor, months[3]))
    assert data[:2] == b"\x1f\x8b"
    (told,) = trail.leaves(trail.LeafFilter(event="trail.segment.read"))
    assert (told.actor_id, told.detail["segment"]) == (auditor.id, months[3])
    with pytest.raises(PermissionMissing):
        trail_segments.read_leaves(admin, months[3])


def test_an_entry_of_a_month_that_left_the_database_is_still_proved(months):
    """By its exact bytes from the file, in the newest signed tree."""
    segment = trail_segments.named(months[3])
    wanted = LeafFilter(subject=ALICE, until=segment.ends_at)
    (row,) = queries.leaves(wanted, limit=1)
    proven = proof_files.of_leaf(row.id)
    assert json.loads(proven.leaf[16:])["id"] == str(row.id)


def test_the_entries_of_a_month_are_verified_without_tutela(months, tmp_path, capsys):
    """With the seal's own proof and the sealed file; one byte changed is named by its index."""
    sequence()
    segment = trail_segments.named(months[3])
    seal_proof = proof_files.of_leaf(segment.sealed_leaf)
    (tmp_path / "seal").write_text(seal_proof.text(), encoding="utf-8")
    policy = witnesses.policy_text()
    (tmp_path / "policy").write_text(policy, encoding="utf-8")
    data = b"".join(trail_segments.read_leaves(cast.hire("auditor").actor, months[3]))
    (tmp_path / "leaves").write_bytes(data)
    ask = [
        "segment",
        str(tmp_path / "leaves"),
        "--seal",
        str(tmp_path / "seal"),
        "--policy",
        str(tmp_path / "policy"),
    ]
    ask += [
        word
        for file in segment.files
        for word in ("--parquet", str(places.working_folder() / file.name))
    ]
    assert tutela_verify.main(ask) == 0, capsys.readouterr().out
    plain = bytearray(gzip.decompress(data))
    plain[-20] ^= 1
    (tmp_path / "leaves").write_bytes(gzip.compress(bytes(plain)))
    assert tutela_verify.main(ask) == 1
    assert str(segment.last) in capsys.readouterr().out.replace(",", "")
