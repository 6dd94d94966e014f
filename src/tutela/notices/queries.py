"""Queries of the inbox, the unread counter and the channels page."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Max, Min, Q, QuerySet

from tutela.access import queries as people
from tutela.access.models import Staff
from tutela.base import clock

from .kinds import KINDS, Group, Mail, NoticeKind
from .models import INBOX_ORDER, Channel, Delivery, Notice, Preference, Reader
from .rules import DAILY

GIVEN_UP_SHOWN = timedelta(days=30)


def unread(staff_id: UUID | str) -> int:
    """The number of this person's unread notices."""
    return Notice.objects.filter(recipient_id=UUID(str(staff_id)), read_at=None).count()


def inbox(staff_id: UUID | str, group: str = "") -> QuerySet[Notice]:
    """A person's notices, or those of one group, in INBOX_ORDER; served by the index notices_notice_inbox."""
    notices = Notice.objects.filter(recipient_id=UUID(str(staff_id)))
    if group:
        notices = notices.filter(kind__in=kinds_of(group))
    return notices.order_by(*INBOX_ORDER)


def unread_by_kind(staff_id: UUID | str) -> dict[str, int]:
    """Kind code to number of this person's unread notices."""
    rows = Notice.objects.filter(recipient_id=UUID(str(staff_id)), read_at=None)
    return dict(rows.values_list("kind").annotate(Count("id")))


def kinds_of(group: str) -> list[str]:
    return [code for code, kind in KINDS.items() if kind.group.value == group]


def post_holders(posts: Iterable[str]) -> set[UUID]:
    """The ids of those who hold one of the posts today."""
    assignments = people.assignments_on(clock.today()).filter(post_id__in=list(posts))
    return set(assignments.values_list("staff_id", flat=True))


def has_told(kind: NoticeKind, params: Mapping[str, str | int]) -> bool:
    """Whether a notice of this kind with these parameters was ever given and is still kept."""
    return Notice.objects.filter(kind=kind.code, params=dict(params)).exists()


def readers(to: Iterable[UUID | str]) -> list[Staff]:
    """The active people named by id, without duplicates."""
    named = Staff.objects.filter(id__in={str(person) for person in to})
    return list(named.filter(is_active=True, kind=Staff.Kind.STAFF).order_by("id"))


def choices_of(staff: Iterable[Staff], kind: NoticeKind) -> dict[UUID, Mail]:
    """How each of these people receives this kind by mail."""
    rows = Preference.objects.filter(staff__in=staff, kind=kind.code)
    chosen = {staff_id: Mail(mail) for staff_id, mail in rows.values_list("staff_id", "mail")}
    return {person.id: chosen.get(person.id, kind.mail) for person in staff}


def digests_of(staff: Iterable[Staff]) -> dict[UUID, str]:
    """The digest interval of those of these people who have chosen one."""
    return dict(Reader.objects.filter(staff__in=staff).values_list("staff_id", "every"))


def reader_of(staff_id: UUID | str) -> Reader:
    """The person's language and digest interval; an unsaved default if nothing was chosen."""
    reader = Reader.objects.filter(staff_id=staff_id).first()
    return reader or Reader(staff_id=staff_id, language=settings.LANGUAGE_CODE, every=DAILY)


def preferences(staff_id: UUID | str) -> dict[NoticeKind, Mail]:
    """The person's choice for every kind."""
    rows = Preference.objects.filter(staff_id=staff_id).values_list("kind", "mail")
    chosen = {kind: Mail(mail) for kind, mail in rows}
    return {kind: chosen.get(code, kind.mail) for code, kind in KINDS.items()}


def channels_for(group: Group) -> list[Channel]:
    """The active robots subscribed to this group."""
    return list(Channel.objects.filter(is_active=True, groups__contains=[group.value]))


@dataclass(frozen=True, slots=True)
class WayState:
    """Counts of the outbox for mail, a robot, or all. `failing` have failed at least once and wait; `due_since`:
    since when the oldest that should have been sent waits."""

    waiting: int
    failing: int
    given_up: int
    last_sent: datetime | None
    next_try: datetime | None
    due_since: datetime | None

    @property
    def state(self) -> str:
        if self.given_up:
            return "given_up"
        if self.failing:
            return "failing"
        # Never tried is not "good": it is unknown.
        return "good" if self.last_sent else "unused"


def mail_state() -> WayState:
    """The state of mail."""
    return _state(Delivery.objects.filter(way=Delivery.Way.MAIL))


def channel_states() -> list[tuple[Channel, WayState]]:
    """Each active chat robot with its state."""
    robots = Channel.objects.filter(is_active=True).order_by("name")
    return [(robot, _state(Delivery.objects.filter(channel=robot))) for robot in robots]


def outbox() -> WayState:
    """The state of all deliveries together."""
    return _state(Delivery.objects.all())


def faults() -> list[tuple[str, int]]:
    """(fault code, number) of waiting and recently given up messages, most frequent first."""
    lately = Q(settled_at__isnull=True) | Q(settled_at__gte=clock.now() - GIVEN_UP_SHOWN)
    failed = Delivery.objects.filter(
        lately, state__in=[Delivery.State.WAITING, Delivery.State.GIVEN_UP]
    ).exclude(code="")
    return list(failed.values_list("code").annotate(count=Count("id")).order_by("-count", "code"))


def _state(of: QuerySet[Delivery]) -> WayState:
    waiting = Q(state=Delivery.State.WAITING)
    failing = waiting & ~Q(code="")
    lately = Q(settled_at__gte=clock.now() - GIVEN_UP_SHOWN)
    counts = of.aggregate(
        waiting=Count("id", filter=waiting),
        failing=Count("id", filter=failing),
        given_up=Count("id", filter=Q(state=Delivery.State.GIVEN_UP) & lately),
        last_sent=Max("settled_at", filter=Q(state=Delivery.State.SENT)),
        due_since=Min("next_try", filter=waiting & Q(next_try__lte=clock.now())),
        next_try=Min("next_try", filter=failing),
    )
    return WayState(**counts)
