"""The programme's part of `isms-built`: since when each measure's duties have somebody to do them."""

from functools import cache

from django.db.models import Min, Q

from tutela.access.models import Staff
from tutela.base.readings import Facts

from .models import Measure


@cache
def facts() -> Facts:
    """One a measure: when the first person who works in the department that owes it was there. Put into
    SQL once: that takes longer than the answer."""
    works = Q(department__staff__kind=Staff.Kind.STAFF, department__staff__is_active=True)
    first = Min("department__staff__created_at", filter=works)
    statement, values = Measure.objects.annotate(at=first).values("at").query.sql_with_params()
    times = "its.at, NULL::timestamptz, NULL::timestamptz"
    return Facts(f"SELECT {times} FROM ({statement}) its(at)", values)
