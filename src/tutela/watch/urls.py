"""Pages of the watch."""

from tutela.web import routes

from . import (
    alert_views,
    canary_views,
    case_views,
    person_views,
    roster_views,
    setting_views,
    vip_views,
)

urlpatterns = routes.of(
    alert_views, canary_views, case_views, person_views, roster_views, setting_views, vip_views
)
