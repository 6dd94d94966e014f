"""Work items as lists show them: a person's own open ones, and those of which a supervisor decides."""

from collections.abc import Sequence
from uuid import UUID

from django.http import HttpRequest

from tutela.access import gate
from tutela.base.actor import Actor
from tutela.trail.leaves import Exposure

from . import offers, permissions, work_items, work_lines
from .work_lines import WorkLine

MOST = 100


def lines(request: HttpRequest, actor: Actor, limit: int = MOST) -> list[WorkLine]:
    """Newest first, each with the purpose for which it opens; nothing for whoever sees no customers."""
    if not gate.holds(actor, permissions.CUSTOMER_VIEW):
        return []
    items = work_items.open_of(UUID(actor.id), limit)
    offered = offers.purposes(actor) if items else []
    return work_lines.lines(
        actor, items, lambda item: offers.purpose_of_work(request, actor, offered, item.kind)
    )


def by_id(request: HttpRequest, actor: Actor, items: Sequence[UUID]) -> dict[UUID, WorkLine]:
    """The lines of these work items, by id, with number and masked name as far as they are for the reader."""
    offered = offers.purposes(actor, Exposure.DETAIL_MASKED) if items else []
    told = work_lines.lines(
        actor,
        work_items.of_ids(list(items)),
        lambda item: offers.purpose_of_work(request, actor, offered, item.kind),
        Exposure.DETAIL_MASKED,
    )
    return {line.item.work_item_id: line for line in told}
