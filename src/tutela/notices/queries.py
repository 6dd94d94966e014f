"""What the inbox, the bell and the channels page read."""

from collections.abc import Iterable
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
    """How many notices of this person wait to be read: the number at the bell."""
    return Notice.objects.filter(recipient_id=UUID(str(staff_id)), read_at=None).count()


def inbox(staff_id: UUID | str, group: str = "") -> QuerySet[Notice]:
    """A person's notices, unread before read, the newest first among either; of one group when it is
    named. The index notices_notice_inbox holds them in this order: a page reads no more than itself."""
    found = Notice.objects.filter(recipient_id=UUID(str(staff_id)))
    if group:
        found = found.filter(kind__in=kinds_of(group))
    return found.order_by(*INBOX_ORDER)


def unread_by_kind(staff_id: UUID | str) -> dict[str, int]:
    """Kind to number of unread notices of this person."""
    rows = Notice.objects.filter(recipient_id=UUID(str(staff_id)), read_at=None)
    return dict(rows.values_list("kind").annotate(Count("id")))


def kinds_of(group: str) -> list[str]:
    return [code for code, kind in KINDS.items() if kind.group.value == group]


def readers(to: Iterable[UUID | str], posts: Iterable[str]) -> list[Staff]:
    """The active people named by id or holding one of the posts today, each once."""
    codes = list(posts)
    held = people.assignments_on(clock.today()).filter(post_id__in=codes) if codes else None
    named = Q(id__in=[str(one) for one in to])
    if held is not None:
        named |= Q(id__in=held.values("staff"))
    active = Staff.objects.filter(named, is_active=True, kind=Staff.Kind.STAFF)
    return list(active.order_by("id"))


def choices_of(staff: Iterable[Staff], kind: NoticeKind) -> dict[UUID, Mail]:
    """How each of these people wants this kind by mail."""
    rows = Preference.objects.filter(staff__in=staff, kind=kind.code)
    chosen = {staff_id: Mail(mail) for staff_id, mail in rows.values_list("staff_id", "mail")}
    return {one.id: chosen.get(one.id, kind.mail) for one in staff}


def digests_of(staff: Iterable[Staff]) -> dict[UUID, str]:
    """How often each of these people wants the digest, if they have said so."""
    return dict(Reader.objects.filter(staff__in=staff).values_list("staff_id", "every"))


def reader_of(staff_id: UUID | str) -> Reader:
    """The person's language and digest; unsaved and as it is by default when nothing was chosen."""
    held = Reader.objects.filter(staff_id=staff_id).first()
    return held or Reader(staff_id=staff_id, language=settings.LANGUAGE_CODE, every=DAILY)


def preferences(staff_id: UUID | str) -> dict[NoticeKind, Mail]:
    """The person's choice for every kind."""
    rows = Preference.objects.filter(staff_id=staff_id).values_list("kind", "mail")
    chosen = {kind: Mail(mail) for kind, mail in rows}
    return {kind: chosen.get(code, kind.mail) for code, kind in KINDS.items()}


def channels_for(group: Group) -> list[Channel]:
    """The robots that are told of this group."""
    return list(Channel.objects.filter(is_active=True, groups__contains=[group.value]))


@dataclass(frozen=True, slots=True)
class WayState:
    """One way out of the house. `failing` have failed at least once and wait to be tried again."""

    waiting: int
    failing: int
    given_up: int
    last_sent: datetime | None
    next_try: datetime | None

    @property
    def state(self) -> str:
        if self.given_up:
            return "given_up"
        if self.failing:
            return "failing"
        # What was never tried is not in order: nobody knows.
        return "good" if self.last_sent else "unused"


def mail_state() -> WayState:
    """How mail is."""
    return _state(Delivery.objects.filter(way=Delivery.Way.MAIL))


def channel_states() -> list[tuple[Channel, WayState]]:
    """Each chat robot and how it is."""
    robots = Channel.objects.filter(is_active=True).order_by("name")
    return [(one, _state(Delivery.objects.filter(channel=one))) for one in robots]


def outbox() -> WayState:
    """All ways together, for the doctor."""
    return _state(Delivery.objects.all())


def faults() -> list[tuple[str, int]]:
    """Why messages wait or were given up lately: code and number, the most frequent first."""
    lately = Q(settled_at__isnull=True) | Q(settled_at__gte=clock.now() - GIVEN_UP_SHOWN)
    found = Delivery.objects.filter(
        lately, state__in=[Delivery.State.WAITING, Delivery.State.GIVEN_UP]
    ).exclude(code="")
    return list(found.values_list("code").annotate(count=Count("id")).order_by("-count", "code"))


def _state(of: QuerySet[Delivery]) -> WayState:
    waiting = Q(state=Delivery.State.WAITING)
    failing = waiting & ~Q(code="")
    lately = Q(settled_at__gte=clock.now() - GIVEN_UP_SHOWN)
    found = of.aggregate(
        waiting=Count("id", filter=waiting),
        failing=Count("id", filter=failing),
        given_up=Count("id", filter=Q(state=Delivery.State.GIVEN_UP) & lately),
        last_sent=Max("settled_at", filter=Q(state=Delivery.State.SENT)),
        next_try=Min("next_try", filter=failing),
    )
    return WayState(**found)
