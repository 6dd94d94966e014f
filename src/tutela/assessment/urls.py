"""Pages of the yearly assessment and of the risk register."""

from tutela.web import routes

from . import control_views, risk_views, views

urlpatterns = routes.of(control_views, risk_views, views)
