"""The room as Django knows it."""

from tutela.base import room


class NoticesConfig(room.Room):
    name = "tutela.notices"
    label = "notices"
