"""Pages of the vault: customers, imports, the catalogue."""

from tutela.web import routes

from . import (
    assignment_views,
    batch_views,
    customer_views,
    desk_views,
    destruction_views,
    import_views,
    queue_views,
    reading_views,
    steward_views,
    temporary_access_views,
    undo_views,
    views,
    work_views,
)

urlpatterns = routes.of(
    assignment_views,
    batch_views,
    customer_views,
    desk_views,
    destruction_views,
    import_views,
    queue_views,
    reading_views,
    steward_views,
    temporary_access_views,
    undo_views,
    views,
    work_views,
)
