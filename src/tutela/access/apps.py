"""The room as Django knows it."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "tutela.access"
    label = "access"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Declare what this room has."""
        from . import register

        register.join()
