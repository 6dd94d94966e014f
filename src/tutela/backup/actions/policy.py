"""The timetable: hours, retention, promised times; each edition signed by two people."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Final

from django.db import IntegrityError, transaction

from tutela.access import changes as leaves
from tutela.access.gate import Grant
from tutela.backup import events, queries, rules
from tutela.backup.errors import ChangeOvertaken, FigureWrong, PolicyLooser
from tutela.backup.models import Change, Policy
from tutela.backup.rules import Timetable
from tutela.base import clock
from tutela.base.actor import Actor

from .changes import require_manager, store

KIND: Final = "policy"


def propose_policy(actor: Actor, figures: Mapping[str, int | None]) -> Change:
    """Propose a new edition: the figures that change, by column. FigureWrong, PolicyLooser."""
    grant, person = require_manager(actor)
    now = queries.timetable()
    wanted = {**asdict(now), **figures}
    wanted["edition"] = now.edition + 1
    check_figures(wanted)
    return store(grant, person, kind=KIND, verb="sign", subject=str(now.edition), proposed=wanted)


def check_figures(wanted: Mapping[str, int | None]) -> None:
    """FigureWrong, PolicyLooser."""
    for field, (least, most) in rules.LIMITS.items():
        value = wanted.get(field)
        if value is None and field in {"rto_minutes", "rpo_hours"}:
            continue
        if value is None or not least <= value <= most:
            raise FigureWrong(field=field, least=least, most=most)
    daily, window = wanted["keep_daily"] or 0, wanted["keys_days"] or 0
    if window <= daily:
        raise PolicyLooser(least=daily + 1)


def apply_change(grant: Grant, change: Change) -> None:
    """Put an approved edition into force."""
    assert change.decided_by is not None  # noqa: S101 approved
    figures = dict(change.proposed)
    if queries.timetable().edition != int(change.subject):
        raise ChangeOvertaken
    table = Timetable(**figures)
    try:
        with transaction.atomic():
            Policy.objects.create(
                **asdict(table),
                proposed_by=change.proposed_by,
                signed_by=change.decided_by,
                signed_at=clock.now(),
            )
    except IntegrityError:
        raise ChangeOvertaken from None
    leaves.record(grant, events.POLICY_SIGNED, backup_edition=table.edition)
