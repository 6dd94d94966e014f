"""The room as Django knows it."""

from django.apps import AppConfig


class ScorecardConfig(AppConfig):
    name = "tutela.scorecard"
    label = "scorecard"

    def ready(self) -> None:
        """Say what the codes in notices are called."""
        from . import naming

        naming.join()
