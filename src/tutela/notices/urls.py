"""URLs of the inbox and of the channels."""

from django.urls import path

from . import views

_CHANNEL = "channels/<int:channel_id>/"

urlpatterns = [
    path("inbox/", views.inbox, name="notices-inbox"),
    path("inbox/read/", views.read_all, name="notices-read-all"),
    path("inbox/<uuid:notice_id>/read/", views.read, name="notices-read"),
    path("inbox/settings/", views.my_settings, name="notices-settings"),
    path("channels/", views.list_channels, name="notices-list-channels"),
    path("channels/mail/test/", views.test_mail, name="notices-test-mail"),
    path("channels/outbox/retry/", views.retry_outbox, name="notices-retry-outbox"),
    path(f"{_CHANNEL}test/", views.test_channel, name="notices-test-channel"),
    path(f"{_CHANNEL}remove/", views.remove_channel, name="notices-remove-channel"),
]
