"""Pages of backups."""

from tutela.web import routes

from . import (
    change_views,
    drill_views,
    outside_views,
    policy_views,
    recipient_views,
    restore_views,
    run_views,
    target_views,
    views,
)

urlpatterns = routes.of(
    change_views,
    drill_views,
    outside_views,
    policy_views,
    recipient_views,
    restore_views,
    run_views,
    target_views,
    views,
)
