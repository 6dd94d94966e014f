"""Chat robots and the outbox, managed by the system administrator. Each action appends a leaf."""

import re
from collections.abc import Sequence

from django.conf import settings
from django.db import IntegrityError, transaction

from tutela.access import gate
from tutela.access.models import Staff
from tutela.base import clock
from tutela.base.actor import Actor
from tutela.base.free_text import check_free_text
from tutela.crypto.errors import DecryptFailed
from tutela.notices import boxes, events, messages, permissions, queries, sending
from tutela.notices.errors import ChannelMissing, ChoiceRefused, NameTaken
from tutela.notices.kinds import Group
from tutela.notices.models import Channel, Delivery
from tutela.trail import log
from tutela.trail.event_specs import EventSpec
from tutela.trail.leaves import Leaf

State = Delivery.State
NAME_LIMIT = 25


@transaction.atomic
def add_channel(
    actor: Actor, *, name: str, address: str, groups: Sequence[str], language: str
) -> Channel:
    """Store a chat robot; its address is encrypted and never shown again.

    AddressRefused, HostRefused, ChoiceRefused, NameTaken.
    """
    grant = gate.require(actor, permissions.CHANNEL_MANAGE)
    service = sending.service_of(address)
    if not 0 < len(name.strip()) <= NAME_LIMIT:
        raise ChoiceRefused(field="name")
    check_free_text(name=name)
    if language not in dict(settings.LANGUAGES):
        raise ChoiceRefused(field="language")
    if not groups or set(groups) - {group.value for group in Group}:
        raise ChoiceRefused(field="groups")
    channel = Channel(
        name=name.strip(),
        service=service,
        sealed=boxes.seal(address.strip()),
        groups=sorted(set(groups)),
        language=language,
        created_at=clock.now(),
    )
    try:
        with transaction.atomic():
            channel.save(force_insert=True)
    except IntegrityError as error:
        raise NameTaken from error
    code = re.sub(r"[^A-Za-z0-9]+", "-", service).strip("-").lower()
    _trace(actor, grant, events.CHANNEL_ADDED, channel=channel.pk, service=code)
    return channel


@transaction.atomic
def remove_channel(actor: Actor, channel_id: int) -> None:
    """Deactivate a robot and settle its waiting deliveries as unneeded; ChannelMissing."""
    grant = gate.require(actor, permissions.CHANNEL_MANAGE)
    channel = _channel(channel_id)
    channel.is_active = False
    # Frees the name and erases the secret.
    channel.name, channel.sealed = f"{channel.name} #{channel.pk}", b""
    channel.save(update_fields=["is_active", "name", "sealed"])
    waiting = Delivery.objects.filter(channel=channel, state=State.WAITING)
    waiting.update(state=State.UNNEEDED, settled_at=clock.now())
    _trace(actor, grant, events.CHANNEL_REMOVED, channel=channel.pk)


def test_channel(actor: Actor, channel_id: int) -> str:
    """Send a test message to a robot; "" if it was accepted, else the fault code."""
    grant = gate.require(actor, permissions.CHANNEL_MANAGE)
    channel = _channel(channel_id)
    message = messages.for_test(channel.language)
    try:
        code = sending.send_to_robot(boxes.opened(channel.sealed), message.title, message.body)
    except DecryptFailed:
        code = sending.ADDRESS_UNREADABLE
    _trace_test(actor, grant, code, way=Delivery.Way.ROBOT.value, channel=channel.pk)
    return code


def test_mail(actor: Actor) -> str:
    """Send a test mail to the actor's own address; "" if it was accepted, else the fault code."""
    grant = gate.require(actor, permissions.CHANNEL_MANAGE)
    code = _test_mail(actor)
    _trace_test(actor, grant, code, way=Delivery.Way.MAIL.value)
    return code


def _test_mail(actor: Actor) -> str:
    recipient = Staff.objects.get(id=actor.id).email
    if not settings.TUTELA_MAIL_URL:
        return sending.NOT_SET
    if not recipient:
        return sending.NO_ADDRESS
    message = messages.for_test(queries.reader_of(actor.id).language)
    return sending.send_mail(settings.TUTELA_MAIL_URL, recipient, message.title, message.body)


@transaction.atomic
def retry_outbox(actor: Actor) -> int:
    """Make every failed delivery due now, those given up included; returns the number."""
    grant = gate.require(actor, permissions.CHANNEL_MANAGE)
    again = Delivery.objects.exclude(code="").exclude(channel__is_active=False)
    failed = again.filter(state__in=[State.WAITING, State.GIVEN_UP])
    count = failed.update(state=State.WAITING, tries=0, next_try=clock.now(), settled_at=None)
    _trace(actor, grant, events.OUTBOX_RETRIED, rows=count)
    return count


def _channel(channel_id: int) -> Channel:
    channel = Channel.objects.filter(id=channel_id, is_active=True).first()
    if channel is None:
        raise ChannelMissing
    return channel


@transaction.atomic
def _trace_test(actor: Actor, grant: gate.Grant, code: str, **detail: str | int) -> None:
    _trace(actor, grant, events.CHANNEL_TESTED, **detail, code=code)


def _trace(actor: Actor, grant: gate.Grant, event: EventSpec, **detail: str | int) -> None:
    log.append_with_change(Leaf(event=event, actor=actor, decision=grant.as_leaf(), detail=detail))
