"""Names the room to Django."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "tutela.notices"
    label = "notices"

    def ready(self) -> None:
        """Declare what this room has."""
        from . import register

        register.join()
