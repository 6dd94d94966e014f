"""Names the room to Django."""

from tutela.base import room


class NoticesConfig(room.Room):
    name = "tutela.notices"
    label = "notices"
