"""The branches that a person may choose on a list: those in the scope of the list, as a tree."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from tutela.access import gate, snapshot
from tutela.access.models import Branch
from tutela.access.plan import Scope
from tutela.access.purposes import Purpose
from tutela.base.actor import Actor
from tutela.trail.leaves import Exposure

from . import looks, permissions, queries
from .errors import BranchUnknown
from .masked import LIST_FIELDS


@dataclass(frozen=True, slots=True)
class Offered:
    """A branch with its depth below the topmost branch that is offered."""

    branch: Branch
    depth: int

    @property
    def indent(self) -> str:
        return "\u3000" * self.depth


def list_scope(actor: Actor, purpose: Purpose) -> Scope:
    """Which customers the list shows for this purpose."""
    classes = {int(field.data_class) for field in LIST_FIELDS}
    return gate.plan(actor, classes, purpose, Exposure.LIST_MASKED).scope


def offered(actor: Actor, purpose: Purpose) -> list[Offered]:
    """The branches in scope, parents before what is below them."""
    scope = list_scope(actor, purpose)
    if scope.everything:
        return _tree(Branch.objects.all())
    ids = {*scope.branch_ids, *(queries.branches_of_own(actor) if scope.own_only else ())}
    return _tree(Branch.objects.filter(id__in=ids))


def among(choices: Iterable[Offered], code: str) -> Branch | None:
    """The branch with this code, if it is offered."""
    return next((choice.branch for choice in choices if choice.branch.code == code), None)


def asked(actor: Actor, purpose: str, code: str) -> int | None:
    """The branch that a list is asked for by its code, "" for all; BranchUnknown unless it is offered."""
    if not code:
        return None
    gate.require(actor, permissions.CUSTOMER_FIND)
    branch = among(offered(actor, looks.purpose_of(purpose)), code)
    if branch is None:
        raise BranchUnknown
    return branch.id


def _tree(branches: Iterable[Branch]) -> list[Offered]:
    places = snapshot.current().positions
    depths: dict[int, int] = {}
    offered = []
    # By place, so that a branch comes after the branch above it.
    for branch in sorted(branches, key=lambda node: places.get(node.id, len(places))):
        depths[branch.id] = depths.get(branch.parent_id or 0, -1) + 1
        offered.append(Offered(branch, depths[branch.id]))
    return offered


def below(branch_id: int) -> tuple[int, ...]:
    """The branch and all below it; nothing for a branch that is unknown."""
    now = snapshot.current()
    span = now.branches.get(branch_id)
    return now.order[span[0] : span[1] + 1] if span else ()


def narrowed(scope: Scope, within: Collection[int] | None) -> Scope:
    """The scope without the branches that are not within; own work items are narrowed by the query."""
    if within is None:
        return scope
    covered = within if scope.everything else set(scope.branch_ids).intersection(within)
    return replace(scope, everything=False, branch_ids=tuple(sorted(covered)))
