"""The room as Django knows it."""

from tutela.base import room


class KeysConfig(room.Room):
    name = "tutela.keys"
    label = "keys"
