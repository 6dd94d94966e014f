"""The room as Django knows it."""

from django.apps import AppConfig


class TrailConfig(AppConfig):
    name = "tutela.trail"
    label = "trail"

    def ready(self) -> None:
        """Declare what this room has."""
        from . import register

        register.join()
