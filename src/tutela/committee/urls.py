"""Pages of the committee."""

from django.urls import path

from . import correction_views as corrections
from . import views

_MEETING = "committee/meetings/<uuid:meeting_id>/"
_ONE = "committee/<uuid:committee_id>/"

urlpatterns = [
    path("committee/", views.list_committees, name="committee-list-committees"),
    path("committee/found/", views.found_committee, name="committee-found-committee"),
    path(_ONE, views.view_committee, name="committee-view-committee"),
    path(f"{_ONE}charter/", views.change_charter, name="committee-change-charter"),
    path(f"{_ONE}seats/", views.name_seat, name="committee-name-seat"),
    path("committee/seats/<int:seat_id>/end/", views.end_seat, name="committee-end-seat"),
    path(f"{_ONE}call/", views.call_meeting, name="committee-call-meeting"),
    path(_MEETING, views.view_meeting, name="committee-view-meeting"),
    path(f"{_MEETING}hold/", views.hold_meeting, name="committee-hold-meeting"),
    path(
        f"{_MEETING}correct/",
        corrections.correct_attendance,
        name="committee-correct-attendance",
    ),
    path(
        "committee/corrections/<int:correction_id>/sign/",
        corrections.sign_correction,
        name="committee-sign-correction",
    ),
    path(
        "committee/corrections/<int:correction_id>/drop/",
        corrections.drop_correction,
        name="committee-drop-correction",
    ),
    path(f"{_MEETING}minutes/", views.write_minutes, name="committee-write-minutes"),
    path(f"{_MEETING}close/", views.close_meeting, name="committee-close-meeting"),
    path(f"{_MEETING}cancel/", views.cancel_meeting, name="committee-cancel-meeting"),
    path(f"{_MEETING}resolve/", views.pass_resolution, name="committee-pass-resolution"),
]
