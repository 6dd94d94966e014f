"""The room as Django knows it."""

from tutela.base import room


class DocumentsConfig(room.Room):
    name = "tutela.documents"
    label = "documents"
    default_auto_field = "django.db.models.BigAutoField"
