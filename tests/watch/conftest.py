"""People who look, leaves of their looks in the real trail, and a watcher that follows it."""

from uuid import uuid4

import pytest

from tests.access import cast
from tests.access.cast import Member
from tutela.trail import log
from tutela.trail.leaves import Exposure, Leaf
from tutela.trail.tree.sequencer import sequence_once
from tutela.vault import events
from tutela.watch.watcher import Watcher, catch_up


def look(person: Member, customer: str = "", **changes: object) -> Leaf:
    """A clear view of one customer whom nobody knows."""
    told = {
        "event": events.FIELD_REVEALED,
        "actor": person.actor,
        "subjects": (("customer", customer or str(uuid4())),),
        "classes": (1, 2),
        "exposure": Exposure.CLEAR,
        "purpose": "service",
    }
    return Leaf(**{**told, **changes})


def leave(*leaves: Leaf) -> None:
    """Append to the trail, and give the leaves their places."""
    log.append_all(leaves)
    sequence_once()


@pytest.fixture(scope="module")
def staff(database: str) -> dict[str, Member]:
    """One person of some posts in the east."""
    cast.plant_branches()
    posts = ("service_agent", "claims_adjuster", "compliance_officer", "security_admin", "auditor")
    return {post: cast.hire(post, "EAST") for post in posts}


@pytest.fixture(scope="module")
def watcher(staff: dict[str, Member]) -> Watcher:
    """Has read all that was before."""
    sequence_once()
    watcher = Watcher()
    catch_up(watcher)
    return watcher
