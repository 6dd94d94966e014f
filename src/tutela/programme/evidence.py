"""The programme's part of `isms-built`: since when each measure's duties have somebody to do them."""

from django.db.models import Min, Q

from tutela.access.models import Staff
from tutela.base.readings import Fact

from .models import Measure


def facts() -> list[Fact]:
    """One a measure: when the first person who works in the department that owes it was there."""
    works = Q(department__staff__kind=Staff.Kind.STAFF, department__staff__is_active=True)
    first = Min("department__staff__created_at", filter=works)
    return [Fact(at) for at in Measure.objects.annotate(at=first).values_list("at", flat=True)]
