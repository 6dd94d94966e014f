"""The room as Django knows it."""

from tutela.base import room


class TrailConfig(room.Room):
    name = "tutela.trail"
    label = "trail"
