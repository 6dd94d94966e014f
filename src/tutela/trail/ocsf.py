"""A leaf as an event of the Open Cybersecurity Schema Framework (OCSF), for a security team's own tools. Pure.

Which class an event of the trail belongs to is told by its room (`ocsf_kinds.py`), else by the last word of its
name. What no class has a place for, as purpose, work item and fields, stands in `unmapped`; the
stated reason is sealed and stays in the trail.
"""

from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version as installed
from typing import Any, Final

from .event_specs import EVENTS
from .leaves import Exposure
from .ocsf_kinds import (
    ACCOUNT,
    API,
    AUTHENTICATION,
    DATASTORE,
    ENTITY,
    FINDING,
    OTHER,
    SESSION,
    USER_ACCESS,
    Kind,
)
from .queries import LeafRow

VERSIONS: Final = ("1.8.0", "1.5.0", "1.3.0")
"""The versions of the schema that can be written, the newest first."""
NEWEST: Final = VERSIONS[0]
CLASSES: Final = {
    API: "API Activity", DATASTORE: "Datastore Activity", AUTHENTICATION: "Authentication",
    ACCOUNT: "Account Change", USER_ACCESS: "User Access Management", SESSION: "Authorize Session",
    ENTITY: "Entity Management", FINDING: "Detection Finding",
}  # fmt: skip
_CATEGORIES: Final = {2: "Findings", 3: "Identity & Access Management", 6: "Application Activity"}
_ACTIVITIES: Final[dict[int, dict[int, str]]] = {
    API: {1: "Create", 2: "Read", 3: "Update", 4: "Delete"},
    DATASTORE: {
        1: "Read", 2: "Update", 4: "Query", 5: "Write", 6: "Create", 7: "Delete", 8: "List", 9: "Encrypt",
        10: "Decrypt",
    },
    AUTHENTICATION: {1: "Logon", 2: "Logoff"},
    ACCOUNT: {
        1: "Create", 2: "Enable", 3: "Password Change", 4: "Password Reset", 5: "Disable",
        10: "MFA Factor Enable", 11: "MFA Factor Disable", 12: "Unlock",
    },
    USER_ACCESS: {1: "Assign Privileges", 2: "Revoke Privileges"},
    SESSION: {1: "Assign Privileges"},
    ENTITY: {1: "Create", 2: "Read", 3: "Update", 4: "Delete"},
    FINDING: {1: "Create", 2: "Update", 3: "Close"},
}  # fmt: skip
_ENDINGS: Final = {
    1: (
        "created", "registered", "drafted", "opened", "added", "proposed", "requested", "started", "named",
        "called",
    ),
    2: ("read", "viewed", "fetched", "exported", "listed", "inspected", "verified", "explained"),
    4: ("removed", "discarded", "withdrawn", "revoked", "deleted", "dropped", "purged"),
}  # fmt: skip
"""What the last word of other events tells of the activity; the rest are updates."""
_BROKEN: Final = (FINDING, 1)
_NOT_BEFORE: Final[dict[Kind, str]] = {(ACCOUNT, 12): "1.5.0"}
"""Activities that a version before this one does not have."""


def kind_of(event: str) -> Kind:
    """The class of an event of the trail, and the activity."""
    spec = EVENTS.get(event)
    if spec and spec.ocsf:
        return spec.ocsf
    last = event.rpartition(".")[2].rpartition("_")[2]
    return API, next((number for number, words in _ENDINGS.items() if last in words), 3)


def event_of(row: LeafRow, version: str = NEWEST) -> dict[str, Any]:
    """The leaf as an event of this version, one of VERSIONS. A broken leaf is a finding about itself."""
    of_class, activity = _BROKEN if row.broken else kind_of(row.event)
    if _before(version, _NOT_BEFORE.get((of_class, activity), "")):
        activity = OTHER
    part = _Part(row, version)
    denied = row.outcome == "deny"
    words = EVENTS[row.event].words if row.event in EVENTS else row.event
    event = {
        "activity_id": activity,
        "activity_name": _ACTIVITIES[of_class].get(activity, "Other"),
        "category_name": _CATEGORIES[of_class // 1000],
        "category_uid": of_class // 1000,
        "class_name": CLASSES[of_class],
        "class_uid": of_class,
        "message": "Broken entry of the access trail" if row.broken else words,
        "metadata": part.metadata(),
        "severity_id": 4 if row.broken else 2 if denied else 1,
        "status_id": 2 if denied or row.broken else 1,
        "time": int(row.at.timestamp()) * 1000 + row.at.microsecond // 1000,
        "type_uid": of_class * 100 + activity,
        "unmapped": part.unmapped(),
        **part.control(),
        **_OF_CLASS[of_class](part),
    }
    if row.code:
        event["status_code"] = row.code
    return event


def _before(version: str, other: str) -> bool:
    return bool(other) and VERSIONS.index(version) > VERSIONS.index(other)


@dataclass(frozen=True, slots=True)
class _Part:
    """The parts of an event of one leaf."""

    row: LeafRow
    version: str

    @property
    def old(self) -> bool:
        return self.version == "1.3.0"

    def metadata(self) -> dict[str, Any]:
        product = {"name": "Tutela", "vendor_name": "Tutela", "version": installed("tutela")}
        known: dict[str, Any] = {
            "version": self.version, "product": product, "uid": str(self.row.id), "log_name": "access trail",
            "profiles": ["data_classification"] if self.old else ["data_classification", "security_control"],
        }  # fmt: skip
        return {**known, "event_code": self.row.event} if self.row.event else known

    def control(self) -> dict[str, Any]:
        """Whether the access was allowed; a masked value is one that was modified. The oldest version tells it by
        the status alone."""
        row = self.row
        if self.old:
            return {}
        if row.broken:
            return {"action_id": 3}
        masked = row.exposure in (Exposure.LIST_MASKED, Exposure.DETAIL_MASKED)
        if row.outcome == "deny":
            return {"action_id": 2}
        return {"action_id": 4 if masked else 1}

    def actor(self) -> dict[str, Any]:
        row = self.row
        if row.broken:
            return {"app_name": "Tutela"}
        decision = row.decision
        policy = {
            "uid": decision.get("cell")
            or decision.get("request")
            or decision.get("permission")
            or "",
            "name": decision.get("overlay") or "",
            "version": decision.get("matrix") or "",
        }
        stated = {key: str(value) for key, value in policy.items() if value}
        allowed: dict[str, Any] = {"decision": row.outcome}
        if stated.keys() & {"uid", "name"}:
            allowed["policy"] = stated
        return {"user": self.user(row.actor_id), "authorizations": [allowed]}

    def acting(self) -> dict[str, Any]:
        """The actor, for classes that have no place for one in the oldest version."""
        return {} if self.old else {"actor": self.actor()}

    def user(self, uid: str) -> dict[str, Any]:
        """A person, or what acts without one."""
        kinds = {"staff": 1, "system": 3, "machine": OTHER}
        known: dict[str, Any] = {"uid": uid or "unknown"}
        return (
            {**known, "type_id": kinds.get(self.row.actor_kind, 0)}
            if uid == self.row.actor_id
            else known
        )

    def target(self) -> dict[str, Any]:
        """Whom a change of an account or of rights is about; else who acts."""
        row = self.row
        about = [key for kind, key in row.subjects if kind in {"staff", "person"}]
        return self.user(str(row.detail.get("target") or "") or next(iter(about), row.actor_id))

    def source(self) -> dict[str, Any]:
        return (
            {"ip": self.row.source} if self.row.source else {"name": self.row.channel or "unknown"}
        )

    def unmapped(self) -> dict[str, Any]:
        """Everything else of the leaf, without the sealed reason."""
        row = self.row
        if row.broken:
            return {"broken": row.broken}
        return {
            "actor": {"kind": row.actor_kind, "id": row.actor_id},
            "channel": row.channel,
            "classes": list(row.classes),
            "decision": dict(row.decision),
            "detail": dict(row.detail),
            "exposure": row.exposure.value,
            "export": row.exposure is Exposure.EXPORT or row.event.endswith(".exported"),
            "fields": list(row.fields),
            "has_reason": bool(row.note),
            "outside": row.event.startswith("feeds."),
            "purpose": row.purpose,
            "subjects": [{"type": kind, "uid": key} for kind, key in row.subjects],
            "work_item": row.work_item,
        }


def _api(part: _Part) -> dict[str, Any]:
    return {
        "actor": part.actor(),
        "api": {"operation": part.row.event, "service": {"name": "Tutela"}},
        "src_endpoint": part.source(),
        "resources": [{"type": kind, "uid": key} for kind, key in part.row.subjects],
    }


def _datastore(part: _Part) -> dict[str, Any]:
    """The customers' data or the trail; each class of data that was shown is one classification."""
    trail = part.row.event.startswith("trail.")
    database: dict[str, Any] = {"name": "access trail" if trail else "customers", "type_id": 1}
    shown = [{"category_id": 1, "category": "Personal", "uid": str(n)} for n in part.row.classes]
    if shown and part.old:
        database["data_classification"] = {"category_id": 1, "category": "Personal"}
    elif shown:
        database["data_classifications"] = shown
    return {
        "actor": part.actor(),
        "database": database,
        "src_endpoint": part.source(),
        "type_id": 1,
    }


def _authentication(part: _Part) -> dict[str, Any]:
    return {
        "user": part.target(),
        "service": {"name": "Tutela"},
        "src_endpoint": part.source(),
        "is_mfa": bool(part.row.detail.get("factor")),
    }


def _account(part: _Part) -> dict[str, Any]:
    return {"actor": part.actor(), "user": part.target(), "src_endpoint": part.source()}


def _access(part: _Part) -> dict[str, Any]:
    """Rights given and taken, for a while too."""
    detail = part.row.detail
    right = str(detail.get("post") or detail.get("request") or part.row.event)
    return {**part.acting(), "user": part.target(), "privileges": [right]}


def _session(part: _Part) -> dict[str, Any]:
    known = _access(part)
    until = part.row.detail.get("until_ms")
    return {**known, "session": {"expiration_time": int(until)}} if until else known


def _entity(part: _Part) -> dict[str, Any]:
    noun = part.row.event.rpartition(".")[0]
    uid = next((key for _, key in part.row.subjects), "") or str(part.row.detail.get("matrix", ""))
    entity: dict[str, Any] = {"name": noun, "type": noun.rpartition(".")[2], "type_id": OTHER}
    return {**part.acting(), "entity": {**entity, "uid": uid} if uid else entity}


def _finding(part: _Part) -> dict[str, Any]:
    """An alert of the watch, or a leaf that is not as it was written."""
    row = part.row
    uid = next((key for kind, key in row.subjects if kind in {"alert", "case"}), str(row.id))
    rule = str(row.detail.get("rule") or ("trail.integrity" if row.broken else row.event))
    words = EVENTS[row.event].words if row.event in EVENTS else rule
    title = f"Broken entry: {row.broken}" if row.broken else words
    found = {"uid": uid, "title": title, "analytic": {"type_id": 1, "uid": rule}}
    return {"finding_info": found} if part.old else {"finding_info": found, "is_alert": True}


_OF_CLASS: Final[dict[int, Callable[[_Part], dict[str, Any]]]] = {
    API: _api, DATASTORE: _datastore, AUTHENTICATION: _authentication, ACCOUNT: _account,
    USER_ACCESS: _access, SESSION: _session, ENTITY: _entity, FINDING: _finding,
}  # fmt: skip
