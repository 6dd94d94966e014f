"""A person's own inbox and mail settings."""

from uuid import UUID

from django.conf import settings
from django.db.models import Q

from tutela.access import gate
from tutela.base import clock
from tutela.base.actor import Actor
from tutela.notices import queries, rules
from tutela.notices.errors import ChoiceRefused, NoticeMissing
from tutela.notices.kinds import Mail, NoticeKind
from tutela.notices.models import Notice, Preference, Reader


def read(actor: Actor, notice_id: UUID) -> Notice:
    """Mark one notice of the actor's own inbox as read; NoticeMissing."""
    gate.check_known(actor)
    notice = Notice.objects.filter(id=notice_id, recipient_id=UUID(actor.id)).first()
    if notice is None:
        raise NoticeMissing
    if notice.read_at is None:
        notice.read_at = clock.now()
        notice.save(update_fields=["read_at"])
    return notice


def read_all(actor: Actor, group: str = "") -> int:
    """Mark the actor's unread notices, or those of one group, as read; returns the number."""
    gate.check_known(actor)
    wanted = Q(recipient_id=UUID(actor.id), read_at=None)
    if group:
        wanted &= Q(kind__in=queries.kinds_of(group))
    return Notice.objects.filter(wanted).update(read_at=clock.now())


def set_preference(actor: Actor, kind: NoticeKind, mail: Mail) -> None:
    """Set how the actor receives one kind by mail."""
    gate.check_known(actor)
    Preference.objects.update_or_create(
        staff_id=actor.id, kind=kind.code, defaults={"mail": mail.value}
    )


def set_reader(actor: Actor, *, language: str, every: str) -> None:
    """Set the language of the actor's mails and the interval of the digest; ChoiceRefused."""
    gate.check_known(actor)
    if language not in dict(settings.LANGUAGES):
        raise ChoiceRefused(field="language")
    if every not in {rules.DAILY, rules.WEEKLY}:
        raise ChoiceRefused(field="every")
    Reader.objects.update_or_create(
        staff_id=actor.id, defaults={"language": language, "every": every}
    )
