"""The room as Django knows it."""

from django.apps import AppConfig


class GovernanceConfig(AppConfig):
    name = "tutela.programme"
    label = "governance"

    def ready(self) -> None:
        """Declare what this room has."""
        from . import register

        register.join()
