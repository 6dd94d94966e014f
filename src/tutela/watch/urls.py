"""Pages of the watch."""

from tutela.web import routes

from . import alert_views, canary_views, case_views, person_views, setting_views

urlpatterns = routes.of(alert_views, canary_views, case_views, person_views, setting_views)
