"""The room as Django knows it."""

from tutela.base import room


class FeedsConfig(room.Room):
    name = "tutela.feeds"
    label = "feeds"
    default_auto_field = "django.db.models.BigAutoField"
