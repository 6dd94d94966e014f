"""The room as Django knows it."""

from tutela.base import room


class BackupConfig(room.Room):
    name = "tutela.backup"
    label = "backup"
    default_auto_field = "django.db.models.BigAutoField"
