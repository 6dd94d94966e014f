"""Pages of feeds."""

from tutela.web import routes

from . import views

urlpatterns = routes.of(views)
