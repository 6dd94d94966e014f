"""Which other systems report accesses, and how much of them came: beside `access-log-kept`, which counts the
vault's own log. It changes no figure: nobody can know which systems have not been registered.

Shares of customers stay on the room's own pages: who may deliver could read there whether somebody is a customer.
"""

from collections.abc import Iterator

from tutela.base.readings import EvidenceRow

from . import queries

TARGET = "access-log-kept"


def beside() -> Iterator[EvidenceRow]:
    """One line for each feed: its state, since when, the last record (its time), what is missing or not
    matched."""
    for each in queries.coverage():
        feed = each.feed
        facts: dict[str, str | int] = {
            "system": feed.system,
            "sending": each.state.value,
            "sends_since": feed.first_received_at.isoformat() if feed.first_received_at else "",
            "accesses": each.looks,
            "missing": each.missing,
            "unmatched_accounts": each.accounts,
        }
        yield EvidenceRow(feed.name, feed.received_at or feed.opened_at, facts)
