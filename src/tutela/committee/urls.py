"""Pages of the committee."""

from tutela.web import routes

from . import correction_views, views

urlpatterns = routes.of(correction_views, views)
