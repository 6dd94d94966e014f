"""An import is undone as a whole, by two people, with new versions; nothing is deleted."""

import os
import signal
from dataclasses import dataclass
from datetime import timedelta
from multiprocessing import get_context
from multiprocessing.connection import Connection
from uuid import UUID

import pytest
from django.db import ProgrammingError, connection, connections, transaction

from tests.access import cast
from tests.conftest import close_all
from tests.vault_importing.conftest import Insurer
from tutela.access import snapshot
from tutela.access.errors import OutOfScope, OwnRecord
from tutela.base import clock
from tutela.base.actor import Actor
from tutela.crypto.normalise import id_card_18
from tutela.trail import queries as trail
from tutela.vault import events
from tutela.vault.actions.verify import verify
from tutela.vault.find import find
from tutela.vault.importing.errors import BatchMissing
from tutela.vault.queries import count_customers, fetch
from tutela.vault.undo import actions, errors, queries, scope
from tutela.vault.undo.preview import preview_undo
from tutela.vault.view import history

HEADER = "客户号,姓名,证件号码,手机号码,所属机构\n"


@dataclass(frozen=True)
class Stewards:
    """Two stewards at the head office, and one at a branch below it."""

    first: Actor
    second: Actor
    below: Actor


@pytest.fixture(scope="module")
def stewards(insurer: Insurer) -> Stewards:
    top, below = (
        row[0]
        for row in fetch(
            "SELECT code FROM access_branch ORDER BY parent_id NULLS FIRST LIMIT 2", []
        )
    )
    made = [cast.hire("data_steward", code).actor for code in (top, top, below)]
    snapshot.reload()
    return Stewards(*made)


def top_branch() -> str:
    return str(fetch("SELECT code FROM access_branch WHERE parent_id IS NULL", [])[0][0])


def number(serial: int) -> str:
    return id_card_18(f"11010119920307{serial:03d}")


def line(serial: int, *, phone: str = "13800138000", branch: str = "") -> str:
    return f"U{serial},撤销,{number(serial)},{phone},{branch}\n"


def bring_in(insurer: Insurer, *lines: str) -> UUID:
    return UUID(insurer.bring_in((HEADER + "".join(lines)).encode()).batch)


def undo(stewards: Stewards, batch: UUID, **options: int) -> queries.Order:
    actions.propose_undo(stewards.first, batch, "Wrong file.")
    actions.approve_undo(stewards.second, batch)
    return actions.carry_out(stewards.second, batch, **options)


def found(actor: Actor, serial: int) -> int:
    return len(find(actor, "id_number", number(serial), "service"))


def test_what_an_import_made_ends_and_its_history_stays(insurer: Insurer, stewards: Stewards):
    """Not found, listed or counted any more; the same file makes the customers anew."""
    before = count_customers()
    batch = bring_in(insurer, line(1), line(2))
    assert found(insurer.operator, 1) == 1
    done = undo(stewards, batch)
    assert (done.state, done.records, done.customers, done.kept) == ("undone", 2, 2, 0)
    assert (found(insurer.operator, 1), count_customers()) == (0, before)
    assert insurer.count("vault.record_history", f"batch = '{batch}'") == 2
    again = insurer.bring_in((HEADER + line(1) + line(2)).encode())
    assert (again.created, found(insurer.operator, 1)) == (2, 1)


def test_what_an_import_changed_goes_back(insurer: Insurer, stewards: Stewards):
    """Values, search tags, branch and id number, as a new version."""
    codes = [row[0] for row in fetch("SELECT code FROM access_branch ORDER BY id LIMIT 2", [])]
    bring_in(insurer, line(10, branch=codes[0]))
    batch = bring_in(insurer, line(10, phone="13900139000", branch=codes[1]))
    ((customer, record),) = fetch(
        "SELECT customer_id, record_id FROM vault.record WHERE batch = %s", [batch]
    )
    assert undo(stewards, batch).customers == 0
    versions = history(insurer.operator, customer, record, "service")
    assert [one.version for one in versions] == [3, 2, 1]
    assert set(versions[0].changed) >= {"phone"}
    assert find(insurer.operator, "phone", "13900139000", "service") == []
    ((branch,),) = fetch(
        "SELECT b.code FROM vault.customer c JOIN access_branch b ON b.id = c.branch_id"
        " WHERE customer_id = %s",
        [customer],
    )
    assert branch == codes[0]


def test_a_number_that_another_record_has_stays(insurer: Insurer, stewards: Stewards):
    """Of two sources' records of one customer the one without an id number takes it from nobody: neither
    where a blank clears it there, nor where a later import of that source is undone."""
    bring_in(insurer, line(11))
    other = HEADER + line(11).replace("U11,", "C11,")
    asked: dict[str, object] = {"source_name": "crm", "clears": ["id_number"]}
    for text in (other, other.replace(number(11), "")):
        assert insurer.bring_in(text.encode(), **asked).changed == 1
    assert found(insurer.operator, 11) == 1
    later = other.replace(number(11), "").replace("13800138000", "13900139011")
    undo(stewards, UUID(insurer.bring_in(later.encode(), **asked).batch))
    again = bring_in(insurer, line(11, phone="13900139012"))
    assert fetch(
        "SELECT created, changed FROM vault.import_batch WHERE batch_id = %s", [again]
    ) == [(0, 1)]
    third = insurer.bring_in(other.replace("C11,", "D11,").encode(), source_name="crm")
    assert (third.created, third.changed) == (0, 1)


def test_nobody_returns_customers_to_a_branch_beyond_reach(insurer: Insurer, stewards: Stewards):
    """A customer whom the import moved goes back: who undoes it must serve the former branch as well."""
    top, below = (
        row[0]
        for row in fetch(
            "SELECT code FROM access_branch ORDER BY parent_id NULLS FIRST LIMIT 2", []
        )
    )
    bring_in(insurer, line(15, branch=top))
    batch = bring_in(insurer, line(15, branch=below))
    with pytest.raises(BatchMissing):  # an import of the head office is not there for a branch
        actions.propose_undo(stewards.below, batch, "Wrong file.")
    with pytest.raises(OutOfScope):
        scope.check_reach(stewards.below, batch)


def test_nobody_undoes_what_was_written_of_themselves(insurer: Insurer, stewards: Stewards):
    """Whoever is a customer too leaves it to others."""
    batch = bring_in(insurer, line(16))
    ((customer,),) = fetch("SELECT customer_id FROM vault.record WHERE batch = %s", [batch])
    themselves = cast.hire("data_steward", top_branch(), customer_id=str(customer)).actor
    snapshot.reload()
    with pytest.raises(OwnRecord):
        actions.propose_undo(themselves, batch, "Wrong file.")


def test_the_second_person_is_another(insurer: Insurer, stewards: Stewards):
    """Refused by the rule, and by the database beneath it."""
    batch = bring_in(insurer, line(20))
    undo_id = actions.propose_undo(stewards.first, batch, "Wrong file.")
    with pytest.raises(errors.SamePerson):
        actions.approve_undo(stewards.first, batch)
    with (
        pytest.raises(Exception, match="import_undo"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "UPDATE vault.import_undo SET state = 'approved', decided_by = proposed_by,"
            " decided_at = now() WHERE undo_id = %s",
            [undo_id],
        )
    with pytest.raises(errors.UndoOpen):
        actions.propose_undo(stewards.second, batch, "Once more.")
    actions.withdraw_undo(stewards.first, batch)
    assert queries.order_of(batch) is None


def test_a_customer_is_withdrawn_only_by_an_approved_undo(insurer: Insurer, stewards: Stewards):
    """The application has no other way to change a customer's state."""
    batch = bring_in(insurer, line(25))
    undo_id = actions.propose_undo(stewards.first, batch, "Wrong file.")
    for statement, values in (
        ("SELECT vault.withdraw_customers(%s, ARRAY[]::uuid[])", [undo_id]),
        ("UPDATE vault.customer SET state = 3", []),
        ("DELETE FROM vault.import_undo", []),
    ):
        with (
            pytest.raises(ProgrammingError),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement, values)


def test_what_was_changed_or_used_since_blocks_the_whole(insurer: Insurer, stewards: Stewards):
    """Both are listed; nothing is undone."""
    batch = bring_in(insurer, line(30), line(31), line(32))
    bring_in(insurer, line(30, phone="13700137000"))
    policy = "保单号,客户号,险种名称\nPU31,U31,寿险\n".encode()
    assert insurer.bring_in(policy, collection="policy").created == 1
    assert sorted(one.why for one in queries.blockers(batch)) == ["changed", "used"]
    with pytest.raises(errors.UndoBlocked):
        actions.propose_undo(stewards.first, batch, "Wrong file.")


def test_after_thirty_days_it_is_too_late(
    insurer: Insurer, stewards: Stewards, monkeypatch: pytest.MonkeyPatch
):
    """Counted from the end of the import."""
    batch = bring_in(insurer, line(40))
    later = clock.now() + timedelta(days=31)
    monkeypatch.setattr(clock, "now", lambda: later)
    with pytest.raises(errors.UndoTooLate):
        actions.propose_undo(stewards.first, batch, "Wrong file.")


def test_an_import_from_before_the_upgrade_is_not_undone(insurer: Insurer, stewards: Stewards):
    """Where its customers had been was not kept, so they would stay where it put them."""
    batch = bring_in(insurer, line(41))
    with connections["owner"].cursor() as owner:
        owner.execute("ALTER TABLE vault.anchoring DISABLE TRIGGER refuse_closed")
        owner.execute("UPDATE vault.anchoring SET before = before + interval '1 day'")
        try:
            with pytest.raises(errors.UndoFromBefore):
                actions.propose_undo(stewards.first, batch, "Wrong file.")
        finally:
            owner.execute("UPDATE vault.anchoring SET before = before - interval '1 day'")
            owner.execute("ALTER TABLE vault.anchoring ENABLE TRIGGER refuse_closed")
    actions.propose_undo(stewards.first, batch, "Wrong file.")


def test_it_is_not_there_for_who_has_no_part_in_it(insurer: Insurer, stewards: Stewards):
    """A steward below, and a manager: the same answer as for none."""
    batch = bring_in(insurer, line(50))
    manager = cast.hire("branch_manager").actor
    snapshot.reload()
    for actor in (stewards.below, manager):
        for act in (
            lambda actor=actor: actions.propose_undo(actor, batch, "x"),
            lambda actor=actor: actions.approve_undo(actor, batch),
            lambda actor=actor: preview_undo(actor, batch, "administration"),
        ):
            with pytest.raises(BatchMissing):
                act()


def _undo_and_wait(pipe: Connection, actor: Actor, batch: UUID) -> None:
    """A worker that has done one chunk when it is killed."""
    for one in connections.all():
        one.connection = None
    part = actions._undo_part

    def pause(*given: object) -> None:
        part(*given)  # type: ignore[arg-type]  # passed on as it came
        pipe.send("done")
        signal.pause()

    actions._undo_part = pause  # type: ignore[assignment]  # in this process only
    actions.carry_out(actor, batch, chunk=2)


def test_a_run_that_was_killed_goes_on(insurer: Insurer, stewards: Stewards):
    """Chunk by chunk; what was undone is not undone twice."""
    batch = bring_in(insurer, *(line(serial) for serial in range(60, 65)))
    actions.propose_undo(stewards.first, batch, "Wrong file.")
    actions.approve_undo(stewards.second, batch)
    close_all()
    mine, theirs = get_context("fork").Pipe()
    process = get_context("fork").Process(
        target=_undo_and_wait, args=(theirs, stewards.second, batch)
    )
    process.start()
    assert mine.poll(30)
    assert process.pid is not None
    os.kill(process.pid, signal.SIGKILL)
    process.join(10)
    assert insurer.count("vault.record", f"batch = '{batch}'") == 3
    order = actions.carry_out(stewards.second, batch, chunk=2)
    assert (order.state, order.records, order.customers, order.kept) == ("undone", 5, 5, 0)
    leaves = trail.leaves(trail.LeafFilter(event=events.IMPORT_UNDONE.name), limit=10)
    named = [len(one.subjects) for one in leaves if one.detail["batch"] == str(batch)]
    assert sorted(named) == [1, 2, 2]


def test_the_preview_names_fields_masked_after_its_leaf(insurer: Insurer, stewards: Stewards):
    """By customer and field, as it is and as it would be."""
    bring_in(insurer, line(70))
    batch = bring_in(insurer, line(70, phone="13900139070"), line(71))
    shown = preview_undo(stewards.first, batch, "administration")
    told = {record.ends: record for record in shown.records}
    assert len(told) == 2
    text = repr(shown)
    assert "13900139070" not in text
    assert "13800138000" not in text
    (leaf,) = trail.leaves(trail.LeafFilter(event=events.IMPORT_UNDO_PREVIEWED.name), limit=1)
    assert {name for _kind, name in leaf.subjects} == {
        str(one.customer_id) for one in shown.records
    }


def test_work_items_and_rehearsals_are_not_undone(insurer: Insurer, stewards: Stewards):
    """A rehearsal wrote nothing."""
    result = insurer.bring_in((HEADER + line(80)).encode(), dry_run=True)
    with pytest.raises(errors.UndoImpossible):
        actions.propose_undo(stewards.first, UUID(result.batch), "Wrong file.")


def test_the_vault_still_verifies(insurer: Insurer, stewards: Stewards):
    """Every version that the undo wrote is named by a leaf."""
    assert verify(insurer.operator).outcome == "good"
