"""Tell those in charge that the trail closes customers' data, that its tree is behind, or that a new one began."""

from tutela.access import two_people
from tutela.trail import queries as trail
from tutela.trail.tree import state

from . import notice_kinds, queries
from .actions.notices import notify, settle

IN_CHARGE = ("security_admin", "system_admin", "compliance_officer")
PAGE = two_people.FAULTS_PAGE
"""Everybody in charge may open it."""


def tell() -> int:
    """Look at the trail now; returns how many people were told. Who has not read the last is not told again."""
    people = queries.post_holders(IN_CHARGE)
    health = trail.health()
    told = 0
    if health.state == "open":
        settle(notice_kinds.TRAIL_CLOSED, link=PAGE)
        settle(notice_kinds.TRAIL_STRAINED, link=PAGE)
    else:
        kind = (
            notice_kinds.TRAIL_CLOSED if health.state == "closed" else notice_kinds.TRAIL_STRAINED
        )
        told = notify(kind, to=people, params={"why": health.why}, link=PAGE, once=True)
    tree = state.current()
    if tree is not None and tree.epoch > 1 and not _is_told(tree.epoch):
        told += notify(
            notice_kinds.TRAIL_TREE_BEGUN, to=people, params={"tree": str(tree.epoch)}, link=PAGE
        )
    return told


def _is_told(epoch: int) -> bool:
    return queries.has_told(notice_kinds.TRAIL_TREE_BEGUN, {"tree": str(epoch)})
