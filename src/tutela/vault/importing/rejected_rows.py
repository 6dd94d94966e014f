"""Verbs of rejected rows: the list without values, and the rows themselves, masked but for what is wrong.

    rows = open_rejects(actor, batch, RejectsAsk(purpose="service", reason="Correct the source."))

The list is for who brought the file in and for stewards in scope. The rows open for the same, with a
purpose and a reason: rows of the actor's branches, each cell under the mask of its field, columns that
no field is mapped from not at all; the faulty cell alone is clear, and counts as a clear value.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final
from uuid import UUID

from tutela.access import gate
from tutela.access.grants import Grant
from tutela.access.levels import Level
from tutela.access.plan import Plan
from tutela.base import clock
from tutela.base.actor import Actor
from tutela.crypto.errors import BadValue
from tutela.detect.recogniser import HIDDEN
from tutela.detect.values import clean_column, mask
from tutela.keys import custody
from tutela.trail import log
from tutela.trail.leaves import Exposure, Leaf
from tutela.vault import catalogue, events, looks, permissions
from tutela.vault import rows as sealing
from tutela.vault.catalogue import OPEN_MASK, Collection, Field
from tutela.vault.errors import ReasonMissing

from . import branches, rehearsal, rejects, targets, viewers
from .batches import BatchState
from .prepare import Problem
from .reading import sniff

AT_ONCE: Final = 100
DAILY: Final = 200
"""Faulty cells a day for a post to which the matrix gives no clear value of their class, and so no quota."""
_NOBODY: Final = str(UUID(int=0))


@dataclass(frozen=True, slots=True, kw_only=True)
class RejectsAsk:
    """Why rejected rows are opened, and after which row to go on."""

    purpose: str
    reason: str
    after: int = 0


@dataclass(frozen=True, slots=True)
class RejectedCell:
    """One cell of a rejected row. `kind`: faulty (in clear), masked, or hidden."""

    text: str
    kind: str


@dataclass(frozen=True, slots=True)
class RejectedRow:
    """`faults`: (code of the field or "", code of what is wrong)."""

    number: int
    faults: tuple[tuple[str, str], ...]
    cells: tuple[RejectedCell, ...]


@dataclass(frozen=True, slots=True)
class OpenedRejects:
    """A page of rejected rows. `elsewhere`: rows that were left out because they are of other branches;
    `after`: the row to go on after, 0 at the end."""

    header: tuple[str, ...]
    rows: tuple[RejectedRow, ...]
    elsewhere: int
    after: int
    leaf_id: UUID


def rejects_of(actor: Actor, batch: UUID) -> list[dict[str, str | int]]:
    """The rejected rows of an import: row, the file's column, field, code and reason; no values.
    BatchMissing."""
    gate.require(actor, permissions.IMPORT_READ)
    headers = _headers(viewers.opened(actor, batch))
    return [
        {
            "row": problem.row,
            "column": headers.get(problem.field, ""),
            "field": problem.field,
            "code": problem.code,
            "reason": rejects.sentence(problem.code),
        }
        for problem in rejects.listed(batch)
    ]


def summary_of(actor: Actor, batch: UUID) -> list[dict[str, Any]]:
    """The rejected rows of an import counted by field and reason, most frequent first: the file's column,
    field, code, reason, count, and of a dry run up to three examples, each a row and its masked cell.
    BatchMissing; for the same people as the list."""
    gate.require(actor, permissions.IMPORT_READ)
    headers = _headers(viewers.opened(actor, batch))
    return [
        {
            "column": headers.get(kind.field, ""),
            "field": kind.field,
            "code": kind.code,
            "reason": rejects.sentence(kind.code),
            "count": kind.count,
            "examples": [{"row": example.row, "cell": example.cell} for example in kind.examples],
        }
        for kind in rejects.summary(batch)
    ]


def _headers(batch: BatchState) -> dict[str, str]:
    """The file's column of each field."""
    return {field: column for column, field in batch.columns.items()}


def can_open_rejects(actor: Actor, batch: BatchState) -> bool:
    """Whether to show the form at all. A host's own account opens none: it never sees clear values."""
    if batch.dry_run or not viewers.reader_of(actor).can_open(batch):
        return False
    return actor.kind == "staff" or gate.holds(actor, permissions.REJECTS_OPEN)


def open_rejects(actor: Actor, batch: UUID, ask: RejectsAsk) -> OpenedRejects:
    """Rejected rows with what is wrong in clear, after one leaf that names rows and customers.

    Raises BatchMissing, ReasonMissing, PurposeMissing, NoCell, QuotaSpent.
    """
    state = viewers.opened(actor, batch)
    mine = state.actor_id == actor.id and actor.kind == "staff"
    permission = permissions.IMPORT_READ if mine else permissions.REJECTS_OPEN
    grant = gate.require(actor, permission)
    purpose = looks.purpose_of(ask.purpose)
    if not ask.reason.strip():
        raise ReasonMissing
    plan = gate.plan(actor, looks.ALL_CLASSES, purpose, Exposure.DETAIL_MASKED)
    gate.check_plan(plan)
    page = _page(actor, state, ask.after)
    shown = [_shown(plan, page, row) for row in page.rows]
    faulty = _faulty_classes(page, shown)
    if faulty:
        clear = sum(cell.kind == "faulty" for row in shown for cell in row.cells)
        gate.spend_clear(actor, _clear_ask(state, plan, faulty, clear), DAILY)
    leaf = _leaf(grant, plan, page, ask)
    receipt = log.append(leaf)
    after = page.rows[-1].number if page.more else 0
    header = tuple(escaped(name) for name in page.header)
    return OpenedRejects(header, tuple(shown), page.elsewhere, after, receipt.leaf_id)


@dataclass(frozen=True, slots=True)
class _Row:
    number: int
    cells: Sequence[str]
    branch: int
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class _Page:
    """Rows of the actor's branches, still as the file had them."""

    batch: BatchState
    header: tuple[str, ...]
    fields: tuple[str, ...]
    """The code of the field of each column, "" for one that is left out."""
    rows: list[_Row]
    elsewhere: int
    more: bool


def _page(actor: Actor, batch: BatchState, after: int) -> _Page:
    reader, known = viewers.reader_of(actor), branches.by_name()
    header: tuple[str, ...] = ()
    problems: dict[int, list[Problem]] = {}
    for problem in rejects.listed(batch.id):
        problems.setdefault(problem.row, []).append(problem)
    rows: list[_Row] = []
    elsewhere = 0
    for names, number, cells in rejects.opened(batch.id):
        header = header or tuple(names)
        if number <= after:
            continue
        branch = known.get(_cell_of_role(batch, names, cells, "branch"), batch.branch)
        if reader.covers(branch):
            rows.append(_Row(number, cells, branch, tuple(problems.get(number, ()))))
        else:
            elsewhere += 1
    rows.sort(key=lambda row: row.number)
    part = list(islice(rows, AT_ONCE))
    fields = tuple(batch.columns.get(name, "") for name in header)
    return _Page(batch, header, fields, part, elsewhere, len(rows) > AT_ONCE)


def _cell_of_role(batch: BatchState, header: Sequence[str], cells: Sequence[str], role: str) -> str:
    """The clean text of the cell that plays a part in matching, or ""."""
    if len(cells) != len(header):
        return ""
    by_code = targets.by_code(batch.collection)
    for name, cell in zip(header, cells, strict=True):
        target = by_code.get(batch.columns.get(name, ""))
        if target is not None and target.role == role:
            (text,), _faults = clean_column(target.recogniser, [cell], clock.today())
            return str(text)
    return ""


def _shown(plan: Plan, page: _Page, row: _Row) -> RejectedRow:
    faults = tuple((problem.field, problem.code) for problem in row.problems)
    levels = plan.row(_NOBODY, row.branch, False)
    wrong = {problem.field for problem in row.problems}
    in_place = len(row.cells) == len(page.header)
    cells = []
    for place, text in enumerate(row.cells):
        code = page.fields[place] if in_place else ""
        field = catalogue.BY_CODE.get(code) if code else None
        cells.append(_cell(text, field, levels, faulty=bool(code) and code in wrong))
    return RejectedRow(row.number, faults, tuple(cells))


def _cell(
    text: str, field: Field | None, levels: Mapping[int, Level], *, faulty: bool
) -> RejectedCell:
    """A faulty cell in clear, if the matrix shows its class at all; any other under its field's mask."""
    if not text:
        return RejectedCell("", "masked")
    broken = bool(sniff.ESCAPED.search(text))
    if field is None:
        # A part of a work item is no field of the catalogue, but its fault must be seen too.
        return RejectedCell(escaped(text), "faulty") if faulty else _HIDDEN
    if levels.get(int(field.data_class), Level.NONE) is Level.NONE:
        return _HIDDEN
    if faulty or broken:
        return RejectedCell(escaped(text), "faulty")
    shown = text[:200] if field.mask == OPEN_MASK else mask(field.mask, text[:200])
    return RejectedCell(shown, "masked")


_HIDDEN: Final = RejectedCell(HIDDEN, "hidden")


def escaped(text: str) -> str:
    """Text that can be shown: a byte that is no text as \\xNN, and so what would steer a terminal."""
    return "".join(
        f"\\x{ord(char) - 0xDC00:02x}"
        if "\udc80" <= char <= "\udcff"
        else char
        if char.isprintable() or (char.isspace() and char > "\x7f")
        else f"\\x{ord(char):02x}"
        for char in text[:1000]
    )


def _faulty_classes(page: _Page, rows: Sequence[RejectedRow]) -> frozenset[int]:
    """The data classes of the cells that are shown in clear."""
    classes = set()
    for row in rows:
        for place, cell in enumerate(row.cells):
            if cell.kind == "faulty":
                field = catalogue.BY_CODE.get(page.fields[place])
                classes.add(int(field.data_class) if field else sealing.NUMBER_CLASS)
    return frozenset(classes)


def _clear_ask(batch: BatchState, plan: Plan, classes: frozenset[int], count: int) -> gate.Ask:
    return gate.Ask(
        customer_id=_NOBODY,
        branch_id=batch.branch,
        classes=classes,
        purpose=plan.purpose,
        level=Level.CLEAR,
        assigned=False,
        work_item_linked=False,
        exposure=Exposure.CLEAR,
        fields=count,
    )


def _leaf(grant: Grant, plan: Plan, page: _Page, ask: RejectsAsk) -> Leaf:
    """One leaf: the rows by their numbers, and the customers that they can be matched with."""
    customers = rehearsal.candidates(page.batch.collection, _tags(page))
    rows = [("import_row", f"{row.number:_}") for row in page.rows]
    fields = {
        catalogue.BY_CODE[problem.field]
        for row in page.rows
        for problem in row.problems
        if problem.field in catalogue.BY_CODE
    }
    visible = looks.visible(plan.levels)
    mapped = {catalogue.BY_CODE[code] for code in page.fields if code in catalogue.BY_CODE}
    return Leaf(
        event=events.REJECTS_OPENED,
        actor=grant.actor,
        subjects=(*rows, *looks.subjects_of(customers)),
        classes=tuple(sorted({int(field.data_class) for field in mapped} & visible)),
        fields=tuple(sorted(field.id for field in fields)),
        exposure=Exposure.CLEAR,
        purpose=plan.purpose.value,
        note=custody.seal_note(ask.reason.strip()),
        decision=plan.as_leaf() | {"permission": grant.as_leaf()["permission"]},
        detail={
            "batch": str(page.batch.id),
            "rows": len(page.rows),
            "row": page.rows[0].number if page.rows else 0,
        },
    )


def _tags(page: _Page) -> rehearsal.Tags:
    """What the rows can be matched by, as far as their cells have the form."""
    tags, index, batch = rehearsal.Tags(), custody.index_keys(), page.batch
    for row in page.rows:
        key, owner, number = (
            _cell_of_role(batch, page.header, row.cells, role)
            for role in ("key", "customer_key", "identity")
        )
        for listed, text, collection in (
            (tags.sources, key, batch.collection),
            (tags.customers, owner, int(Collection.CUSTOMER)),
        ):
            try:
                if text:
                    listed.append(sealing.source_tag(index, collection, batch.source, text))
            except BadValue:
                continue
        try:
            if number:
                tags.identities.append(sealing.identity_tag(index, number))
        except BadValue:
            continue
    return tags
