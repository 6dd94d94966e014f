"""The room as Django knows it."""

from django.apps import AppConfig


class ScorecardConfig(AppConfig):
    name = "tutela.scorecard"
    label = "scorecard"

    def ready(self) -> None:
        """Declare what this room has."""
        from . import register

        register.join()
