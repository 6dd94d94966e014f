"""The room as Django knows it: its first migration checks roles and schemas before any other's."""

from django.apps import AppConfig


class BaseConfig(AppConfig):
    name = "tutela.base"
    label = "base"
