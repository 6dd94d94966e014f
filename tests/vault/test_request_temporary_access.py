"""Access for a while: asked for, approved by others, used against its clock, ended, refused again."""

import json
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from allauth.mfa.models import Authenticator
from django.db import IntegrityError, InternalError, ProgrammingError, connection, transaction

from tests.access import cast as people
from tests.vault.factories import Cast, id_number, make_customer, make_staff, make_work_item
from tutela.access import errors, gate, snapshot
from tutela.access import permissions as access_permissions
from tutela.access import temporary_rows as rows
from tutela.access.actions.passwords import set_password
from tutela.access.actions.people import assign_post, disable_staff
from tutela.access.levels import Level
from tutela.access.models import Staff
from tutela.access.purposes import Purpose
from tutela.base import clock
from tutela.base.actor import SYSTEM, Actor, Channel
from tutela.cli import shell
from tutela.notices.models import Notice
from tutela.trail import queries as trail
from tutela.trail.leaves import Exposure
from tutela.vault import permissions, queries, view
from tutela.vault.errors import CustomerNotFound, ReasonMissing
from tutela.vault.queries import fetch
from tutela.vault.reveal import Justification, reveal
from tutela.vault.temporary_access import actions, lists
from tutela.vault.temporary_access.actions import Asking
from tutela.vault.temporary_access.errors import NobodyFound, SearchNotExact, WhomMissing

CONTACT, BANK, IDENTITY, CREDENTIAL, HEALTH = 2, 3, 1, 9, 4
CARD = "6222021234567890128"
WHY = "The customer is at the counter."


@pytest.fixture(scope="module")
def boss(cast: Cast) -> Actor:
    """The compliance officer, who sees the whole company."""
    return make_staff("compliance_officer", "HQ")


@pytest.fixture
def customer(cast: Cast) -> UUID:
    return make_customer(cast.east, phone="13912345678").customer_id


def asking(customer: UUID, *classes: int, purpose: str = "complaint", **more: object) -> Asking:
    facts = {"customers": (customer,), "minutes": 60, "reason": WHY, **more}
    return Asking(classes=classes or (CONTACT,), purpose=purpose, **facts)


def phone(actor: Actor, customer: UUID, purpose: str = "complaint") -> object:
    return reveal(actor, customer, ["phone"], Justification(purpose, WHY)).values["phone"]


def later(monkeypatch: pytest.MonkeyPatch, **span: float) -> None:
    moment = clock.now() + timedelta(**span)
    monkeypatch.setattr(clock, "now", lambda: moment)


def test_an_approved_request_opens_what_the_matrix_does_not(cast: Cast, customer: UUID):
    """Refused before, opened after the approval, refused again once given back; the leaf names the request."""
    with pytest.raises(errors.NoCell):
        phone(cast.clerk, customer)
    access = actions.request_access(cast.clerk, asking(customer))
    with pytest.raises(errors.NoCell):
        phone(cast.clerk, customer)
    approved = actions.approve_access(cast.manager, access.id)
    assert approved.until == approved.started_at + timedelta(minutes=60)
    assert phone(cast.clerk, customer) == "13912345678"
    leaf = trail.leaves(trail.LeafFilter(event="vault.field.revealed"))[0]
    assert leaf.decision["request"] == str(access.id)
    assert rows.find(access.id).used == 1
    actions.give_back_access(cast.clerk, access.id)
    with pytest.raises(errors.NoCell):
        phone(cast.clerk, customer)


def test_the_customers_page_opens_for_a_purpose_that_the_post_does_not_have(
    cast: Cast, customer: UUID
):
    """An agent has no claims: with access the page shows those classes, and nothing of the others."""
    with pytest.raises(errors.NoCell):
        view.view_customer(cast.clerk, customer, "claim")
    access = actions.request_access(cast.clerk, asking(customer, CONTACT, purpose="claim"))
    actions.approve_access(cast.manager, access.id)
    shown = view.view_customer(cast.clerk, customer, "claim")
    seen = {
        item.data_class for record in shown.records for item in record.fields if not item.refused
    }
    assert seen == {CONTACT}
    actions.give_back_access(cast.clerk, access.id)
    with pytest.raises(errors.NoCell):
        view.view_customer(cast.clerk, customer, "claim")


def test_sensitive_classes_need_two_approvers_of_two_posts(cast: Cast, boss: Actor):
    """The clock begins with the second; neither alone opens anything."""
    customer = make_customer(cast.east, bank_card=CARD).customer_id
    why = Justification("complaint", WHY)
    access = actions.request_access(cast.clerk, asking(customer, BANK))
    first = actions.approve_access(cast.manager, access.id)
    assert first.started_at is None
    with pytest.raises(errors.ApprovedByYou):
        actions.approve_access(cast.manager, access.id)
    colleague = make_staff("branch_manager", "HQ")
    with pytest.raises(errors.ApproverUnfit):
        actions.approve_access(colleague, access.id)
    with pytest.raises(errors.DataRefused):
        reveal(cast.clerk, customer, ["bank_card"], why)
    assert actions.approve_access(boss, access.id).started_at is not None
    shown = reveal(cast.clerk, customer, ["bank_card"], why)
    assert shown.values["bank_card"] == CARD
    with pytest.raises(errors.DataRefused):
        reveal(replace(cast.clerk, second_factor=False), customer, ["bank_card"], why)


def test_it_ends_with_its_clock(cast: Cast, customer: UUID, monkeypatch: pytest.MonkeyPatch):
    """To the minute, whoever has noticed; the worker writes the end down and tells the asker."""
    access = actions.request_access(cast.clerk, asking(customer, minutes=10))
    actions.approve_access(cast.manager, access.id)
    later(monkeypatch, minutes=9, seconds=58)
    assert phone(cast.clerk, customer)
    later(monkeypatch, seconds=3)
    with pytest.raises(errors.NoCell):
        phone(cast.clerk, customer)
    assert actions.close_run_out() >= 1
    assert (rows.find(access.id).ending, rows.find(access.id).ended_by) == ("expired", "system")
    assert Notice.objects.filter(
        kind="temporary_access_ended", recipient=cast.clerk.id, link__contains=str(access.id)
    ).exists()


def test_who_watches_ends_it_at_once(cast: Cast, customer: UUID):
    """The security administrator, who sees no customer, has the button; another branch's manager has not."""
    security, west = make_staff("security_admin", "HQ"), make_staff("branch_manager", "WEST")
    access = actions.request_access(cast.clerk, asking(customer))
    actions.approve_access(cast.manager, access.id)
    with pytest.raises(errors.AccessUnknown):
        actions.end_access(west, access.id)
    with pytest.raises(errors.PermissionMissing):
        actions.end_access(cast.west_clerk, access.id)
    actions.end_access(security, access.id)
    with pytest.raises(errors.NoCell):
        phone(cast.clerk, customer)
    with pytest.raises(errors.AccessEnded):
        actions.end_access(security, access.id)
    with pytest.raises(errors.AccessEnded):
        actions.give_back_access(cast.clerk, access.id)


def test_a_use_asks_the_database_not_only_the_memory_of_this_process(cast: Cast, customer: UUID):
    """Ended by another process a moment ago: this one has not heard of it, and still opens nothing."""
    access = actions.request_access(cast.clerk, asking(customer))
    actions.approve_access(cast.manager, access.id)
    assert phone(cast.clerk, customer)
    fetch(
        "UPDATE access_temporary_access SET ended_at = %s, ended_by = 'system', ending = 'ended'"
        " WHERE id = %s RETURNING 1",
        (clock.now(), access.id),
    )
    with pytest.raises(errors.NoCell):
        phone(cast.clerk, customer)


def test_an_unknown_freshness_lends_not_even_a_mask(
    cast: Cast, customer: UUID, monkeypatch: pytest.MonkeyPatch
):
    """Nobody knows whether it was ended meanwhile."""
    access = actions.request_access(cast.clerk, asking(customer, purpose="claim"))
    actions.approve_access(cast.manager, access.id)
    ask = gate.Ask(
        customer_id=str(customer), branch_id=cast.east, classes={CONTACT}, purpose=Purpose.CLAIM,
        level=Level.MASKED, assigned=False, work_item_linked=False, exposure=Exposure.DETAIL_MASKED,
    )  # fmt: skip
    assert gate.decide(cast.clerk, ask).overlay == ""
    with monkeypatch.context() as lost:
        lost.setattr(snapshot, "fresh", lambda: False)
        assert gate.decide(cast.clerk, ask).overlay == "no_cell"
    actions.give_back_access(cast.clerk, access.id)


def test_it_opens_only_so_many_values(cast: Cast, customer: UUID, monkeypatch: pytest.MonkeyPatch):
    """A loan for one call is no export."""
    monkeypatch.setattr("tutela.access.actions.temporary_uses.MOST_USES", 2)
    access = actions.request_access(cast.clerk, asking(customer))
    actions.approve_access(cast.manager, access.id)
    phone(cast.clerk, customer)
    phone(cast.clerk, customer)
    with pytest.raises(errors.QuotaSpent):
        phone(cast.clerk, customer)
    actions.give_back_access(cast.clerk, access.id)


def test_two_approvers_at_once_give_one_approval(cast: Cast, customer: UUID):
    """The second meets the first one's word."""
    second = make_staff("branch_manager", "HQ")
    access = actions.request_access(cast.clerk, asking(customer))
    outcomes: list[str] = []
    gate = threading.Barrier(2)

    def decide(actor: Actor) -> None:
        gate.wait()
        try:
            actions.approve_access(actor, access.id)
            outcomes.append("approved")
        except errors.AccessDecided:
            outcomes.append("decided")
        finally:
            connection.close()

    threads = [threading.Thread(target=decide, args=(one,)) for one in (cast.manager, second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["approved", "decided"]
    assert len(rows.find(access.id).approvers) == 1
    actions.give_back_access(cast.clerk, access.id)


def test_an_approval_after_its_day_comes_too_late(
    cast: Cast, customer: UUID, monkeypatch: pytest.MonkeyPatch
):
    """Before the worker has noticed, and after."""
    access = actions.request_access(cast.clerk, asking(customer))
    later(monkeypatch, hours=24, seconds=1)
    with pytest.raises(errors.AccessTooLate):
        actions.approve_access(cast.manager, access.id)
    actions.close_run_out()
    with pytest.raises(errors.AccessTooLate):
        actions.approve_access(cast.manager, access.id)
    assert rows.find(access.id).ending == "not_decided"


def test_nobody_approves_their_own_nor_that_of_their_own_post(cast: Cast, customer: UUID):
    """A manager asks: neither they nor another manager decides, and none of them is told."""
    other = make_staff("branch_manager", "HQ")
    access = actions.request_access(cast.manager, asking(customer, IDENTITY))
    for actor in (cast.manager, other):
        with pytest.raises((errors.ApproverUnfit, errors.AccessUnknown)):
            actions.approve_access(actor, access.id)
    told = set(
        Notice.objects.filter(link__contains=str(access.id)).values_list("recipient_id", flat=True)
    )
    assert not {UUID(cast.manager.id), UUID(other.id)} & told
    with pytest.raises(IntegrityError), transaction.atomic():
        fetch(
            "UPDATE access_temporary_access SET first_approver = asker_id, first_post = 'x', first_at = asked_at"
            " WHERE id = %s RETURNING 1",
            (access.id,),
        )


def test_whom_the_asker_leads_does_not_decide(cast: Cast, customer: UUID):
    """A compliance officer who also serves in the asker's branch is led by the asker there."""
    manager = make_staff("branch_manager", "EAST")
    both = make_staff("compliance_officer", "HQ")
    access = actions.request_access(manager, asking(customer, purpose="service"))
    assert lists.can_decide(both, access)
    assign_post(SYSTEM, Staff.objects.get(id=both.id), "service_agent", "EAST")
    assert not lists.can_decide(both, access)
    with pytest.raises(errors.AccessUnknown):
        actions.approve_access(both, access.id)


def test_who_has_left_neither_asks_nor_decides(cast: Cast, customer: UUID):
    """A closed account approves nothing; a request of a closed account is not approved."""
    gone, asker = make_staff("branch_manager", "EAST"), make_staff("service_agent", "EAST")
    access = actions.request_access(asker, asking(customer))
    disable_staff(SYSTEM, Staff.objects.get(id=gone.id))
    with pytest.raises(errors.AccountDisabled):
        actions.approve_access(gone, access.id)
    disable_staff(SYSTEM, Staff.objects.get(id=asker.id))
    with pytest.raises(errors.RequesterGone):
        actions.approve_access(cast.manager, access.id)


def test_access_ends_with_the_account(cast: Cast, customer: UUID):
    """Disabled while it runs: refused as every disabled account."""
    asker = make_staff("service_agent", "EAST")
    access = actions.request_access(asker, asking(customer))
    actions.approve_access(cast.manager, access.id)
    assert phone(asker, customer)
    disable_staff(SYSTEM, Staff.objects.get(id=asker.id))
    with pytest.raises(errors.AccountDisabled):
        phone(asker, customer)


def test_a_customer_beyond_ones_scope_is_as_one_who_is_not_there(cast: Cast):
    """By id neither can be named; and a request for one is not there for another branch's manager."""
    west = make_customer(cast.west).customer_id
    for customer in (west, uuid4()):
        with pytest.raises(CustomerNotFound):
            actions.request_access(cast.clerk, asking(customer))
    east = make_customer(cast.east).customer_id
    access = actions.request_access(cast.clerk, asking(east))
    manager = make_staff("branch_manager", "WEST")
    for key in (access.id, uuid4()):
        with pytest.raises(errors.AccessUnknown):
            actions.approve_access(manager, key)
        with pytest.raises(errors.AccessUnknown):
            lists.known(manager, key)


def test_a_list_asks_once_about_the_customers_of_all_that_waits(cast: Cast, monkeypatch):
    """However many requests wait."""
    made = {
        actions.request_access(cast.clerk, asking(make_customer(cast.east).customer_id)).id
        for _ in range(3)
    }
    asked: list[set[UUID]] = []
    facts = queries.facts

    def counted(actor, customers, items):
        asked.append(set(customers))
        return facts(actor, customers, items)

    monkeypatch.setattr(queries, "facts", counted)
    assert made <= {one.id for one in lists.standing(cast.manager).to_decide}
    assert len(asked) == 1
    assert len(asked[0]) >= len(made)


def test_a_search_leads_who_decides_to_the_customer_and_tells_the_asker_nothing(cast: Cast):
    """Of another branch: the same answer whether the number is a customer's or nobody's."""
    number = id_number()
    west = make_customer(cast.west, id_number=number, phone="13700001111").customer_id
    manager = make_staff("branch_manager", "WEST")
    facts = {"customers": (), "by": "id_number", "minutes": 30}
    held = actions.request_access(cast.clerk, asking(west, **facts, value=number))
    nobody = actions.request_access(cast.clerk, asking(west, **facts, value=id_number()))
    assert held.customers == nobody.customers == ()
    assert number not in repr(held)
    assert lists.can_decide(manager, held)
    assert not lists.can_decide(manager, nobody)
    with pytest.raises(NobodyFound):
        actions.approve_access(make_staff("compliance_officer", "HQ"), nobody.id)
    actions.approve_access(manager, held.id)
    assert phone(cast.clerk, west) == "13700001111"
    actions.give_back_access(cast.clerk, held.id)
    with pytest.raises((CustomerNotFound, errors.DataRefused)):
        phone(cast.clerk, west)


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"reason": "  "}, ReasonMissing),
        ({"minutes": 4}, errors.MinutesOutOfRange),
        ({"minutes": 241}, errors.MinutesOutOfRange),
        ({"classes": (CREDENTIAL,)}, errors.ClassNeverClear),
        ({"classes": ()}, errors.ClassNeverClear),
        ({"purpose": "marketing"}, errors.PurposeNotForAccess),
        ({"classes": (HEALTH,), "purpose": "service"}, errors.PurposeNotForAccess),
        ({"purpose": "audit"}, errors.AccessNotForPost),
        ({"customers": ()}, WhomMissing),
        ({"customers": (), "by": "phone_last4", "value": "1234"}, SearchNotExact),
    ],
)
def test_what_nobody_is_lent_is_refused_in_one_sentence(
    cast: Cast, customer: UUID, change: dict[str, object], error: type[Exception]
):
    """Nothing is stored."""
    before = len(rows.recent(1_000))
    with pytest.raises(error):
        actions.request_access(cast.clerk, replace(asking(customer), **change))
    assert len(rows.recent(1_000)) == before


def test_more_customers_than_one_can_remember_are_refused(cast: Cast):
    """Twenty at most."""
    many = tuple(make_customer(cast.east).customer_id for _ in range(21))
    with pytest.raises(errors.CustomersTooMany):
        actions.request_access(cast.clerk, replace(asking(many[0]), customers=many))


def test_nobody_is_lent_their_own_record(cast: Cast):
    """Not by request, and not where it became their own meanwhile."""
    own = make_customer(cast.east).customer_id
    person = make_staff("service_agent", "EAST", customer_id=own)
    with pytest.raises(CustomerNotFound):
        actions.request_access(person, asking(own))


def test_administrators_and_machines_ask_for_nothing(cast: Cast, customer: UUID):
    """They hold no data."""
    for actor in (make_staff("security_admin", "HQ"), cast.auditor, cast.partner):
        with pytest.raises(errors.PermissionMissing):
            actions.request_access(actor, asking(customer))


def test_it_opens_pages_only(cast: Cast, customer: UUID):
    """The same person by an API key is refused as before."""
    access = actions.request_access(cast.clerk, asking(customer))
    actions.approve_access(cast.manager, access.id)
    with pytest.raises(errors.DataRefused):
        phone(replace(cast.clerk, channel=Channel.API), customer)
    actions.give_back_access(cast.clerk, access.id)


def test_the_reason_is_for_who_decides(cast: Cast, customer: UUID):
    """Sealed; opening it leaves a leaf; the asker's colleagues and the security administrator cannot."""
    access = actions.request_access(cast.clerk, asking(customer))
    assert WHY not in access.reason_sealed
    assert actions.open_reason(cast.manager, access.id) == WHY
    leaf = trail.leaves(trail.LeafFilter(event="trail.note.opened"))[0]
    assert leaf.detail["request"] == str(access.id)
    for actor in (make_staff("security_admin", "HQ"), cast.west_clerk):
        with pytest.raises(errors.AccessUnknown):
            actions.open_reason(actor, access.id)
    actions.refuse_access(cast.manager, access.id)
    with pytest.raises(errors.AccessUnknown):
        actions.open_reason(cast.manager, access.id)


def test_who_decides_is_told_and_the_notice_is_settled(cast: Cast, customer: UUID):
    """And each step has its leaf."""
    access = actions.request_access(cast.clerk, asking(customer))
    waits = Notice.objects.filter(kind="temporary_access_waits", link__contains=str(access.id))
    assert waits.filter(recipient=cast.manager.id, read_at=None).exists()
    actions.approve_access(cast.manager, access.id)
    assert not waits.filter(read_at=None).exists()
    actions.give_back_access(cast.clerk, access.id)
    steps = [
        leaf.event
        for leaf in trail.leaves(trail.LeafFilter(actor_id=cast.clerk.id))
        if leaf.detail.get("request") == str(access.id)
    ]
    assert "access.temporary_access.requested" in steps
    assert "access.temporary_access.ended" in steps


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE access_temporary_access SET until = until + interval '1 minute' WHERE id = %s RETURNING 1",
        "UPDATE access_temporary_access SET customers = ARRAY[gen_random_uuid()] WHERE id = %s RETURNING 1",
        "UPDATE access_temporary_access SET used = 0 WHERE id = %s RETURNING 1",
        "UPDATE access_temporary_access SET asker_id = first_approver WHERE id = %s RETURNING 1",
        "UPDATE access_temporary_access SET reason_sealed = 'x' WHERE id = %s RETURNING 1",
        "UPDATE access_temporary_access SET minutes = 240 WHERE id = %s RETURNING 1",
        "DELETE FROM access_temporary_access WHERE id = %s RETURNING 1",
    ],
)
def test_the_database_keeps_what_was_written(cast: Cast, customer: UUID, statement: str):
    """No clock is set back and no customer is put in place of another, by the application's own role."""
    access = actions.request_access(cast.clerk, asking(customer))
    actions.approve_access(cast.manager, access.id)
    phone(cast.clerk, customer)
    with (
        pytest.raises((IntegrityError, InternalError, ProgrammingError)),
        transaction.atomic(),
    ):
        fetch(statement, (access.id,))
    actions.give_back_access(cast.clerk, access.id)


def test_people_decide_at_the_shell_too(
    cast: Cast, customer: UUID, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
):
    """Requested, listed, approved and ended, each by who may; the answers are JSON with ids and states."""
    monkeypatch.setenv("TUTELA_AS_PASSWORD", people.PASSWORD)

    def run(actor: Actor, codes: Iterator[str], *words: str) -> dict[str, object]:
        monkeypatch.setenv("TUTELA_AS_CODE", next(codes))
        login = Staff.objects.get(id=actor.id).login
        assert shell.run(["temporary-access", *words, "--as", login, "--json"]) == 0
        answer: dict[str, object] = json.loads(capfd.readouterr().out.splitlines()[-1])
        return answer

    def enrolled(actor: Actor) -> Iterator[str]:
        staff = Staff.objects.get(id=actor.id)
        set_password(SYSTEM, staff, people.PASSWORD)
        Authenticator.objects.filter(user=staff).delete()
        return people.enrol(staff)

    asks, decides = enrolled(cast.clerk), enrolled(cast.manager)
    wish = ["request", str(customer), "--class", "contact", "--purpose", "complaint"]
    asked = run(cast.clerk, asks, *wish, "--reason", WHY)
    access = str(asked["access"])
    assert run(cast.manager, decides, "list")["state"] in ("waiting", "running")
    assert run(cast.manager, decides, "reason", access)["reason"] == WHY
    assert run(cast.manager, decides, "approve", access)["result"] == "running"
    assert phone(cast.clerk, customer)
    assert run(cast.manager, decides, "end", access)["result"] == "ended"


def test_a_work_item_opens_what_the_matrix_gives_and_no_access_is_used(cast: Cast, customer: UUID):
    """One's own right comes first: the leaf names the cell, and the loan counts nothing."""
    access = actions.request_access(cast.clerk, asking(customer, purpose="service"))
    actions.approve_access(cast.manager, access.id)
    item = make_work_item(customer, cast.clerk)
    reveal(cast.clerk, customer, ["phone"], Justification("service", WHY, item))
    assert rows.find(access.id).used == 0
    assert phone(cast.clerk, customer, "service")
    assert rows.find(access.id).used == 1
    actions.give_back_access(cast.clerk, access.id)


def test_permissions_are_those_of_posts_that_work_with_customers():
    """Whoever may ask may also open values, else an approval opens nothing."""
    asks = (
        access_permissions.TEMPORARY_ACCESS_REQUEST.posts
        | access_permissions.BREAK_GLASS_START.posts
    )
    assert asks <= permissions.FIELD_REVEAL.posts & permissions.CUSTOMER_VIEW.posts
