"""Pages about people and rights."""

from tutela.web import routes

from . import account_views, views

urlpatterns = routes.of(account_views, views)
