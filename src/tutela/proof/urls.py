"""Pages of files as proof; their names stand in leaves of refusals."""

from django.urls import path

from . import views

_ATTACHMENT = "attachments/<uuid:attachment_id>/"

urlpatterns = [
    path(_ATTACHMENT, views.open_attachment, name="governance-open-attachment"),
    path(
        f"{_ATTACHMENT}withdraw/", views.withdraw_attachment, name="governance-withdraw-attachment"
    ),
]
