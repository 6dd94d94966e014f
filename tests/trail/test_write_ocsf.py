"""Every event of the trail is one of the published OCSF schema, in each version that can be chosen."""

import json
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from uuid import UUID

import jsonschema_rs
import pytest

from tutela.trail import ocsf, ocsf_kinds
from tutela.trail.event_specs import EVENTS
from tutela.trail.leaves import Exposure
from tutela.trail.queries import LeafRow

VECTORS = Path(__file__).parents[1] / "vectors" / "ocsf"
CUSTOMER = "0192f0c1-0000-7000-8000-000000000005"


def row(event="vault.field.revealed", **changes):
    told = {
        "id": UUID("0192f0c1-7a54-7c33-9d1e-2f6f5c1a4b00"), "at": datetime(2026, 11, 30, 8, 0, 0, 123000, UTC),
        "event": event, "actor_kind": "staff", "actor_id": "0192f0c1-7a54-7c33-9d1e-2f6f5c1a4b01", "channel": "page",
        "source": "10.1.2.3", "subjects": (("customer", CUSTOMER),), "classes": (1, 4), "fields": (7,),
        "exposure": Exposure.CLEAR, "purpose": "claim", "work_item": "", "outcome": "allow", "code": "", "rows": 1,
        "decision": {"outcome": "allow", "cell": "claims_adjuster:2:claim", "matrix": "ab" * 32}, "detail": {"rows": 1},
        "note": "sealed",
    }  # fmt: skip
    return LeafRow(**{**told, **changes})


def broken():
    return row(
        "", actor_kind="", actor_id="", channel="", source="", subjects=(), classes=(), fields=(),
        exposure=Exposure.NONE, purpose="", outcome="", rows=None, decision={}, detail={}, note="", broken="hash",
    )  # fmt: skip


@cache
def schema(version, class_uid):
    told = json.loads((VECTORS / f"{version}.json").read_text(encoding="utf-8"))
    return jsonschema_rs.validator_for({**told["classes"][str(class_uid)], "$defs": told["$defs"]})


def faults(event, version):
    return [error.message for error in schema(version, event["class_uid"]).iter_errors(event)]


@pytest.mark.parametrize("version", ocsf.VERSIONS)
def test_every_event_of_every_room_fits_the_published_schema(version):
    """Done and refused, by people, machines, the system and nobody, masked, with and without an address."""
    assert len(EVENTS) > 100
    shapes = (
        {},
        {"outcome": "deny", "code": "access.not_allowed", "decision": {"outcome": "deny"}},
        {"actor_kind": "machine", "channel": "api", "exposure": Exposure.LIST_MASKED},
        {
            "actor_kind": "system",
            "actor_id": "system",
            "source": "",
            "subjects": (),
            "classes": (),
            "decision": {},
        },
        {
            "detail": {
                "target": CUSTOMER,
                "post": "auditor",
                "until_ms": 1_790_000_000_000,
                "factor": "totp",
            }
        },
    )
    for name in sorted(EVENTS):
        for shape in shapes:
            event = ocsf.event_of(row(name, **shape), version)
            assert faults(event, version) == [], (name, shape)
            assert json.loads(json.dumps(event)) == event


@pytest.mark.parametrize("version", ocsf.VERSIONS)
def test_the_schema_finds_what_does_not_fit(version):
    """A check that finds nothing proves nothing."""
    good = ocsf.event_of(row(), version)
    for wrong in (
        {**good, "activity_id": 77}, {**good, "invented": 1}, {**good, "time": "today"}, {**good, "type_uid": 1},
        {name: value for name, value in good.items() if name != "actor"},
        {name: value for name, value in good.items() if name != "database"},
    ):  # fmt: skip
        assert faults(wrong, version)


@pytest.mark.parametrize(
    ("event", "of_class", "activity"),
    [
        ("vault.field.revealed", 6005, 1),
        ("vault.customer.searched", 6005, 4),
        ("vault.customer.listed", 6005, 8),
        ("access.sign_in.succeeded", 3002, 1),
        ("access.sign_out.done", 3002, 2),
        ("access.staff.created", 3001, 1),
        ("access.staff.disabled", 3001, 5),
        ("access.assignment.changed", 3005, 1),
        ("access.break_glass.started", 3003, 1),
        ("access.break_glass.ended", 3005, 2),
        ("access.matrix.published", 3004, 3),
        ("watch.alert.raised", 2004, 1),
        ("watch.case.closed", 2004, 3),
        ("governance.document.published", 6003, 3),
        ("governance.task.created", 6003, 1),
        ("notices.channel.removed", 6003, 4),
    ],
)
def test_an_event_has_the_class_and_activity_of_its_kind(event, of_class, activity):
    told = ocsf.event_of(row(event))
    assert (told["class_uid"], told["activity_id"]) == (of_class, activity)
    assert told["type_uid"] == of_class * 100 + activity


def test_every_class_that_a_room_names_has_the_activity():
    """The rooms say classes and activities by the schema's numbers."""
    said = {name: event.ocsf for name, event in EVENTS.items() if event.ocsf}
    assert {name.split(".")[0] for name in said} >= {"access", "feeds", "trail", "vault", "watch"}
    assert [
        name
        for name, (of_class, activity) in said.items()
        if activity != ocsf_kinds.OTHER and activity not in ocsf._ACTIVITIES[of_class]
    ] == []


def test_an_event_says_what_the_leaf_says():
    """Milliseconds and not seconds; who, decided by which rule; the classes of data; the rest beside it."""
    told = ocsf.event_of(row())
    assert told["time"] == 1_796_025_600_123
    assert told["metadata"]["version"] == "1.8.0"
    assert told["metadata"]["uid"] == "0192f0c1-7a54-7c33-9d1e-2f6f5c1a4b00"
    assert told["actor"]["user"] == {"uid": "0192f0c1-7a54-7c33-9d1e-2f6f5c1a4b01", "type_id": 1}
    (decided,) = told["actor"]["authorizations"]
    assert decided == {
        "decision": "allow",
        "policy": {"uid": "claims_adjuster:2:claim", "version": "ab" * 32},
    }
    assert [one["uid"] for one in told["database"]["data_classifications"]] == ["1", "4"]
    assert told["unmapped"]["subjects"] == [{"type": "customer", "uid": CUSTOMER}]
    assert (told["unmapped"]["purpose"], told["unmapped"]["has_reason"]) == ("claim", True)
    assert "sealed" not in json.dumps(told)


def test_refused_and_masked_are_told_apart():
    refused = ocsf.event_of(row(outcome="deny", code="access.not_allowed"))
    assert (refused["action_id"], refused["status_id"], refused["status_code"]) == (
        2,
        2,
        "access.not_allowed",
    )
    masked = row(exposure=Exposure.DETAIL_MASKED)
    assert ocsf.event_of(masked)["action_id"] == 4
    assert "action_id" not in ocsf.event_of(masked, "1.3.0")


@pytest.mark.parametrize("version", ocsf.VERSIONS)
def test_a_broken_leaf_is_a_finding(version):
    """Nothing of it can be believed, so nothing is told of it."""
    told = ocsf.event_of(broken(), version)
    assert faults(told, version) == []
    assert (told["class_uid"], told["unmapped"]) == (2004, {"broken": "hash"})


def test_an_activity_that_a_version_does_not_have_is_another():
    assert ocsf.event_of(row("access.account.unlocked"))["activity_id"] == 12
    assert ocsf.event_of(row("access.account.unlocked"), "1.3.0")["activity_id"] == 99
