"""Pages about people and rights."""

from tutela.web import routes

from . import views

urlpatterns = routes.of(views)
