"""Matrix, branches and people compiled into one immutable snapshot for decisions. Pure.

The table is one byte a cell at ((post * CLASSES) + class) * PURPOSES + purpose: the number of the
matrix rule that fills it, 0 for none; `writes` is the same for rules of the level write.
The branch tree is numbered so that "in my subtree" is two integer compares.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from tutela.detect.classes import DataClass

from .errors import BranchLoop
from .levels import Level, RowScope
from .live_access import LiveAccess
from .matrix import Matrix, Rule
from .permission_specs import PERMISSIONS, Permission, of_posts
from .posts import POSTS
from .purposes import Purpose

CLASSES = max(DataClass) + 1
PURPOSES = len(Purpose)
STRIDE = CLASSES * PURPOSES
EVERYWHERE = (-2, 2**31)  # -2 stands for a branch the snapshot does not know yet
NOWHERE = (0, -1)
REACH = tuple(RowScope)
Interval = tuple[int, int]


@dataclass(frozen=True, slots=True)
class BranchRow:
    """One branch as the database has it."""

    id: int
    parent: int | None


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One account: its posts that are valid on the snapshot's day, with the branch of each."""

    id: str
    kind: str
    active: bool
    customer_id: str
    posts: tuple[tuple[str, int | None], ...]


@dataclass(frozen=True, slots=True)
class KeyRow:
    """One API key that is not revoked. `hash` is the SHA-256 of the key's text."""

    id: str
    public_id: str
    hash: bytes
    staff: str
    expires: datetime


@dataclass(frozen=True, slots=True, eq=False)
class Cell:
    """A matrix rule as decisions read it. `channels` is a ChannelBit as a plain int, `reach` the
    place of its row scope in `Slot.intervals`."""

    name: str
    level: Level
    reach: int
    own: bool
    channels: int
    quota: int
    step_up: bool
    work_item: bool
    second_person: bool


@dataclass(frozen=True, slots=True)
class Slot:
    """A post held at a branch: where its row in the table starts, and what each scope covers."""

    post: str
    base: int
    intervals: tuple[Interval, ...]


@dataclass(frozen=True, slots=True)
class Person:
    """What a decision must know of an account."""

    id: str
    kind: str
    active: bool
    customer_id: str
    slots: tuple[Slot, ...]
    permissions: frozenset[Permission]
    second_factor: bool = False
    """Whether one of the posts asks for a second factor (`posts_with_second_factor`)."""
    temporary: tuple[LiveAccess, ...] = ()
    """What the person was given for a while and what has not ended; a decision looks at its clock."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All that decisions read, as of one epoch and one day; replaced whole, never changed.

    `positions`: branch id to its number; `branches`: to its subtree; `order`: the ids by number.
    """

    epoch: int
    day: date
    matrix: str
    table: bytes
    writes: bytes
    cells: tuple[Cell | None, ...]
    positions: Mapping[int, int]
    branches: Mapping[int, Interval]
    order: tuple[int, ...]
    people: Mapping[str, Person]
    keys: Mapping[str, KeyRow]
    fresh_minutes: int
    break_glass: frozenset[str] = frozenset()
    """The posts that the matrix names for break-glass."""
    temporary: tuple[LiveAccess, ...] = ()
    """All temporary access that has not ended, by the order of its start."""


def compile_snapshot(
    *,
    epoch: int,
    day: date,
    matrix: Matrix,
    branches: Sequence[BranchRow],
    people: Iterable[PersonRow],
    keys: Iterable[KeyRow] = (),
    temporary: Iterable[LiveAccess] = (),
) -> Snapshot:
    """Raises BranchLoop when the branches are no tree."""
    spans = number_branches(branches)
    codes = {code: index for index, code in enumerate(POSTS)}
    factor = posts_with_second_factor(matrix)
    live = tuple(temporary)
    own: dict[str, list[LiveAccess]] = {}
    for access in live:
        own.setdefault(access.asker, []).append(access)
    return Snapshot(
        epoch=epoch,
        day=day,
        matrix=matrix.hash[:12],
        table=_table(matrix, codes, writes=False),
        writes=_table(matrix, codes, writes=True),
        cells=(None, *(_cell(rule) for rule in matrix.rules)),
        positions={branch: span[0] for branch, span in spans.items()},
        branches=spans,
        order=tuple(sorted(spans, key=lambda branch: spans[branch][0])),
        people={row.id: _person(row, codes, spans, factor, own.get(row.id, ())) for row in people},
        keys={row.public_id: row for row in keys},
        fresh_minutes=matrix.fresh_minutes,
        break_glass=frozenset(matrix.break_glass),
        temporary=live,
    )


def posts_with_second_factor(matrix: Matrix) -> frozenset[str]:
    """The posts of people that see anything in clear, be it by a rule of the matrix or by a permission, and
    the administrators, auditors among them."""
    clear = {rule.post for rule in matrix.rules if rule.level is Level.CLEAR}
    opened = {code for one in PERMISSIONS.values() if one.clear for code in one.posts}
    return frozenset(
        code
        for code, post in POSTS.items()
        if post.kind == "staff" and (post.administrator or code in clear or code in opened)
    )


def number_branches(branches: Sequence[BranchRow]) -> dict[int, Interval]:
    """For each branch its own number and the last number of its subtree."""
    below: dict[int | None, list[int]] = {}
    for row in branches:
        below.setdefault(row.parent, []).append(row.id)
    spans: dict[int, Interval] = {}
    order: list[int] = []
    stack = sorted(below.get(None, ()), reverse=True)
    while stack:
        branch = stack.pop()
        spans[branch] = (len(order), len(order))
        order.append(branch)
        stack.extend(sorted(below.get(branch, ()), reverse=True))
    _refuse_loops(branches, spans)
    parents = {row.id: row.parent for row in branches}
    for branch in reversed(order):
        parent = parents[branch]
        if parent is not None:
            spans[parent] = (spans[parent][0], max(spans[parent][1], spans[branch][1]))
    return spans


def _refuse_loops(branches: Sequence[BranchRow], spans: Mapping[int, Interval]) -> None:
    """A branch that no root leads to is its own ancestor, or hangs on nothing."""
    for row in branches:
        if row.id not in spans:
            raise BranchLoop(branch=row.id)


def _table(matrix: Matrix, codes: Mapping[str, int], *, writes: bool) -> bytes:
    table = bytearray(len(codes) * STRIDE)
    for number, rule in enumerate(matrix.rules, start=1):
        if (rule.level is Level.WRITE) is not writes:
            continue
        for data_class in rule.classes:
            for purpose in rule.purposes:
                row = codes[rule.post] * CLASSES + data_class
                table[row * PURPOSES + purpose.column] = number
    return bytes(table)


def _cell(rule: Rule) -> Cell:
    return Cell(
        name=rule.place,
        level=rule.level,
        reach=REACH.index(rule.scope),
        own=rule.scope in (RowScope.OWN, RowScope.TEAM),
        channels=int(rule.channels),
        quota=rule.quota,
        step_up=rule.step_up,
        work_item=rule.work_item,
        second_person=rule.second_person,
    )


def _person(
    row: PersonRow,
    codes: Mapping[str, int],
    spans: Mapping[int, Interval],
    factor: frozenset[str],
    temporary: Sequence[LiveAccess],
) -> Person:
    posts = [(code, branch) for code, branch in row.posts if code in POSTS]
    return Person(
        id=row.id,
        kind=row.kind,
        active=row.active,
        customer_id=row.customer_id,
        slots=tuple(_slot(code, codes[code], branch, spans) for code, branch in posts),
        permissions=of_posts(frozenset(code for code, _ in posts)),
        second_factor=any(code in factor for code, _ in posts),
        temporary=tuple(temporary),
    )


def _slot(code: str, index: int, branch: int | None, spans: Mapping[int, Interval]) -> Slot:
    """A post without a branch covers no branch: only rows of its own, or all."""
    here = spans.get(branch, NOWHERE) if branch is not None else NOWHERE
    only = (here[0], here[0]) if here is not NOWHERE else NOWHERE
    covered = {
        RowScope.OWN: NOWHERE,
        RowScope.TEAM: here,
        RowScope.BRANCH: only,
        RowScope.SUBTREE: here,
        RowScope.ALL: EVERYWHERE,
    }
    intervals = tuple(covered[scope] for scope in REACH)
    return Slot(post=code, base=index * STRIDE, intervals=intervals)
