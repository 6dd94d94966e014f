"""The room as Django knows it."""

from tutela.base import room


class CommitteeConfig(room.Room):
    name = "tutela.committee"
    label = "committee"
    default_auto_field = "django.db.models.BigAutoField"
