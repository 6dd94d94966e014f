"""What documents are called in the inbox, where notices hold their codes only."""

from collections.abc import Mapping

from tutela.access import gate
from tutela.access.permissions import Permission
from tutela.base.actor import Actor
from tutela.notices import naming
from tutela.programme.naming import called

from .models import Document


def join() -> None:
    """Hand the namer in, while the product starts."""
    naming.of_code("document", _documents)


def _documents(actor: Actor, codes: frozenset[str]) -> Mapping[str, str]:
    """What is or was in force has a name for everybody, a first draft for those who work on it."""
    rows = Document.objects.filter(code__in=codes)
    if not gate.holds(actor, Permission.GOVERNANCE_DOCUMENT_READ):
        rows = rows.filter(versions__published_at__isnull=False).distinct()
    return called(rows, "code")
