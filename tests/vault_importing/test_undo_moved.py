"""What happened since an import that is undone: customers who went elsewhere, rows that still wait."""

from uuid import UUID

import pytest
from django.db import connection

from tests.access import cast
from tests.vault_importing import town as places
from tests.vault_importing.town import HEADER, Town, line
from tutela.trail import queries as trail
from tutela.vault import held_rows
from tutela.vault.actions import held_rows as deciding
from tutela.vault.actions import moves
from tutela.vault.errors import AlreadyDecided
from tutela.vault.importing import batches
from tutela.vault.queries import fetch
from tutela.vault.undo import actions, queries
from tutela.vault.undo.errors import UndoImpossible
from tutela.vault.undo.queries import Place, Step

WHY = "the wrong file"


@pytest.fixture(scope="module")
def town(database: str) -> Town:
    return places.settle()


def names_of(customer: str) -> int:
    """The version of the customer's record."""
    statement = "SELECT version FROM vault.record WHERE customer_id = %s"
    return int(fetch(statement, (customer,))[0][0])


def test_whom_two_people_have_moved_since_stays_there(town: Town):
    """The import's move is the past; the record alone goes back."""
    town.customer(1, "EAST")
    batch = UUID(town.bring(town.feed, HEADER + line(1, "EAST1", name="上官测试")).batch)
    customer, branch = places.place(1)
    assert branch == "EAST1"
    moves.approve_move(town.west, moves.propose_move(town.east, customer, "WEST", WHY))
    second = cast.hire("data_steward", "HQ").actor
    actions.propose_undo(town.steward, batch, WHY)
    actions.approve_undo(second, batch)
    assert actions.carry_out(second, batch).records == 1
    assert (places.place(1)[1], names_of(customer)) == ("WEST", 3)


def test_who_leaves_while_it_is_undone_keeps_what_they_have(
    town: Town, monkeypatch: pytest.MonkeyPatch
):
    """The two were asked about the branch in which the customer was, not about the new one."""
    for serial in (2, 3):
        town.customer(serial, "EAST")
    rows = "".join(line(serial, "EAST", name="诸葛测试") for serial in (2, 3))
    batch = UUID(town.bring(town.east, HEADER + rows).batch)
    gone, stays = (places.place(serial)[0] for serial in (2, 3))
    steward = cast.hire("data_steward", "EAST").actor
    actions.propose_undo(town.east, batch, WHY)
    actions.approve_undo(steward, batch)
    steps = queries.steps

    def leaving(batch: UUID, after: Place, limit: int) -> list[Step]:
        with connection.cursor() as cursor:
            told = (town.branches["WEST"], gone)
            cursor.execute("UPDATE vault.customer SET branch_id = %s WHERE customer_id = %s", told)
        return steps(batch, after, limit)

    monkeypatch.setattr(queries, "steps", leaving)
    order = actions.carry_out(steward, batch)
    assert (order.state, order.records, order.kept) == ("undone", 1, 1)
    assert (names_of(gone), names_of(stays)) == (2, 3)


def test_an_import_of_held_rows_alone_is_undone_once_one_was_accepted(town: Town):
    """It wrote nothing by itself, but what the steward accepted of it is its own."""
    town.customer(6, "EAST")
    batch = UUID(town.bring(town.west, HEADER + line(6, "WEST", name="夏侯测试")).batch)
    state = batches.state_of(batch)
    assert state
    assert not actions.is_offered(state)
    with pytest.raises(UndoImpossible):
        actions.propose_undo(town.steward, batch, WHY)
    (held,) = held_rows.waiting_rows(town.steward, batch)
    deciding.accept_held_row(town.steward, held.id, WHY)
    assert actions.is_offered(state)
    assert places.place(6)[1] == "WEST"
    second = cast.hire("data_steward", "HQ").actor
    actions.propose_undo(town.steward, batch, WHY)
    actions.approve_undo(second, batch)
    assert actions.carry_out(second, batch).records == 1
    assert places.place(6)[1] == "EAST"


def test_what_still_waits_of_the_import_waits_no_longer(town: Town):
    """A row of it that a steward has not decided would bring a part of the import back."""
    town.customer(4, "EAST")
    rows = line(4, "EAST", name="司徒测试") + line(5, "EAST", name="司空测试")
    batch = UUID(town.bring(town.east, HEADER + rows).batch)
    (held,) = held_rows.waiting_rows(town.steward, batch)
    steward = cast.hire("data_steward", "EAST").actor
    actions.propose_undo(town.east, batch, WHY)
    actions.approve_undo(steward, batch)
    assert held_rows.waiting_rows(town.steward, batch) == []
    with pytest.raises(AlreadyDecided):
        deciding.accept_held_row(town.steward, held.id, WHY)
    (leaf,) = trail.leaves(
        trail.LeafFilter(event="vault.import.undo_approved", actor_id=steward.id), limit=1
    )
    assert leaf.detail["held"] == 1
