"""URLs of the inbox and of the channels."""

from tutela.web import routes

from . import views

urlpatterns = routes.of(views)
