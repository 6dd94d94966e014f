"""Access for a while: asked for, approved by others, used against its clock, ended, refused again."""

import threading
from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, InternalError, connection, transaction

from tests.access import cast as people
from tests.vault.factories import Cast, id_number, make_customer, make_record, make_staff, make_work_item
from tutela.access import errors
from tutela.access import permissions as access_permissions
from tutela.access import temporary_rows as rows
from tutela.access.actions.people import assign_post, disable_staff
from tutela.access.models import Staff
from tutela.access.purposes import Purpose
from tutela.base import clock
from tutela.base.actor import SYSTEM, Actor, Channel
from tutela.notices.models import Notice
from tutela.trail import queries as trail
from tutela.vault import permissions, view
from tutela.vault.errors import CustomerNotFound, ReasonMissing
from tutela.vault.queries import fetch
from tutela.vault.reveal import Justification, reveal
from tutela.vault.temporary_access import actions, lists
from tutela.vault.temporary_access.actions import Asking
from tutela.vault.temporary_access.errors import NobodyFound, SearchNotExact, WhomMissing

CONTACT, BANK, IDENTITY, CREDENTIAL, HEALTH = 2, 3, 1, 9, 4
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
