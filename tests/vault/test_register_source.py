"""Who feeds the vault is registered, changed and closed by two people."""

import pytest
from django.db import DatabaseError, connection, transaction

from tests.access import cast
from tests.access.cast import Member
from tutela.access import queries as people
from tutela.access.errors import PermissionMissing, StaffUnknown
from tutela.trail import queries as trail
from tutela.vault import events, feeds
from tutela.vault.actions import sources
from tutela.vault.catalogue import Collection
from tutela.vault.errors import (
    AlreadyDecided,
    SecondPersonIsFirst,
    SourceBad,
    SourceUnknown,
    SourceWaiting,
)


@pytest.fixture(scope="module")
def machine(database: str) -> Member:
    cast.plant_branches()
    return cast.hire("machine")


def people_of_two() -> tuple[Member, Member]:
    return cast.hire("data_steward"), cast.hire("security_admin")


def test_the_first_run_registers_the_host(machine: Member):
    """The shell feeds `core` from the first day, and only that."""
    staff = people.staff_by_login(people.LOCAL_OPERATOR)
    (row,) = [one for one in feeds.in_force() if one.machine == staff.id]
    assert (row.code, row.proposed_by, row.is_open) == ("core", "system", True)


def test_a_source_is_in_force_when_another_person_confirms(machine: Member):
    """Not before, for its collections only; each step has its leaf."""
    first, second = people_of_two()
    proposal = sources.propose_source(first.actor, "claims", machine.staff.login, ["claim"])
    assert not feeds.is_feed(machine.actor, "claims", Collection.CLAIM)
    with pytest.raises(SecondPersonIsFirst):
        sources.approve_source(first.actor, proposal)
    sources.approve_source(second.actor, proposal)
    assert feeds.is_feed(machine.actor, "claims", Collection.CLAIM)
    assert not feeds.is_feed(machine.actor, "claims", Collection.CUSTOMER)
    leaf = trail.leaves(trail.LeafFilter(event=events.SOURCE_REGISTERED.name))[0]
    assert (leaf.actor_id, leaf.detail["source"]) == (second.actor.id, "claims")


def test_a_change_and_a_closing_take_two_people_too(machine: Member):
    """The newest that was confirmed counts."""
    first, second = people_of_two()
    for collections, is_open in ((["claim", "policy"], True), (["claim"], False)):
        proposal = sources.propose_source(
            first.actor, "claims", machine.staff.login, collections, is_open=is_open
        )
        with pytest.raises(SourceWaiting):
            sources.propose_source(second.actor, "claims", machine.staff.login, ["claim"])
        sources.approve_source(second.actor, proposal)
        assert feeds.is_feed(machine.actor, "claims", Collection.POLICY) is is_open
    assert not feeds.is_feed(machine.actor, "claims", Collection.CLAIM)


def test_a_refused_proposal_is_over(machine: Member):
    """Whoever proposed may take it back."""
    first, second = people_of_two()
    proposal = sources.propose_source(first.actor, "life", machine.staff.login, ["policy"])
    sources.refuse_source(first.actor, proposal)
    with pytest.raises(AlreadyDecided):
        sources.approve_source(second.actor, proposal)
    with pytest.raises(SourceUnknown):
        sources.approve_source(second.actor, machine.staff.id)


@pytest.mark.parametrize("code", ["", "310101199001011237", "a b", "x" * 41, "核心"])
def test_a_name_that_is_none_is_refused(machine: Member, code: str):
    """A source is a system: letters, digits, dashes, and never a run of six digits."""
    with pytest.raises(SourceBad):
        sources.propose_source(people_of_two()[0].actor, code, machine.staff.login, ["policy"])


def test_only_machines_feed_and_only_named_posts_register(machine: Member):
    """A person's account is no feed; a branch manager registers nobody."""
    first, _ = people_of_two()
    with pytest.raises(StaffUnknown):
        sources.propose_source(first.actor, "life", first.staff.login, ["policy"])
    with pytest.raises(PermissionMissing):
        sources.propose_source(
            cast.hire("branch_manager").actor, "life", machine.staff.login, ["policy"]
        )


def test_the_table_refuses_one_person_twice_and_keeps_every_row(machine: Member):
    """By raw SQL as the application: no deletion, no other machine, nobody confirms alone."""
    first, _ = people_of_two()
    proposal = sources.propose_source(first.actor, "raw", machine.staff.login, ["policy"])
    for statement in (
        "DELETE FROM vault.source WHERE source_id = %s",
        "UPDATE vault.source SET machine_id = gen_random_uuid() WHERE source_id = %s",
        """UPDATE vault.source SET state = 2, decided_by = proposed_by, decided_at = now()
            WHERE source_id = %s""",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, (proposal,))
