"""The access trail for machines."""

from datetime import datetime
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from ninja import Query

from tutela.access import permissions as access_permissions
from tutela.access import queries, trail_search
from tutela.access.errors import StaffUnknown

from . import shapes, words
from .call import Call
from .frame import reply, verb


@verb("GET", "/trail", access_permissions.TRAIL_SEARCH, shapes.LeavesOut, query=shapes.TrailIn)
def search_leaves(request: Call, asked: Query[shapes.TrailIn]) -> HttpResponse:
    """Leaves by person, customer, event and time, newest first. Reading them leaves a leaf too.

    `before` of the answer is the `before` of the next call; null at the end.
    """
    found = trail_search.search_leaves(
        request.actor,
        person=_person(asked.person),
        customer=str(asked.customer) if asked.customer else "",
        since=_moment(asked.since),
        until=_moment(asked.until),
        event=asked.event or "",
        limit=asked.limit,
        before=asked.before,
    )
    more = found[-1].id if len(found) == asked.limit else None
    return reply({"leaves": [words.leaf(row) for row in found], "before": more})


def _person(text: str) -> str:
    """The account named by id, login or staff number; StaffUnknown without repeating the text."""
    if not text:
        return ""
    try:
        return str(UUID(text))
    except ValueError:
        found = queries.staff_ids([text, text.lower()])
    if not found:
        raise StaffUnknown(staff="?")
    return next(iter(found.values()))


def _moment(given: datetime | None) -> datetime | None:
    if given is None or timezone.is_aware(given):
        return given
    return timezone.make_aware(given)
