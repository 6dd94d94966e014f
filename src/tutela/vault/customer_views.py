"""A customer's page, and clear values: in its place by HTMX, else as a whole page that masks itself."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import trigger_client_event

from tutela.access import gate
from tutela.access.gate import StaffRequest
from tutela.access.purposes import Purpose
from tutela.base import clock
from tutela.trail.leaves import Exposure
from tutela.web import refusals, routes, ways_on

from . import lacks, offers, pages, permissions, recent, reveal, view, words, work_items, work_lines
from .forms import PurposeForm, RevealForm
from .work_items import WorkItem

Places = Mapping[UUID, Sequence[str]]


@routes.at("customers/<uuid:customer_id>/", "vault-view-customer")
@require_safe
@gate.needs(permissions.CUSTOMER_VIEW)
def view_customer(request: StaffRequest, customer_id: UUID) -> HttpResponse:
    """One customer, masked, in tabs by collection. Without a purpose it asks for one and shows nothing.

    `item`: the work item from which somebody comes; `place`: fields to be shown, with the form for them open.
    """
    return _page(request, customer_id, pages.places(request.GET.getlist("place")))


def _page(
    request: StaffRequest, customer_id: UUID, chosen: Places, refused: RevealForm | None = None
) -> HttpResponse:
    offered = offers.purposes(request.actor, Exposure.DETAIL_MASKED)
    items = work_items.of_customer(customer_id)
    own = work_items.own_items(request.actor, items)
    item = _item_of(request, own)
    purpose = _purpose(request, offered, item)
    context: dict[str, Any] = {
        "customer_id": customer_id,
        "purpose": purpose,
        "purpose_form": PurposeForm(
            offered=offered, initial={"purpose": purpose.value if purpose else ""}
        ),
        "by": words.READINGS.get(request.GET.get("by", "")),
        "can_history": gate.holds(request.actor, permissions.HISTORY_VIEW),
        "can_assign": gate.holds(request.actor, permissions.WORK_ITEM_ASSIGN),
        "can_move": gate.holds(request.actor, permissions.CUSTOMER_MOVE),
        "can_destroy": gate.holds(request.actor, permissions.CUSTOMER_DESTROY),
    }
    if purpose is not None:
        offers.remember(request, purpose, item.kind if item else None)
        detail = view.view_customer(request.actor, customer_id, purpose.value)
        context |= pages.customer(request, detail, request.GET.get("tab", ""))
        context["lacks"] = lacks.of_page(purpose, context["records"], detail.refused_classes)
        context["ways"] = ways_on.of(request) if context["lacks"] else []
        lines = work_lines.lines(
            request.actor, items, lambda _item: purpose, Exposure.DETAIL_MASKED
        )
        context["work_items"] = pages.with_assignees(lines)
        context["item"] = next((line for line in lines if line.item is item), None)
        context["focus"] = bool(request.GET.get("by") or item) and not chosen
        context["chosen"] = {
            f"{record}:{code}" for record, codes in chosen.items() for code in codes
        }
        if gate.holds(request.actor, permissions.FIELD_REVEAL) and context["revealable"]:
            start = {
                "purpose": purpose.value,
                **({"work_item": str(item.work_item_id)} if item else {}),
            }
            if refused is not None:
                refused.offer(pages.item_choices(lines, own))
            context["reveal_form"] = refused or RevealForm(
                offered=offered,
                items=pages.item_choices(lines, own),
                recent=recent.reasons(request),
                initial=start,
                prefix="reveal",
            )
            context["seconds"] = settings.TUTELA_REVEAL_SECONDS
    status = refusals.REFUSED if refused else HTTPStatus.OK
    return render(request, "vault/view_customer.html", context, status=status)


def _item_of(request: StaffRequest, own: Sequence[WorkItem]) -> WorkItem | None:
    """The work item in the link, if it is open and the person's own."""
    given = request.GET.get("item", "")
    return next((item for item in own if str(item.work_item_id) == given), None)


def _purpose(
    request: StaffRequest, offered: list[Purpose], item: WorkItem | None
) -> Purpose | None:
    """The one in the link or the form, else that of the work item, else the last one."""
    given = request.GET.get("purpose") or request.POST.get("reveal-purpose")
    if given in {purpose.value for purpose in offered}:
        return Purpose(given)
    if item is not None:
        return offers.purpose_of_work(request, request.actor, offered, item.kind)
    return offers.first_purpose(request, offered)


@routes.at("customers/<uuid:customer_id>/reveal/", "vault-reveal-field")
@require_POST
@gate.needs(permissions.FIELD_REVEAL)
def reveal_fields(request: StaffRequest, customer_id: UUID) -> HttpResponse:
    """Clear values of one customer for a minute, after the trace is written."""
    offered = offers.purposes(request.actor, Exposure.DETAIL_MASKED)
    form = RevealForm(
        request.POST, offered=offered, items=(), recent=recent.reasons(request), prefix="reveal"
    )
    places = pages.places(request.POST.getlist("place"))
    is_part = bool(request.headers.get("HX-Request"))
    if not form.is_valid() or not places:
        if not is_part:
            return _page(request, customer_id, places, form)
        context: dict[str, Any] = {"form": form, "places": places}
        return render(request, "vault/_reveal_faults.html", context, status=refusals.REFUSED)
    why = form.cleaned_data
    revealed = reveal.reveal_places(
        request.actor,
        customer_id,
        places,
        reveal.Justification(why["purpose"], why["reason"], why["work_item"]),
    )
    recent.remember(request, why["reason"])
    context = {
        "customer_id": customer_id,
        "revealed": revealed,
        "number": len(revealed.cells),
        "at": clock.now(),
        "seconds": settings.TUTELA_REVEAL_SECONDS,
    }
    if not is_part:
        return _whole(request, customer_id, why["purpose"], context)
    response = render(request, "vault/_revealed.html", context)
    return trigger_client_event(response, "dialog:done", {"value": "reveal-dialog"})


def _whole(
    request: StaffRequest, customer_id: UUID, purpose: str, context: dict[str, Any]
) -> HttpResponse:
    """A page of the values alone, under the watermark. It leaves for the masked page when the time is over, by a
    header, so that it does without scripts."""
    back = f"{reverse('vault-view-customer', args=[customer_id])}?purpose={purpose}"
    named = [(pages.field_name(cell.code), cell) for cell in context["revealed"].cells]
    context |= {
        "back": back,
        "named": named,
        "mark": pages.mark(request),
        "marks": pages.WATERMARKS,
    }
    response = render(request, "vault/revealed.html", context)
    response.headers["Refresh"] = f"{context['seconds']}; url={back}"
    return response
