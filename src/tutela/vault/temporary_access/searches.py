"""The one search that a request may name in place of customers.

Who asks learns nothing from it: it is taken whether or not it leads anywhere, and only who decides looks it up.
The value itself is not kept, but its blind tags, sealed.
"""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Final
from uuid import UUID

from tutela.access.temporary_access_rules import MOST_CUSTOMERS
from tutela.base import clock
from tutela.crypto.normalise import Transform
from tutela.keys import custody
from tutela.vault import catalogue, find, queries, search_forms

from .errors import SearchNotExact

_LABEL: Final = "vault.temporary_access.search"


def sealed(by: str, value: str) -> str:
    """The tags of a value, sealed. NotSearchable, BadFieldValue, SearchNotExact."""
    return _seal(tags_of(by, value))


def tags_of(by: str, value: str) -> queries.Tags:
    """The tags of a complete value of a field. NotSearchable, BadFieldValue, SearchNotExact."""
    field, transform = find.search_of(by)
    if transform is Transform.LAST4:
        raise SearchNotExact
    forms = search_forms.forms(field, transform, value)
    search_forms.check_value(field, transform, value, clock.today())
    return find.tags_of({field: forms})


def customers_of(search: str) -> tuple[UUID, ...]:
    """Whom a sealed search leads to, whoever may see them: for who decides. None where it leads to too many."""
    found = queries.carriers(_open(search), MOST_CUSTOMERS + 1)
    return tuple(found) if len(found) <= MOST_CUSTOMERS else ()


def field_of(search: str) -> str:
    """By which field is searched, in the reader's language."""
    return catalogue.by_id(_open(search).fields[0]).label()


def _seal(tags: queries.Tags) -> str:
    text = json.dumps(tags._asdict(), separators=(",", ":"), sort_keys=True)
    return urlsafe_b64encode(custody.seal_secret(_LABEL, text.encode())).decode()


def _open(search: str) -> queries.Tags:
    text = custody.open_secret(_LABEL, urlsafe_b64decode(search))
    return queries.Tags(**json.loads(text))
