"""Pages of the canary customers, for those who manage them; who they are, only the two keepers read."""

from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from tutela.access import gate
from tutela.access import queries as people
from tutela.access.gate import StaffRequest
from tutela.access.models import Branch
from tutela.base.language import name_of
from tutela.web import form_pages, lists, refusals, routes
from tutela.web.confirm import Confirm
from tutela.web.form_pages import Fact, FormPage, crumb
from tutela.web.lists import Column, Empty, Listing

from . import canaries, permissions
from .actions import canaries as acts
from .canary_values import Shape
from .errors import NotAKeeper
from .forms import JobForm, KeepersForm, OrderForm
from .tabs import tabs

_MANAGE: Final = permissions.CANARY_MANAGE
_SEEN: Final = "seen"
"""The proposal that the page showed: what was put in its place since is not confirmed unread."""
COLUMNS: Final = (
    Column("branch", gettext_lazy("Branch")),
    Column("customers", gettext_lazy("Customers"), "num"),
    Column("planted", gettext_lazy("In use"), "num"),
    Column("wanted", gettext_lazy("Needed"), "num"),
    Column("coming", gettext_lazy("On the way"), "num"),
    Column("oldest", gettext_lazy("Oldest since"), "text-nowrap"),
)
LIST_COLUMNS: Final = (
    Column("customer", gettext_lazy("Customer")),
    Column("branch", gettext_lazy("Branch")),
    Column("planted", gettext_lazy("Planted"), "text-nowrap"),
    Column("touched", gettext_lazy("Touched"), "text-nowrap"),
    Column("retired", gettext_lazy("Retired"), "text-nowrap"),
)


@routes.at("watch/canaries/", "watch-list-canaries")
@require_safe
@gate.needs(_MANAGE)
def list_canaries(request: StaffRequest) -> HttpResponse:
    """How many canaries each branch has and needs, who knows them, and what waits for a second person."""
    names = {branch.id: name_of(branch) for branch in Branch.objects.all()}
    rows = [
        {"name": names.get(one.branch_id, str(one.branch_id)), "one": one,
         "old": canaries.is_due_for_rotation(one.oldest)}
        for one in canaries.coverage()
    ]  # fmt: skip
    is_keeper = canaries.is_keeper(request.actor)
    listing = Listing(
        title=_("Canary customers"),
        intro=_(
            "Invented customers whom nobody has a reason to open: whoever does raises a critical alert."
        ),
        columns=COLUMNS,
        rows=rows if is_keeper else [],
        empty=Empty(
            "feather", _("No customers yet") if is_keeper else _("Only the two keepers see more")
        ),
    )
    context: dict[str, Any] = {
        "tab": "canaries",
        **tabs(request),
        "keepers": canaries.keepers(),
        "is_keeper": is_keeper,
        "confirm_keepers": _confirm_keepers(request),
        "order": canaries.order() if is_keeper else None,
        "approve": _approve(request) if is_keeper else None,
        "waiting_order": canaries.proposed_order() if is_keeper else None,
        "waiting_keepers": canaries.proposed_keepers(),
        "jobs": [(job, _end_job(job)) for job in canaries.jobs()] if is_keeper else [],
        "job_form": JobForm() if is_keeper else None,
    }
    return lists.show(request, listing, "watch/list_canaries.html", context)


def _confirm_keepers(request: StaffRequest) -> Confirm | None:
    row = canaries.proposed_keepers()
    if row is None or str(row.proposed_by_id) == request.actor.id:
        return None
    return Confirm(
        code="confirm-keepers",
        title=_("Confirm the two keepers?"),
        texts=[
            _("From now on only %(first)s and %(second)s know the canary customers.")
            % {"first": row.first.name, "second": row.second.name}
        ],
        action=reverse("watch-confirm-keepers"),
        hidden={_SEEN: str(row.pk)},
        submit=_("Confirm"),
        look="btn btn-primary",
    )


def _approve(request: StaffRequest) -> Confirm | None:
    order = canaries.proposed_order()
    if order is None or str(order.proposed_by_id) == request.actor.id:
        return None
    return Confirm(
        code="approve-order",
        title=_("Approve the order?"),
        texts=[
            _("The canaries are planted over the next two weeks, each beside a real new customer."),
            " · ".join(filter(None, (order.customer_numbers, order.policy_numbers, order.phones))),
        ],
        action=reverse("watch-approve-canaries"),
        hidden={_SEEN: str(order.pk)},
        submit=_("Approve"),
        look="btn btn-primary",
    )


def _seen(request: StaffRequest) -> int:
    """The proposal that was shown; 0, which none has, without one."""
    text = request.POST.get(_SEEN, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _end_job(job: Any) -> Confirm:
    return Confirm(
        code=f"end-job-{job.id}",
        title=_("Take the account off the list?"),
        texts=[_("Its lists hold canary customers again, and every look at one raises an alert.")],
        action=reverse("watch-end-canary-job", args=[job.id]),
        submit=_("Take off"),
        look="btn btn-sm",
    )


@routes.at("watch/canaries/list/", "watch-read-canaries")
@require_safe
@gate.needs(_MANAGE)
def read_canaries(request: StaffRequest) -> HttpResponse:
    """Who they are, for the two keepers alone; each reading is a leaf. To everybody else the page is not there."""
    names = {branch.id: name_of(branch) for branch in Branch.objects.all()}
    rows = [
        {"one": one, "branch": names.get(one.branch_id, "")}
        for one in acts.read_list(request.actor)
    ]
    listing = Listing(
        title=_("List of canary customers"),
        intro=_(
            "Known to two people only. Do not open these customers: that would raise an alert."
        ),
        crumbs=[crumb(_("Canary customers"), "watch-list-canaries")],
        columns=LIST_COLUMNS,
        rows=rows,
        empty=Empty("feather", _("None has been planted yet")),
    )
    return lists.show(request, listing, "watch/read_canaries.html")


@routes.at("watch/canaries/keepers/", "watch-propose-keepers")
@gate.needs(_MANAGE)
def propose_keepers(request: StaffRequest) -> HttpResponse:
    """Propose the two people who are to know the canaries."""
    fit = people.names([person.id for person in gate.holders(_MANAGE)])
    form = KeepersForm(request.POST or None, sorted(fit.items(), key=lambda pair: pair[1]))

    def act() -> None:
        values = form.cleaned_data
        acts.propose_keepers(request.actor, UUID(values["first"]), UUID(values["second"]))

    if request.method == "POST" and refusals.done(
        form, act, places={"watch.keepers_unfit": "second"}
    ):
        messages.success(request, _("Proposed; another person confirms."))
        return redirect("watch-list-canaries")
    page = FormPage(
        title=_("Name the keepers"),
        crumbs=[crumb(_("Canary customers"), "watch-list-canaries")],
        intro=_(
            "Two people know the canary customers. A proposal is in force once another person confirms it."
        ),
        submit=_("Propose"),
        icon="users",
    )
    return form_pages.show(request, page, form)


@routes.at("watch/canaries/keepers/confirm/", "watch-confirm-keepers")
@require_POST
@gate.needs(_MANAGE)
def confirm_keepers(request: StaffRequest) -> HttpResponse:
    """The second person."""
    try:
        acts.confirm_keepers(request.actor, _seen(request))
    except refusals.Mendable as error:
        refusals.tell(request, error)
    else:
        messages.success(request, _("The keepers are named."))
    return redirect("watch-list-canaries")


@routes.at("watch/canaries/order/", "watch-order-canaries")
@gate.needs(_MANAGE)
def order_canaries(request: StaffRequest) -> HttpResponse:
    """A keeper says what canaries look like; to everybody else the page is not there."""
    if not canaries.is_keeper(request.actor):
        raise NotAKeeper
    form = OrderForm(request.POST or None)

    def act() -> None:
        acts.propose_order(request.actor, Shape(**form.cleaned_data))

    if request.method == "POST" and refusals.done(form, act):
        messages.success(request, _("Proposed; the other keeper approves."))
        return redirect("watch-list-canaries")
    page = FormPage(
        title=_("Order canary customers"),
        crumbs=[crumb(_("Canary customers"), "watch-list-canaries")],
        intro=_(
            "Three for each branch, or one in two thousand customers; a quarter later others take their place."
        ),
        submit=_("Propose"),
        icon="feather",
        facts=[Fact(_("Example"), "C9#######")],
    )
    return form_pages.show(request, page, form)


@routes.at("watch/canaries/order/approve/", "watch-approve-canaries")
@require_POST
@gate.needs(_MANAGE)
def approve_canaries(request: StaffRequest) -> HttpResponse:
    """The other keeper approves."""
    try:
        acts.approve_order(request.actor, _seen(request))
    except refusals.Mendable as error:
        refusals.tell(request, error)
    else:
        messages.success(request, _("Approved. They are planted over the next two weeks."))
    return redirect("watch-list-canaries")


@routes.at("watch/canaries/jobs/", "watch-add-canary-job")
@require_POST
@gate.needs(_MANAGE)
def add_job(request: StaffRequest) -> HttpResponse:
    """A machine account whose lists leave canaries out."""
    form = JobForm(request.POST)
    if not refusals.done(form, lambda: acts.add_job(request.actor, form.cleaned_data["login"])):
        for error in form.errors.get("login", []) or [_("The input is invalid.")]:
            messages.error(request, str(error))
        return redirect("watch-list-canaries")
    messages.success(
        request, _("The lists of this account leave canary customers out from now on.")
    )
    return redirect("watch-list-canaries")


@routes.at("watch/canaries/jobs/<int:job_id>/end/", "watch-end-canary-job")
@require_POST
@gate.needs(_MANAGE)
def end_job(request: StaffRequest, job_id: int) -> HttpResponse:
    """The account's lists hold canaries again."""
    try:
        acts.end_job(request.actor, job_id)
    except refusals.Mendable as error:
        refusals.tell(request, error)
    else:
        messages.success(request, _("The account is off the list."))
    return redirect("watch-list-canaries")
