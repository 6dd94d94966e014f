"""Pages of documents."""

from tutela.web import routes

from . import file_views, version_views, views

urlpatterns = routes.of(file_views, version_views, views)
