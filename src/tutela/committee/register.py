"""What the committee declares while the product starts."""

from collections.abc import Mapping
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tutela.access import gate, navigation, permission_specs
from tutela.access.models import Staff
from tutela.access.navigation import Entry, Section
from tutela.base.actor import Actor
from tutela.base.language import name_of
from tutela.notices import kinds, naming
from tutela.programme import registry
from tutela.programme.models import DutyOccurrence
from tutela.trail import event_specs

from . import events, notice_kinds, permissions, queries
from .models import MEETING_DUTY, TASK_ORIGIN, Meeting, Resolution

ENTRIES: Final = (
    Entry(
        view="committee-list-committees",
        label=gettext_lazy("Committee"),
        icon="users-group",
        section=Section.GOVERNANCE,
        order=50,
    ),
)


def join() -> None:
    event_specs.declare(events)
    permission_specs.declare(permissions)
    navigation.declare(*ENTRIES)
    kinds.declare(notice_kinds)
    naming.of_page("committee-view-meeting", _meetings, subject="meeting")
    registry.register_work(MEETING_DUTY, _meeting_page)
    registry.register_origin(TASK_ORIGIN, _resolution)
    registry.register_papers("committee", _to_correct)


def _meetings(actor: Actor, ids: frozenset[str]) -> Mapping[str, str]:
    """What meetings are called in the inbox, where notices hold their day only."""
    if not gate.holds(actor, permissions.COMMITTEE_READ):
        return {}
    meetings = Meeting.objects.filter(id__in=ids).select_related("committee")
    return {
        str(meeting.id): _("%(committee)s, meeting %(number)s")
        % {"committee": name_of(meeting.committee), "number": meeting.number}
        for meeting in meetings
    }


def _page(meeting: object) -> str:
    return reverse("committee-view-meeting", args=[meeting])


def _meeting_page(occurrence: DutyOccurrence) -> str:
    meeting = queries.for_duty(occurrence.done_on) if occurrence.done_on else None
    return _page(meeting.id) if meeting else ""


def _resolution(key: str) -> registry.Origin | None:
    resolution = Resolution.objects.select_related("meeting").filter(id=key).first()
    if resolution is None:
        return None
    name = _("Meeting %(meeting)s, resolution %(number)s")
    return registry.Origin(
        name=name % {"meeting": resolution.meeting.number, "number": resolution.number},
        page=_page(resolution.meeting_id),
    )


def _to_correct(actor: Actor, person: Staff) -> list[registry.Paper]:
    """Corrections of attendance that somebody else made."""
    if not gate.holds(actor, permissions.COMMITTEE_MANAGE):
        return []
    name = _("Corrected attendance of meeting %(number)s")
    return [
        registry.Paper(
            name=name % {"number": correction.meeting.number},
            page=f"{_page(correction.meeting_id)}#records",
            wanted="sign",
        )
        for correction in queries.to_sign(person.id)
    ]
