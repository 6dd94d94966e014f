"""The steward's queue: what is held is looked at masked, and written or refused by another person, once."""

from uuid import UUID

import pytest

from tests.access import cast
from tests.vault.factories import id_number
from tests.vault_importing import town as places
from tests.vault_importing.town import HEADER, POLICY, Town, counts, line
from tutela.access.actions.people import assign_post
from tutela.access.errors import PermissionMissing
from tutela.base import clock
from tutela.base.actor import SYSTEM, Actor
from tutela.trail import queries as trail
from tutela.vault import events, held_rows
from tutela.vault.actions import claims, verify
from tutela.vault.actions import held_rows as deciding
from tutela.vault.actions.records import NewRecord, RecordEdit, change_record, create_record
from tutela.vault.errors import (
    AlreadyDecided,
    HeldRowBeyond,
    HeldRowStuck,
    HeldRowUnknown,
    IdentityTaken,
    ReasonMissing,
    SecondPersonIsFirst,
)
from tutela.vault.queries import fetch

WHY = "paper form of 20 November"


@pytest.fixture(scope="module")
def town(database: str) -> Town:
    return places.settle()


def hold(town: Town, row: str, collection: str = "customer", head: str = HEADER) -> UUID:
    """Let the manager of WEST import a row that is held; its id in the queue."""
    result = town.bring(town.west, head + row, collection)
    assert counts(result) == (0, 0, 0, 1)
    (held,) = held_rows.waiting_rows(town.steward, UUID(result.batch))
    return held.id


def test_an_accepted_row_makes_the_customer(town: Town):
    """In the branch that the row names, found by who imported it, and matched when it is imported again."""
    held = hold(town, line(1, "WEST"))
    assert deciding.accept_held_row(town.steward, held, WHY) == "created"
    assert places.place(1)[1] == "WEST"
    assert places.found_by(town.west, 1) == 1
    assert counts(town.bring(town.west, HEADER + line(1, "WEST"))) == (0, 0, 1, 0)
    with pytest.raises(AlreadyDecided):
        deciding.accept_held_row(town.steward, held, WHY)


def test_an_accepted_row_of_a_customer_elsewhere_moves_by_two_people(town: Town):
    """The steward is above both branches; the customer stays one, with a new version."""
    town.customer(2, "EAST")
    customer, _ = places.place(2)
    held = hold(town, line(2, "WEST", name="王五"))
    assert deciding.accept_held_row(town.steward, held, WHY) == "changed"
    assert places.place(2) == (customer, "WEST")


def test_an_accepted_row_keeps_what_its_blanks_leave(town: Town):
    """As the same row would have done in the person's reach: the id number that is stored stays."""
    town.customer(40, "EAST")
    held = hold(town, line(40, "EAST", number="", name="王五"))
    assert deciding.accept_held_row(town.steward, held, WHY) == "changed"
    assert counts(town.bring(town.feed, HEADER + line(40, "EAST", name="王五"))) == (0, 0, 1, 0)
    own = town.bring(town.east, HEADER + line(40, "EAST", number="", name="赵六"))
    assert (counts(own), own.kept) == ((0, 1, 0, 0), 1)


def test_an_accepted_row_clears_what_its_mapping_clears(town: Town):
    """What the person chose waits with the row."""
    town.customer(41, "EAST")
    blank = line(41, "EAST").replace(",13800000041,", ",,")
    result = town.bring(town.west, HEADER + blank, clears=["phone"])
    (held,) = held_rows.waiting_rows(town.steward, UUID(result.batch))
    opened = deciding.open_held_row(town.steward, held.id, WHY)
    assert [field.code for field in opened.clears] == ["phone"]
    assert deciding.accept_held_row(town.steward, held.id, WHY) == "changed"
    assert town.bring(town.feed, HEADER + line(41, "EAST")).changed == 1


def test_a_refused_row_is_gone(town: Town):
    """Nothing is written and the content is not kept."""
    town.customer(3, "EAST")
    held = hold(town, line(3, "WEST"))
    deciding.refuse_held_row(town.steward, held, WHY)
    assert places.place(3)[1] == "EAST"
    stored = fetch("SELECT row_sealed, state FROM vault.held_row WHERE held_id = %s", (held,))
    assert stored == [(None, 3)]
    with pytest.raises(AlreadyDecided):
        deciding.open_held_row(town.steward, held, WHY)


def test_a_row_is_shown_masked_with_whom_it_names(town: Town):
    """The look needs a reason, and its leaf is there with the customer before a mask is shown."""
    town.customer(4, "EAST")
    customer, _ = places.place(4)
    held = hold(town, line(4, "WEST"))
    with pytest.raises(ReasonMissing):
        deciding.open_held_row(town.steward, held, " ")
    opened = deciding.open_held_row(town.steward, held, WHY)
    assert [str(one) for one in opened.customers] == [customer]
    shown = {field.code: field.text for field in opened.fields}
    assert shown["phone"] == "138****0004"
    assert id_number(4) not in shown.values()
    leaf = trail.leaves(trail.LeafFilter(event=events.HELD_ROW_OPENED.name))[0]
    assert leaf.subjects == (("customer", customer),)
    assert leaf.note


def test_a_row_is_matched_anew_when_it_is_decided(town: Town):
    """The source has brought the customer meanwhile: there is one, and the row is its next version."""
    held = hold(town, line(5, "WEST", name="王五"))
    town.customer(5, "WEST")
    assert deciding.accept_held_row(town.steward, held, WHY) == "changed"
    newest = fetch("SELECT version FROM vault.record WHERE customer_id = %s", places.place(5)[:1])
    assert newest == [(2,)]


def test_nobody_decides_a_row_of_their_own(town: Town):
    """Whoever imports and is a steward too needs another steward."""
    both = cast.hire("branch_manager", "WEST")
    assign_post(SYSTEM, both.staff, "data_steward", branch="WEST", starts=clock.today())
    result = town.bring(both.actor, HEADER + line(6, "WEST"))
    (held,) = held_rows.waiting_rows(town.steward, UUID(result.batch))
    for decide in (deciding.accept_held_row, deciding.refuse_held_row):
        with pytest.raises(SecondPersonIsFirst):
            decide(both.actor, held.id, WHY)


def test_a_steward_of_one_branch_is_no_oracle(town: Town):
    """A new customer and one who is elsewhere are refused alike."""
    here = cast.hire("data_steward", "WEST").actor
    town.customer(7, "EAST")
    for serial in (7, 907):
        with pytest.raises(HeldRowBeyond):
            deciding.accept_held_row(here, hold(town, line(serial, "WEST")), WHY)


def test_a_steward_of_one_branch_writes_who_is_within_reach(town: Town):
    """The branch below imported a row of a customer of the branch above, and the customer stays there."""
    below, here = (
        cast.hire("branch_manager", "EAST1").actor,
        cast.hire("data_steward", "EAST").actor,
    )
    town.customer(8, "EAST")
    result = town.bring(below, HEADER + line(8, "", name="王五"))
    (held,) = held_rows.waiting_rows(here, UUID(result.batch))
    assert deciding.accept_held_row(here, held.id, WHY) == "changed"
    assert places.place(8)[1] == "EAST"


def test_rows_of_other_branches_are_not_there(town: Town):
    """A steward of EAST sees no row of WEST: not listed, and unknown by its id, as one that never was."""
    east = cast.hire("data_steward", "EAST").actor
    held = hold(town, line(9, "WEST"))
    assert held_rows.waiting_batches(east) == []
    for name in (held, UUID(int=9)):
        with pytest.raises(HeldRowUnknown):
            deciding.accept_held_row(east, name, WHY)


def test_only_stewards_see_the_queue(town: Town):
    """Not even who imported."""
    for ask in (held_rows.waiting_batches, lambda one: held_rows.waiting_rows(one, None)):
        with pytest.raises(PermissionMissing):
            ask(town.west)


def test_a_policy_is_written_once_its_customer_is_there(town: Town):
    """Until then it is stuck, and stays in the queue."""
    held = hold(town, "PL20240011,K10,,寿险\n", "policy", POLICY)
    with pytest.raises(HeldRowStuck, match="customer_unknown"):
        deciding.accept_held_row(town.steward, held, WHY)
    town.customer(10, "EAST")
    assert deciding.accept_held_row(town.steward, held, WHY) == "created"


def type_customer(actor: Actor, branch: int, serial: int) -> object:
    texts = {"name": "欧阳测试", "id_number": id_number(serial), "phone": "13800138000"}
    return create_record(actor, NewRecord("customer", texts, branch_id=branch), "service")


def test_a_typed_customer_with_an_id_number_waits_too(town: Town):
    """Held by a customer elsewhere or by nobody: one answer; within reach it is taken."""
    agent = cast.hire("service_agent", "WEST").actor
    town.customer(11, "EAST")
    town.customer(12, "WEST")
    west = town.branches["WEST"]
    answers = [type_customer(agent, west, serial) for serial in (11, 911)]
    assert [type(one) for one in answers] == [claims.Queued] * 2
    with pytest.raises(IdentityTaken):
        type_customer(agent, west, 12)
    made = answers[1]
    assert isinstance(made, claims.Queued)
    assert deciding.accept_held_row(town.steward, made.held_id, WHY) == "created"
    assert places.place(911)[1] == "WEST"


@pytest.mark.parametrize("serial", [13, 913], ids=["of another", "of nobody"])
def test_a_typed_change_of_the_id_number_waits(town: Town, serial: int):
    """The rest of the record may be changed at once; the number by the steward."""
    agent = cast.hire("service_agent", "WEST").actor
    if serial == 13:
        town.customer(13, "EAST")
        town.customer(14, "WEST")
    customer, _ = places.place(14)
    ((record, version),) = fetch(
        "SELECT record_id, version FROM vault.record WHERE customer_id = %s", (customer,)
    )
    answer = change_record(
        agent,
        RecordEdit(customer, record, {"id_number": id_number(serial)}, version=version),
        "service",
    )
    assert isinstance(answer, claims.Queued)
    if serial == 13:
        with pytest.raises(HeldRowStuck, match="identity_taken"):
            deciding.accept_held_row(town.steward, answer.held_id, WHY)
        return
    assert deciding.accept_held_row(town.steward, answer.held_id, WHY) == "changed"
    assert places.place(913) == (customer, "WEST")


def test_what_a_steward_wrote_is_anchored(town: Town):
    """The vault agrees with the trail after all of this."""
    run = verify.verify(town.feed)
    assert (run.outcome, run.tally.faults, run.tally.not_anchored) == ("good", 0, 0)
