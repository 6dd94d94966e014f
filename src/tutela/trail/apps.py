"""The room as Django knows it."""

from django.apps import AppConfig


class TrailConfig(AppConfig):
    name = "tutela.trail"
    label = "trail"
