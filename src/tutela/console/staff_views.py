"""Import of staff on pages: a file is uploaded, its preview shown, and only what was seen is done."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from tutela.access import gate
from tutela.access import permissions as access_permissions
from tutela.access.actions.imports import StaffFile, preview_staff_file, take_staff_file
from tutela.access.gate import StaffRequest
from tutela.access.models import Branch, Department
from tutela.access.posts import POSTS
from tutela.access.staff_plan import Planned, StaffPlan
from tutela.base.errors import Invalid
from tutela.base.language import name_of
from tutela.console.forms import StaffFileForm, TakeStaffForm
from tutela.keys import spool
from tutela.keys.spool import SealedUpload, SpoolSource
from tutela.vault import own_records
from tutela.vault.importing.listed import read_listed
from tutela.web import form_pages, refusals, routes
from tutela.web.form_pages import FormPage, crumb

COLUMNS: Final = ("staff_no", "login", "name", "post", "department", "branch", "customer_key")
MOST_BYTES: Final = 20 * 1024 * 1024
SHOWN: Final = 100
"""Lines of each part of a preview; the counts are of all."""
_SOURCE: Final = "core"
_FIELDS: Final[dict[str, Promise]] = {
    "login": gettext_lazy("Login name"),
    "name": gettext_lazy("Name"),
    "department_id": gettext_lazy("Department"),
    "branch_id": gettext_lazy("Branch"),
    "customer_id": gettext_lazy("Own customer record"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One person of the preview: the row of the file, and what changes in words."""

    row: int
    number: str
    name: str
    changes: Sequence[str]


@routes.at("staff/import/", "console-import-staff")
@require_http_methods(["GET", "HEAD", "POST"])
@gate.needs(access_permissions.STAFF_MANAGE)
def import_staff(request: StaffRequest) -> HttpResponse:
    """Take a personnel file in; nothing changes yet. It is sealed while it arrives."""
    form = StaffFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        assert isinstance(file, SealedUpload)  # noqa: S101 the product's only upload handler
        whole = bool(form.cleaned_data["whole"])
        plan = refusals.attempt(
            form, lambda: _preview(request, file.source(), whole), places=_AT_FILE
        )
        if plan is not None:
            file.keep(request.actor.id)
            address = reverse("console-preview-staff", args=[file.spool])
            return redirect(f"{address}?whole=1" if whole else address)
    page = FormPage(
        title=_("Import staff"),
        crumbs=[crumb(_("Staff and posts"), "access-list-staff")],
        intro=_("Upload the personnel file. You then see what it would change, and decide."),
        hint=_("Columns: %(columns)s. Posts by their code, departments by code or name.")
        % {"columns": ", ".join(COLUMNS)},
        submit=_("Upload and preview"),
        icon="upload",
    )
    return form_pages.show(request, page, form)


_AT_FILE: Final = refusals.AtField("file")


@routes.at("staff/import/<uuid:upload>/", "console-preview-staff")
@require_http_methods(["GET", "HEAD", "POST"])
@gate.needs(access_permissions.STAFF_MANAGE)
def preview_staff(request: StaffRequest, upload: UUID) -> HttpResponse:
    """What the file would change; and do it, with the number of leavers confirmed where they are many."""
    whole = request.GET.get("whole") == "1"
    source = spool.source_of(upload, request.actor.id)
    file = _file(request, source, whole)
    plan = preview_staff_file(request.actor, file)
    form = TakeStaffForm(
        request.POST if request.method == "POST" else None,
        seen=plan.fingerprint,
        leavers=len(plan.leavers) if plan.is_many else None,
    )
    if request.method == "POST":
        done = refusals.attempt(
            form,
            lambda: take_staff_file(
                request.actor,
                StaffFile(
                    file.rows,
                    file.own_records,
                    whole=whole,
                    leavers=form.cleaned_data.get("leavers"),
                    seen=form.cleaned_data["seen"],
                ),
            ),
            places={"access.many_leavers": "leavers"},
        )
        if done is not None:
            spool.delete(upload)
            text = _("Added: %(created)s, changed: %(changed)s, disabled: %(disabled)s.")
            messages.success(
                request,
                text
                % {"created": done.created, "changed": done.changed, "disabled": done.disabled},
            )
            return redirect("access-list-staff")
        # What is shown now is what the next word is about.
        form.data = {**request.POST.dict(), "seen": plan.fingerprint}
    return _show(request, plan, form, whole=whole)


def _show(
    request: StaffRequest, plan: StaffPlan, form: TakeStaffForm, *, whole: bool
) -> HttpResponse:
    page = FormPage(
        title=_("Preview of the staff file"),
        crumbs=[
            crumb(_("Staff and posts"), "access-list-staff"),
            crumb(_("Import staff"), "console-import-staff"),
        ],
        intro=_("Nothing has been changed yet."),
        submit=_("Import as shown"),
        danger=bool(plan.leavers),
        wide=True,
    )
    words = _words()
    shown = {
        "plan": plan,
        "whole": whole,
        "most": SHOWN,
        "created": [_line(one, words) for one in plan.created[:SHOWN]],
        "changed": [_line(one, words) for one in plan.changed[:SHOWN]],
        "leavers": plan.leavers[:SHOWN],
        "nothing": not (plan.created or plan.changed or plan.leavers),
    }
    return form_pages.show(request, page, form, template="console/preview_staff.html", **shown)


def _preview(request: StaffRequest, source: SpoolSource, whole: bool) -> StaffPlan:
    return preview_staff_file(request.actor, _file(request, source, whole))


def _file(request: StaffRequest, source: SpoolSource, whole: bool) -> StaffFile:
    """The upload as rows. Invalid sorts of files say so with the place."""
    if source.size > MOST_BYTES:
        raise StaffFileTooBig(limit=MOST_BYTES // (1024 * 1024))
    listed = read_listed(source, COLUMNS, COLUMNS[:-1], {})
    rows = [row for _number, row in listed]
    keys = [row.get("customer_key", "") for row in rows]
    own = own_records.customers_by_key(request.actor, _SOURCE, keys)
    return StaffFile(rows, own, whole=whole)


class StaffFileTooBig(Invalid):
    """`limit` in MiB."""

    code = "console.staff_file_too_big"
    sentence = gettext_lazy("A personnel file has at most %(limit)s MiB.")


Words = dict[str, Callable[[Any], str]]


def _words() -> Words:
    """How the values of a field are told."""
    branches = {one.pk: name_of(one) for one in Branch.objects.all()}
    departments = {one.pk: name_of(one) for one in Department.objects.all()}
    return {
        "branch_id": lambda key: branches.get(key, "–"),
        "department_id": lambda key: departments.get(key, "–"),
        "customer_id": lambda key: _("registered") if key else "–",
        "post": lambda code: name_of(POSTS[code]) if code in POSTS else str(code),
    }


def _line(one: Planned, words: Words) -> Line:
    return Line(one.row, one.staff.staff_no, one.staff.name, list(_changes(one, words)))


def _changes(one: Planned, words: Words) -> Iterator[str]:
    for name, (old, new) in one.fields.items():
        if one.is_new and (name == "name" or new is None):
            continue
        told = words.get(name, str)
        yield (
            f"{_FIELDS[name]}: {told(new)}"
            if one.is_new
            else f"{_FIELDS[name]}: {told(old)} → {told(new)}"
        )
    if one.begun is not None:
        post = words["post"]
        before = ", ".join(post(old.post_id) for old in one.ended)
        new = post(one.begun.post_id)
        yield (
            f"{_('Post')}: {before} → {new}" if before and before != new else f"{_('Post')}: {new}"
        )
