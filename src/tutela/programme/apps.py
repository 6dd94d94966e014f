"""The room as Django knows it."""

from django.apps import AppConfig


class GovernanceConfig(AppConfig):
    name = "tutela.programme"
    label = "governance"

    def ready(self) -> None:
        """Say what the codes in notices are called."""
        from . import naming

        naming.join()
