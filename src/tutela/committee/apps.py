"""The room as Django knows it."""

from django.apps import AppConfig


class CommitteeConfig(AppConfig):
    name = "tutela.committee"
    label = "committee"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tell the rooms below what they ask of this one."""
        from . import register

        register.join()
