"""The room as Django knows it."""

from django.apps import AppConfig


class KeysConfig(AppConfig):
    name = "tutela.keys"
    label = "keys"

    def ready(self) -> None:
        """Declare what this room has."""
        from . import register

        register.join()
