"""What targets are called in the inbox, where notices hold their codes only."""

from collections.abc import Mapping

from tutela.access import gate
from tutela.access.permissions import Permission
from tutela.base.actor import Actor
from tutela.notices import naming
from tutela.programme import naming as programme

from . import custom


def join() -> None:
    """Hand the namer in, while the product starts."""
    naming.of_code("target", _targets)


def _targets(actor: Actor, ids: frozenset[str]) -> Mapping[str, str]:
    """The programme's targets, and the company's own measures, whose newest title counts."""
    if not gate.holds(actor, Permission.SCORECARD_READ):
        return {}
    found = dict(programme.targets(actor, ids))
    if any(one.startswith(custom.OWN) for one in ids):
        found |= {one.goal.target: one.title for one in custom.measures() if one.goal.target in ids}
    return found
