"""The room as Django knows it."""

from tutela.base import room


class VaultConfig(room.Room):
    name = "tutela.vault"
    label = "vault"
