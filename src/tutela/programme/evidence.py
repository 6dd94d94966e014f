"""The programme's part of `isms-built`: since when each measure has people to carry it out."""

from functools import cache

from django.db.models import Min, Q

from tutela.access.models import Staff
from tutela.base.readings import Facts

from .models import Measure


@cache
def facts() -> Facts:
    """One fact a measure: when the first active person of the department that owes it was created.
    Cached: compiling the statement takes longer than running it."""
    works = Q(department__staff__kind=Staff.Kind.STAFF, department__staff__is_active=True)
    first = Min("department__staff__created_at", filter=works)
    statement, values = Measure.objects.annotate(at=first).values("at").query.sql_with_params()
    times = "its.at, NULL::timestamptz, NULL::timestamptz"
    return Facts(f"SELECT {times} FROM ({statement}) its(at)", values)
