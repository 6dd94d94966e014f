"""The room as Django knows it."""

from django.apps import AppConfig


class ConsoleConfig(AppConfig):
    name = "tutela.console"
    label = "console"

    def ready(self) -> None:
        """Declare what this room has."""
        from . import register

        register.join()
