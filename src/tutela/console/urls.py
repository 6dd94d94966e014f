"""The console's addresses: its own pages and those of the rooms below it."""

from django.urls import include, path

from tutela.web import routes

from . import (
    fault_views,
    finding_views,
    health_views,
    leaves,
    proof_pages,
    segment_views,
    staff_views,
    trail_pages,
    tree_views,
    views,
    witness_views,
)

PAGES = (
    fault_views,
    finding_views,
    health_views,
    leaves,
    proof_pages,
    segment_views,
    staff_views,
    trail_pages,
    tree_views,
    witness_views,
)
urlpatterns = [
    *routes.of(*PAGES, views),
    path("account/", include("tutela.console.accounts")),
    path("", include("tutela.vault.urls")),
    path("", include("tutela.programme.urls")),
    path("", include("tutela.proof.urls")),
    path("", include("tutela.assessment.urls")),
    path("", include("tutela.access.urls")),
    path("", include("tutela.documents.urls")),
    path("", include("tutela.committee.urls")),
    path("", include("tutela.feeds.urls")),
    path("", include("tutela.notices.urls")),
    path("", include("tutela.backup.urls")),
    path("", include("tutela.watch.urls")),
    path("", include("tutela.scorecard.urls")),
]
