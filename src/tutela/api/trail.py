"""The access trail for machines."""

from datetime import datetime
from uuid import UUID

from django.utils import timezone
from ninja import Query

from tutela.access import permissions as access_permissions
from tutela.access import queries as people
from tutela.access import trail_search
from tutela.access.errors import StaffUnknown
from tutela.trail import ocsf, queries
from tutela.trail.queries import LeafFilter
from tutela.trail.tree import witnesses
from tutela.vault import trace, trail_proofs

from . import answers, shapes, trail_answers
from .call import Call
from .frame import verb


@verb("GET", "/trail", access_permissions.TRAIL_SEARCH, answers.LeavesOut)
def search_leaves(request: Call, asked: Query[shapes.TrailIn]) -> answers.LeavesOut:
    """Leaves by person, customer, event and time, newest first. Reading them leaves a leaf too.

    `before` of the answer is the `before` of the next call; null at the end. `purged` are the months of the time
    asked for whose entries were purged.
    """
    wanted = _wanted(asked)
    rows = trail_search.search_leaves(request.actor, wanted, limit=asked.limit, before=asked.before)
    more = rows[-1].id if len(rows) == asked.limit else None
    gone = [answers.purged(segment) for segment in queries.purged(wanted)]
    return {"leaves": [answers.leaf(row) for row in rows], "before": more, "purged": gone}


@verb("GET", "/trail/ocsf", access_permissions.TRAIL_SEARCH, trail_answers.EventsOut)
def export_events(request: Call, asked: Query[shapes.OcsfIn]) -> trail_answers.EventsOut:
    """Leaves as events of the Open Cybersecurity Schema Framework, newest first. The export leaves a leaf.

    `before` of the answer is the `before` of the next call; null at the end.
    """
    rows = list(
        trail_search.export_leaves(
            request.actor,
            _wanted(asked),
            f"ocsf-{asked.version}",
            asked.limit,
            before=asked.before,
        )
    )
    more = rows[-1].id if len(rows) == asked.limit else None
    events = [ocsf.event_of(row, asked.version) for row in rows]
    return {"version": asked.version, "events": events, "before": more}


@verb("GET", "/trail/{uuid:leaf_id}/proof", access_permissions.TRAIL_SEARCH, trail_answers.ProofOut)
def prove_leaf(request: Call, leaf_id: UUID) -> trail_answers.ProofOut:
    """That a leaf stands in the signed log: a proof that anybody verifies with `tutela-verify proof`.

    503 `trail.leaf_not_placed` until a signed checkpoint covers the leaf.
    """
    proven = trail_proofs.prove_leaf(request.actor, leaf_id, "tlog-proof")
    return {
        "leaf_id": leaf_id,
        "index": proven.index,
        "origin": proven.head.origin,
        "size": proven.head.size,
        "proof": proven.text(),
        "policy": witnesses.policy_text(),
    }


@verb("POST", "/trail/customers", access_permissions.TRAIL_SEARCH, trail_answers.TracesOut)
def trace_customers(request: Call, body: shapes.TraceIn) -> trail_answers.TracesOut:
    """Customers whom the trail names and who have this value, by id; nothing of them is opened.

    Nobody there, destroyed, or never looked at: all the same (400 `vault.not_in_trail`).
    """
    found = trace.find(request.actor, trace.By(body.by), body.value)
    return {
        "customers": [
            {"customer_id": key, "entries": one.leaves, "first": one.first, "last": one.last}
            for key, one in found.items()
        ]
    }


def _wanted(asked: shapes.TrailIn) -> LeafFilter:
    return LeafFilter(
        actor_id=_person(asked.person),
        subject=("customer", str(asked.customer)) if asked.customer else None,
        since=_moment(asked.since),
        until=_moment(asked.until),
        event=asked.event or "",
        purpose=str(asked.for_purpose or ""),
        outcome=asked.outcome or "",
    )


def _person(text: str) -> str:
    """The account named by id, login or staff number; StaffUnknown without repeating the text."""
    if not text:
        return ""
    try:
        return str(UUID(text))
    except ValueError:
        ids = people.staff_ids([text, text.lower()])
    if not ids:
        raise StaffUnknown(staff="?")
    return next(iter(ids.values()))


def _moment(given: datetime | None) -> datetime | None:
    if given is None or timezone.is_aware(given):
        return given
    return timezone.make_aware(given)
