"""The console's addresses: its own pages and those of the rooms below it."""

from django.urls import include, path

from . import leaves, views

urlpatterns = [
    path("", views.home, name="console-home"),
    path("encryption/", views.encryption, name="console-encryption"),
    path("me/", views.me, name="console-me"),
    path("language/", views.language, name="console-language"),
    path("account/", include("tutela.console.accounts")),
    path("", include("tutela.vault.urls")),
    path("", include("tutela.programme.urls")),
    path("", include("tutela.proof.urls")),
    path("trail/", leaves.search_leaves, name="trail-search-leaves"),
    path("trail/people/<uuid:staff_id>/", leaves.search_person, name="trail-search-person"),
    path("trail/<uuid:leaf_id>/note/", leaves.open_note, name="trail-open-note"),
    path("", include("tutela.assessment.urls")),
    path("", include("tutela.access.urls")),
    path("", include("tutela.documents.urls")),
    path("", include("tutela.committee.urls")),
    path("", include("tutela.notices.urls")),
    path("", include("tutela.scorecard.urls")),
]
