"""Cases and alerts as people read them: one, a list, and who may handle them."""

from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from tutela.access import temporary_rows
from tutela.access.models import Reset, Staff
from tutela.base import clock

from .errors import ApproversCase, CaseUnknown, OwnCase
from .models import Alert, Case
from .outcomes import APPROVED_DAYS
from .rules import OPEN_STATES


def case(case_id: UUID, *, lock: bool = False) -> Case:
    """CaseUnknown if there is none. With `lock` nobody else changes it until the transaction ends."""
    rows = Case.objects.select_for_update() if lock else Case.objects.select_related("person")
    found = rows.filter(id=case_id).first()
    if found is None:
        raise CaseUnknown
    return found


def alert(alert_id: UUID) -> Alert:
    """CaseUnknown if there is none."""
    found = Alert.objects.select_related("person", "case").filter(id=alert_id).first()
    if found is None:
        raise CaseUnknown
    return found


def page_of(case_id: UUID) -> str:
    return reverse("watch-view-case", args=[case_id])


def next_number() -> int:
    """The number of the case that is opened next; the caller holds the lock of cases."""
    newest = Case.objects.order_by("-number").values_list("number", flat=True).first()
    return (newest or 0) + 1


def check_handler(person: Staff, about: UUID | None) -> None:
    """Return if this person may handle a case about the other; OwnCase, ApproversCase."""
    if about is None:
        return
    if person.id == about:
        raise OwnCase
    if about in approvers_of(person.id):
        raise ApproversCase


def can_handle(person_id: UUID, about: UUID | None) -> bool:
    """Whether `check_handler` lets them."""
    return about is None or (person_id != about and about not in approvers_of(person_id))


def approvers_of(person_id: UUID) -> set[UUID]:
    """Who approved temporary access or a reset for this person, or reviewed their break-glass access, lately."""
    since = clock.now() - timedelta(days=APPROVED_DAYS)
    found = set(
        Reset.objects.filter(staff_id=person_id, decided_at__gte=since, state="confirmed")
        .exclude(decided_by=None)
        .values_list("decided_by_id", flat=True)
    )
    found |= temporary_rows.approvers_for(person_id, since)
    return {key for key in found if key}


def alerts(
    *,
    rule: str = "",
    post: str = "",
    branch: int | None = None,
    state: str = "",
    before: UUID | None = None,
) -> QuerySet[Alert]:
    """Newest first. `post` and `branch` are those that the person holds today; `state` is of the case, or `loose`
    for alerts without one; `before` the last alert of the page before, CaseUnknown if there is none."""
    rows = Alert.objects.select_related("person", "case").order_by("-at", "-id")
    if rule:
        rows = rows.filter(rule=rule)
    if before is not None:
        last = alert(before)
        rows = rows.filter(Q(at__lt=last.at) | Q(at=last.at, id__lt=last.id))
    if state == "loose":
        rows = rows.filter(case__isnull=True)
    elif state:
        rows = rows.filter(case__state=state)
    return rows.filter(_of_post("person", post, branch))


def cases(
    *, rule: str = "", post: str = "", branch: int | None = None, state: str = ""
) -> QuerySet[Case]:
    """Open ones first, critical before others, then by points and age."""
    rows = Case.objects.select_related("person", "acknowledged_by", "settled_by").annotate(
        number_of_alerts=Count("alerts", distinct=True),
        is_open=Count("id", filter=Q(state__in=OPEN_STATES), distinct=True),
    )
    if rule:
        rows = rows.filter(id__in=Alert.objects.filter(rule=rule).values("case_id"))
    if state == "waiting":
        rows = rows.filter(state__in=OPEN_STATES)
    elif state:
        rows = rows.filter(state=state)
    rows = rows.filter(_of_post("person", post, branch))
    return rows.order_by("-is_open", "-critical", "-points", "-opened_at")


def _of_post(person: str, post: str, branch: int | None) -> Q:
    if not post and branch is None:
        return Q()
    held = Q(assignments__starts__lte=clock.today()) & (
        Q(assignments__ends__isnull=True) | Q(assignments__ends__gte=clock.today())
    )
    if post:
        held &= Q(assignments__post_id=post)
    if branch is not None:
        held &= Q(assignments__branch_id=branch)
    return Q(**{f"{person}__in": Staff.objects.filter(held).values("id")})


def rules_of(case_ids: list[UUID]) -> Mapping[UUID, list[str]]:
    """The rules of each case's alerts, by number."""
    found: dict[UUID, set[str]] = {}
    rows = Alert.objects.filter(case_id__in=case_ids).values_list("case_id", "rule").distinct()
    for case_id, rule in rows:
        if case_id is not None:
            found.setdefault(case_id, set()).add(rule)
    return {key: sorted(rules, key=lambda one: int(one[1:])) for key, rules in found.items()}


def waiting() -> tuple[int, int]:
    """How many cases are open, and how many of them are critical."""
    counted = Case.objects.filter(state__in=OPEN_STATES).aggregate(
        all=Count("id"), critical=Count("id", filter=Q(critical=True))
    )
    return counted["all"], counted["critical"]
