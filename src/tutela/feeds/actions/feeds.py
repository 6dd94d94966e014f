"""Feeds: registered with the way their log is read, changed, closed, reopened."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db import IntegrityError, transaction

from tutela.access import gate
from tutela.access import queries as access
from tutela.access.errors import PermissionMissing
from tutela.access.gate import Grant
from tutela.access.models import Staff
from tutela.base import clock
from tutela.base.actor import Actor
from tutela.base.free_text import check_free_text
from tutela.crypto import digest
from tutela.feeds import events, permissions, queries, rules
from tutela.feeds.errors import (
    FeedClosed,
    FeedExists,
    FeedOpen,
    NameWrong,
    SilenceWrong,
    SystemWrong,
)
from tutela.feeds.models import Feed
from tutela.feeds.reading.kinds import format_named
from tutela.feeds.reading.mapping import LogMapping, texts_of
from tutela.keys import custody
from tutela.trail.details import LABEL, SHAPES

from .leaves import record_feed

RECORD_KEY: Final = "feeds.record"
_KEY_SIZE: Final = 32
_NAME: Final = re.compile(r"(?!.*\d{5})[a-z0-9][a-z0-9-]{1,39}", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How a log is read: the name of its format and its mapping (`reading/mapping.py`)."""

    reader: str
    mapping: Mapping[str, Any]


def require_manager(actor: Actor) -> tuple[Grant, Staff]:
    """The grant to manage feeds, and the person who acts; machines are refused."""
    grant = gate.require(actor, permissions.FEED_MANAGE)
    if actor.kind != "staff":
        raise PermissionMissing(permission=permissions.FEED_MANAGE.name)
    return grant, access.staff_by_id(actor.id)


def register_feed(
    actor: Actor, *, name: str, system: str, reading: Reading, silent_minutes: int
) -> Feed:
    """Register the log of another system; it may send from now on."""
    grant, person = require_manager(actor)
    if not _NAME.fullmatch(name):
        raise NameWrong
    label = _system(system)
    check_free_text(name=name, system=label)
    try:
        with transaction.atomic():
            feed = Feed.objects.create(
                name=name,
                system=label,
                reader=reading.reader,
                mapping=_mapping(reading),
                silent_minutes=_minutes(silent_minutes),
                record_key=custody.seal_secret(RECORD_KEY, digest.random_bytes(_KEY_SIZE)),
                opened_at=clock.now(),
                opened_by=person,
            )
            record_feed(
                grant,
                events.FEED_REGISTERED,
                feed,
                reader=feed.reader,
                silent_minutes=feed.silent_minutes,
            )
    except IntegrityError:
        raise FeedExists(feed=name) from None
    return feed


@transaction.atomic
def change_feed(
    actor: Actor, name: str, *, system: str, reading: Reading, silent_minutes: int
) -> Feed:
    """Change the system's name, how the log is read, and the time after which it counts as silent."""
    grant, _person = require_manager(actor)
    label = _system(system)
    check_free_text(system=label)
    feed = queries.feed(name, lock=True)
    feed.system, feed.reader, feed.mapping = label, reading.reader, _mapping(reading)
    feed.silent_minutes = _minutes(silent_minutes)
    feed.save(update_fields=["system", "reader", "mapping", "silent_minutes"])
    record_feed(
        grant, events.FEED_CHANGED, feed, reader=feed.reader, silent_minutes=feed.silent_minutes
    )
    return feed


@transaction.atomic
def close_feed(actor: Actor, name: str) -> None:
    """Take no more records; what came stays."""
    grant, _person = require_manager(actor)
    feed = queries.feed(name, lock=True)
    if not feed.is_open:
        raise FeedClosed(feed=name)
    _set_open(feed, is_open=False)
    record_feed(grant, events.FEED_CLOSED, feed)


@transaction.atomic
def reopen_feed(actor: Actor, name: str) -> None:
    """Take records again. How long it is silent counts from its last record."""
    grant, _person = require_manager(actor)
    feed = queries.feed(name, lock=True)
    if feed.is_open:
        raise FeedOpen(feed=name)
    _set_open(feed, is_open=True)
    record_feed(grant, events.FEED_REOPENED, feed)


def _set_open(feed: Feed, *, is_open: bool) -> None:
    feed.is_open, feed.silent_told_at = is_open, None
    feed.save(update_fields=["is_open", "silent_told_at"])


def _system(text: str) -> str:
    label = text.strip()
    if len(label) < 2 or not SHAPES[LABEL].fullmatch(label):
        raise SystemWrong
    return label


def _mapping(reading: Reading) -> dict[str, Any]:
    """The mapping as it is stored, after it was read once; ReaderUnknown, MappingWrong, ZoneUnknown."""
    kind = format_named(reading.reader)
    stored = dict(reading.mapping)
    LogMapping.checked(stored, needs_columns=kind.is_mapped)
    check_free_text(reader=reading.reader, mapping="\n".join(texts_of(stored)))
    return stored


def _minutes(minutes: int) -> int:
    if not rules.SILENCE_LEAST <= minutes <= rules.SILENCE_MOST:
        raise SilenceWrong(least=rules.SILENCE_LEAST, most=rules.SILENCE_MOST)
    return minutes
