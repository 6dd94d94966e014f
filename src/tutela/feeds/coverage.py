"""How much of the looks in other systems comes here, for whoever may read it."""

from collections.abc import Sequence
from dataclasses import replace

from django.db.models import QuerySet

from tutela.access import gate
from tutela.base.actor import Actor

from . import permissions, queries
from .models import Account
from .queries import Coverage, Gap


def covered(actor: Actor, names: Sequence[str] | None = None) -> list[Coverage]:
    """Every feed with what came and what is missing. Whether customers are known here is told only to those who
    may not deliver: for others the counts of customers are None."""
    gate.require(actor, permissions.FEED_READ)
    found = queries.coverage(names)
    if gate.holds(actor, permissions.COVERAGE_READ):
        return found
    return [replace(each, naming=None, unknown_customers=None) for each in found]


def gaps(actor: Actor, name: str) -> list[Gap]:
    """What is missing in a feed's numbering; FeedUnknown."""
    gate.require(actor, permissions.FEED_READ)
    return queries.gaps(queries.feed(name).id)


def strangers(actor: Actor) -> QuerySet[Account]:
    """Accounts that are matched to nobody, those with most looks first."""
    gate.require(actor, permissions.FEED_READ)
    return queries.unmatched()
