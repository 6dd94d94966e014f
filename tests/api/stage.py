"""What the API tests play with: a machine, a partner system, a clerk with a key, one customer."""

import json
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.http import HttpResponse
from django.test import Client

from sample.digits import id_check
from tests import source_feeds
from tests.access import cast
from tutela.access.actions.keys import create_api_key
from tutela.base import clock
from tutela.base.actor import SYSTEM, Actor, Channel
from tutela.trail import queries
from tutela.trail.tree.sequencer import sequence_once
from tutela.vault.actions.records import NewRecord, create_record
from tutela.vault.actions.work_items import WorkItemRow, import_work_items

BODY = "11010119900307"
NAME, PHONE = "欧阳金丝雀", "13800138017"
"""Canaries: they must appear in no problem, no leaf and no log line."""


def id_number(serial: int) -> str:
    """A right id number of nobody."""
    text = f"{BODY}{serial:03d}"
    return text + id_check(text)


@cache
def _client() -> Client:
    """One for all: each client would read the list of static files anew."""
    return Client()


@dataclass
class Caller:
    """One API key and how it calls."""

    key: str
    actor: Actor

    def call(self, method: str, path: str, body: Any = None, **headers: str) -> HttpResponse:
        told = {"HTTP_AUTHORIZATION": f"Bearer {self.key}", **headers} if self.key else headers
        data = body if isinstance(body, bytes) else json.dumps(body) if body is not None else ""
        content = told.pop("content_type", "application/json")
        return _client().generic(
            method, f"/api/v1{path}", data, content_type=content, secure=True, **told
        )

    def get(self, path: str, **headers: str) -> HttpResponse:
        return self.call("GET", path, **headers)

    def post(self, path: str, body: Any = None, **headers: str) -> HttpResponse:
        return self.call("POST", path, body, **headers)

    def put(self, path: str, body: Any = None, **headers: str) -> HttpResponse:
        return self.call("PUT", path, body, **headers)


@dataclass
class Stage:
    """Everything one test module needs."""

    machine: Caller
    partner: Caller
    clerk: Caller
    customer: str
    record: str
    work_item: str
    leaf: str


def set_up() -> Stage:
    """Made by the real verbs, in the module's own database."""
    cast.plant_branches()
    machine, partner = _machine("machine"), _machine("partner_service")
    source_feeds.register(machine.actor)
    clerk = _caller(cast.hire("service_agent", "EAST"))
    made = create_record(
        machine.actor, NewRecord("customer", values(1), branch_id=_branch("EAST")), "service"
    )
    number = "CASE-2026-0001"
    import_work_items(
        machine.actor,
        [
            WorkItemRow(
                number=number, kind="case", customer=str(made.customer_id), by="",
                assignee=_login(partner), opened=clock.today(),
            )
        ],
    )  # fmt: skip
    sequence_once()
    leaf = str(queries.leaves(limit=1)[0].id)
    return Stage(machine, partner, clerk, str(made.customer_id), str(made.record_id), number, leaf)


def values(serial: int) -> dict[str, str]:
    return {
        "name": NAME,
        "id_number": id_number(serial),
        "phone": PHONE,
        "customer_number": f"C{serial:05d}",
    }


def _machine(post: str) -> Caller:
    return _caller(cast.hire(post))


def _caller(member: cast.Member) -> Caller:
    _, key = create_api_key(SYSTEM, member.staff, label="test")
    kind = "machine" if member.staff.kind == "machine" else "staff"
    return Caller(key, Actor(kind=kind, id=str(member.staff.id), channel=Channel.API))


def _login(caller: Caller) -> str:
    from tutela.access.models import Staff

    return Staff.objects.get(id=caller.actor.id).login


def _branch(code: str) -> int:
    from tutela.access import queries

    return queries.branch(code).id
