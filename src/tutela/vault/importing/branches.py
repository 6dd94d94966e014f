"""The branches an import meets: those a file names, that of who brings it in, and those of posts."""

from collections.abc import Iterator

from tutela.access import queries as people
from tutela.access import snapshot
from tutela.access.compile import REACH, Slot
from tutela.access.levels import RowScope
from tutela.access.models import Branch
from tutela.access.permission_specs import Permission
from tutela.base.actor import Actor
from tutela.vault import permissions

from .errors import BranchMissing


def by_name() -> dict[str, int]:
    """Branch ids by code and by name."""
    listed = list(Branch.objects.values_list("id", "code", "name_zh", "name_en"))
    named = {name: number for number, _code, zh, en in listed for name in (zh, en) if name}
    return named | {code: number for number, code, _zh, _en in listed}


def head_office() -> int:
    """The branch of customers whose file names none."""
    branch = Branch.objects.filter(parent=None).order_by("id").values_list("id", flat=True).first()
    if branch is None:
        raise BranchMissing
    return int(branch)


def home_branch(actor: Actor) -> int:
    """The branch of a person's new customers whose row names none: that of the person's post."""
    return people.post_branch(actor.id) or head_office()


def only_branch() -> int | None:
    """The head office while there is no other branch: a company that has not brought in its branches
    yet can still bring in files that name some."""
    branches = list(Branch.objects.values_list("id", flat=True)[:2])
    return int(branches[0]) if len(branches) == 1 else None


def branch_of(actor: Actor) -> int:
    """Where the imports of an account belong: the branch of its post, else the head office."""
    order = snapshot.current().order
    for low, high in _intervals(actor, permissions.IMPORT_RUN, RowScope.BRANCH):
        if low <= high:
            return order[low]
    return head_office()


def branches_of_posts(actor: Actor, permission: Permission) -> frozenset[int]:
    """The branches of the posts that give a permission, with all below them."""
    order = snapshot.current().order
    spans = _intervals(actor, permission, RowScope.SUBTREE)
    return frozenset(branch for low, high in spans for branch in order[low : high + 1])


def _intervals(actor: Actor, permission: Permission, scope: RowScope) -> Iterator[tuple[int, int]]:
    person = snapshot.current().people.get(actor.id)
    slots: tuple[Slot, ...] = person.slots if person is not None and person.active else ()
    for slot in slots:
        if slot.post in permission.posts:
            low, high = slot.intervals[REACH.index(scope)]
            if low <= high:
                yield low, high
