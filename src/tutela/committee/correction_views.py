"""Pages on which recorded attendance is corrected, and a second person signs that."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tutela.access import gate
from tutela.access.gate import StaffRequest
from tutela.base.language import name_of
from tutela.programme.queries import posts_with
from tutela.web import form_pages, refusals, routes
from tutela.web.form_pages import FormPage, crumb

from . import forms, permissions, queries
from .actions import corrections
from .models import Meeting


@routes.at("committee/meetings/<uuid:meeting_id>/correct/", "committee-correct-attendance")
@gate.needs(permissions.COMMITTEE_MANAGE)
def correct_attendance(request: StaffRequest, meeting_id: UUID) -> HttpResponse:
    """Who was there, as it should have been recorded, with the reason."""
    meeting = queries.meeting(meeting_id)
    if request.method != "POST" and meeting.state not in queries.HELD:
        return redirect("committee-view-meeting", meeting_id)
    seats, holders = queries.roll(meeting)
    recorded = {
        f"seat_{attendance.seat_id}": str(attendance.staff_id)
        for attendance in queries.record(meeting)
    }
    form = forms.CorrectionForm(
        request.POST or None, seats=seats, holders=holders, initial=recorded
    )
    if request.method == "POST" and refusals.done(
        form,
        lambda: corrections.correct_attendance(
            request.actor, meeting_id, form.present(), form.cleaned_data["reason"]
        ),
    ):
        messages.success(request, _success(meeting))
        return redirect("committee-view-meeting", meeting_id)
    return form_pages.show(
        request,
        _correction_page(meeting),
        form,
        template="committee/correct_attendance.html",
        meeting=meeting,
        present=len(recorded),
        resolutions=meeting.resolutions.count(),
        signers=posts_with(permissions.COMMITTEE_MANAGE),
    )


def _correction_page(meeting: Meeting) -> FormPage:
    intro = _(
        "The current record is kept and stays readable; yours is placed above it, with "
        "your name and reason. Seats and quorum stay as counted on the day."
    )
    number = _("Meeting %(number)s") % {"number": meeting.number}
    return FormPage(
        title=_("Correct attendance"),
        crumbs=[
            crumb(name_of(meeting.committee), "committee-view-committee", meeting.committee_id),
            crumb(number, "committee-view-meeting", meeting.id),
        ],
        intro=intro,
        submit=_("Correct attendance"),
        icon="check",
    )


def _success(meeting: Meeting) -> str:
    if meeting.state == Meeting.State.CLOSED:
        return _("Correction saved. It takes effect once a second person has signed it.")
    return _("Attendance corrected. The previous record is kept below.")


@routes.at("committee/corrections/<int:correction_id>/sign/", "committee-sign-correction")
@require_POST
@gate.needs(permissions.COMMITTEE_MANAGE)
def sign_correction(request: StaffRequest, correction_id: int) -> HttpResponse:
    """The second signature on a correction of a closed meeting."""
    correction = corrections.sign_correction(request.actor, correction_id)
    messages.success(request, _("Correction signed; it takes effect immediately."))
    return redirect("committee-view-meeting", correction.meeting_id)


@routes.at("committee/corrections/<int:correction_id>/drop/", "committee-drop-correction")
@require_POST
@gate.needs(permissions.COMMITTEE_MANAGE)
def drop_correction(request: StaffRequest, correction_id: int) -> HttpResponse:
    """A draft that is not to count after all."""
    correction = corrections.drop_correction(request.actor, correction_id)
    messages.success(request, _("Correction discarded."))
    return redirect("committee-view-meeting", correction.meeting_id)
