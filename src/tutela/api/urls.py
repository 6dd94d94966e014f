"""The addresses of the machine door, all below /api/v1/."""

from django.urls import URLPattern, URLResolver, include, path

from . import (
    customers,
    decisions,
    health,
    imports,
    looks,
    packs,
    records,
    scorecard,
    trail,
    views,
    watch,
)
from .frame import api

VERBS = (
    customers,
    decisions,
    health,
    imports,
    looks,
    packs,
    records,
    scorecard,
    trail,
    watch,
)


def _verbs() -> list[URLPattern | URLResolver]:
    """The library's addresses of our verbs, without a page of its own at the root."""
    return [entry for entry in api.urls[0] if getattr(entry, "name", "") != "api-root"]


urlpatterns = [
    path("api/v1/openapi.json", views.openapi, name="api-openapi"),
    path("api/v1/docs", views.docs, name="api-docs"),
    path("api/v1/", include(_verbs())),
]
