"""Pages of files as proof; their names stand in leaves of refusals."""

from tutela.web import routes

from . import views

urlpatterns = routes.of(views)
