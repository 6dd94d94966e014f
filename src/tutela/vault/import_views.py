"""Pages that bring a file in: upload, map columns, rehearse, start."""

from dataclasses import asdict
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tutela.access import gate
from tutela.access import refused as trace
from tutela.access.gate import StaffRequest
from tutela.base.errors import Invalid
from tutela.keys import spool
from tutela.keys.spool import SealedUpload
from tutela.web import form_pages, lists, refusals, routes
from tutela.web.form_pages import FormPage, crumb
from tutela.web.lists import Column, Empty, Listing

from . import batch_views as watch_pages
from . import import_pages, permissions, reading_views
from .errors import ClassNotWritable
from .forms import MappingNameForm, ReadAsForm, UploadForm
from .import_pages import Column as FileColumn
from .importing import rehearsals, targets
from .importing.actions import imports
from .importing.actions.files import Inspection, inspect, open_file, ways_of
from .importing.actions.imports import check_writer
from .importing.actions.orders import prepare_order, save_mapping
from .importing.errors import BadFile, BatchMissing
from .importing.mappings import SavedMappings
from .importing.orders import Order
from .importing.tasks import QueuedUpload, import_upload

LISTED = 50
_COLUMNS = (
    Column("started", gettext_lazy("Started"), "when"),
    Column("file", gettext_lazy("File")),
    Column("collection", gettext_lazy("Type of rows")),
    Column("source", gettext_lazy("Source system")),
    Column("who", gettext_lazy("Person"), "person"),
    Column("state", gettext_lazy("State")),
    Column("rows", gettext_lazy("Rows"), "num"),
    Column("created", gettext_lazy("New"), "num"),
    Column("changed", gettext_lazy("Changed"), "num"),
    Column("unchanged", gettext_lazy("Unchanged"), "num"),
    Column("rejected", gettext_lazy("Rejected"), "num"),
)


@routes.at("imports/", "vault-list-imports")
@require_safe
@gate.needs(permissions.IMPORT_READ)
def list_imports(request: StaffRequest) -> HttpResponse:
    """The newest imports, and uploads that wait for the worker."""
    may_import = gate.holds(request.actor, permissions.IMPORT_RUN)
    first = reverse("vault-upload-file") if may_import else ""
    intro = _(
        "Import files of customers, policies, claims and work items. Files are "
        "encrypted during upload; rejected rows are listed with the reason."
    )
    listing = Listing(
        title=_("Import"),
        intro=intro,
        columns=_COLUMNS,
        rows=import_pages.lines(imports.list_imports(request.actor, LISTED)),
        empty=Empty(
            "file-import",
            _("No imports yet"),
            address=first,
            label=_("Import a file"),
        ),
        look="tight",
    )
    context = {
        "waiting": import_pages.waiting(request.session, request.actor),
        "may_import": may_import,
    }
    return lists.show(request, listing, "vault/list_imports.html", context)


@routes.at("imports/upload/", "vault-upload-file")
@require_http_methods(["GET", "HEAD", "POST"])
@gate.needs(permissions.IMPORT_RUN)
def upload_file(request: StaffRequest) -> HttpResponse:
    """Take a file in. It is sealed while it arrives; its name is kept with it, sealed."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        assert isinstance(file, SealedUpload)  # noqa: S101 the product's only upload handler
        asked = {
            "collection": form.cleaned_data["collection"],
            "source": form.cleaned_data["source"],
        }
        try:
            inspect(request.actor, open_file(request.actor, file.source()), asked["collection"])
        except Invalid as refused:
            ways = ways_of(request.actor, file.source())
            if ways.parts and import_pages.can_be_read_again(refused):
                file.keep(request.actor.id)
                return reading_views.refuse(request, file.spool, asked | {"mapping": ""}, refused)
            refusals.refuse(form, refused, {refused.code: "file"})
        else:
            file.keep(request.actor.id)
            return redirect(import_pages.map_address(file.spool, asked))
    intro = _(
        "Step 1 of 3: choose the file. Step 2: check the field of each column. Step 3: import."
    )
    page = FormPage(
        title=_("Import a file"),
        crumbs=[crumb(_("Import"), "vault-list-imports")],
        intro=intro,
        submit=_("Upload and inspect"),
        icon="upload",
    )
    return form_pages.show(request, page, form)


@routes.at("imports/files/<uuid:upload>/", "vault-map-columns")
@require_safe
@gate.needs(permissions.IMPORT_RUN)
def map_columns(request: StaffRequest, upload: UUID) -> HttpResponse:
    """The proposed mapping with its reasons and masked samples, to be mended."""
    asked = import_pages.asked_of(request.GET)
    try:
        table = open_file(request.actor, spool.source_of(upload, request.actor.id))
        inspection = inspect(request.actor, table, asked["collection"])
    except BadFile:
        return redirect("vault-read-file", upload)
    number = targets.collection_number(inspection.collection)
    saved, clears = inspection.mapping(), inspection.clears
    if asked["mapping"]:
        plan = SavedMappings(request.actor).load(asked["mapping"], number)
        saved, clears = plan.as_dict(), plan.clears
    if rehearsal := request.GET.get("rehearsal"):
        state = rehearsals.own_rehearsal(request.actor, _uuid(rehearsal))
        saved, clears = state.columns, frozenset(state.clears)
    columns = import_pages.columns(inspection, saved, clears)
    context = _map_page(request, upload, asked, inspection, columns)
    return render(request, "vault/map_columns.html", context)


def _map_page(
    request: StaffRequest,
    upload: UUID,
    asked: dict[str, str],
    inspection: Inspection,
    columns: list[FileColumn],
) -> dict[str, object]:
    number = targets.collection_number(inspection.collection)
    return {
        "upload": upload,
        "asked": asked | {"collection": inspection.collection},
        "found": inspection,
        "reading": import_pages.reading(inspection.read.as_row()),
        "way": import_pages.typed_way(inspection.way),
        "read_form": _read_form(inspection),
        "columns": columns,
        "doubts": [column for column in columns if column.view.in_doubt],
        "targets": targets.targets_of(number),
        "missing": import_pages.missing(number, {column.chosen for column in columns}),
        "collections": import_pages.collections(),
        "saved_names": SavedMappings(request.actor).names(number),
        "name_form": MappingNameForm(),
    }


def _read_form(inspection: Inspection) -> ReadAsForm | None:
    """What can be said of how the file is read; nothing of a kind that is read in one way only."""
    read = inspection.read
    sheets = sorted((read.sheet, *read.left_out)) if read.left_out else []
    parts = [name for name in ("delimiter", "encoding") if getattr(read, name)]
    parts += ["sheet"] if sheets else []
    way = import_pages.typed_way(inspection.way)
    return ReadAsForm(parts=parts, sheets=sheets, initial=way) if parts else None


@routes.at("imports/files/<uuid:upload>/settle/", "vault-settle-mapping")
@require_POST
@gate.needs(permissions.IMPORT_RUN)
def settle_mapping(request: StaffRequest, upload: UUID) -> HttpResponse:
    """What the person does with the mapping: rehearse it, keep it by name, or start the import."""
    asked = import_pages.asked_of(request.POST)
    source, way = spool.source_of(upload, request.actor.id), import_pages.way_of(request.POST)
    table = open_file(request.actor, source, read_as=way)
    inspection = inspect(request.actor, table, asked["collection"])
    columns = import_pages.chosen(inspection, request.POST)
    context = _map_page(request, upload, asked, inspection, columns)
    try:
        wanted = import_pages.instructions(inspection.collection, asked["source"], columns)
        order = prepare_order(request.actor, table, wanted)
        step = {"rehearse": _rehearse, "save": _save, "start": _start}[request.POST.get("do", "")]
        return step(request, order, context)
    except KeyError:
        return render(request, "vault/map_columns.html", context, status=refusals.REFUSED)
    except (Invalid, ClassNotWritable) as refused:
        if isinstance(refused, ClassNotWritable):
            trace.keep(request.actor, refused, view="vault-settle-mapping")
        context |= {
            "refused": refused,
            "sentence": import_pages.refusal(refused, inspection.collection),
        }
        return render(request, "vault/map_columns.html", context, status=refusals.REFUSED)


def _rehearse(request: StaffRequest, order: Order, context: dict[str, object]) -> HttpResponse:
    upload = context["upload"]
    assert isinstance(upload, UUID)  # noqa: S101 says to the type checker what it is
    batch = rehearsals.queue_rehearsal(request.actor, order, upload, keep=True)
    return redirect("vault-watch-import", batch)


def _save(request: StaffRequest, order: Order, context: dict[str, object]) -> HttpResponse:
    form = MappingNameForm(request.POST)
    is_saved = form.is_valid()
    if is_saved:
        save_mapping(request.actor, form.cleaned_data["name"], order)
        messages.success(
            request, _("Mapping saved. It will be used for files with the same columns.")
        )
    status = 200 if is_saved else refusals.REFUSED
    context |= {"name_form": form}
    return render(request, "vault/map_columns.html", context, status=status)


def _start(request: StaffRequest, order: Order, context: dict[str, object]) -> HttpResponse:
    check_writer(request.actor, order)
    upload = context["upload"]
    assert isinstance(upload, UUID)  # noqa: S101 says to the type checker what it is
    queued = QueuedUpload(
        upload=str(upload),
        actor_kind=request.actor.kind,
        actor_id=request.actor.id,
        collection=order.collection,
        source=order.source_name,
        mapping=order.plan.as_dict(),
        clears=sorted(order.plan.clears),
        sha256=(digest := order.table.survey.sha256),
        read_as=asdict(order.table.way),
    )
    import_upload.defer(**asdict(queued))
    import_pages.remember(request.session, upload, digest)
    return redirect("vault-watch-upload", upload, digest)


@routes.at("imports/files/<uuid:upload>/<str:digest>/", "vault-watch-upload")
@require_safe
@gate.needs(permissions.IMPORT_RUN)
def watch_upload(request: StaffRequest, upload: UUID, digest: str) -> HttpResponse:
    """How far the import of an upload is. The page asks again by itself; it can be left and found again."""
    context = {**import_pages.state_of(upload, digest, request.actor)}
    return watch_pages.watch(request, context)


def _uuid(text: str) -> UUID:
    """An id out of a link; BatchMissing for what is none."""
    try:
        return UUID(text)
    except ValueError:
        raise BatchMissing from None
