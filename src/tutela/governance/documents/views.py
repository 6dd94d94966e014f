"""Pages of documents: list, adopt, add, draft, read, approve, publish, confirm, export."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tutela.access import gate
from tutela.access.gate import StaffRequest
from tutela.access.permissions import Permission
from tutela.base import clock
from tutela.base.errors import TutelaError

from . import actions, export, library, queries
from .errors import DocumentUnknown
from .forms import AddForm, AdoptForm, SendBackForm, VersionForm, initial_of
from .language import language_of
from .models import Document, Version
from .text import blocks

_PDF = "application/pdf"
_DRAFT, _APPROVE, _PUBLISH, _READ = (
    Permission.GOVERNANCE_DOCUMENT_DRAFT,
    Permission.GOVERNANCE_DOCUMENT_APPROVE,
    Permission.GOVERNANCE_DOCUMENT_PUBLISH,
    Permission.GOVERNANCE_DOCUMENT_READ,
)


@require_safe
@gate.signed_in()
def list_documents(request: StaffRequest) -> HttpResponse:
    """What is in force for everybody; what is being worked on for those who work on it."""
    actor = request.actor
    lines = queries.lines(actor, drafts=gate.holds(actor, _READ))
    published, brought = queries.published_count()
    people = [line.percent for line in lines if line.percent is not None]
    told: dict[str, Any] = {
        "lines": lines,
        "published": published,
        "brought": brought,
        "to_read": sum(1 for one in lines if one.published and not one.attested),
        "to_approve": queries.to_approve(actor.id).count() if gate.holds(actor, _APPROVE) else None,
        "least": min(people, default=None),
        "today": clock.today(),
        "may_draft": gate.holds(actor, _DRAFT),
    }
    return render(request, "documents/list_documents.html", told)


@gate.needs(Permission.GOVERNANCE_DOCUMENT_DRAFT)
def adopt_templates(request: StaffRequest) -> HttpResponse:
    """Fill in the company's name and adopt some of the twelve policies at once."""
    taken = set(Document.objects.filter(code__in=library.CODES).values_list("code", flat=True))
    start = {"company": settings.TUTELA_COMPANY}
    form = AdoptForm(request.POST or None, taken=taken, initial=start)
    if request.method == "POST" and form.is_valid():
        codes = form.cleaned_data["codes"]
        for code in codes:
            actions.adopt_template(request.actor, code=code, company=form.cleaned_data["company"])
        messages.success(request, _("Policies adopted: %(n)s.") % {"n": len(codes)})
        return redirect("documents-list-documents")
    told = {
        "form": form,
        "templates": library.templates(),
        "taken": taken,
        "all_taken": taken >= set(library.CODES),
    }
    status = 422 if form.errors else 200
    return render(request, "documents/adopt_templates.html", told, status=status)


@require_safe
@gate.needs(Permission.GOVERNANCE_DOCUMENT_READ)
def view_template(request: StaffRequest, code: str) -> HttpResponse:
    """One of the twelve policies before it is adopted."""
    brought = library.template(code)
    language = language_of(request)
    text = brought.text_zh if language == "zh" else brought.text_en
    text = library.filled(text, settings.TUTELA_COMPANY or library.NOBODY[language])
    told = {"template": brought, "blocks": blocks(text)[1:], "spoken": language}
    return render(request, "documents/view_template.html", told)


@gate.needs(Permission.GOVERNANCE_DOCUMENT_DRAFT)
def add_document(request: StaffRequest) -> HttpResponse:
    """An own Word or PDF file as a document."""
    form = AddForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            version = actions.add_document(
                request.actor,
                code=given["code"],
                names=(given["name_zh"], given["name_en"]),
                owner=given["owner"],
                draft=form.draft(),
            )
        except TutelaError as fault:
            form.add_error(None, fault.text())
        else:
            return redirect("documents-view-document", version.document_id)
    status = 422 if form.errors else 200
    return render(request, "documents/add_document.html", {"form": form}, status=status)


@gate.needs(Permission.GOVERNANCE_DOCUMENT_DRAFT)
def draft_version(request: StaffRequest, document_id: UUID) -> HttpResponse:
    """Change the open draft, or begin the next version from the one in force."""
    document = queries.document(document_id)
    last = document.versions.order_by("-number").first()
    form = VersionForm(
        request.POST or None,
        request.FILES or None,
        kind=document.kind,
        initial=initial_of(last) if last else {},
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.draft_version(request.actor, document_id, form.draft())
        except TutelaError as fault:
            form.add_error(None, fault.text())
        else:
            messages.success(request, _("The draft is kept."))
            return redirect("documents-view-document", document_id)
    told = {"form": form, "document": document, "last": last}
    status = 422 if form.errors else 200
    return render(request, "documents/draft_version.html", told, status=status)


@require_safe
@gate.signed_in()
def view_document(request: StaffRequest, document_id: UUID, number: int = 0) -> HttpResponse:
    """One version: the asked one, else the one being worked on (for those who may), else the one in force."""
    document, actor = queries.document(document_id), request.actor
    works = gate.holds(actor, _READ)
    version = _shown(document, number, works)
    queries.may_see(actor, version)
    language = language_of(request)
    text = version.text_zh if language == "zh" else version.text_en
    told: dict[str, Any] = {
        "document": document,
        "version": version,
        "spoken": language,
        "blocks": [one for one in blocks(text) if one.level != 1],
        "today": clock.today(),
        "attested": queries.has_attested(actor, version),
        "can": _can(request, version),
        "send_back": SendBackForm(),
        "works": works,
    }
    if works:
        told |= _work(version)
    return render(request, "documents/view_document.html", told)


def _shown(document: Document, number: int, works: bool) -> Version:
    rows = document.versions.select_related("drafted_by", "published_by").order_by("-number")
    if number:
        rows = rows.filter(number=number)
    elif not works:
        rows = rows.filter(state=Version.State.PUBLISHED)
    found = rows.first()
    if found is None:
        raise DocumentUnknown
    return found


def _can(request: StaffRequest, version: Version) -> dict[str, bool]:
    """Which buttons to show; the verbs ask again."""
    actor, state = request.actor, version.state
    other = str(version.drafted_by_id) != actor.id
    said = version.approvals.filter(round=version.round, staff=UUID(actor.id)).exists()
    reviews = gate.holds(actor, _APPROVE) and other
    last = not version.document.versions.filter(number__gt=version.number).exists()
    free = state in {Version.State.DRAFT, Version.State.PUBLISHED} and last
    return {
        "draft": gate.holds(actor, _DRAFT) and free,
        "submit": gate.holds(actor, _DRAFT) and state == Version.State.DRAFT,
        "approve": reviews and state == Version.State.IN_REVIEW and not said,
        "send_back": reviews and state in {Version.State.IN_REVIEW, Version.State.APPROVED},
        "publish": gate.holds(actor, _PUBLISH) and state == Version.State.APPROVED,
        "attest": state == Version.State.PUBLISHED and actor.kind == "staff",
    }


def _work(version: Version) -> dict[str, Any]:
    """What those see who work on documents: all versions, approvals, who has read."""
    people = queries.staff_count()
    rows = version.document.versions.order_by("-number").defer("file", "text_zh", "text_en")
    versions = list(rows)
    counts = queries.read_counts([one.id for one in versions])
    read = counts.get(version.id, 0)
    unread = queries.unread_by(version.id)
    return {
        "versions": [(one, counts.get(one.id, 0)) for one in versions],
        "approvals": version.approvals.select_related("staff").order_by("at"),
        "read": read,
        "people": people,
        "still": unread[:20],
        "more_unread": max(0, people - read - 20),
        "percent": int(100 * read / people) if people else None,
    }


@require_POST
@gate.needs(Permission.GOVERNANCE_DOCUMENT_DRAFT)
def submit(request: StaffRequest, version_id: UUID) -> HttpResponse:
    done = actions.submit(request.actor, version_id)
    messages.success(request, _("Handed in. Two other people must approve it."))
    return redirect("documents-view-document", done.document_id)


@require_POST
@gate.needs(Permission.GOVERNANCE_DOCUMENT_APPROVE)
def approve(request: StaffRequest, version_id: UUID) -> HttpResponse:
    done = actions.approve(request.actor, version_id)
    messages.success(request, _("Your approval is kept."))
    return redirect("documents-view-document", done.document_id)


@require_POST
@gate.needs(Permission.GOVERNANCE_DOCUMENT_APPROVE)
def send_back(request: StaffRequest, version_id: UUID) -> HttpResponse:
    done = actions.send_back(request.actor, version_id, request.POST.get("reason", "")[:500])
    messages.success(request, _("Sent back to the drafter."))
    return redirect("documents-view-document", done.document_id)


@require_POST
@gate.needs(Permission.GOVERNANCE_DOCUMENT_PUBLISH)
def publish(request: StaffRequest, version_id: UUID) -> HttpResponse:
    done = actions.publish(request.actor, version_id)
    messages.success(request, _("In force. Everybody is now asked to read it."))
    return redirect("documents-view-document", done.document_id)


@require_POST
@gate.signed_in()
def attest(request: StaffRequest, version_id: UUID) -> HttpResponse:
    actions.attest(request.actor, version_id)
    messages.success(request, _("Thank you. Your confirmation is kept."))
    return redirect("documents-view-document", queries.version(version_id).document_id)


@require_safe
@gate.signed_in()
def export_docx(request: StaffRequest, version_id: UUID, language: str) -> HttpResponse:
    """A version as a Word file in one language."""
    version = queries.version(version_id)
    queries.may_see(request.actor, version)
    if version.file is not None or language not in {"zh", "en"}:
        raise DocumentUnknown
    name = f"{version.document.code}-v{version.number}-{language}.docx"
    return _attachment(export.export_docx(version, language), export.WORD, name)


@require_safe
@gate.signed_in()
def open_file(request: StaffRequest, version_id: UUID) -> HttpResponse:
    """An own file as it was put in."""
    version = queries.version(version_id)
    if version.file is None:
        raise DocumentUnknown
    data = actions.file_of(request.actor, version)
    ending = "pdf" if version.file_name.lower().endswith(".pdf") else "docx"
    name = f"{version.document.code}-v{version.number}.{ending}"
    return _attachment(data, _PDF if ending == "pdf" else export.WORD, name)


def _attachment(data: bytes, kind: str, name: str) -> HttpResponse:
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(data, content_type=kind, headers=headers)
