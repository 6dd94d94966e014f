"""The room as Django knows it."""

from tutela.base import room


class AssessmentConfig(room.Room):
    name = "tutela.assessment"
    label = "assessment"
    default_auto_field = "django.db.models.BigAutoField"
