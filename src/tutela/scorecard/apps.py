"""The room as Django knows it."""

from django.apps import AppConfig


class ScorecardConfig(AppConfig):
    name = "tutela.scorecard"
    label = "scorecard"

    def ready(self) -> None:
        """Tell the rooms below what they ask of this one."""
        from . import register

        register.join()
