"""The room as Django knows it."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "tutela.governance.documents"
    label = "documents"
    default_auto_field = "django.db.models.BigAutoField"
