"""How well a column fits a field: by its name, by the kind that its name tells, or by its values alone.

score = fit of the name, pulled down when values do not have the field's form, up when they do
a name that tells another person (role), or another kind of value, fits only if it is the field's own name
a word for a kind of value (recogniser) fits the field that is for that kind, where the collection has one
a column whose name says nothing fits by values alone, if other values do not have their form by chance
a second column of a kind fits the field for a narrower one of the same class, if its values have the form
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache

from tutela.detect.primitives.header_words import SAME
from tutela.detect.recognisers import REGISTRY
from tutela.vault import catalogue
from tutela.vault.catalogue import Collection

from . import targets
from .looks import Look, synonym
from .targets import Target

LEAST = 0.45
NAMED = 0.95
_BY_VALUES, _BY_KIND, _SPARE = 0.7, 0.8, 0.55
_LEAST_NAMED = 0.5
"""What a column with the field's own name scores at least, whatever its values: the person sees why."""
_LATE, _SECOND = 0.03, 0.05
"""What the last of a field's names is worth less than the first, and a second column than the first one."""
_BLANK = 0.9
"""What is left of a fit where no value speaks for it: a blank column takes no field from one with values."""
_SURE_KIND, _OTHER_KIND = 0.8, 0.5
_OTHER_SPARE = 0.9
_GENERIC: Mapping[str, float] = {
    **dict.fromkeys(("日期", "时间", "date", "状态", "status", "state"), 0.0),
    **dict.fromkeys(("关系", "relation", "relationship"), 0.0),
    **dict.fromkeys(("姓名", "name"), 0.7),
}
"""What is left of these behind other words: 处理时间 is another day, 介绍人姓名 may be another person."""
_FITTING, _FORMED = 0.9, 0.8

_PERSONS: Mapping[int, tuple[str, ...]] = {
    Collection.CUSTOMER: ("customer", "holder", "insured"),
    Collection.POLICY: ("holder", "owner"),
    Collection.CLAIM: ("claimant", "insured"),
    Collection.ACCOUNT: ("holder",),
    Collection.HEALTH: ("patient", "insured"),
    Collection.CONTACT: ("caller",),
}
"""The person whom a collection is about, by the roles of headers; the first that a table has."""


class How(StrEnum):
    """What a fit rests on."""

    NAME = "name"
    PART = "part"
    KIND = "kind"
    SPARE = "spare"
    VALUES = "values"


@dataclass(frozen=True, slots=True)
class Fit:
    """How one column fits one field. `form`: share of the values that have its form, -1 without one.
    `kind`: the recogniser that the name or the values tell, where the fit rests on that."""

    score: float
    how: How
    form: float
    kind: str = ""


def fits_of(looks: Sequence[Look], collection: int) -> list[dict[str, Fit]]:
    """For each column the fields that it fits, by their codes."""
    own = _own_role(looks, collection)
    return [_Judge(look, collection, own).fits() for look in looks]


def _own_role(looks: Sequence[Look], collection: int) -> str:
    """The role that means the person whom the table is about."""
    present = {look.name.role for look in looks}
    return next((role for role in _PERSONS.get(collection, ()) if role in present), "")


class _Judge:
    """One column held against the fields of a collection."""

    def __init__(self, look: Look, collection: int, own: str) -> None:
        self.look, self.own, self.collection = look, own, collection
        self.roles = self._roles(look.name.role)
        self.targets = targets.targets_of(collection)

    def _roles(self, role: str) -> frozenset[str]:
        """A role, and "" where it is the person whom the table is about."""
        first = _PERSONS.get(self.collection, ())[:1]
        if role == "customer":
            return frozenset({role, "", *first})
        return frozenset({role, ""}) if role in (self.own, *first) else frozenset({role})

    def fits(self) -> dict[str, Fit]:
        found = {target.code: fit for target in self.targets if (fit := self._by_name(target))}
        kinds = self._by_kind(found)
        if not found and not kinds:
            kinds = self._by_values()
        for code, fit in kinds.items():
            if code not in found or found[code].score < fit.score:
                found[code] = fit
        if not self.look.values:
            found = {code: replace(fit, score=_BLANK * fit.score) for code, fit in found.items()}
        return {code: fit for code, fit in found.items() if fit.score >= LEAST}

    def _by_name(self, target: Target) -> Fit | None:
        named = self._named(target)
        whole = named
        if named < 1.0 - _LATE and not self._agrees(target):
            named *= _OTHER_KIND
        if named < LEAST:
            return None
        form = self.look.form(target.recogniser)
        score = _weighed(named, form)
        if whole >= NAMED - _LATE:
            return Fit(max(score, _LEAST_NAMED), How.NAME, form)
        return Fit(score, How.PART, form)

    def _named(self, target: Target) -> float:
        """How much the header is a name of the field; the first names of a field count most."""
        names = _names_of(target, self.collection)
        best = 0.0
        for word, (whole, rest) in self.look.fits.items():
            if word not in names:
                continue
            late, role = names[word]
            same = whole if whole >= SAME or role in self.roles else 0.0
            if role in self.roles:
                same = max(same, NAMED * rest)
            if same < SAME * NAMED:
                same *= _GENERIC.get(word, 1.0)
            best = max(best, same - late)
        return best - _SECOND * min(self.look.name.place - 1, 3) if best else 0.0

    def _agrees(self, target: Target) -> bool:
        """Whether the kind that the header tells is that of the field, as far as both are known."""
        kinds = self.look.kinds
        if not target.recogniser or max(kinds.values(), default=0.0) < _SURE_KIND:
            return True
        own = max((kinds.get(kind, 0.0) for kind in _related(target.recogniser)), default=0.0)
        return own >= 0.6 * max(kinds.values())

    def _is_about(self, target: Target) -> bool:
        """Whether the field is about the person whom the header names."""
        return any(role in self.roles for _, role in _names_of(target, self.collection).values())

    def _by_kind(self, named: Mapping[str, Fit]) -> dict[str, Fit]:
        """The field that is for the kind which the header tells, and narrower ones for second columns."""
        found: dict[str, Fit] = {}
        for kind, sure in self.look.kinds.items():
            if sure < _FITTING or not REGISTRY[kind].names_field:
                continue
            first = self._first_of(kind)
            if first is None:
                continue
            place = _SECOND * min(self.look.name.place - 1, 3)
            form = self.look.form(first.recogniser)
            score = _weighed(_BY_KIND * sure - place, form)
            if score > found.get(first.code, Fit(0.0, How.KIND, -1.0)).score:
                found[first.code] = Fit(score, How.KIND, form, kind)
        for code in {*found, *named}:
            found = self._spares(targets.by_code(self.collection)[code]) | found
        return found

    def _first_of(self, kind: str) -> Target | None:
        """The field for a kind: the first for it alone, or else for a wider one."""
        mine = [
            target
            for target in self.targets
            if target.recogniser
            and kind in (target.recogniser, *REGISTRY[target.recogniser].covers)
            and self._is_about(target)
        ]
        wide = (target for target in mine if REGISTRY[target.recogniser].names_field)
        return next((t for t in mine if t.recogniser == kind), next(wide, None))

    def _spares(self, wide: Target) -> dict[str, Fit]:
        """Fields of the same class for narrower kinds, whose form the values have."""
        if not wide.recogniser or not REGISTRY[wide.recogniser].maps_by_values:
            return {}
        found = {}
        for target in self.targets:
            narrow = target.recogniser in REGISTRY[wide.recogniser].covers
            if narrow and _class(target) == _class(wide) and self._is_about(target):
                form = self.look.form(target.recogniser)
                if form >= _FORMED:
                    other = self._tells_other(target, wide)
                    score = _SPARE * form * (_OTHER_SPARE if other else 1.0)
                    found[target.code] = Fit(score, How.SPARE, form, wide.code)
        return found

    def _tells_other(self, target: Target, wide: Target) -> bool:
        """Whether the header tells another of the narrower kinds: a mobile is no landline."""
        covers = REGISTRY[wide.recogniser].covers
        told = (kind for kind, sure in self.look.kinds.items() if sure >= _SURE_KIND)
        return any(kind in covers and kind != target.recogniser for kind in told)

    def _by_values(self) -> dict[str, Fit]:
        """The first field of the kind that the values alone show beyond chance."""
        verdict = self.look.verdict
        if (
            verdict.verdict not in ("type", "likely")
            or verdict.recogniser is None
            or "" not in self.roles
        ):
            return {}
        if verdict.header_score or not REGISTRY[verdict.recogniser].maps_by_values:
            return {}
        first = self._first_of(verdict.recogniser)
        if first is None:
            return {}
        fit = Fit(_BY_VALUES * verdict.share, How.VALUES, verdict.share, verdict.recogniser)
        return {first.code: fit}


@cache
def _names_of(target: Target, collection: int) -> Mapping[str, tuple[float, str]]:
    """The names of a field, with what each is worth less than the first, and its role."""
    names = {}
    for place, word in enumerate(target.synonyms):
        role = synonym(word).role
        if role == "customer" and collection == Collection.CUSTOMER:
            role = ""
        names[word] = (_LATE * place / len(target.synonyms), role)
    return names


def _class(target: Target) -> int:
    field = catalogue.BY_ID.get(target.id)
    return int(field.data_class) if field else 0


def _related(recogniser: str) -> set[str]:
    """A kind, those it covers, and those that cover it."""
    wider = {kind.id for kind in REGISTRY.values() if recogniser in kind.covers}
    return {recogniser, *REGISTRY[recogniser].covers, *wider}


def _weighed(name: float, form: float) -> float:
    if form < 0:
        return name
    return name * (0.3 + 0.7 * form) if form < _FORMED else name * (0.9 + 0.1 * form)
