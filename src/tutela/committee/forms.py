"""What the pages of the committee take in."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tutela.access.models import Department, Post, Staff
from tutela.base import clock
from tutela.base.free_text_fields import GuardedText
from tutela.base.language import name_of
from tutela.web.inputs import DayInput, MomentInput

from . import rules
from .actions.committees import Appointment, CharterText
from .models import Meeting, Seat

Choice = tuple[str, Any]
ROLES = {
    Seat.Role.CHAIR: _("Chair"),
    Seat.Role.DEPUTY: _("Deputy chair"),
    Seat.Role.SECRETARY: _("Secretary"),
    Seat.Role.MEMBER: _("Member"),
}


def _posts() -> list[Choice]:
    return [
        (post.code, name_of(post)) for post in Post.objects.filter(kind="staff").order_by("code")
    ]


def _choose(form: forms.Form, name: str, choices: Sequence[Choice]) -> None:
    form.fields[name].choices = choices  # type: ignore[attr-defined]  # ChoiceField


class CharterForm(forms.Form):
    """The charter in both languages, and the quorum."""

    text_zh = GuardedText(label=_("Charter in Chinese"), widget=forms.Textarea(attrs={"rows": 14}))
    text_en = GuardedText(label=_("Charter in English"), widget=forms.Textarea(attrs={"rows": 14}))
    quorum = forms.IntegerField(
        min_value=50,
        max_value=100,
        label=_("Quorum in percent of seats"),
        help_text=_("50 means more than half."),
    )

    def charter(self) -> CharterText:
        values = self.cleaned_data
        return CharterText(
            zh=values["text_zh"], en=values["text_en"], quorum_percent=values["quorum"]
        )


class FoundForm(CharterForm):
    """A new committee."""

    name_zh = GuardedText(max_length=120, label=_("Name in Chinese"))
    name_en = GuardedText(max_length=120, label=_("Name in English"))
    every_months = forms.IntegerField(
        min_value=1, max_value=12, label=_("Meeting interval in months, at most")
    )
    field_order = ("name_zh", "name_en", "every_months", "quorum", "text_zh", "text_en")


class SeatForm(forms.Form):
    """Who gets a seat, for which post and days."""

    person = GuardedText(
        max_length=64, label=_("Person"), help_text=_("Sign-in name or staff number")
    )
    post = forms.ChoiceField(label=_("Post"))
    role = forms.ChoiceField(label=_("Role"))
    starts = forms.DateField(
        label=_("From"), widget=DayInput(), required=False, help_text=_("Empty: today.")
    )
    ends = forms.DateField(label=_("Until, not included"), widget=DayInput(), required=False)

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        _choose(self, "post", _posts())
        _choose(self, "role", [(role.value, name) for role, name in ROLES.items()])
        self.fields["role"].initial = Seat.Role.MEMBER.value

    def appointment(self) -> Appointment:
        """What the valid form says."""
        return Appointment(**self.cleaned_data)


class CallForm(forms.Form):
    """When, where, and about what."""

    at = forms.DateTimeField(
        label=_("Date and time"),
        widget=MomentInput(),
    )
    place = GuardedText(required=False, max_length=120, label=_("Location"))
    agenda = GuardedText(
        label=_("Agenda"),
        help_text=_("One agenda item per line."),
        widget=forms.Textarea(attrs={"rows": 6}),
    )


def _seat_name(seat: Seat) -> str:
    """A seat as the roll of a meeting names it."""
    person = f"{seat.staff.name} · " if seat.staff else ""
    return f"{person}{name_of(seat.post)} · {ROLES[Seat.Role(seat.role)]}"


class AttendanceForm(forms.Form):
    """For each seat, who of the post's holders filled it."""

    def __init__(
        self,
        data: Any = None,
        *,
        seats: Sequence[Seat],
        holders: Mapping[int, Sequence[Staff]],
        **options: Any,
    ) -> None:
        super().__init__(data, **options)
        for seat in seats:
            people = [(str(person.id), person.name) for person in holders.get(seat.id, ())]
            self.fields[f"seat_{seat.id}"] = forms.ChoiceField(
                required=False,
                label=_seat_name(seat),
                choices=[("", _("absent")), *people],
            )

    def present(self) -> dict[int, UUID]:
        """Seat id to staff id, of the seats that were filled."""
        return {
            int(name.removeprefix("seat_")): UUID(value)
            for name, value in self.cleaned_data.items()
            if value and name.startswith("seat_")
        }


class CorrectionForm(AttendanceForm):
    """The attendance as it was, and why the record says something else."""

    reason = GuardedText(
        max_length=300,
        label=_("Reason for the correction"),
        help_text=_("For later readers: what was wrong, and how it was discovered."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        self.order_fields([*(name for name in self.fields if name != "reason"), "reason"])


def next_week() -> datetime:
    """The hour that is proposed for a meeting: ten o'clock at the company, a week from today."""
    at = timezone.localtime(clock.now()) + timedelta(days=7)
    return at.replace(hour=10, minute=0, second=0, microsecond=0)


def minutes_of(meeting: Meeting) -> str:
    """The minutes so far, or the points of the agenda to write under."""
    if meeting.minutes:
        return meeting.minutes
    return "\n\n".join(f"{point.number}. {point.title}\n" for point in meeting.agenda.all())


def typed_minutes(meeting: Meeting, sent: str) -> str | None:
    """Minutes that came along with another form, if they say something that is not kept yet. A browser
    ends lines with two signs."""
    text = sent.replace("\r\n", "\n").strip()
    stored = minutes_of(meeting).replace("\r\n", "\n").strip()
    return text if text and text != stored else None


def resolution_start(present: int) -> dict[str, Any]:
    """What a resolution most often is: everybody present for it, done within a month."""
    return {"votes_for": present or None, "due": clock.today() + timedelta(days=30)}


class MinutesForm(forms.Form):
    """The minutes of a meeting."""

    minutes = GuardedText(label=_("Minutes"), widget=forms.Textarea(attrs={"rows": 10}))


class ReasonForm(forms.Form):
    """Why a meeting is cancelled."""

    reason = GuardedText(
        max_length=300, label=_("Reason"), widget=forms.Textarea(attrs={"rows": 2})
    )


class ResolutionForm(forms.Form):
    """What was resolved, who does it by when, and how the seats voted."""

    text = GuardedText(
        max_length=500, label=_("Resolution"), widget=forms.Textarea(attrs={"rows": 3})
    )
    owner = forms.ChoiceField(label=_("Owner"))
    department = forms.ChoiceField(required=False, label=_("Department"))
    due = forms.DateField(label=_("Due"), widget=DayInput())
    votes_for = forms.IntegerField(min_value=1, label=_("Votes for"))
    votes_against = forms.IntegerField(min_value=0, initial=0, label=_("Votes against"))
    abstained = forms.IntegerField(min_value=0, initial=0, label=_("Abstained"))

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        _choose(self, "owner", _posts())
        departments = [
            (department.code, name_of(department))
            for department in Department.objects.order_by("code")
        ]
        _choose(self, "department", [("", _("None")), *departments])

    def votes(self) -> rules.Votes:
        values = self.cleaned_data
        return rules.Votes(
            yes=values["votes_for"], no=values["votes_against"], abstained=values["abstained"]
        )
