"""Pages of targets: where copies lie, what the last test of each showed, and the two people who change one."""

from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tutela.access import gate
from tutela.access.gate import StaffRequest
from tutela.web import form_pages, lists, refusals, routes
from tutela.web.confirm import Confirm
from tutela.web.form_pages import FormPage, crumb
from tutela.web.lists import Column, Empty, Listing

from . import change_lines, permissions, run_lines, standing, words
from .actions import targets
from .actions.targets import Way
from .errors import ChangeUnknown, TargetFault
from .forms import TargetForm
from .models import Copy, Target
from .rules import CopyState, TargetState
from .tabs import tabs

_VERBS: Final = frozenset({targets.PAUSE, targets.RESUME, targets.REMOVE})
SHOWN: Final = 20
"""Newest copies on the page of a target."""
_COLUMNS: Final = (
    Column("name", gettext_lazy("Backup target")),
    Column("state", gettext_lazy("State")),
    Column("media", gettext_lazy("Kind of media")),
    Column("lock", gettext_lazy("Lock")),
    Column("copies", gettext_lazy("Copies"), "num"),
    Column("probed", gettext_lazy("Last test"), "when"),
)
_COPIES: Final = (
    Column("set", gettext_lazy("Set")),
    Column("state", gettext_lazy("State")),
    Column("written", gettext_lazy("Written"), "when"),
    Column("size", gettext_lazy("Size"), "num text-nowrap"),
    Column("level", gettext_lazy("Verified"), "text-nowrap"),
    Column("locked", gettext_lazy("Locked until"), "when"),
)
_AT: Final = {
    "backup.name_wrong": "name",
    "backup.name_exists": "name",
    "backup.url_wrong": "url",
    "backup.address_wrong": "url",
    "backup.address_plain": "url",
    "backup.scheme_unknown": "url",
    "backup.identity_wrong": "identity",
    "backup.credential_wrong": "credential",
    "backup.credential_asked": "credential",
}
"""The field at which a refusal is told."""


@routes.at("backup/targets/", "backup-list-targets")
@require_safe
@gate.needs(permissions.READ)
def list_targets(request: StaffRequest) -> HttpResponse:
    """Where copies lie, and changes that wait."""
    may = gate.holds(request.actor, permissions.MANAGE)
    listing = Listing(
        title=_("Backup targets"),
        intro=_("Every set is written to each target in use."),
        columns=_COLUMNS,
        rows=[_line(one) for one in standing.targets()],
        empty=Empty(
            "building-warehouse",
            _("No target is registered"),
            _(
                "Register two: one near for a quick restore, and one offsite that cannot be changed."
            ),
            reverse("backup-register-target") if may else "",
            _("Register a target") if may else "",
        ),
    )
    context = {
        **tabs(request, "targets"),
        "may_manage": may,
        "waiting": change_lines.waiting(request, "target"),
    }
    return lists.show(request, listing, "backup/list_targets.html", context)


def _line(one: Target) -> dict[str, Any]:
    return {
        "one": one,
        "state": words.badge(words.TARGET_STATES, one.state),
        "media": words.MEDIA.get(one.media, one.media),
        "lock": words.LOCKS.get(one.lock, one.lock),
        "copies": one.copies.filter(state=CopyState.WRITTEN).count(),
    }


@routes.at("backup/targets/register/", "backup-register-target")
@require_http_methods(["GET", "HEAD", "POST"])
@gate.needs(permissions.MANAGE)
def register_target(request: StaffRequest) -> HttpResponse:
    """Propose a place for copies."""
    form = TargetForm(request.POST or None)
    if request.method == "POST" and _proposed(request, form):
        messages.success(request, _("Tested and proposed; a second person approves."))
        return redirect("backup-list-targets")
    page = FormPage(
        title=_("Register a target"),
        crumbs=[crumb(_("Backup targets"), "backup-list-targets")],
        intro=_(
            "It is tested at once; copies are written there once a second person has approved it."
        ),
        submit=_("Test and propose"),
        icon="building-warehouse",
    )
    return form_pages.show(request, page, form)


def _proposed(request: StaffRequest, form: TargetForm, place_id: UUID | None = None) -> bool:
    """Whether the way to a target was tested and proposed; otherwise the form says why not."""

    def act() -> None:
        given = dict(form.cleaned_data)
        name = given.pop("name", "")
        way = Way(media=given.pop("medium"), **given)
        if place_id is None:
            targets.propose_target(request.actor, name, way)
        else:
            targets.propose_edit(request.actor, place_id, way)

    try:
        return refusals.done(form, act, places=_AT)
    except TargetFault as fault:
        refusals.refuse(form, fault, _AT)
        return False


@routes.at("backup/targets/<uuid:place_id>/edit/", "backup-edit-target")
@require_http_methods(["GET", "HEAD", "POST"])
@gate.needs(permissions.MANAGE)
def edit_target(request: StaffRequest, place_id: UUID) -> HttpResponse:
    """Propose another way to a target: a new host key, credential or address."""
    one = standing.target(place_id)
    start = {"url": one.url, "medium": one.media, "offsite": one.offsite, "identity": one.identity}
    form = TargetForm(request.POST or None, initial=start)
    del form.fields["name"]
    form.fields["credential"].help_text = _("Empty: the sealed one stays.")
    if request.method == "POST" and _proposed(request, form, place_id):
        messages.success(request, _("Tested and proposed; a second person approves."))
        return redirect("backup-view-target", place_id)
    page = FormPage(
        title=_("Change the target %(name)s") % {"name": one.name},
        crumbs=[
            crumb(_("Backup targets"), "backup-list-targets"),
            crumb(one.name, "backup-view-target", one.id),
        ],
        intro=_("It is tested at once, and holds once a second person has approved it."),
        submit=_("Test and propose"),
        icon="pencil",
    )
    return form_pages.show(request, page, form)


@routes.at("backup/targets/<uuid:place_id>/", "backup-view-target")
@require_safe
@gate.needs(permissions.READ)
def view_target(request: StaffRequest, place_id: UUID) -> HttpResponse:
    """One target: its address, what its last test showed, and the copies on it."""
    one = standing.target(place_id)
    rows = Copy.objects.filter(target=one).select_related("run", "target")
    copies = standing.of_copies(rows.order_by("-run__due_at")[:SHOWN])
    listing = Listing(
        title=one.name,
        columns=_COPIES,
        rows=[
            {
                "one": copy,
                "kind": words.KINDS.get(copy.copy.run.kind, copy.copy.run.kind),
                "at": run_lines.taken(copy.copy.run),
                "state": words.badge(words.COPY_STATES, copy.copy.state),
            }
            for copy in copies
        ],
        empty=Empty("database-off", _("No copy lies there yet")),
        crumbs=[crumb(_("Backup targets"), "backup-list-targets")],
    )
    context = {
        **tabs(request, "targets"),
        **_line(one),
        "probe": _probe(one),
        "waiting": change_lines.waiting(request, "target", str(one.id)),
        "acts": _acts(request, one),
        "may_probe": gate.holds(request.actor, permissions.RUN)
        and one.state != TargetState.REMOVED,
        "may_edit": gate.holds(request.actor, permissions.MANAGE)
        and one.state != TargetState.REMOVED,
        "listing": listing,
    }
    return render(request, "backup/view_target.html", context)


def _probe(one: Target) -> str:
    """What the last test showed, in words."""
    if one.probed_at is None:
        return _("not tested yet")
    return one.probe_result or _("written, read back, and its deletion tried")


def _acts(request: StaffRequest, one: Target) -> list[Confirm]:
    if not gate.holds(request.actor, permissions.MANAGE) or one.state == TargetState.REMOVED:
        return []
    is_used = one.state == TargetState.ACTIVE
    verb = "pause" if is_used else "resume"
    turn = Confirm(
        code=verb,
        title=_("Propose to pause this target?")
        if is_used
        else _("Propose to use this target again?"),
        texts=[
            _("New sets are not written there; its copies stay.")
            if is_used
            else _("New sets are written there again.")
        ],
        action=reverse("backup-change-target", args=[one.id]),
        submit=_("Propose pause") if is_used else _("Propose to use it again"),
        hidden={"verb": verb},
    )
    remove = Confirm(
        code="remove",
        title=_("Propose to remove this target?"),
        texts=[
            _(
                "Its copies are no longer counted, verified or removed by Tutela. Nothing there is deleted."
            )
        ],
        action=reverse("backup-change-target", args=[one.id]),
        submit=_("Propose removal"),
        danger=True,
        hidden={"verb": "remove"},
    )
    return [turn, remove]


@routes.at("backup/targets/<uuid:place_id>/change/", "backup-change-target")
@require_POST
@gate.needs(permissions.MANAGE)
def change_target(request: StaffRequest, place_id: UUID) -> HttpResponse:
    """Propose to pause, resume or remove a target."""
    verb = request.POST.get("verb", "")
    if verb not in _VERBS:
        raise ChangeUnknown
    try:
        targets.propose_state(request.actor, place_id, verb)
    except refusals.Mendable as error:
        refusals.tell(request, error)
    else:
        messages.success(request, _("Proposed; a second person approves."))
    return redirect("backup-view-target", place_id)


@routes.at("backup/targets/<uuid:place_id>/probe/", "backup-probe-target")
@require_POST
@gate.needs(permissions.RUN)
def probe_target(request: StaffRequest, place_id: UUID) -> HttpResponse:
    """Test a target: write a small file, read it back, and try to delete it."""
    tested = targets.probe_target(request.actor, place_id)
    if tested.fault is None:
        messages.success(
            request, _("Written, read back, and its deletion tried: the target works.")
        )
    else:
        messages.error(request, refusals.sentence(tested.fault))
    return redirect("backup-view-target", place_id)
