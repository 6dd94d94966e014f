"""Find customers whose trail is wanted, by a number or a name: the auditor's way, which opens nothing.

An auditor sees no customer's data. So nothing is read here but search tags: the answer is ids, and only of
customers whom the trail names. One who is not there, one who is destroyed and one whom nobody ever looked at
are answered alike, so the search tells no more than the trail, which the auditor may read.
"""

from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import Final
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tutela.access import gate
from tutela.access import permissions as access_permissions
from tutela.access.purposes import Purpose
from tutela.base import clock
from tutela.base.actor import Actor
from tutela.crypto.normalise import Transform
from tutela.trail import figures, log
from tutela.trail.figures import Known
from tutela.trail.leaves import Leaf

from . import catalogue, events, looks, pace, queries, search_forms, work_items
from .catalogue import Field
from .errors import BadFieldValue, NotInTrail, NotSearchable, TooManyHits
from .find import tags_of

MOST: Final = 50
"""More customers than this are not listed: a name that many share needs a number."""


class By(StrEnum):
    """What a customer is searched by; each stands for all fields that hold such values."""

    CUSTOMER_NUMBER = "customer_number"
    POLICY_NUMBER = "policy_number"
    CLAIM_NUMBER = "claim_number"
    PHONE = "phone"
    ID_NUMBER = "id_number"
    NAME = "name"
    WORK_ITEM = "work_item"
    TUTELA_ID = "tutela_id"

    @property
    def label(self) -> Promise:
        """The name in the active language."""
        return LABELS[self]


LABELS: Final[dict[By, Promise]] = {
    By.CUSTOMER_NUMBER: _("Customer number"),
    By.POLICY_NUMBER: _("Policy number"),
    By.CLAIM_NUMBER: _("Claim number"),
    By.PHONE: _("Phone number"),
    By.ID_NUMBER: _("Id number"),
    By.NAME: _("Name"),
    By.WORK_ITEM: _("Work item number"),
    By.TUTELA_ID: _("Id in Tutela"),
}
RECOGNISERS: Final[dict[By, frozenset[str]]] = {
    By.CUSTOMER_NUMBER: frozenset({"customer_number"}),
    By.POLICY_NUMBER: frozenset({"policy_number"}),
    By.CLAIM_NUMBER: frozenset({"claim_number"}),
    By.PHONE: frozenset({"phone", "landline"}),
    By.ID_NUMBER: frozenset({"id_document", "passport"}),
    By.NAME: frozenset({"person_name"}),
}


def by_named(code: str) -> By:
    """What to search by, by its code; NotSearchable."""
    try:
        return By(code)
    except ValueError:
        raise NotSearchable(field="?") from None


def find(actor: Actor, by: By, value: str) -> dict[UUID, Known]:
    """Customers whom the trail names and who have this value, at most MOST, each with what it holds of them; the
    search leaves its leaf first.

    BadFieldValue, SearchLimit, NotInTrail, TooManyHits, or what the gate refuses.
    """
    grant = gate.require(actor, access_permissions.TRAIL_SEARCH)
    wanted = _wanted(by, value)
    pace.check(actor)
    found = _FINDERS[by](value) if by in _FINDERS else queries.carriers(tags_of(wanted), MOST + 1)
    named = figures.known("customer", [str(key) for key in found])
    shown = {key: named[str(key)] for key in found if str(key) in named}
    outcome: dict[str, str | int] = {}
    if not shown or len(found) > MOST:
        outcome = {"outcome": "deny", "code": (TooManyHits if shown else NotInTrail).code}
    log.append(
        Leaf(
            event=events.CUSTOMER_TRACED,
            actor=actor,
            # Whom the trail did not name before is not named by the search for them either.
            subjects=() if outcome else looks.subjects_of(shown),
            purpose=Purpose.AUDIT.value,
            decision={**grant.as_leaf(), **outcome},
            detail={"field": by.value, "hits": 0 if outcome else len(shown)},
        )
    )
    if not shown:
        raise NotInTrail
    if len(found) > MOST:
        raise TooManyHits(limit=MOST)
    return shown


def _wanted(by: By, value: str) -> dict[Field, search_forms.Forms]:
    """The search forms of the value in each field that may hold it; BadFieldValue if it fits none."""
    fields = _fields(by)
    wanted: dict[Field, search_forms.Forms] = {}
    for field, transform in fields:
        try:
            search_forms.check_value(field, transform, value, clock.today())
            wanted[field] = search_forms.forms(field, transform, value)
        except BadFieldValue:
            continue
    if not wanted and by not in _FINDERS:
        raise BadFieldValue(field=by.value)
    return wanted


def _fields(by: By) -> Iterable[tuple[Field, Transform]]:
    for field in catalogue.BY_ID.values():
        if field.recogniser in RECOGNISERS.get(by, ()):
            for transform in field.transforms:
                if transform is not Transform.LAST4:
                    yield field, transform


def _of_work_item(number: str) -> list[UUID]:
    """Customers of the work items that a number or id may stand for."""
    return work_items.customers_of(number, MOST + 1)


def _of_id(text: str) -> list[UUID]:
    """The id itself: the trail keeps the ids of customers who are destroyed, too."""
    try:
        return [UUID(text)]
    except ValueError:
        return []


_FINDERS: Final[dict[By, Callable[[str], list[UUID]]]] = {
    By.WORK_ITEM: _of_work_item,
    By.TUTELA_ID: _of_id,
}
