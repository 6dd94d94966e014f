"""Pages of the vault: customers, imports, the catalogue."""

from django.urls import path

from . import assignment_views as assigning
from . import batch_views, undo_views, views
from . import destruction_views as destroying
from . import import_views as imports
from . import steward_views as steward

_CUSTOMER = "customers/<uuid:customer_id>/"
_BATCH = "imports/<uuid:batch_id>/"
_FILE = "imports/files/<uuid:upload>/"

urlpatterns = [
    path("customers/", views.list_customers, name="vault-list-customers"),
    path("customers/find/", views.find_customers, name="vault-find-customers"),
    path(_CUSTOMER, views.view_customer, name="vault-view-customer"),
    path(f"{_CUSTOMER}reveal/", views.reveal_fields, name="vault-reveal-field"),
    path(
        f"{_CUSTOMER}records/<uuid:record_id>/history/",
        views.view_history,
        name="vault-view-history",
    ),
    path(f"{_CUSTOMER}move/", steward.propose_move, name="vault-propose-move"),
    path(f"{_CUSTOMER}assign/", assigning.assign_work_item, name="vault-assign-work-item"),
    path("assignments/", assigning.list_assignments, name="vault-list-assignments"),
    path(
        "assignments/<uuid:assignment_id>/decide/",
        assigning.decide_assignment,
        name="vault-decide-assignment",
    ),
    path("moves/", steward.list_moves, name="vault-list-moves"),
    path("moves/<uuid:move_id>/decide/", steward.decide_move, name="vault-decide-move"),
    path(f"{_CUSTOMER}destroy/", destroying.propose_destruction, name="vault-propose-destruction"),
    path("destructions/", destroying.list_destructions, name="vault-list-destructions"),
    path(
        "destructions/<uuid:order_id>/",
        destroying.decide_destruction,
        name="vault-decide-destruction",
    ),
    path("sources/", steward.list_sources, name="vault-list-sources"),
    path("sources/<uuid:source_id>/decide/", steward.decide_source, name="vault-decide-source"),
    path("held-rows/", steward.list_held_batches, name="vault-list-held-batches"),
    path("held-rows/typed/", steward.list_held_rows, name="vault-list-typed-rows"),
    path("held-rows/imports/<uuid:batch_id>/", steward.list_held_rows, name="vault-list-held-rows"),
    path("held-rows/<uuid:held_id>/", steward.decide_held_row, name="vault-decide-held-row"),
    path("catalogue/", views.list_fields, name="vault-list-fields"),
    path("imports/", imports.list_imports, name="vault-list-imports"),
    path("imports/upload/", imports.upload_file, name="vault-upload-file"),
    path(_FILE, imports.map_columns, name="vault-map-columns"),
    path(f"{_FILE}settle/", imports.settle_mapping, name="vault-settle-mapping"),
    path(f"{_FILE}<str:digest>/", imports.watch_upload, name="vault-watch-upload"),
    path(_BATCH, batch_views.watch_import, name="vault-watch-import"),
    path(f"{_BATCH}rejects/", batch_views.download_rejects, name="vault-download-rejects"),
    path(f"{_BATCH}rejects/open/", batch_views.open_rejects, name="vault-open-rejects"),
    path(f"{_BATCH}undo/", undo_views.show_undo, name="vault-undo-import"),
    path(f"{_BATCH}undo/decide/", undo_views.decide_undo, name="vault-decide-undo"),
    path(f"{_BATCH}start/", batch_views.start_rehearsed, name="vault-start-rehearsed"),
]
