"""The room as Django knows it."""

from tutela.base import room


class ConsoleConfig(room.Room):
    name = "tutela.console"
    label = "console"
