"""The room as Django knows it."""

from django.apps import AppConfig


class VaultConfig(AppConfig):
    name = "tutela.vault"
    label = "vault"

    def ready(self) -> None:
        """Declare what this room has."""
        from . import register

        register.join()
