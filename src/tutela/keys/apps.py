"""The room as Django knows it."""

from django.apps import AppConfig


class KeysConfig(AppConfig):
    name = "tutela.keys"
    label = "keys"
