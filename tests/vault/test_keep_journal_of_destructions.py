"""What is destroyed stands in a file outside the database, and is destroyed again where a backup brings it back."""

import json
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.db import ProgrammingError, connection, connections, transaction

from tests.vault.factories import make_customer, make_record, make_staff, operator
from tutela.trail import queries as trail
from tutela.trail.tree import sequencer
from tutela.vault import events, journal, opening_proof
from tutela.vault.actions import destructions, replays, verify
from tutela.vault.errors import CustomerNotFound, JournalClosed, JournalDamaged
from tutela.vault.view import view_customer

PURPOSE = "administration"


@pytest.fixture(autouse=True)
def kept(tmp_path, monkeypatch):
    """A journal of each test's own."""
    monkeypatch.setattr(settings, "TUTELA_DESTROYED_FILE", tmp_path / "destroyed.journal")
    return tmp_path / "destroyed.journal"


@pytest.fixture(scope="module")
def second(cast):
    return make_staff("branch_manager", "EAST")


@pytest.fixture
def order(cast):
    made = make_customer(cast.east, phone="13811110066")
    make_record(made.customer_id, "policy", policy_number=f"P{made.record_id.int % 10**11:011d}")
    return destructions.propose_destruction(cast.manager, made.customer_id, "asked")


def _owner(statement, *values):
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()


def _state(customer):
    with connection.cursor() as cursor:
        cursor.execute("SELECT state FROM vault.customer WHERE customer_id = %s", [customer])
        return cursor.fetchone()[0]


def test_a_destruction_is_in_the_journal_before_it_is_committed(cast, second, order, kept):
    """With all that carries it out again, and closed by how it ended; nobody else can read the file."""
    destructions.approve_destruction(second, order.id)
    lines = [json.loads(line) for line in kept.read_text().splitlines()]
    assert [line["kind"] for line in lines] == ["intended", "done"]
    assert (lines[0]["customer"], lines[0]["decided_by"]) == (str(order.customer_id), second.id)
    assert kept.stat().st_mode & 0o777 == 0o600
    assert [entry.order for entry in journal.entries()] == [str(order.id)]
    assert journal.open_orders() == []
    assert str(order.id) in {entry.order for entry in destructions.approved_since(None)}


def test_nothing_is_destroyed_that_the_journal_cannot_hold(
    cast, second, order, monkeypatch, tmp_path
):
    """No room, no folder: the customer stays, and the order can be approved later."""
    good = settings.TUTELA_DESTROYED_FILE
    monkeypatch.setattr(settings, "TUTELA_DESTROYED_FILE", tmp_path / "gone" / "destroyed.journal")
    with pytest.raises(JournalClosed):
        destructions.approve_destruction(second, order.id)
    assert _state(order.customer_id) == 1
    monkeypatch.setattr(settings, "TUTELA_DESTROYED_FILE", good)
    assert destructions.approve_destruction(second, order.id).decision == "approved"


def test_a_destruction_that_was_rolled_back_is_void(cast, second, order, monkeypatch):
    """The journal is the last thing before the commit; a commit that fails takes its line back."""
    monkeypatch.setattr(destructions.log, "append_with_change", _break_off(order))
    with pytest.raises(RuntimeError):
        destructions.approve_destruction(second, order.id)
    assert journal.entries() == []
    assert journal.open_orders() == []


def test_what_a_crash_left_open_is_settled_by_the_database(order):
    """An intention without an end counts until the database says otherwise."""
    journal.intend(_entry(order))
    assert [entry.order for entry in journal.entries()] == [str(order.id)]
    assert journal.settle_open(destructions.is_approved) == 1
    assert journal.entries() == []


def test_a_cut_last_line_is_dropped_and_a_changed_one_refused(order, kept):
    """What was being written was never acknowledged; what was acknowledged does not change."""
    journal.intend(_entry(order))
    whole = kept.read_bytes()
    kept.write_bytes(whole + b'{"kind": "void", "or')
    assert len(journal.entries()) == 1
    journal.settle(order.id, is_done=True)
    assert kept.read_bytes().startswith(whole)
    kept.write_bytes(
        kept.read_bytes().replace(b'"asked"', b'"asket"').replace(b'"branch": ', b'"branch": 1')
    )
    with pytest.raises(JournalDamaged):
        journal.entries()


def test_a_destroyed_customer_that_came_back_is_destroyed_again(cast, second, order):
    """The journal's entry and the right of the owner: keys, cells and tags go, a leaf names the order, and the vault
    agrees with the trail."""
    sequencer.sequence_once()
    assert opening_proof.prove(_event(), [order.customer_id])[0].code == opening_proof.OPENS
    found = replays.replay([_entry(order, by=second.id)])
    assert found["replayed"] == 1
    assert _state(order.customer_id) == 2
    proof = opening_proof.prove(_event(), [order.customer_id])[0]
    assert (proof.code, proof.cells) == (opening_proof.DESTROYED, 0)
    with pytest.raises(CustomerNotFound):
        view_customer(operator(), order.customer_id, PURPOSE)
    subject = ("customer", str(order.customer_id))
    (leaf, *_) = trail.leaves(
        trail.LeafFilter(event="vault.destruction.replayed", subject=subject), limit=1
    )
    assert leaf.detail["order"] == str(order.id)
    assert destructions.is_approved(order.id)
    assert verify.verify(operator()).outcome == "good"
    assert replays.replay([_entry(order, by=second.id)]) == {"gone": 1}


def test_a_customer_that_only_newer_keys_know_as_destroyed_goes_too(cast):
    """Rows of an older set beside keys of a newer one: nothing of them opens, so nothing of them stays."""
    made = make_customer(cast.east, phone="13811110065")
    _owner(
        "UPDATE keys.customer_root SET wrapped = NULL, state = 4 WHERE customer_id = %s RETURNING 1",
        made.customer_id,
    )
    assert replays.replay([])["keyless"] == 1
    assert _state(made.customer_id) == 2
    assert verify.verify(operator()).outcome == "good"


def test_a_customer_that_is_not_in_the_set_needs_nothing(order):
    entry = journal.entry_of(
        {**_entry(order).as_row(), "customer": str(uuid4()), "order": str(uuid4())}
    )
    assert replays.replay([entry]) == {"absent": 1}


def test_the_application_cannot_replay(order):
    """Only the owner of the tables carries out what nobody approved here."""
    for call in (
        "vault.replay_destruction('{}', NULL)",
        "vault.take_away(NULL)",
        "vault.keyless()",
    ):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            connection.cursor().execute(f"SELECT {call}")


def _break_off(order):
    """The transaction ends badly after the journal has its line."""

    def leaf(_leaf):
        journal.intend(_entry(order))
        raise RuntimeError

    return leaf


def _event():
    return events.FIELD_REVEALED


def _entry(order, by="someone"):
    return journal.Entry(
        order=str(order.id), customer=str(order.customer_id), branch=1, proposed_by=order.proposed_by,
        proposed_at=order.proposed_at.isoformat(), proposed_leaf=str(UUID(int=0)), reason="asked",
        decided_by=by, decided_at=order.proposed_at.isoformat(), decided_leaf=str(UUID(int=0)),
    )  # fmt: skip
