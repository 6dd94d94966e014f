"""Another's thing answers as one that is not there: every page, verb and command, as every post.

Addresses, verbs and commands come from the maps; a parameter that `things` does not know fails here.
"""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

import pytest
import typer
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.urls import get_resolver, reverse

from tests.access import cast
from tests.api.stage import Caller
from tests.console.stage import browser
from tests.doors import play, things, worlds
from tests.doors.answers import asked, check_same
from tests.doors.things import NOBODY, Pair, Stage
from tests.walls.test_views import FOREIGN, patterns
from tutela.access.actions.keys import create_api_key
from tutela.access.actions.passwords import set_password
from tutela.access.posts import POSTS
from tutela.api import describe
from tutela.base import ids
from tutela.base.actor import SYSTEM, Actor, Channel
from tutela.cli import shell
from tutela.keys import spool
from tutela.notices.actions.notices import notify
from tutela.notices.models import Notice
from tutela.vault import queue
from tutela.vault.actions import moves
from tutela.vault.actions.assignments import Assigning, assign_work_item, hand_out
from tutela.vault.actions.claims import Queued
from tutela.vault.actions.destructions import propose_destruction
from tutela.vault.actions.records import NewRecord, create_record
from tutela.vault.errors import WorkItemUnknown
from tutela.vault.notice_kinds import IMPORT_FAILED
from tutela.vault.temporary_access.actions import Asking, request_access

pytestmark = pytest.mark.slow

PURPOSE = "service"


@pytest.fixture(scope="module")
def stage(database: str) -> Iterator[Stage]:
    """The worlds' ground with the foreign customer in it, and what its branch's manager has brought."""
    from tutela.access.models import Branch

    ground = worlds.build()
    west, branch = ground.people["west"], Branch.objects.get(code="WEST").id
    ground.foreign = [worlds.known(99, branch, west)]
    upload = spool.store("客户号,姓名\nK1,王五\n".encode())
    spool.keep(upload, west.actor.id)
    notify(IMPORT_FAILED, to=[west.actor.id], params={"code": "x"}, link="/imports/")
    notice = Notice.objects.get(recipient_id=west.actor.id).id
    with play.unhurried():
        batch = _batch(west.actor, "ab" * 32, branch)
        yield Stage(ground, upload, "ab" * 32, batch, notice, *_proposed(ground, branch))


def _proposed(ground: worlds.Ground, branch: int) -> tuple[UUID, UUID, UUID, UUID, UUID]:
    """What waits in the other branch: a typed row for its steward, a customer to be moved, assigned work, a request
    for temporary access."""
    agent, texts = cast.hire("service_agent", "WEST"), worlds.texts(88)
    waits = create_record(agent.actor, NewRecord("customer", texts, branch_id=branch), PURPOSE)
    assert isinstance(waits, Queued)
    manager, customer = ground.people["west"].actor, ground.foreign[0].customer
    move = moves.propose_move(manager, customer, "HQ", "The customer has moved.")
    asked = Assigning(customer=customer, assignee=agent.staff.login, reason="Call back.")
    assigned = assign_work_item(manager, asked).id
    order = propose_destruction(manager, customer, "The customer asked for it.")
    wish = Asking(
        customers=(customer,), classes=(2,), purpose="complaint", minutes=30, reason="Call."
    )
    access = request_access(agent.actor, wish)
    return waits.held_id, move, assigned, order.id, access.id


def _batch(actor: Actor, digest: str, branch: int) -> UUID:
    """A finished import of another person."""
    batch = ids.uuid7()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO vault.import_batch (batch_id, actor_kind, actor_id, source, collection,"
            " file_hash, mapping, state, finished_at, branch_id) VALUES (%s, 'staff', %s, 'core', 1,"
            """ decode(%s, 'hex'), '{"columns": {}}', 'finished', now(), %s)""",
            [batch, actor.id, digest, branch],
        )
    return batch


def addresses() -> list[tuple[str, tuple[str, ...]]]:
    """Name and parameters of every address of ours that names a thing."""
    found = {
        (entry.name or "", tuple(entry.pattern.converters))
        for entry in patterns(get_resolver())
        if entry.pattern.converters
        and not entry.callback.__module__.startswith((*FOREIGN, "tutela.api."))
    }
    return sorted(found)


FORMS: dict[str, dict[str, object]] = {
    "vault-settle-mapping": {"do": "start", "collection": "customer"},
    "vault-reveal-field": {"reveal-purpose": PURPOSE, "reveal-reason": "Caller check"},
}
"""What a post needs to come as far as the thing itself."""


def _forms(name: str, stage: Stage) -> list[dict[str, object]]:
    """The form as it is, and for a reveal with each place and work item that may be named."""
    form = FORMS.get(name, {})
    if name != "vault-reveal-field":
        return [form]
    foreign, own = stage.ground.foreign[0], stage.ground.own[0]
    return [
        {**form, "place": f"{record}:phone", "reveal-work_item": str(item)}
        for record in (foreign.record, NOBODY)
        for item in (foreign.work_item, own.work_item, "W404", "")
    ]


def send(
    client: Client, name: str, method: str, stage: Stage, given: dict[str, object]
) -> list[Callable[[], HttpResponse]]:
    """The requests to one address."""
    address = reverse(name, kwargs=given)
    if method == "get":
        return [lambda: client.get(address, {"purpose": PURPOSE})]
    return [lambda form=form: client.post(address, form) for form in _forms(name, stage)]


def test_every_parameter_of_an_address_is_known() -> None:
    """Who adds a page says what its address names."""
    for name, parameters in addresses():
        for one in parameters:
            known = parameters in things.SCOPED or one in things.COMMON
            assert known, things.UNKNOWN.format(what=f"The page {name}", name=one)


@pytest.mark.parametrize("post", [code for code, post in POSTS.items() if post.kind == "staff"])
def test_pages_tell_nothing_apart(stage: Stage, post: str) -> None:
    """Looked at and written to, by an address that names another's thing and one that is not there."""
    person = stage.ground.people[post]
    if worlds.scopes_everything(person):
        pytest.skip("no customer is outside this post's scope")
    client = browser(person.staff)
    client.raise_request_exception = False
    for name, parameters in addresses():
        pairs = things.SCOPED[parameters](stage) if parameters in things.SCOPED else []
        for pair in pairs:
            for method in ("get", "post"):
                _compare(client, person.actor, (name, method), stage, pair)


def _compare(
    client: Client, actor: Actor, place: tuple[str, str], stage: Stage, pair: Pair
) -> None:
    name, method = place
    ways = [
        send(client, name, method, stage, {**pair.same, **part})
        for part in (pair.other, pair.absent)
    ]
    for other, absent in zip(*ways, strict=True):
        asked(actor, absent, {})  # what the session or a cache learns first is no difference
        check_same(
            f"{actor.kind} {method} {name} {sorted(pair.other)}",
            asked(actor, other, pair.other),
            asked(actor, absent, pair.absent),
            frozenset(map(str, pair.same.values())),
        )


def test_a_work_item_of_another_is_none(stage: Stage) -> None:
    """On the page of a customer in scope: unknown, another customer's and a colleague's are one answer."""
    agent = stage.ground.people["service_agent"]
    client, own = browser(agent.staff), stage.ground.own[1]
    form = {
        "reveal-purpose": PURPOSE,
        "reveal-reason": "Caller check",
        "place": f"{own.record}:phone",
    }
    told = {
        asked(
            agent.actor,
            lambda item=item: client.post(
                f"/customers/{own.customer}/reveal/", {**form, "reveal-work_item": str(item)}
            ),
            {},
        )
        for item in ("", NOBODY, "W404", own.work_item, stage.ground.foreign[0].work_item)
    }  # fmt: skip
    assert len({(one.status, one.text, one.leaves) for one in told}) == 1


def _parameters() -> Iterator[tuple[str, str]]:
    """Verb and parameter, of addresses, headers, queries and bodies."""
    document = describe.document()
    for verbs in document["paths"].values():
        for verb in verbs.values():
            yield from ((verb["operationId"], one["name"]) for one in verb.get("parameters", ()))
    for name, schema in document["components"]["schemas"].items():
        if name.endswith("In"):
            yield from ((name, one) for one in schema.get("properties", ()))


def test_every_parameter_of_a_verb_is_known() -> None:
    """Who adds a verb says what it names."""
    for verb, name in _parameters():
        known = name in things.WORDS or name in things.NAMED
        assert known, things.UNKNOWN.format(what=f"The verb {verb}", name=name)


def _bodies(customer: object, record: object, item: object) -> dict[str, tuple[str, str, Any]]:
    """Every verb that names a thing, with the thing in it."""
    place = f"/customers/{customer}"
    why = {"purpose": PURPOSE}
    reason = {**why, "fields": ["phone"], "reason": "notice"}
    return {
        "view_customer": ("GET", f"{place}?purpose={PURPOSE}", None),
        "view_history": ("GET", f"{place}/history?record_id={record}&purpose={PURPOSE}", None),
        "tell_looks": ("GET", f"{place}/looks?purpose={PURPOSE}", None),
        "reveal_fields": ("POST", f"{place}/reveal", {**reason, "work_item": str(item)}),
        "reveal_many": ("POST", "/reveal", {
            **reason, "customers": [{"customer_id": str(customer), "work_item": str(item)}]}),
        "explain_decision": ("POST", "/decisions/explain", {
            **why, "customer_id": str(customer), "work_item": str(item)}),
        "create_record": ("POST", "/customers", {
            **why, "collection": "policy", "values": {"policy_number": "P00000077"},
            "customer_id": str(customer)}),
        "change_record": ("PUT", f"{place}/records/{record}", {
            **why, "version": 7, "values": {"email": "x@example.com"}}),
    }  # fmt: skip


def _caller(stage: Stage, post: str) -> Caller:
    member = stage.ground.people.get(post) or cast.hire(post)
    _, key = create_api_key(SYSTEM, member.staff, label="test")
    return Caller(key, Actor(kind=member.actor.kind, id=member.actor.id, channel=Channel.API))


@pytest.mark.parametrize("post", ["service_agent", "branch_manager", "machine", "partner_service"])
def test_verbs_tell_nothing_apart(stage: Stage, post: str) -> None:
    """Where a thing that is there is refused, one that is not is refused the same. Machines see every
    customer; what they may not do, and people's keys, must not tell."""
    caller, foreign = _caller(stage, post), stage.ground.foreign[0]
    there = _bodies(foreign.customer, foreign.record, foreign.work_item)
    nowhere = _bodies(NOBODY, NOBODY, "W404")
    caller.call(*nowhere["view_customer"])  # what the first call learns is no difference
    for verb, case in there.items():
        other = asked(caller.actor, lambda case=case: caller.call(*case), {"customer": foreign.customer,
                      "record": foreign.record})  # fmt: skip
        absent = asked(
            caller.actor, lambda verb=verb: caller.call(*nowhere[verb]), {"customer": NOBODY}
        )
        if other.status == 403 and "work_item_missing" not in other.text:
            check_same(f"{post} {verb}", other, absent)


def test_a_work_item_of_another_system_is_none(stage: Stage) -> None:
    """By the API: the reveal of a customer with another's work item, and with one that is not there."""
    caller, own = _caller(stage, "partner_service"), stage.ground.own[0]
    items = (own.work_item, own.work_number, stage.ground.foreign[0].work_item, NOBODY, "W404")
    for verb in ("reveal_fields", "reveal_many", "explain_decision"):
        told = {
            (one.status, re.sub("<id [0-9]+>", "", one.text))
            for one in (
                asked(
                    caller.actor,
                    lambda item=item, verb=verb: caller.call(
                        *_bodies(own.customer, own.record, item)[verb]
                    ),
                    {},
                )
                for item in items
            )
        }
        assert len(told) == 1, told


def test_an_idempotency_key_of_another_is_unused(stage: Stage) -> None:
    """The same key with another body, by another machine: the act is done, nothing is told of the first."""
    answers = []
    for number in (501, 502):
        values = {name: text for name, text in worlds.texts(number).items() if name != "email"}
        body = {"collection": "customer", "branch": "EAST", "purpose": PURPOSE, "values": values}
        caller = _caller(stage, "machine")
        answers.append(caller.post("/customers", body, HTTP_IDEMPOTENCY_KEY="key-of-mine-1"))
    assert {answer.status_code for answer in answers} == {201}


def _commands(tree: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, list[str]]]:
    for name, command in getattr(tree, "commands", {}).items():
        yield from _commands(command, (*path, name))
    if not hasattr(tree, "commands"):
        yield " ".join(path), [one.name for one in tree.params]


def test_every_parameter_of_a_command_is_known() -> None:
    """Who adds a command says what it names."""
    shell._add_rooms()
    for command, parameters in _commands(typer.main.get_command(shell.app)):
        for name in parameters:
            known = name in things.WORDS or name in things.NAMED
            assert known, things.UNKNOWN.format(what=f"The command {command}", name=name)


@pytest.mark.parametrize("post", ["service_agent", "branch_manager"])
def test_a_form_of_temporary_access_tells_no_customer_apart(stage: Stage, post: str) -> None:
    """The customer stands in its query and body: another branch's, and one who is not there."""
    person, foreign = stage.ground.people[post], stage.ground.foreign[0]
    client = browser(person.staff)
    client.raise_request_exception = False
    wish = {"classes": ["2"], "purpose": "complaint", "minutes": "30", "reason": "Call back soon."}
    for page in ("/temporary-access/request/", "/temporary-access/break-glass/"):
        for ask in (client.get, client.post):
            answers = [
                asked(
                    person.actor,
                    lambda key=key, ask=ask, page=page: ask(
                        page, {**wish, "customer": str(key), "code": "000000"}
                    ),
                    {"customer": key},
                )
                for key in (NOBODY, foreign.customer, NOBODY)
            ]
            check_same(f"{post} {ask.__name__} {page}", *answers[1:])


def test_the_queue_tells_no_work_item_apart(stage: Stage) -> None:
    """Handed out by its id: one of another branch that nobody works on, and one that is not there."""
    manager, foreign = stage.ground.people["branch_manager"], stage.ground.foreign[0]
    client = browser(manager.staff)
    wish = {"assignee": stage.ground.people["service_agent"].staff.login, "reason": "Call back."}
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE vault.work_item SET assignee = NULL WHERE customer_id = %s", [foreign.customer]
        )
        cursor.execute(
            "SELECT work_item_id FROM vault.work_item w WHERE customer_id = %s AND NOT EXISTS"
            " (SELECT FROM vault.assignment a WHERE a.work_item_id = w.work_item_id AND a.state = 1)",
            [foreign.customer],
        )
        item = cursor.fetchone()[0]
    west = stage.ground.people["west"].actor
    assert item in [one.work_item for one in queue.queued(west)], "the other branch has it"
    answers = [
        asked(
            manager.actor,
            lambda key=key: client.post("/work-items/queue/", {**wish, "items": str(key)}),
            {"item": key},
        )
        for key in (NOBODY, item, NOBODY)
    ]
    check_same("hand out", *answers[1:])
    for key in (item, NOBODY):
        with pytest.raises(WorkItemUnknown):
            hand_out(manager.actor, [key], wish["assignee"], wish["reason"])


@pytest.mark.parametrize("post", ["service_agent", "branch_manager"])
def test_commands_tell_nothing_apart(
    stage: Stage, post: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """Show, reveal and list with another branch's customer and branch, and with none."""
    person, foreign = stage.ground.people[post], stage.ground.foreign[0]
    set_password(SYSTEM, person.staff, cast.PASSWORD)
    codes = iter(RecoveryCodes.activate(person.staff).get_unused_codes())
    monkeypatch.setenv("TUTELA_AS_PASSWORD", cast.PASSWORD)
    why = ["--purpose", PURPOSE, "--as", person.staff.login, "--json"]
    told: list[set[str]] = []
    for step, (customer, item, branch) in enumerate((
        (foreign.customer, foreign.work_number, "WEST"), (NOBODY, "W404", "NOWHERE"),
    )):  # fmt: skip
        answers = []
        for number, words in enumerate(
            (
                ["customers", "show", str(customer)],
                ["reveal", str(customer), "--field", "phone", "--reason", "x", "--work-item", item],
                ["customers", "list", "--branch", branch],
                ["customers", "list", "--after", str(UUID(int=foreign.customer.int + step))],
            )
        ):
            monkeypatch.setenv("TUTELA_AS_CODE", next(codes))
            code = shell.run([*words, *why])
            shown = capfd.readouterr()
            errors = "".join(line for line in shown.err.splitlines() if line.startswith("{"))
            answers.append(json.dumps([number, code, shown.out, errors]))
        told.append(set(answers))
    assert told[0] == told[1]


@pytest.mark.parametrize("post", ["service_agent", "branch_manager"])
def test_commands_of_temporary_access_tell_nothing_apart(
    stage: Stage, post: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """Decide on, end, give back, review and read another branch's request, and one that is not there."""
    person = stage.ground.people[post]
    set_password(SYSTEM, person.staff, cast.PASSWORD)
    monkeypatch.setenv("TUTELA_AS_PASSWORD", cast.PASSWORD)
    told: list[list[tuple[int, str, str]]] = []
    for access in (stage.access, NOBODY):
        Authenticator.objects.filter(user=person.staff, type="recovery_codes").delete()
        codes = iter(RecoveryCodes.activate(person.staff).get_unused_codes())
        answers = []
        for verb in ("approve", "refuse", "end", "give-back", "reason", "review"):
            monkeypatch.setenv("TUTELA_AS_CODE", next(codes))
            more = ["--reason", "Checked.", "--justified"] if verb == "review" else []
            code = shell.run(
                ["temporary-access", verb, str(access), *more, "--as", person.staff.login, "--json"]
            )
            shown = capfd.readouterr()
            answers.append((code, shown.out, shown.err.replace(str(access), "")))
        told.append(answers)
    assert told[0] == told[1]
    assert {code for code, _out, _err in told[0]} == {1}
