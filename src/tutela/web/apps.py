"""The room of page tools: templates and widgets, no tables."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Found by Django for its templates."""

    name = "tutela.web"
    label = "web"
