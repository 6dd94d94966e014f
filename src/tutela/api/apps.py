"""Names the room to Django."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "tutela.api"
    label = "api"
