"""The room as Django knows it."""

from tutela.base import room


class WatchConfig(room.Room):
    name = "tutela.watch"
    label = "watch"
    default_auto_field = "django.db.models.BigAutoField"
