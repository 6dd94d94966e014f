"""The room as Django knows it."""

from django.apps import AppConfig


class ScorecardConfig(AppConfig):
    name = "tutela.scorecard"
    label = "scorecard"
