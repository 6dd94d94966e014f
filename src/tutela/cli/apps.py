"""The room of the shell as Django knows it: its checks of the machine stand on the health page, too."""

from tutela.base import room


class CliConfig(room.Room):
    """Found by Django."""

    name = "tutela.cli"
    label = "cli"
