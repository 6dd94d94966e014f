"""Pages about versions: two of them side by side, and who has read one."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tutela.access import gate
from tutela.access.gate import StaffRequest
from tutela.web import routes

from . import difference, permissions, queries
from .actions import reminders
from .errors import DocumentUnknown
from .language import language_of
from .models import Document, Version


@routes.at("documents/<uuid:document_id>/compare/", "documents-compare-versions")
@require_safe
@gate.signed_in()
def compare_versions(request: StaffRequest, document_id: UUID) -> HttpResponse:
    """Two versions of a document: what went and what came, in one language at a time."""
    document = queries.document(document_id)
    versions = list(_visible(request, document))
    old, new = _asked(request, versions)
    spoken = language_of(request)
    rows = difference.compare(_text(old, spoken), _text(new, spoken))
    context: dict[str, Any] = {
        "document": document,
        "versions": versions,
        "old": old,
        "new": new,
        "spoken": spoken,
        "stretches": difference.folded(rows),
        "removed": sum(row.kind == "removed" for row in rows),
        "added": sum(row.kind == "added" for row in rows),
        "files": old.file_name or new.file_name,
    }
    return render(request, "documents/compare_versions.html", context)


def _visible(request: StaffRequest, document: Document) -> QuerySet[Version]:
    """The versions this person may see, the newest first."""
    rows = document.versions.select_related("drafted_by").order_by("-number").defer("file")
    if gate.holds(request.actor, permissions.DOCUMENT_READ):
        return rows
    return rows.filter(published_at__isnull=False)


def _asked(request: StaffRequest, versions: list[Version]) -> tuple[Version, Version]:
    """The two asked for by number, else the newest and the one before it; the older one first."""
    if len(versions) < 2:
        raise DocumentUnknown
    numbers = {str(version.number): version for version in versions}
    new = numbers.get(request.GET.get("new", ""), versions[0])
    below = [version for version in versions if version.number < new.number]
    old = numbers.get(request.GET.get("old", ""), below[0] if below else versions[-1])
    return (old, new) if old.number <= new.number else (new, old)


def _text(version: Version, spoken: str) -> str:
    return version.text_zh if spoken == "zh" else version.text_en


@routes.at("documents/<uuid:document_id>/versions/<int:number>/readers/", "documents-view-readers")
@require_safe
@gate.needs(permissions.DOCUMENT_READ)
def view_readers(request: StaffRequest, document_id: UUID, number: int) -> HttpResponse:
    """Who has read a version, by department, and by name who has not yet."""
    document = queries.document(document_id)
    version = document.versions.defer("file", "text_zh", "text_en").filter(number=number).first()
    if version is None or version.published_at is None:
        raise DocumentUnknown
    departments = queries.readers_by_department(version.id)
    in_force = version.state == Version.State.PUBLISHED
    context = {
        "document": document,
        "version": version,
        "departments": departments,
        "read": sum(department.read for department in departments),
        "people": sum(department.people for department in departments),
        "in_force": in_force,
        "may_remind": in_force and gate.holds(request.actor, permissions.DOCUMENT_PUBLISH),
    }
    return render(request, "documents/view_readers.html", context)


@routes.at("documents/versions/<uuid:version_id>/remind/", "documents-remind-readers")
@require_POST
@gate.needs(permissions.DOCUMENT_PUBLISH)
def remind_readers(request: StaffRequest, version_id: UUID) -> HttpResponse:
    """Ask those who have not read the version in force."""
    count = reminders.remind_readers(request.actor, version_id)
    if count:
        messages.success(request, _("People reminded: %(number)s.") % {"number": count})
    else:
        messages.info(
            request, _("No one to remind: all have read it or already have an unread reminder.")
        )
    version = queries.version(version_id)
    return redirect("documents-view-readers", version.document_id, version.number)
