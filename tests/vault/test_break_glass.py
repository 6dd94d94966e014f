"""Break-glass: at once, in the open, for few customers and an hour, and reviewed or paused."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from allauth.mfa.models import Authenticator
from django.db import DatabaseError
from django.test import override_settings

from tests.access import cast as people
from tests.vault.factories import Cast, id_number, make_customer, make_staff
from tutela.access import errors
from tutela.access import temporary_rows as rows
from tutela.access.actions.people import disable_staff
from tutela.access.models import Staff
from tutela.base import clock
from tutela.base.actor import SYSTEM, Actor, Channel
from tutela.notices.models import Delivery, Notice
from tutela.trail import queries as trail
from tutela.vault.errors import CustomerNotFound, ReasonMissing
from tutela.vault.reveal import Justification, reveal
from tutela.vault.temporary_access import actions, clocks, news
from tutela.vault.temporary_access.actions import Asking

CONTACT, BANK = 2, 3
WHY = "Ambulance on the line, the insured is unconscious."


@pytest.fixture(scope="module")
def security(cast: Cast) -> Actor:
    return make_staff("security_admin", "HQ")


@pytest.fixture(scope="module")
def boss(cast: Cast) -> Actor:
    return make_staff("compliance_officer", "HQ")


@pytest.fixture
def codes(cast: Cast, security: Actor, boss: Actor) -> Iterator[str]:
    """The clerk's codes, each good once."""
    clerk = Staff.objects.get(id=cast.clerk.id)
    Authenticator.objects.filter(user=clerk).delete()
    return people.enrol(clerk)


@pytest.fixture
def customer(cast: Cast) -> UUID:
    """Of another branch."""
    return make_customer(cast.west, phone="13912345678").customer_id


@pytest.fixture(autouse=True)
def settled(cast: Cast, boss: Actor) -> Iterator[None]:
    """What a test has left is ended and reviewed."""
    yield
    for access in rows.unreviewed():
        actions.review_break_glass(boss, access.id, justified=True, note="Checked.")


def asking(customer: UUID, *classes: int, **more: object) -> Asking:
    facts = {"customers": (customer,), "minutes": 30, "reason": WHY, "purpose": "claim", **more}
    return Asking(classes=classes or (CONTACT,), **facts)


def phone(actor: Actor, customer: UUID) -> object:
    return reveal(actor, customer, ["phone"], Justification("claim", WHY)).values["phone"]


def told(kind: str, access_id: UUID) -> set[str]:
    link = news.link_of(access_id)
    return {
        str(one)
        for one in Notice.objects.filter(kind=kind, link=link).values_list(
            "recipient_id", flat=True
        )
    }


def test_it_opens_at_once_and_those_who_watch_are_told_in_the_same_moment(
    cast: Cast, security: Actor, codes: Iterator[str], customer: UUID
):
    """The notice stands with the row itself, so no second passes; the leaf names the access."""
    with pytest.raises(errors.DataRefused):
        phone(cast.clerk, customer)
    access = actions.start_break_glass(cast.clerk, asking(customer), next(codes))
    assert {security.id, cast.manager.id} <= told("break_glass_started", access.id)
    assert phone(cast.clerk, customer) == "13912345678"
    assert trail.leaves(trail.LeafFilter(event="vault.field.revealed"))[0].decision[
        "request"
    ] == str(access.id)
    started = trail.leaves(trail.LeafFilter(event="access.break_glass.started"))[0]
    assert started.note
    assert WHY not in repr(started)


def test_one_button_ends_it(cast: Cast, security: Actor, codes: Iterator[str], customer: UUID):
    """For the security administrator and for the manager of the branch; the clock shows it to both."""
    for actor in (security, cast.manager):
        access = actions.start_break_glass(cast.clerk, asking(customer), next(codes))
        (shown,) = clocks.clocks(actor)
        assert (shown.id, shown.is_break_glass, shown.can_end, shown.is_own) == (
            access.id,
            True,
            True,
            False,
        )
        actions.end_access(actor, access.id)
        assert clocks.clocks(actor) == []
        with pytest.raises(errors.DataRefused):
            phone(cast.clerk, customer)


def test_it_needs_a_fresh_code_of_the_second_factor(
    cast: Cast, codes: Iterator[str], customer: UUID
):
    """None, a wrong one, one that was used; and a session without a second factor has none to show."""
    used = next(codes)
    access = actions.start_break_glass(cast.clerk, asking(customer), used)
    actions.give_back_access(cast.clerk, access.id)
    for code in ("", "000000", used):
        with pytest.raises(errors.CodeWrong):
            actions.start_break_glass(cast.clerk, asking(customer), code)
    with pytest.raises(errors.StepUpNeeded):
        actions.start_break_glass(
            replace(cast.clerk, second_factor=False), asking(customer), next(codes)
        )
    with pytest.raises(errors.StepUpNeeded):
        actions.start_break_glass(cast.adjuster, asking(customer), "123456")
    failed = trail.leaves(trail.LeafFilter(event="access.sign_in.failed"))
    assert len(failed) >= 3


def test_another_fault_of_the_form_does_not_use_the_code_up(
    cast: Cast, codes: Iterator[str], customer: UUID
):
    """A short reason, too many customers, too many minutes: the code works afterwards."""
    code = next(codes)
    many = tuple(uuid4() for _ in range(6))
    for change, error in (
        ({"reason": "too short"}, ReasonMissing),
        ({"customers": many}, errors.CustomersTooMany),
        ({"minutes": 61}, errors.MinutesOutOfRange),
        ({"purpose": "marketing"}, errors.PurposeNotForAccess),
        ({"classes": (9,)}, errors.ClassNeverClear),
    ):
        with pytest.raises(error):
            actions.start_break_glass(cast.clerk, replace(asking(customer), **change), code)
    actions.start_break_glass(cast.clerk, asking(customer), code)


def test_it_is_for_posts_that_the_matrix_names(cast: Cast, customer: UUID):
    """A manager may ask others; an API key or a shell has no session to which it holds."""
    with pytest.raises(errors.BreakGlassNotForPost):
        actions.start_break_glass(cast.manager, asking(customer), "1")
    with pytest.raises(errors.PermissionMissing):
        actions.start_break_glass(cast.auditor, asking(customer), "1")
    with pytest.raises(errors.ChannelClosed):
        actions.start_break_glass(replace(cast.clerk, channel=Channel.SHELL), asking(customer), "1")


def test_it_holds_in_the_session_it_began_in(cast: Cast, codes: Iterator[str], customer: UUID):
    """Signed out, or a second browser: refused."""
    actions.start_break_glass(cast.clerk, asking(customer), next(codes))
    assert phone(cast.clerk, customer)
    for session in ("another", ""):
        with pytest.raises(errors.DataRefused):
            phone(replace(cast.clerk, session=session), customer)


def test_one_at_a_time(cast: Cast, codes: Iterator[str], customer: UUID):
    """Five customers stay five."""
    actions.start_break_glass(cast.clerk, asking(customer), next(codes))
    with pytest.raises(errors.BreakGlassOpen):
        actions.start_break_glass(
            cast.clerk, asking(make_customer(cast.west).customer_id), next(codes)
        )


def test_a_search_finds_the_customer_and_leaves_its_leaf_either_way(
    cast: Cast, codes: Iterator[str]
):
    """Of whatever branch; one that finds nobody is refused, after its trace."""
    number = id_number()
    held = make_customer(cast.west, id_number=number).customer_id
    facts = {"customers": (), "by": "id_number"}
    access = actions.start_break_glass(cast.clerk, asking(held, **facts, value=number), next(codes))
    assert access.customers == (held,)
    actions.give_back_access(cast.clerk, access.id)
    with pytest.raises(CustomerNotFound):
        actions.start_break_glass(cast.clerk, asking(held, **facts, value=id_number()), next(codes))
    leaf = trail.leaves(trail.LeafFilter(event="vault.customer.searched"))[0]
    assert (leaf.actor_id, leaf.detail["hits"]) == (cast.clerk.id, 0)


def test_an_outage_of_mail_delays_only_the_mail(
    cast: Cast, security: Actor, codes: Iterator[str], customer: UUID
):
    """The inbox is told in the same transaction; what is to leave waits in the outbox until the server is back."""
    Staff.objects.filter(id=security.id).update(email="security@insurer.example")
    with override_settings(TUTELA_MAIL_URL="smtp://127.0.0.1:1"):
        access = actions.start_break_glass(cast.clerk, asking(customer), next(codes))
    assert security.id in told("break_glass_started", access.id)
    waiting = Delivery.objects.filter(
        notice__recipient=security.id, notice__link=news.link_of(access.id)
    )
    assert waiting.count() == 1


def test_nothing_begins_that_nobody_is_told_of(
    cast: Cast,
    security: Actor,
    codes: Iterator[str],
    customer: UUID,
    monkeypatch: pytest.MonkeyPatch,
):
    """Notices cannot be stored, or there is nobody to tell: refused in one sentence, and nothing is half done."""

    def broken(*_: object, **__: object) -> int:
        raise DatabaseError

    before = len(rows.recent(1_000))
    monkeypatch.setattr(news, "notify", broken)
    with pytest.raises(errors.BreakGlassUntold):
        actions.start_break_glass(cast.clerk, asking(customer), next(codes))
    monkeypatch.setattr(news, "notify", lambda *_, **__: 0)
    with pytest.raises(errors.BreakGlassUntold):
        actions.start_break_glass(cast.clerk, asking(customer), next(codes))
    assert len(rows.recent(1_000)) == before
    with pytest.raises(errors.DataRefused):
        phone(cast.clerk, customer)


def test_an_overdue_review_pauses_the_post_until_it_is_done(
    cast: Cast, boss: Actor, codes: Iterator[str], customer: UUID, monkeypatch: pytest.MonkeyPatch
):
    """Of the post, not only of the person; who may review and who keeps rights are told once."""
    access = actions.start_break_glass(cast.clerk, asking(customer), next(codes))
    actions.give_back_access(cast.clerk, access.id)
    moment = clock.now() + timedelta(hours=24, seconds=1)
    monkeypatch.setattr(clock, "now", lambda: moment)
    colleague = make_staff("service_agent", "WEST")
    own = people.enrol(Staff.objects.get(id=colleague.id))
    for actor in (cast.clerk, colleague):
        with pytest.raises(errors.BreakGlassPaused):
            actions.start_break_glass(actor, asking(customer), "1")
    actions.close_run_out()
    actions.close_run_out()
    assert boss.id in told("break_glass_paused", access.id)
    link = news.link_of(access.id)
    assert (
        Notice.objects.filter(kind="break_glass_paused", link=link, recipient=boss.id).count() == 1
    )
    actions.review_break_glass(boss, access.id, justified=False, note="No emergency.")
    again = actions.start_break_glass(colleague, asking(customer), next(own))
    assert again.started_at


def test_a_review_is_another_persons_and_ends_what_still_runs(
    cast: Cast, boss: Actor, security: Actor, codes: Iterator[str], customer: UUID
):
    """Neither one's own, nor that of the security administrator, who sees no customer; once."""
    access = actions.start_break_glass(cast.clerk, asking(customer), next(codes))
    with pytest.raises(errors.PermissionMissing):
        actions.review_break_glass(cast.clerk, access.id, justified=True, note="Mine.")
    with pytest.raises(errors.PermissionMissing):
        actions.review_break_glass(security, access.id, justified=True, note="Fine.")
    with pytest.raises(ReasonMissing):
        actions.review_break_glass(boss, access.id, justified=True, note=" ")
    assert actions.open_reason(boss, access.id) == WHY
    actions.review_break_glass(boss, access.id, justified=True, note="The hospital confirmed it.")
    with pytest.raises(errors.DataRefused):
        phone(cast.clerk, customer)
    with pytest.raises(errors.ReviewUnfit):
        actions.review_break_glass(boss, access.id, justified=False, note="Again.")
    leaf = trail.leaves(trail.LeafFilter(event="access.break_glass.reviewed"))[0]
    assert (leaf.detail["review"], bool(leaf.note)) == ("justified", True)


def test_own_record_is_not_broken_into(cast: Cast, codes: Iterator[str]):
    """The one wall that break-glass does not lift."""
    own = make_customer(cast.east).customer_id
    person = make_staff("service_agent", "EAST", customer_id=own)
    mine = people.enrol(Staff.objects.get(id=person.id))
    actions.start_break_glass(person, asking(own), next(mine))
    with pytest.raises(errors.OwnRecord):
        phone(person, own)


def test_it_ends_with_the_account(cast: Cast, security: Actor, customer: UUID):
    """Disabled in the middle: the next look is refused."""
    person = make_staff("service_agent", "EAST")
    mine = people.enrol(Staff.objects.get(id=person.id))
    actions.start_break_glass(person, asking(customer), next(mine))
    disable_staff(SYSTEM, Staff.objects.get(id=person.id))
    with pytest.raises(errors.AccountDisabled):
        phone(person, customer)
