"""Propose which column is which field, from the names of columns and a sample of their values.

    score = name's fit, pulled down when values do not have the field's form, up when they do
    a column whose name says nothing is mapped by values alone only for kinds with a form that
    other values do not have by chance (a check digit, an @)

Every field is proposed once and every column at most once, best scores first. The reasons are
sentences with shares and counts; no value is in them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from tutela.detect.columns import classify_column
from tutela.detect.primitives.characters import is_blank
from tutela.detect.recognisers import REGISTRY
from tutela.detect.values import clean_column, has_check

from . import targets
from .targets import Target

LEAST = 0.45
_BY_VALUES = 0.7
_BY_NAME = 0.5


@dataclass(frozen=True, slots=True)
class Proposal:
    """One column: the proposed field's code ("" to leave it out), 0 to 1, and the reasons."""

    column: str
    field: str
    score: float
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Evidence:
    """How one column fits one target."""

    score: float
    name: float
    form: float
    values: int


def propose(
    columns: Sequence[str], rows: Sequence[Sequence[str]], collection: int, today: date
) -> list[Proposal]:
    """The mapping of a table's columns onto the fields of a collection."""
    seen = [_values(rows, index) for index in range(len(columns))]
    fits = _evidence(columns, seen, collection, today)
    chosen: dict[int, tuple[Target, _Evidence]] = {}
    taken: set[str] = set()
    for index, target, proof in sorted(fits, key=lambda item: -item[2].score):
        if index not in chosen and target.code not in taken:
            chosen[index] = (target, proof)
            taken.add(target.code)
    return [_proposal(name, chosen.get(index), seen[index]) for index, name in enumerate(columns)]


def guess_collection(
    columns: Sequence[str], rows: Sequence[Sequence[str]], today: date
) -> tuple[int, list[Proposal]]:
    """The collection whose fields the table has most of, and the mapping onto it."""
    best: tuple[float, int, list[Proposal]] = (-1.0, 1, [])
    for number, _code in targets.collections():
        proposals = propose(columns, rows, number, today)
        worth = _worth(proposals, number)
        if worth > best[0]:
            best = (worth, number, proposals)
    return best[1], best[2]


def _worth(proposals: Sequence[Proposal], collection: int) -> float:
    have = {proposal.field for proposal in proposals}
    needed = [target for target in targets.targets_of(collection) if target.mandatory]
    missing = sum(1 for target in needed if target.code not in have)
    return float(sum(proposal.score for proposal in proposals) * 0.4**missing)


def _values(rows: Sequence[Sequence[str]], index: int) -> list[str]:
    cells = (row[index] for row in rows if index < len(row))
    return [cell for cell in cells if not is_blank(cell)]


def _evidence(
    columns: Sequence[str], seen: Sequence[Sequence[str]], collection: int, today: date
) -> list[tuple[int, Target, _Evidence]]:
    fits: list[tuple[int, Target, _Evidence]] = []
    for index, name in enumerate(columns):
        own = _by_name(name, seen[index], collection, today)
        if not own:
            own = _by_values(name, seen[index], collection, today)
        fits += [(index, target, proof) for target, proof in own if proof.score >= LEAST]
    return fits


def _by_name(
    name: str, values: Sequence[str], collection: int, today: date
) -> list[tuple[Target, _Evidence]]:
    """The targets that the column's name fits, with what the values say to each."""
    forms: dict[str, float] = {}
    fits = []
    for target in targets.targets_of(collection):
        fit = targets.fit(name, target) if name else 0.0
        if fit < LEAST:
            continue
        if target.recogniser not in forms:
            forms[target.recogniser] = _form(target.recogniser, values, today)
        fits.append((target, _weighed(fit, forms[target.recogniser], len(values))))
    return fits


def _by_values(
    name: str, values: Sequence[str], collection: int, today: date
) -> list[tuple[Target, _Evidence]]:
    """The first target of the kind that the values alone show beyond chance."""
    verdict = classify_column(name, values, today=today)
    if verdict.verdict not in ("type", "likely") or verdict.recogniser is None:
        return []
    if not (verdict.header_score or REGISTRY[verdict.recogniser].maps_by_values):
        return []
    for target in targets.targets_of(collection):
        kind = REGISTRY.get(target.recogniser)
        if kind and verdict.recogniser in (kind.id, *kind.covers):
            score = _BY_VALUES * verdict.share
            return [(target, _Evidence(score, 0.0, verdict.share, verdict.distinct))]
    return []


def _form(recogniser: str, values: Sequence[str], today: date) -> float:
    """The share of values that have the form of a kind; -1 when the kind has none to test."""
    if not has_check(recogniser) or not values:
        return -1.0
    _cleaned, problems = clean_column(recogniser, values, today)
    return 1.0 - len({index for index, _problem in problems}) / len(values)


def _weighed(name: float, form: float, values: int) -> _Evidence:
    if form < 0:
        return _Evidence(name, name, form, values)
    pulled = name * (0.3 + 0.7 * form) if form < 0.8 else name * (0.9 + 0.1 * form)
    # A column with the field's own name is proposed even if its values are bad: the person sees why.
    return _Evidence(max(pulled, _BY_NAME) if name >= 0.95 else pulled, name, form, values)


def _proposal(
    name: str, choice: tuple[Target, _Evidence] | None, values: Sequence[str]
) -> Proposal:
    if choice is None:
        why = _("No field matches this column.") if values else _("The column is blank.")
        return Proposal(name, "", 0.0, (why,))
    target, proof = choice
    return Proposal(name, target.code, round(proof.score, 2), tuple(_reasons(proof)))


def _reasons(proof: _Evidence) -> list[str]:
    reasons = []
    if proof.name >= 0.95:
        reasons.append(_("The column name is a name of this field."))
    elif proof.name >= LEAST:
        reasons.append(_("The column name contains a name of this field."))
    if proof.form >= 0:
        share = {"share": round(100 * proof.form), "values": proof.values}
        reasons.append(_("%(share)s %% of %(values)s sampled values match its format.") % share)
    return reasons
