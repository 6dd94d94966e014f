"""The room as Django knows it."""

from django.apps import AppConfig


class GovernanceConfig(AppConfig):
    name = "tutela.governance"
    label = "governance"
