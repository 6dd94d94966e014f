"""A person's open work items, as home and "my work" show them."""

from django.http import HttpRequest

from tutela.access import gate
from tutela.base.actor import Actor

from . import offers, permissions, work_items, work_lines
from .work_lines import WorkLine

MOST = 100


def lines(request: HttpRequest, actor: Actor, limit: int = MOST) -> list[WorkLine]:
    """Newest first, each with the purpose for which it opens; nothing for whoever sees no customers."""
    if not gate.holds(actor, permissions.CUSTOMER_VIEW):
        return []
    items = work_items.open_of(actor, limit)
    offered = offers.purposes(actor) if items else []
    return work_lines.lines(
        actor, items, lambda item: offers.purpose_of_work(request, actor, offered, item.kind)
    )
