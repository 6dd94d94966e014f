"""Pages of documents: list, adopt, add, draft, read, approve, publish, confirm, throw a draft away."""

from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from tutela.access import gate
from tutela.access.gate import StaffRequest
from tutela.base import clock
from tutela.base.errors import Conflict, Invalid, TutelaError
from tutela.base.language import name_of
from tutela.base.marked_text import blocks
from tutela.web import form_pages, lists, refusals, routes
from tutela.web.confirm import Confirm
from tutela.web.form_pages import FormPage, crumb
from tutela.web.lists import Column, Empty, Listing

from . import library, permissions, queries, questions
from .actions import documents, drafts, readings
from .actions import reviews as review_actions
from .errors import DocumentUnknown
from .forms import PLACES, AddForm, AdoptForm, SendBackForm, VersionForm, initial_of
from .language import language_of
from .models import Document, Version

_DRAFT, _APPROVE, _PUBLISH, _READ = (
    permissions.DOCUMENT_DRAFT,
    permissions.DOCUMENT_APPROVE,
    permissions.DOCUMENT_PUBLISH,
    permissions.DOCUMENT_READ,
)

_COLUMNS = (
    Column("document", gettext_lazy("Document")),
    Column("versions", gettext_lazy("Versions")),
    Column("owner", gettext_lazy("Owner")),
    Column("review", gettext_lazy("Review by"), "text-nowrap"),
    Column("read", gettext_lazy("Read and understood")),
    Column("you", gettext_lazy("You")),
)


@routes.at("documents/", "documents-list-documents")
@require_safe
@gate.signed_in()
def list_documents(request: StaffRequest) -> HttpResponse:
    """What is in force for everybody; what is being worked on for those who work on it."""
    actor = request.actor
    lines = queries.lines(actor, drafts=gate.holds(actor, _READ))
    published, brought = queries.published_count()
    people = [line.percent for line in lines if line.percent is not None]
    context: dict[str, Any] = {
        "published": published,
        "brought": brought,
        "to_read": sum(1 for row in lines if row.published and not row.attested),
        "to_approve": queries.to_approve(actor.id).count() if gate.holds(actor, _APPROVE) else None,
        "least": min(people, default=None),
        "today": clock.today(),
        "may_draft": gate.holds(actor, _DRAFT),
    }
    listing = Listing(
        title=_("Policies and documents"),
        intro=_(
            "Each document is drafted by one person, approved by two others, "
            "published, and then read and confirmed by all staff."
        ),
        columns=_COLUMNS,
        rows=lines,
        empty=_nothing(context["may_draft"]),
    )
    return lists.show(request, listing, "documents/list_documents.html", context)


def _nothing(may_draft: bool) -> Empty:
    if not may_draft:
        return Empty("books", _("No documents in force yet"))
    text = _(
        "Twelve policies are provided in Chinese and English. Enter the company name, "
        "adapt them to your company, and have two people approve them."
    )
    return Empty(
        "books",
        _("No policies adopted yet"),
        text,
        reverse("documents-adopt-templates"),
        _("Adopt policies"),
    )


@routes.at("documents/adopt/", "documents-adopt-templates")
@gate.needs(permissions.DOCUMENT_DRAFT)
def adopt_templates(request: StaffRequest) -> HttpResponse:
    """Fill in the company's name and adopt some of the twelve policies at once."""
    taken = set(Document.objects.filter(code__in=library.CODES).values_list("code", flat=True))
    start = {"company": settings.TUTELA_COMPANY}
    form = AdoptForm(request.POST or None, taken=taken, initial=start)
    if request.method == "POST" and form.is_valid():
        codes = form.cleaned_data["codes"]
        for code in codes:
            documents.adopt_template(request.actor, code=code, company=form.cleaned_data["company"])
        messages.success(request, _("Policies adopted: %(n)s.") % {"n": len(codes)})
        return redirect("documents-list-documents")
    context = {
        "form": form,
        "templates": library.templates(),
        "taken": taken,
        "all_taken": taken >= set(library.CODES),
    }
    return refusals.page(request, "documents/adopt_templates.html", context, form)


@routes.at("documents/policies/<slug:code>/", "documents-view-template")
@require_safe
@gate.needs(permissions.DOCUMENT_READ)
def view_template(request: StaffRequest, code: str) -> HttpResponse:
    """One of the twelve policies before it is adopted."""
    brought = library.template(code)
    language = language_of(request)
    text = brought.text_zh if language == "zh" else brought.text_en
    text = library.filled(text, settings.TUTELA_COMPANY or library.NOBODY[language])
    context = {"template": brought, "blocks": blocks(text)[1:], "spoken": language}
    return render(request, "documents/view_template.html", context)


@routes.at("documents/add/", "documents-add-document")
@gate.needs(permissions.DOCUMENT_DRAFT)
def add_document(request: StaffRequest) -> HttpResponse:
    """An own Word or PDF file as a document."""
    form = AddForm(request.POST or None, request.FILES or None)

    def add() -> Version:
        values = form.cleaned_data
        return documents.add_document(
            request.actor,
            code=values["code"],
            names=(values["name_zh"], values["name_en"]),
            owner=values["owner"],
            draft=form.draft(),
        )

    version = refusals.attempt(form, add, places=PLACES) if request.method == "POST" else None
    if version is not None:
        return redirect("documents-view-document", version.document_id)
    intro = _(
        "A Word or PDF file of your company as a managed document: encrypted, with "
        "versions, two approvals and read confirmations like the others."
    )
    page = FormPage(
        title=_("Upload own file"),
        crumbs=[crumb(_("Policies and documents"), "documents-list-documents")],
        intro=intro,
        submit=_("Add as a draft"),
        icon="file-plus",
    )
    return form_pages.show(request, page, form)


@routes.at("documents/<uuid:document_id>/draft/", "documents-draft-version")
@gate.needs(permissions.DOCUMENT_DRAFT)
def draft_version(request: StaffRequest, document_id: UUID) -> HttpResponse:
    """Change the open draft, or begin the next version from the one in force, whose texts can be taken
    again."""
    document = queries.document(document_id)
    last = document.versions.order_by("-number").first()
    in_force = document.versions.filter(state=Version.State.PUBLISHED).first()
    again = in_force if request.GET.get("text") == "in-force" else None
    form = VersionForm(
        request.POST or None,
        request.FILES or None,
        kind=document.kind,
        has_file=bool(last and last.state == Version.State.DRAFT and last.file),
        initial=initial_of(last, texts=again) if last else {},
    )
    if request.method == "POST" and refusals.done(
        form,
        lambda: drafts.draft_version(request.actor, document_id, form.draft()),
        places=PLACES,
    ):
        messages.success(request, _("Draft saved."))
        return redirect("documents-view-document", document_id)
    return form_pages.show(
        request,
        _draft_page(document, last),
        form,
        template="documents/draft_version.html",
        text_in_force=in_force and document.kind == Document.Kind.POLICY,
        again=again,
    )


def _draft_page(document: Document, last: Version | None) -> FormPage:
    heading = _("Draft next version")
    if last and last.is_open:
        heading = _("Draft of version %(number)s") % {"number": last.number}
    marks = _(
        "Formatting: # for headings, - for list items, | cell | cell | for tables; "
        "every other line is a paragraph."
    )
    return FormPage(
        title=name_of(document),
        heading=heading,
        crumbs=[crumb(name_of(document), "documents-view-document", document.id)],
        intro=marks if document.kind == Document.Kind.POLICY else "",
        submit=_("Save draft"),
        icon="device-floppy",
        wide=True,
    )


@routes.at("documents/<uuid:document_id>/versions/<int:number>/", "documents-view-version")
@routes.at("documents/<uuid:document_id>/", "documents-view-document")
@require_safe
@gate.signed_in()
def view_document(request: StaffRequest, document_id: UUID, number: int = 0) -> HttpResponse:
    """One version: the asked one, else the one being worked on (for those who may), else the one in force."""
    document = queries.document(document_id)
    return _page(request, _shown(document, number, gate.holds(request.actor, _READ)))


def _page(
    request: StaffRequest,
    version: Version,
    *,
    fault: TutelaError | None = None,
    send_back: SendBackForm | None = None,
) -> HttpResponse:
    """The page of a version, with what an act could not be done for."""
    document, actor = version.document, request.actor
    works = gate.holds(actor, _READ)
    queries.check_visible(actor, version)
    language = language_of(request)
    text = version.text_zh if language == "zh" else version.text_en
    in_force = document.versions.filter(state=Version.State.PUBLISHED).first()
    can = _can(request, version)
    context: dict[str, Any] = {
        "document": document,
        "version": version,
        "spoken": language,
        "blocks": [block for block in blocks(text) if block.level != 1],
        "today": clock.today(),
        "attested": queries.has_attested(actor, version),
        "opened": version.file is None or queries.has_opened(actor, version),
        "in_force": in_force,
        "fault": fault,
        "can": can,
        "approve": questions.approving(version, in_force) if can["approve"] else None,
        "publish": questions.publishing(version, in_force) if can["publish"] else None,
        "send_back": _sending_back(version, send_back or SendBackForm()),
        "discard": _discarding(version),
        "works": works,
    }
    if works:
        context |= _work(version)
    status = fault.http_status if fault else refusals.REFUSED if send_back else HTTPStatus.OK
    return render(request, "documents/view_document.html", context, status=status)


def _sending_back(version: Version, form: SendBackForm) -> Confirm:
    return Confirm(
        code="send-back",
        title=_("Return"),
        form=form,
        action=reverse("documents-send-back", args=[version.id]),
        submit=_("Return"),
        icon="arrow-back-up",
    )


def _discarding(version: Version) -> Confirm:
    text = _(
        "The draft will be deleted permanently, together with the document, which has "
        "no other version. Its code can be used again."
    )
    if version.document.versions.count() > 1:
        text = _(
            "The draft of version %(number)s will be deleted permanently. Published "
            "versions are not affected."
        ) % {"number": version.number}
    return Confirm(
        code="discard",
        title=_("Discard draft"),
        texts=[text],
        action=reverse("documents-discard", args=[version.id]),
        submit=_("Discard draft"),
        icon="trash",
        danger=True,
    )


def _shown(document: Document, number: int, works: bool) -> Version:
    rows = document.versions.select_related("drafted_by", "published_by").order_by("-number")
    if number:
        rows = rows.filter(number=number)
    elif not works:
        rows = rows.filter(state=Version.State.PUBLISHED)
    version = rows.first()
    if version is None:
        raise DocumentUnknown
    return version


def _can(request: StaffRequest, version: Version) -> dict[str, bool]:
    """Which buttons to show; the verbs ask again."""
    actor, state = request.actor, version.state
    other = str(version.drafted_by_id) != actor.id
    reader = actor.id not in version.drafters
    decided = version.approvals.filter(round=version.round, staff=UUID(actor.id)).exists()
    reviews = gate.holds(actor, _APPROVE) and reader
    last = not version.document.versions.filter(number__gt=version.number).exists()
    free = state in {Version.State.DRAFT, Version.State.PUBLISHED} and last
    return {
        "draft": gate.holds(actor, _DRAFT) and free,
        "submit": gate.holds(actor, _DRAFT) and state == Version.State.DRAFT,
        "discard": gate.holds(actor, _DRAFT)
        and (state == Version.State.DRAFT and not version.round)
        and (gate.holds(actor, _PUBLISH) or not other),
        "approve": reviews and state == Version.State.IN_REVIEW and not decided,
        "send_back": reviews and state in {Version.State.IN_REVIEW, Version.State.APPROVED},
        "publish": gate.holds(actor, _PUBLISH) and state == Version.State.APPROVED,
        "attest": state == Version.State.PUBLISHED and actor.kind == "staff",
    }


def _work(version: Version) -> dict[str, Any]:
    """What those see who work on documents: all versions, approvals, who has read."""
    people = queries.staff_count()
    rows = version.document.versions.order_by("-number").defer("file", "text_zh", "text_en")
    versions = list(rows)
    counts = queries.read_counts([row.id for row in versions])
    read = counts.get(version.id, 0)
    unread = queries.unread_by(version.id)
    return {
        "versions": [(row, counts.get(row.id, 0)) for row in versions],
        "approvals": version.approvals.select_related("staff").order_by("at"),
        "read": read,
        "people": people,
        "still": unread[:20],
        "more_unread": max(0, people - read - 20),
        "percent": int(100 * read / people) if people else None,
    }


def _done(
    request: StaffRequest, version_id: UUID, act: Callable[[], object], message: str
) -> HttpResponse:
    """Act and go back to the document; what stands in the way is told on the document's page."""
    version = queries.version(version_id)
    try:
        act()
    except (Conflict, Invalid) as fault:
        return _page(request, queries.version(version_id), fault=fault)
    messages.success(request, message)
    return redirect("documents-view-document", version.document_id)


@routes.at("documents/versions/<uuid:version_id>/submit/", "documents-submit")
@require_POST
@gate.needs(permissions.DOCUMENT_DRAFT)
def submit(request: StaffRequest, version_id: UUID) -> HttpResponse:
    act = partial(review_actions.submit, request.actor, version_id)
    return _done(request, version_id, act, _("Submitted. Two other people must approve it."))


@routes.at("documents/versions/<uuid:version_id>/approve/", "documents-approve")
@require_POST
@gate.needs(permissions.DOCUMENT_APPROVE)
def approve(request: StaffRequest, version_id: UUID) -> HttpResponse:
    digits = request.POST.get("round", "")[:9]
    round_read = int(digits) if digits.isdecimal() else None
    act = partial(review_actions.approve, request.actor, version_id, round_read)
    return _done(request, version_id, act, _("Your approval has been recorded."))


@routes.at("documents/versions/<uuid:version_id>/send-back/", "documents-send-back")
@require_POST
@gate.needs(permissions.DOCUMENT_APPROVE)
def send_back(request: StaffRequest, version_id: UUID) -> HttpResponse:
    form = SendBackForm(request.POST)
    if not form.is_valid():
        return _page(request, queries.version(version_id), send_back=form)
    reason = form.cleaned_data["reason"]
    act = partial(review_actions.send_back, request.actor, version_id, reason)
    return _done(request, version_id, act, _("Returned to the drafter."))


@routes.at("documents/versions/<uuid:version_id>/publish/", "documents-publish")
@require_POST
@gate.needs(permissions.DOCUMENT_PUBLISH)
def publish(request: StaffRequest, version_id: UUID) -> HttpResponse:
    act = partial(review_actions.publish, request.actor, version_id)
    return _done(request, version_id, act, _("Now in force. All staff have been asked to read it."))


@routes.at("documents/versions/<uuid:version_id>/attest/", "documents-attest")
@require_POST
@gate.signed_in()
def attest(request: StaffRequest, version_id: UUID) -> HttpResponse:
    act = partial(readings.attest, request.actor, version_id)
    return _done(request, version_id, act, _("Thank you. Your confirmation has been recorded."))


@routes.at("documents/versions/<uuid:version_id>/discard/", "documents-discard")
@require_POST
@gate.needs(permissions.DOCUMENT_DRAFT)
def discard(request: StaffRequest, version_id: UUID) -> HttpResponse:
    """Throw a draft away that was never handed in."""
    version = queries.version(version_id)
    try:
        left = drafts.discard(request.actor, version_id)
    except (Conflict, Invalid) as fault:
        return _page(request, version, fault=fault)
    messages.success(request, _("Draft discarded."))
    if left is None:
        return redirect("documents-list-documents")
    return redirect("documents-view-document", left)
