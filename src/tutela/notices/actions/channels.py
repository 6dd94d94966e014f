"""Chat robots and the outbox, in the hands of the system administrator. Each act leaves a leaf."""

import re
from collections.abc import Sequence

from django.conf import settings
from django.db import IntegrityError, transaction

from tutela.access import gate
from tutela.access.models import Staff
from tutela.access.permissions import Permission
from tutela.base import clock
from tutela.base.actor import Actor
from tutela.base.free_text import check_free_text
from tutela.crypto.errors import DecryptFailed
from tutela.notices import boxes, messages, queries, sending
from tutela.notices.errors import ChannelMissing, ChoiceRefused, NameTaken
from tutela.notices.kinds import Group
from tutela.notices.models import Channel, Delivery
from tutela.trail import log
from tutela.trail.events import Event
from tutela.trail.leaves import Leaf

State = Delivery.State
MOST_LETTERS = 25


@transaction.atomic
def add_channel(
    actor: Actor, *, name: str, address: str, groups: Sequence[str], language: str
) -> Channel:
    """Keep a chat robot; its address is sealed and never shown again.

    AddressRefused, ChoiceRefused, NameTaken.
    """
    grant = gate.require(actor, Permission.NOTICES_CHANNEL_MANAGE)
    service = sending.service_of(address)
    if not 0 < len(name.strip()) <= MOST_LETTERS:
        raise ChoiceRefused(field="name")
    check_free_text(name=name)
    if language not in dict(settings.LANGUAGES):
        raise ChoiceRefused(field="language")
    if not groups or set(groups) - {one.value for one in Group}:
        raise ChoiceRefused(field="groups")
    made = Channel(
        name=name.strip(),
        service=service,
        sealed=boxes.seal(address.strip()),
        groups=sorted(set(groups)),
        language=language,
        created_at=clock.now(),
    )
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError as error:
        raise NameTaken from error
    _leaf(Event.NOTICES_CHANNEL_ADDED, actor, grant, channel=made.pk, service=_code(service))
    return made


@transaction.atomic
def remove_channel(actor: Actor, channel_id: int) -> None:
    """Tell a robot nothing more; what waited for it is settled as not needed; ChannelMissing."""
    grant = gate.require(actor, Permission.NOTICES_CHANNEL_MANAGE)
    held = _channel(channel_id)
    held.is_active = False
    # The name is free again, and the secret is gone.
    held.name, held.sealed = f"{held.name} #{held.pk}", b""
    held.save(update_fields=["is_active", "name", "sealed"])
    waiting = Delivery.objects.filter(channel=held, state=State.WAITING)
    waiting.update(state=State.UNNEEDED, settled_at=clock.now())
    _leaf(Event.NOTICES_CHANNEL_REMOVED, actor, grant, channel=held.pk)


def test_channel(actor: Actor, channel_id: int) -> str:
    """Send a test to a robot now; "" when it was taken, else the code of the fault."""
    grant = gate.require(actor, Permission.NOTICES_CHANNEL_MANAGE)
    held = _channel(channel_id)
    message = messages.of_test(held.language)
    try:
        code = sending.send_to_robot(boxes.opened(held.sealed), message.title, message.body)
    except DecryptFailed:
        code = sending.ADDRESS_UNREADABLE
    _tested(actor, grant, code, way=Delivery.Way.ROBOT.value, channel=held.pk)
    return code


def test_mail(actor: Actor) -> str:
    """Send a test mail to the actor's own address; "" when it was taken, else the code of the fault."""
    grant = gate.require(actor, Permission.NOTICES_CHANNEL_MANAGE)
    code = _test_mail(actor)
    _tested(actor, grant, code, way=Delivery.Way.MAIL.value)
    return code


def _test_mail(actor: Actor) -> str:
    recipient = Staff.objects.get(id=actor.id).email
    if not settings.TUTELA_MAIL_URL:
        return sending.NOT_SET
    if not recipient:
        return sending.NO_ADDRESS
    message = messages.of_test(queries.reader_of(actor.id).language)
    return sending.send_mail(settings.TUTELA_MAIL_URL, recipient, message.title, message.body)


@transaction.atomic
def retry_outbox(actor: Actor) -> int:
    """Put everything that failed up for the next run, what was given up too; how many messages."""
    grant = gate.require(actor, Permission.NOTICES_CHANNEL_MANAGE)
    again = Delivery.objects.exclude(code="").exclude(channel__is_active=False)
    failed = again.filter(state__in=[State.WAITING, State.GIVEN_UP])
    count = failed.update(state=State.WAITING, tries=0, next_try=clock.now(), settled_at=None)
    _leaf(Event.NOTICES_OUTBOX_RETRIED, actor, grant, rows=count)
    return count


def _channel(channel_id: int) -> Channel:
    held = Channel.objects.filter(id=channel_id, is_active=True).first()
    if held is None:
        raise ChannelMissing
    return held


def _code(text: str) -> str:
    """A chat program's name as a code, for the leaf."""
    return re.sub(r"[^A-Za-z0-9]+", "-", text).strip("-").lower()


@transaction.atomic
def _tested(actor: Actor, grant: gate.Grant, code: str, **detail: str | int) -> None:
    _leaf(Event.NOTICES_CHANNEL_TESTED, actor, grant, **detail, code=code)


def _leaf(event: Event, actor: Actor, grant: gate.Grant, **detail: str | int) -> None:
    log.append_with_change(Leaf(event=event, actor=actor, decision=grant.as_leaf(), detail=detail))
