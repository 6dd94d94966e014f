"""Documents' part of `isms-built`: when each policy first came into force."""

from typing import Final

from django.db.models import Min

from tutela.base.readings import Fact

from . import library
from .models import Document, Version

WANTED: Final = len(library.CODES)
"""So many policies make the part whole."""


def facts() -> list[Fact]:
    published = Version.objects.filter(
        document__kind=Document.Kind.POLICY, published_at__isnull=False
    )
    first = published.values("document").annotate(at=Min("published_at"))
    return [Fact(at) for at in first.values_list("at", flat=True)]
