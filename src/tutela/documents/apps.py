"""The room as Django knows it."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "tutela.documents"
    label = "documents"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say what the codes in notices are called."""
        from . import naming

        naming.join()
