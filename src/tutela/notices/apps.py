"""Names the room to Django."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "tutela.notices"
    label = "notices"
