"""Addresses of the scorecard's pages; its home is the console's."""

from tutela.web import routes

from . import outside_views, views

urlpatterns = routes.of(outside_views, views)
