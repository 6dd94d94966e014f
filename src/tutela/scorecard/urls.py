"""Addresses of the scorecard's pages; its home is the console's."""

from django.urls import path

from . import outside_views, views

urlpatterns = [
    path("scorecard/targets/<slug:target>/", views.read_target, name="scorecard-read-target"),
    path("scorecard/missing/", views.list_missing, name="scorecard-list-missing"),
    path("scorecard/departments/", views.list_departments, name="scorecard-list-departments"),
    path("scorecard/wall/", views.show_wall, name="scorecard-show-wall"),
    path("scorecard/print/", views.show_print, name="scorecard-show-print"),
    path("scorecard/outside/", outside_views.list_outside, name="scorecard-list-outside"),
    path("scorecard/measures/", views.define_measure, name="scorecard-define-measure"),
    path("scorecard/measures/<slug:target>/end/", views.end_measure, name="scorecard-end-measure"),
    path("scorecard/packs/", views.write_pack, name="scorecard-write-pack"),
    path("scorecard/packs/verifier/", views.hand_verifier, name="scorecard-hand-verifier"),
]
