"""The room as Django knows it."""

from django.apps import AppConfig


class AssessmentConfig(AppConfig):
    name = "tutela.governance.assessment"
    label = "assessment"
    default_auto_field = "django.db.models.BigAutoField"
