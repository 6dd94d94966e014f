"""Reads of files as proof, for the pages and rules of whatever they prove."""

from uuid import UUID

from django.db.models import CharField, F, Func, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Cast

from .models import Attachment


def attachment_or_none(attachment_id: UUID) -> Attachment | None:
    return _with_people().filter(id=attachment_id).first()


def files(kind: str, *keys: str) -> QuerySet[Attachment]:
    """The files of these holders as a page lists them: who kept each and who withdrew it, the oldest first."""
    rows = _with_people().filter(holder_kind=kind, holder_id__in=keys)
    return rows.order_by("uploaded_at")


def standing(kind: str, *keys: str) -> QuerySet[Attachment]:
    """Those that are not withdrawn."""
    return files(kind, *keys).filter(withdrawal__isnull=True)


def standing_count(kind: str) -> Subquery:
    """How many of these each row of an outer query has, by its primary key."""
    rows = Attachment.objects.filter(holder_kind=kind, withdrawal__isnull=True)
    of_row = rows.filter(holder_id=Cast(OuterRef("pk"), CharField()))
    # A function, not an aggregate: it groups nothing, so a row without files has 0.
    count = Func(F("pk"), function="COUNT", output_field=IntegerField())
    return Subquery(of_row.annotate(count=count).values("count"))


def _with_people() -> QuerySet[Attachment]:
    return Attachment.objects.select_related("by", "withdrawal__by")
