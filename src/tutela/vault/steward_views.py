"""Pages of the data steward: held rows, moves between branches, and the sources that feed the vault."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tutela.access import gate
from tutela.access import queries as people
from tutela.access.gate import StaffRequest
from tutela.access.models import Branch, Staff
from tutela.base.errors import Conflict, Invalid
from tutela.base.language import name_of
from tutela.web import form_pages, lists, refusals, routes
from tutela.web.form_pages import FormPage, crumb
from tutela.web.lists import Column, Empty, Listing

from . import feeds, held_rows, moves, permissions
from .actions import held_rows as deciding
from .actions import moves as moving
from .actions import sources
from .forms import READ_BY_AUDITOR, READ_BY_DECIDERS, ReasonField, choose
from .import_pages import collections, label_of

_RESULTS = {
    "created": gettext_lazy("Row written: new customer or record."),
    "changed": gettext_lazy("Row written: record changed."),
    "unchanged": gettext_lazy("Row processed: no differences."),
}

_BATCHES = (
    Column("since", gettext_lazy("Waiting since"), "when"),
    Column("collection", gettext_lazy("Type of rows")),
    Column("source", gettext_lazy("Source system")),
    Column("who", gettext_lazy("Person"), "person"),
    Column("rows", gettext_lazy("Rows"), "num"),
)
_HELD_ROWS = (
    Column("row", gettext_lazy("Row"), "num"),
    Column("branch", gettext_lazy("Branch of the row")),
    Column("who", gettext_lazy("Person"), "person"),
    Column("since", gettext_lazy("Waiting since"), "when"),
    Column("acts", gettext_lazy("Action"), hidden=True),
)
_MOVES = (
    Column("proposed", gettext_lazy("Proposed"), "when"),
    Column("customer", gettext_lazy("Customer"), "id"),
    Column("origin", gettext_lazy("Old branch")),
    Column("target", gettext_lazy("New branch")),
    Column("who", gettext_lazy("Person"), "person"),
    Column("acts", gettext_lazy("Action"), hidden=True),
)


class ReasonForm(forms.Form):
    """Why somebody opens or decides a row."""

    reason = ReasonField(help_text=READ_BY_AUDITOR)


class ProposalForm(ReasonForm):
    """Why somebody proposes what a second person decides, who reads it."""

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.fields["reason"].help_text = READ_BY_DECIDERS


class MoveForm(ProposalForm):
    """Where a customer goes."""

    branch = forms.ChoiceField(label=gettext_lazy("New branch"))
    field_order = ("branch", "reason")

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        branches = Branch.objects.order_by("code")
        choices = [(branch.code, f"{branch.code} {name_of(branch)}") for branch in branches]
        choose(self, "branch", [("", _("Choose a branch")), *choices])


class SourceForm(forms.Form):
    """Which machine account feeds which source, with what."""

    code = forms.CharField(
        max_length=40,
        label=gettext_lazy("Source system"),
        help_text=gettext_lazy(
            "Letters, digits, - and _; the same name that its imports use as source."
        ),
    )
    machine = forms.ChoiceField(label=gettext_lazy("Machine account"))
    collections = forms.MultipleChoiceField(
        label=gettext_lazy("Collections delivered"),
        widget=forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"}),
    )
    is_closed = forms.BooleanField(
        required=False, label=gettext_lazy("Close: this account no longer feeds the source")
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        kinds = [(code, label) for code, label in collections() if code]
        for name, choices in (
            ("machine", [("", _("Choose an account")), *_accounts()]),
            ("collections", kinds),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 says to the type checker what it is
            field.choices = choices


def _accounts() -> list[tuple[str, str]]:
    """The machine accounts that may feed a source."""
    machines = Staff.objects.filter(kind=Staff.Kind.MACHINE, is_active=True).order_by("login")
    return [(machine.login, f"{machine.login} · {machine.name}") for machine in machines]


def _branch_names() -> dict[int, str]:
    return {branch.id: name_of(branch) for branch in Branch.objects.all()}


@routes.at("held-rows/", "vault-list-held-batches")
@require_safe
@gate.needs(permissions.HELD_ROW_DECIDE)
def list_held_batches(request: StaffRequest) -> HttpResponse:
    """The steward's queue, by import."""
    batches = held_rows.waiting_batches(request.actor)
    names = people.names([batch.actor_id for batch in batches])
    lines = [
        {
            "batch": batch,
            "who": names.get(batch.actor_id, ""),
            "collection": label_of(batch.collection),
        }
        for batch in batches
    ]
    why = _(
        "Rows that an import was not permitted to write: a customer of another branch, "
        "a new customer, a changed id number."
    )
    what = _("The importer gets the same answer for every row. You decide.")
    listing = Listing(
        title=_("Held rows"),
        intro=f"{why} {what}",
        columns=_BATCHES,
        rows=lines,
        empty=Empty("hourglass", _("No held rows to decide")),
    )
    return lists.show(request, listing, "vault/list_held_batches.html")


@routes.at("held-rows/imports/<uuid:batch_id>/", "vault-list-held-rows")
@routes.at("held-rows/typed/", "vault-list-typed-rows")
@require_safe
@gate.needs(permissions.HELD_ROW_DECIDE)
def list_held_rows(request: StaffRequest, batch_id: UUID | None = None) -> HttpResponse:
    """The waiting rows of one import, or with no import of what was typed."""
    digits = request.GET.get("after", "")[:9]
    after = int(digits) if digits.isdecimal() else 0
    rows = held_rows.waiting_rows(request.actor, batch_id, after, held_rows.PAGE_ROWS + 1)
    names, people_names = _branch_names(), people.names([row.actor_id for row in rows])
    lines = [
        {
            "held": row,
            "branch": names.get(row.branch, ""),
            "who": people_names.get(row.actor_id, ""),
        }
        for row in rows[: held_rows.PAGE_ROWS]
    ]
    listing = Listing(
        title=_("Held rows"),
        crumbs=[crumb(_("Held rows"), "vault-list-held-batches")],
        columns=_HELD_ROWS,
        rows=lines,
        empty=Empty("hourglass", _("No held rows to decide")),
    )
    more = after + held_rows.PAGE_ROWS if len(rows) > held_rows.PAGE_ROWS else None
    return lists.show(
        request, listing, "vault/list_held_rows.html", {"more": more, "batch": batch_id}
    )


@routes.at("held-rows/<uuid:held_id>/", "vault-decide-held-row")
@require_http_methods(["GET", "HEAD", "POST"])
@gate.needs(permissions.HELD_ROW_DECIDE)
def decide_held_row(request: StaffRequest, held_id: UUID) -> HttpResponse:
    """One held row: opened masked with a reason, then accepted or refused."""
    row, _sealed = held_rows.held_row(request.actor, held_id)
    form = ReasonForm(request.POST or None)
    context: dict[str, Any] = {
        "row": row,
        "form": form,
        "branch": _branch_names().get(row.branch, ""),
        "who": people.names([row.actor_id]).get(row.actor_id, ""),
        "is_waiting": row.state == held_rows.WAITING,
    }
    if request.method == "POST" and form.is_valid():
        reason, step = form.cleaned_data["reason"], request.POST.get("do", "")
        try:
            if step == "accept":
                result = deciding.accept_held_row(request.actor, held_id, reason)
                messages.success(request, str(_RESULTS[result]))
                return _back_to(row)
            if step == "refuse":
                deciding.refuse_held_row(request.actor, held_id, reason)
                messages.success(request, _("Row rejected; its content has been deleted."))
                return _back_to(row)
            context["opened"] = deciding.open_held_row(request.actor, held_id, reason)
        except (Invalid, Conflict) as error:
            refusals.refuse(form, error)
    return refusals.page(request, "vault/decide_held_row.html", context, form)


def _back_to(row: held_rows.HeldRow) -> HttpResponse:
    if row.batch is None:
        return redirect("vault-list-typed-rows")
    return redirect("vault-list-held-rows", row.batch)


@routes.at("moves/", "vault-list-moves")
@require_safe
@gate.needs(permissions.CUSTOMER_MOVE)
def list_moves(request: StaffRequest) -> HttpResponse:
    """Moves that wait for their second person."""
    return _moves_page(request)


def _moves_page(
    request: StaffRequest, opened: UUID | None = None, reason: str = ""
) -> HttpResponse:
    waiting, names = moves.waiting(request.actor), _branch_names()
    who = people.names([move.proposed_by for move in waiting])
    lines = [
        {
            "move": move,
            "origin": names.get(move.origin, ""),
            "target": names.get(move.target, ""),
            "who": who.get(move.proposed_by, ""),
            "can_take_over": moves.can_take_over(request.actor, move),
            "is_own": move.proposed_by == request.actor.id,
            "reason": reason if move.id == opened else "",
        }
        for move in waiting
    ]
    intro = _(
        "Someone of the customer's branch proposes the move, and another person "
        "responsible for the new branch accepts it."
    )
    listing = Listing(
        title=_("Moves between branches"),
        intro=intro,
        columns=_MOVES,
        rows=lines,
        empty=Empty(
            "arrows-exchange",
            _("No moves waiting"),
            _("Moves are proposed on the customer's page."),
        ),
    )
    return lists.show(request, listing, "vault/list_moves.html")


@routes.at("customers/<uuid:customer_id>/move/", "vault-propose-move")
@require_http_methods(["GET", "HEAD", "POST"])
@gate.needs(permissions.CUSTOMER_MOVE)
def propose_move(request: StaffRequest, customer_id: UUID) -> HttpResponse:
    """Propose that a customer goes to another branch."""
    moving.check_customer(request.actor, customer_id)
    form = MoveForm(request.POST or None)
    if request.method == "POST" and refusals.done(
        form, lambda: moving.propose_move(request.actor, customer_id, **form.cleaned_data)
    ):
        messages.success(request, _("Move proposed. Someone of the new branch must accept it."))
        return redirect("vault-list-moves")
    intro = _(
        "The customer stays in the current branch until another person, responsible "
        "for the new branch, accepts the move."
    )
    page = FormPage(
        title=_("Move to another branch"),
        crumbs=[crumb(_("Customer"), "vault-view-customer", customer_id)],
        intro=intro,
        submit=_("Request the move"),
    )
    return form_pages.show(request, page, form)


@routes.at("moves/<uuid:move_id>/decide/", "vault-decide-move")
@require_POST
@gate.needs(permissions.CUSTOMER_MOVE)
def decide_move(request: StaffRequest, move_id: UUID) -> HttpResponse:
    """Accept the customer, reject or withdraw the move, or read why it was proposed."""
    try:
        if request.POST.get("do") == "read":
            return _moves_page(request, move_id, moving.open_reason(request.actor, move_id))
        if request.POST.get("do") == "approve":
            moving.approve_move(request.actor, move_id)
            messages.success(request, _("The customer belongs to the new branch."))
        else:
            moving.refuse_move(request.actor, move_id)
            messages.success(
                request, _("The move was rejected; the customer stays in the current branch.")
            )
    except (Invalid, Conflict) as error:
        refusals.tell(request, error)
    return redirect("vault-list-moves")


@routes.at("sources/", "vault-list-sources")
@require_http_methods(["GET", "HEAD", "POST"])
@gate.needs(permissions.SOURCE_REGISTER)
def list_sources(request: StaffRequest) -> HttpResponse:
    """Who feeds the vault, what waits for a second person, and a form for another proposal."""
    form = SourceForm(request.POST or None)

    def propose() -> None:
        given = form.cleaned_data
        sources.propose_source(
            request.actor,
            given["code"],
            given["machine"],
            given["collections"],
            is_open=not given["is_closed"],
        )

    if request.method == "POST" and refusals.done(form, propose):
        messages.success(
            request, _("Proposal submitted. It takes effect when a second person confirms it.")
        )
        return redirect("vault-list-sources")
    context = {
        "form": form,
        "in_force": _source_lines(request, feeds.in_force()),
        "waiting": _source_lines(request, feeds.waiting()),
    }
    return refusals.page(request, "vault/list_sources.html", context, form)


def _source_lines(request: StaffRequest, rows: list[feeds.SourceRow]) -> list[dict[str, Any]]:
    ids = [str(row.machine) for row in rows] + [row.proposed_by for row in rows]
    ids += [row.decided_by for row in rows if row.decided_by]
    names = people.names([account for account in ids if account != "system"])
    return [
        {
            "source": row,
            "machine": names.get(str(row.machine), ""),
            "brings": [label_of(number) for number in row.collections],
            "proposer": names.get(row.proposed_by, _("System operation")),
            "decider": names.get(row.decided_by or "", _("System operation")),
            "is_own": row.proposed_by == request.actor.id,
        }
        for row in rows
    ]


@routes.at("sources/<uuid:source_id>/decide/", "vault-decide-source")
@require_POST
@gate.needs(permissions.SOURCE_REGISTER)
def decide_source(request: StaffRequest, source_id: UUID) -> HttpResponse:
    """Confirm another person's proposal, or set one aside."""
    try:
        if request.POST.get("do") == "approve":
            sources.approve_source(request.actor, source_id)
            messages.success(request, _("Registration in force."))
        else:
            sources.refuse_source(request.actor, source_id)
            messages.success(request, _("The proposal has been closed."))
    except (Invalid, Conflict) as error:
        refusals.tell(request, error)
    return redirect("vault-list-sources")
