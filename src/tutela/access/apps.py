"""The room as Django knows it."""

from tutela.base import room


class AccessConfig(room.Room):
    name = "tutela.access"
    label = "access"
    default_auto_field = "django.db.models.BigAutoField"
