"""Propose which column is which field, from the names of columns and a sample of their values.

The whole table is assigned at once: every field to at most one column, every column to at most one field, so that
the sum is best (docs/decisions/mapping.md). A column is in doubt where another field fits nearly as well, where
the choice rests on the values alone, or where another column has taken its field; the proposal names that field.
The reasons are sentences with shares and counts; no value is in them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from tutela.base.free_text import noun_of
from tutela.detect.recognisers import REGISTRY

from . import targets
from .assignment import assign
from .fits import Fit, How, fits_of
from .looks import Look, look_at

LEAST_SURE = 0.7
"""A lower score is in doubt."""
_CLOSE = 0.08
"""So near a field that is not chosen fits nearly as well as the chosen one."""
_SURE_ENOUGH = 0.75
"""From here on a column that is left out for another is in doubt."""
_FIRMNESS = 3
"""Scores are raised to it, so that one good choice counts more than two weak ones."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """One column: the proposed field's code ("" to leave it out), 0 to 1, and the reasons.

    `in_doubt`: a person should look at it; `runner_up`: the field that it might be instead, "" if none.
    `looks`: the id of the recogniser for what the column holds, or "": how samples of it are masked.
    """

    column: str
    field: str
    score: float
    why: tuple[str, ...]
    in_doubt: bool = False
    runner_up: str = ""
    looks: str = ""

    def chosen(self, field: str) -> "Proposal":
        """With the field that a person chose, "" for none; where the proposal agrees its reasons stay."""
        if field == self.field:
            return self
        return Proposal(self.column, field, float(bool(field)), (), looks=self.looks)

    def left_out(self, why: str) -> "Proposal":
        """Without a field, for this reason."""
        return Proposal(self.column, "", 0.0, (why,), looks=self.looks)


def propose(
    columns: Sequence[str], rows: Sequence[Sequence[str]], collection: int, today: date
) -> list[Proposal]:
    """The mapping of a table's columns onto the fields of a collection."""
    looks = look_at(columns, rows, today)
    return _proposals(_Choice(looks, collection))


def guess_collection(
    columns: Sequence[str], rows: Sequence[Sequence[str]], today: date
) -> tuple[int, list[Proposal]]:
    """The collection whose fields the table has most of, and the mapping onto it."""
    looks = look_at(columns, rows, today)
    choices = [_Choice(looks, number) for number, _code in targets.collections()]
    best = max(choices, key=_worth)
    return best.collection, _proposals(best)


class _Choice:
    """A table's columns assigned to the fields of a collection."""

    def __init__(self, looks: Sequence[Look], collection: int) -> None:
        self.looks, self.collection = looks, collection
        self.fits = fits_of(looks, collection)
        self.labels = {t.code: t.label() for t in targets.targets_of(collection)}
        order = {code: at for at, code in enumerate(self.labels)}
        codes = list(order)
        gains = {
            (order[code], at): fit.score**_FIRMNESS
            for at, fits in enumerate(self.fits)
            for code, fit in fits.items()
        }
        pairs = {at: codes[row] for row, at in assign(gains).items()}
        self.fields = [pairs.get(at, "") for at in range(len(looks))]
        self.columns = {code: at for at, code in pairs.items()}

    def score(self, at: int, code: str) -> float:
        """How well a column fits a field, 0 where it does not."""
        fit = self.fits[at].get(code)
        return fit.score if fit else 0.0

    def rival(self, at: int) -> str:
        """The field that a column might be as well, "" if none.

        One that another column fits better is none for a column that has a field.
        """
        own = self.score(at, self.fields[at]) if self.fields[at] else _SURE_ENOUGH
        floor = own - _CLOSE if self.fields[at] else own
        open_fields = [
            (fit.score, code)
            for code, fit in self.fits[at].items()
            if code != self.fields[at] and fit.score >= floor and fit.how is not How.SPARE
            and (not self.fields[at] or fit.score >= self._taken_by(code))
        ]  # fmt: skip
        return max(open_fields, default=(0.0, ""))[1]

    def _taken_by(self, code: str) -> float:
        return self.score(self.columns[code], code) if code in self.columns else 0.0


def _worth(choice: _Choice) -> float:
    """The sum of scores, less for each field that must be there and is not."""
    needed = [target for target in targets.targets_of(choice.collection) if target.mandatory]
    missing = sum(target.code not in choice.columns for target in needed)
    scores = (choice.score(at, code) for code, at in choice.columns.items())
    return float(sum(scores) * 0.4**missing)


def _proposals(choice: _Choice) -> list[Proposal]:
    return [_proposal(choice, at) for at in range(len(choice.looks))]


def _proposal(choice: _Choice, at: int) -> Proposal:
    look, code = choice.looks[at], choice.fields[at]
    rival = choice.rival(at)
    if not code:
        looks = look.verdict.recogniser or "" if look.values else ""
        why = (*_left_out(choice, at, rival), *_seen(look, looks), *_typed(look))
        return Proposal(look.header, "", 0.0, why, bool(rival), rival, looks)
    fit = choice.fits[at][code]
    is_weak = fit.score < LEAST_SURE or fit.how in (How.SPARE, How.VALUES)
    kind = targets.by_code(choice.collection)[code].recogniser
    return Proposal(
        column=look.header,
        field=code,
        score=round(fit.score, 2),
        why=(
            *_reasons(fit, look, choice.labels),
            *_doubts(choice, at, rival),
            *_typed_in(look, kind),
        ),
        in_doubt=is_weak or bool(rival),
        runner_up=fit.kind if fit.how is How.SPARE else rival,
        looks=kind,
    )


def _left_out(choice: _Choice, at: int, rival: str) -> list[str]:
    """Why a column has no field."""
    look = choice.looks[at]
    if rival:
        other = choice.looks[choice.columns[rival]].header
        named = {"field": choice.labels[rival], "column": other}
        return [
            _("In doubt: it fits %(field)s, but the column %(column)s fits that better.") % named
        ]
    return [_("No field matches this column.") if look.values else _("The column is blank.")]


def _seen(look: Look, kind: str) -> list[str]:
    if not kind or not look.verdict.share:
        return []
    share = {"share": round(100 * look.verdict.share), "kind": _(REGISTRY[kind].name)}
    return [_("%(share)s %% of the sampled values look like this kind: %(kind)s.") % share]


def _typed_in(look: Look, kind: str) -> list[str]:
    """What is found in a column whose field takes any text."""
    return _typed(look) if look.form(kind) < 0 else []


def _typed(look: Look) -> list[str]:
    """That typed text holds personal data, by kinds and share."""
    kinds, found, values = look.personal
    if not kinds:
        return []
    told = {
        "share": max(1, round(100 * found / values)),
        "values": values,
        "kinds": ", ".join(noun_of(kind) for kind in kinds),
    }
    sentence = _(
        "Free text with personal data: %(share)s %% of %(values)s sampled texts (%(kinds)s)."
    )
    return [sentence % told]


def _reasons(fit: Fit, look: Look, labels: Mapping[str, str]) -> list[str]:
    reasons = [_basis(fit, labels)]
    if fit.form >= 0:
        share = {"share": round(100 * fit.form), "values": len(look.values)}
        reasons.append(_("%(share)s %% of %(values)s sampled values match its format.") % share)
    return reasons


def _basis(fit: Fit, labels: Mapping[str, str]) -> str:
    match fit.how:
        case How.NAME:
            return _("The column name is a name of this field.")
        case How.PART:
            return _("The column name contains a name of this field.")
        case How.KIND:
            kind = {"kind": _(REGISTRY[fit.kind].name)}
            return _("The column name is a word for this kind of value: %(kind)s.") % kind
        case How.SPARE:
            wide = {"field": labels[fit.kind]}
            return _("In doubt: a second column for %(field)s; this is the next free field.") % wide
        case How.VALUES:
            return _("In doubt: the column name says nothing, only the values match.")


def _doubts(choice: _Choice, at: int, rival: str) -> list[str]:
    """What speaks for another field, or against the chosen one."""
    fit = choice.fits[at][choice.fields[at]]
    if rival:
        named = {"field": choice.labels[rival]}
        return [_("In doubt: it fits %(field)s nearly as well.") % named]
    if fit.score < LEAST_SURE and fit.how in (How.NAME, How.PART, How.KIND):
        return [_("In doubt: name or values match only in part.")]
    return []
