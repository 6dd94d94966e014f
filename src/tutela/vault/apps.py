"""The room as Django knows it."""

from django.apps import AppConfig


class VaultConfig(AppConfig):
    name = "tutela.vault"
    label = "vault"
