"""Pages of the committee: overview, charter, seats, meetings from the call to the closed minutes."""

from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from django import forms as django_forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tutela.access import gate
from tutela.access.gate import StaffRequest
from tutela.base import clock
from tutela.base.language import name_of, reads_chinese
from tutela.base.marked_text import blocks
from tutela.programme.queries import posts_with
from tutela.web import form_pages, refusals, routes
from tutela.web.confirm import Confirm
from tutela.web.form_pages import FormPage, crumb

from . import forms, founding, permissions, queries
from .actions import committees, meetings, resolutions
from .errors import DateFar, DateWrong
from .models import Committee, Meeting, Seat

_MANAGE = permissions.COMMITTEE_MANAGE
State = Meeting.State
# The field at which the refusal of a date is told.
AT: Final = dict.fromkeys((DateFar.code, DateWrong.code), "at")
DUE: Final = dict.fromkeys((DateFar.code, DateWrong.code), "due")


@routes.at("committee/", "committee-list-committees")
@require_safe
@gate.needs(permissions.COMMITTEE_READ)
def list_committees(request: StaffRequest) -> HttpResponse:
    """Straight to the only committee, else the list of them."""
    all_committees = list(Committee.objects.order_by("created_at"))
    if len(all_committees) == 1:
        return redirect("committee-view-committee", all_committees[0].id)
    context = {"committees": all_committees, "may_manage": gate.holds(request.actor, _MANAGE)}
    return render(request, "committee/list_committees.html", context)


@routes.at("committee/<uuid:committee_id>/", "committee-view-committee")
@require_safe
@gate.needs(permissions.COMMITTEE_READ)
def view_committee(request: StaffRequest, committee_id: UUID) -> HttpResponse:
    """Charter, seats with who may fill them, meetings, resolutions, and by when it must meet."""
    committee, today = queries.committee(committee_id), clock.today()
    charter = queries.charter(committee_id)
    text = charter.text_zh if reads_chinese() else charter.text_en
    seats = list(queries.seats_from(committee_id, today))
    rows = _seats(seats, today)
    context = {
        "committee": committee,
        "charter": charter,
        "blocks": [block for block in blocks(text) if block.level != 1],
        "seats": rows,
        "seats_now": sum(row["state"] != "to_come" for row in rows),
        "unnamed": sum(row["state"] == "unnamed" for row in rows),
        "empty_seats": sum(row["state"] == "empty" for row in rows),
        "meetings": committee.meetings.order_by("-at")[:20],
        "coming": committee.meetings.filter(state=State.CALLED, at__gt=clock.now()).order_by("at"),
        "to_minute": queries.to_minute().filter(committee=committee),
        "to_sign": queries.to_sign().filter(meeting__committee=committee),
        "resolutions": queries.resolutions_of(committee),
        "rhythm": queries.rhythm(committee),
        "today": today,
        "seat_form": forms.SeatForm(),
        "may_manage": gate.holds(request.actor, _MANAGE),
    }
    return render(request, "committee/view_committee.html", context)


def _seats(seats: list[Seat], today: date) -> list[dict[str, Any]]:
    """Each seat with its state: filled; `empty`, whose person does not hold the post today; `unnamed`, which
    names a post only; or `to_come`. And the question before it is ended."""
    holders = queries.holders_of(seats, today)
    return [
        {
            "seat": seat,
            "role": forms.ROLES[Seat.Role(seat.role)],
            "state": "to_come" if seat.starts > today
            else "unnamed" if seat.staff is None
            else "filled" if holders[seat.id]
            else "empty",
            "holders": len(holders[seat.id]),
            "last": seat.ends - timedelta(days=1) if seat.ends else None,
            "end": _ending(seat, today),
        }
        for seat in seats
    ]  # fmt: skip


def _ending(seat: Seat, today: date) -> Confirm:
    named = seat.staff.name if seat.staff else name_of(seat.post)
    text = _(
        "From %(day)s on, the seat of %(name)s is not counted and not invited. Held meetings keep it."
    )
    return Confirm(
        code=f"end-seat-{seat.id}",
        title=_("End the seat?"),
        texts=[text % {"day": max(seat.starts, today).isoformat(), "name": named}],
        action=reverse("committee-end-seat", args=[seat.id]),
        submit=_("End seat"),
        look="btn btn-sm",
    )


@routes.at("committee/found/", "committee-found-committee")
@gate.needs(permissions.COMMITTEE_MANAGE)
def found_committee(request: StaffRequest) -> HttpResponse:
    """Found a committee; the form starts with the charter of the protection committee."""
    form = forms.FoundForm(request.POST or None, initial=founding.initial())

    code = founding.free_code()

    def create() -> None:
        values = form.cleaned_data
        committees.found_committee(
            request.actor,
            code=code,
            names=(values["name_zh"], values["name_en"]),
            charter=form.charter(),
            every_months=values["every_months"],
        )

    if request.method == "POST" and refusals.done(form, create):
        messages.success(
            request, _("Committee created. Next, add seats for the posts that sit on it.")
        )
        return redirect("committee-view-committee", Committee.objects.get(code=code).id)
    page = FormPage(
        title=_("Create committee"),
        crumbs=[crumb(_("Committee"), "committee-list-committees")],
        submit=_("Create committee"),
        icon="users-group",
        wide=True,
    )
    return form_pages.show(request, page, form)


@routes.at("committee/<uuid:committee_id>/charter/", "committee-change-charter")
@gate.needs(permissions.COMMITTEE_MANAGE)
def change_charter(request: StaffRequest, committee_id: UUID) -> HttpResponse:
    """Write the next version of the charter."""
    committee, old = queries.committee(committee_id), queries.charter(committee_id)
    start = {"text_zh": old.text_zh, "text_en": old.text_en, "quorum": old.quorum_percent}
    form = forms.CharterForm(request.POST or None, initial=start)
    if request.method == "POST" and refusals.done(
        form, lambda: committees.change_charter(request.actor, committee_id, form.charter())
    ):
        return redirect("committee-view-committee", committee_id)
    intro = _(
        "The new version takes effect immediately; earlier versions and the quorum of "
        "past meetings do not change."
    )
    page = FormPage(
        title=_("Edit charter"),
        crumbs=[crumb(name_of(committee), "committee-view-committee", committee_id)],
        intro=intro,
        submit=_("Create new version"),
        icon="device-floppy",
        wide=True,
    )
    return form_pages.show(request, page, form)


@routes.at("committee/<uuid:committee_id>/seats/", "committee-name-seat")
@require_POST
@gate.needs(permissions.COMMITTEE_MANAGE)
def name_seat(request: StaffRequest, committee_id: UUID) -> HttpResponse:
    """Name a person for a seat."""
    form = forms.SeatForm(request.POST)

    def name() -> None:
        committees.name_seat(request.actor, committee_id, form.appointment())

    if refusals.done(form, name):
        messages.success(request, _("Person named for the seat."))
    for error in [fault for faults in form.errors.values() for fault in faults]:
        messages.error(request, str(error))
    return redirect("committee-view-committee", committee_id)


@routes.at("committee/seats/<int:seat_id>/end/", "committee-end-seat")
@require_POST
@gate.needs(permissions.COMMITTEE_MANAGE)
def end_seat(request: StaffRequest, seat_id: int) -> HttpResponse:
    """End a seat today."""
    seat = committees.end_seat(request.actor, seat_id)
    messages.success(request, _("Seat ended."))
    return redirect("committee-view-committee", seat.committee_id)


@routes.at("committee/<uuid:committee_id>/call/", "committee-call-meeting")
@gate.needs(permissions.COMMITTEE_MANAGE)
def call_meeting(request: StaffRequest, committee_id: UUID) -> HttpResponse:
    """Call a meeting with its agenda."""
    committee = queries.committee(committee_id)
    form = forms.CallForm(request.POST or None, initial={"at": forms.next_week()})

    def call() -> None:
        values = form.cleaned_data
        meetings.call_meeting(
            request.actor,
            committee_id,
            at=values["at"],
            agenda=values["agenda"].splitlines(),
            place=values["place"],
        )

    if request.method == "POST" and refusals.done(form, call, places=AT):
        messages.success(request, _("Meeting called."))
        return redirect("committee-view-committee", committee_id)
    page = FormPage(
        title=_("Call meeting"),
        crumbs=[crumb(name_of(committee), "committee-view-committee", committee_id)],
        submit=_("Call meeting"),
        icon="calendar-plus",
    )
    return form_pages.show(request, page, form)


@routes.at("committee/meetings/<uuid:meeting_id>/", "committee-view-meeting")
@require_safe
@gate.needs(permissions.COMMITTEE_READ)
def view_meeting(request: StaffRequest, meeting_id: UUID) -> HttpResponse:
    """One meeting with what can be done next."""
    return render(request, "committee/view_meeting.html", _context(request, meeting_id))


def _context(
    request: StaffRequest, meeting_id: UUID, **faulty: django_forms.Form
) -> dict[str, Any]:
    """What the page of a meeting shows; a form with faults takes the place of its empty one."""
    meeting = queries.meeting(meeting_id)
    attendance, resolved = (
        list(queries.record(meeting)),
        queries.resolutions(meeting.resolutions.order_by("number")),
    )
    present, records = len(attendance), queries.records(meeting)
    waiting = next((row.correction for row in records if row.state == "waiting"), None)
    context: dict[str, Any] = {
        "meeting": meeting,
        "agenda": meeting.agenda.all(),
        "attendance": attendance,
        "present": present,
        "quorate": meeting.needed is not None and present >= meeting.needed,
        "records": records,
        "waiting": waiting,
        "signers": posts_with(_MANAGE),
        "sign": _signing(waiting.id) if waiting else None,
        "own_draft": waiting is not None and str(waiting.by_id) == request.actor.id,
        "resolutions": resolved,
        "flawed": sum(1 for row in resolved if row.flaw),
        "may_manage": gate.holds(request.actor, _MANAGE),
        "begun": meeting.at <= clock.now(),
        "minutes_form": forms.MinutesForm(initial={"minutes": forms.minutes_of(meeting)}),
        "resolution_form": forms.ResolutionForm(initial=forms.resolution_start(present)),
        "reason_form": forms.ReasonForm(),
        "close": _closing(meeting_id),
    }
    if meeting.state == State.CALLED:
        context["attendance_form"] = _attendance_form(meeting)
    return context | faulty


def _closing(meeting_id: UUID) -> Confirm:
    saved = _(
        "From today, %(day)s, the minutes stand as the text in the box says. Nobody can reopen them."
    ) % {"day": clock.today().isoformat()}
    after = _(
        "After that, minutes and resolutions can no longer be changed; attendance can "
        "be corrected only by two people."
    )
    return Confirm(
        code="close-minutes",
        title=_("Close the minutes permanently?"),
        texts=[saved, after],
        action=reverse("committee-close-meeting", args=[meeting_id]),
        submit=_("Save and close"),
        submit_icon="lock",
        opener=_("Close minutes"),
        icon="lock",
        look="btn btn-primary",
        inside=True,
    )


def _signing(correction_id: int) -> Confirm:
    text = _(
        "From now on the corrected attendance counts instead of the one before, which stays readable. "
        "Resolutions are marked if the quorum was missing."
    )
    return Confirm(
        code="sign-correction",
        title=_("Sign the correction?"),
        texts=[text],
        action=reverse("committee-sign-correction", args=[correction_id]),
        submit=_("Sign correction"),
        icon="signature",
        look="btn btn-primary",
    )


def _attendance_form(meeting: Meeting, data: Any = None) -> forms.AttendanceForm:
    day = timezone.localdate(meeting.at)
    seats = list(queries.seats_on(meeting.committee_id, day))
    return forms.AttendanceForm(data, seats=seats, holders=queries.holders_of(seats, day))


def _faulty(request: StaffRequest, meeting_id: UUID, **form: django_forms.Form) -> HttpResponse:
    context = _context(request, meeting_id, **form)
    return refusals.page(request, "committee/view_meeting.html", context, *form.values())


@routes.at("committee/meetings/<uuid:meeting_id>/hold/", "committee-hold-meeting")
@require_POST
@gate.needs(permissions.COMMITTEE_MANAGE)
def hold_meeting(request: StaffRequest, meeting_id: UUID) -> HttpResponse:
    """Record the attendance."""
    form = _attendance_form(queries.meeting(meeting_id), request.POST)
    if refusals.done(
        form, lambda: meetings.hold_meeting(request.actor, meeting_id, form.present())
    ):
        messages.success(request, _("Attendance recorded."))
        return redirect("committee-view-meeting", meeting_id)
    return _faulty(request, meeting_id, attendance_form=form)


@routes.at("committee/meetings/<uuid:meeting_id>/minutes/", "committee-write-minutes")
@require_POST
@gate.needs(permissions.COMMITTEE_MANAGE)
def write_minutes(request: StaffRequest, meeting_id: UUID) -> HttpResponse:
    """Keep the minutes."""
    form = forms.MinutesForm(request.POST)
    text = request.POST.get("minutes", "")
    if refusals.done(form, lambda: meetings.write_minutes(request.actor, meeting_id, text)):
        messages.success(request, _("Minutes saved."))
        return redirect("committee-view-meeting", meeting_id)
    return _faulty(request, meeting_id, minutes_form=form)


@routes.at("committee/meetings/<uuid:meeting_id>/close/", "committee-close-meeting")
@require_POST
@gate.needs(permissions.COMMITTEE_MANAGE)
def close_meeting(request: StaffRequest, meeting_id: UUID) -> HttpResponse:
    """Close the minutes as they stand in the box."""
    form = forms.MinutesForm(request.POST)
    text = request.POST.get("minutes", "")
    if refusals.done(form, lambda: meetings.close_meeting(request.actor, meeting_id, text)):
        messages.success(request, _("Minutes saved and closed."))
        return redirect("committee-view-meeting", meeting_id)
    return _faulty(request, meeting_id, minutes_form=form)


@routes.at("committee/meetings/<uuid:meeting_id>/cancel/", "committee-cancel-meeting")
@require_POST
@gate.needs(permissions.COMMITTEE_MANAGE)
def cancel_meeting(request: StaffRequest, meeting_id: UUID) -> HttpResponse:
    """Cancel a called meeting, with a reason."""
    form = forms.ReasonForm(request.POST)
    reason = request.POST.get("reason", "")
    if refusals.done(form, lambda: meetings.cancel_meeting(request.actor, meeting_id, reason)):
        messages.success(request, _("Meeting cancelled."))
        return redirect("committee-view-meeting", meeting_id)
    return _faulty(request, meeting_id, reason_form=form)


@routes.at("committee/meetings/<uuid:meeting_id>/resolve/", "committee-pass-resolution")
@require_POST
@gate.needs(permissions.COMMITTEE_MANAGE)
def pass_resolution(request: StaffRequest, meeting_id: UUID) -> HttpResponse:
    """Record a resolution; it becomes a task. Minutes typed on the same page come along."""
    form = forms.ResolutionForm(request.POST)
    typed = forms.typed_minutes(queries.meeting(meeting_id), request.POST.get("minutes", ""))

    def resolve() -> None:
        values = form.cleaned_data
        resolutions.pass_resolution(
            request.actor,
            meeting_id,
            resolutions.NewResolution(
                text=values["text"],
                owner=values["owner"],
                department=values["department"],
                due=values["due"],
                votes=form.votes(),
            ),
            minutes=typed,
        )

    if refusals.done(form, resolve, places=DUE):
        messages.success(
            request, _("Resolution passed. A task with its owner and due date has been created.")
        )
        return redirect("committee-view-meeting", meeting_id)
    if typed is None:
        return _faulty(request, meeting_id, resolution_form=form)
    minutes = forms.MinutesForm(initial={"minutes": typed})
    return _faulty(request, meeting_id, resolution_form=form, minutes_form=minutes)
