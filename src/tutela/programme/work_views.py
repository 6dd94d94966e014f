"""My work: everything that waits for one person, counts before tables."""

from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tutela.access import gate
from tutela.access.gate import StaffRequest
from tutela.access.models import Staff
from tutela.base import clock
from tutela.base.actor import Actor
from tutela.base.language import name_of
from tutela.web import routes

from . import permissions, queries, registry, rules, words
from .board_views import cards, task_list
from .models import DutyOccurrence, TargetRule
from .ownership import ownership_of

SOON_DAYS = 92
LOOK_BACK_DAYS = 92
COMING_ROWS = 20


@routes.at("my-work/", "governance-my-work")
@require_safe
@gate.signed_in()
def my_work(request: StaffRequest) -> HttpResponse:
    """Duties of the department and the posts, tasks, papers to read or approve, goals and
    corrections to sign, an assessment to confirm."""
    staff = queries.staff_of(request.actor)
    if staff is None:
        return render(request, "programme/my_work.html", {"empty": True})
    today = clock.today()
    coming = [
        _line(occurrence)
        for occurrence in queries.my_duties(staff, today + timedelta(days=SOON_DAYS))
        if occurrence.begins > today
    ]
    tasks = list(queries.my_tasks(staff))
    missed = queries.my_missed(staff, today - timedelta(days=LOOK_BACK_DAYS))
    context: dict[str, Any] = {
        "duties": [_line(occurrence) for occurrence in queries.my_duties(staff, today)],
        "tasks": tasks,
        "listing": task_list(_("Open tasks"), cards(tasks, ownership_of(request.actor))),
        "back": request.path,
        "missed": [_line(occurrence) for occurrence in missed],
        "coming": coming[:COMING_ROWS],
        "coming_count": len(coming),
        "today": today,
        "parts": registry.parts(request, request.actor),
        "papers": _to_sign(request.actor, staff) + registry.papers(request.actor, staff),
    }
    context["empty"] = not any(
        context[name] for name in ("duties", "tasks", "missed", "coming", "papers", "parts")
    )
    return render(request, "programme/my_work.html", context)


def _line(occurrence: DutyOccurrence) -> dict[str, Any]:
    cadence = rules.Cadence(occurrence.template.cadence)
    shown = rules.look(queries.facts(occurrence), clock.today())
    return {
        "occurrence": occurrence,
        "label": rules.label_of(cadence, occurrence.begins),
        "look": shown,
        "look_name": words.LOOKS[shown],
        "days": (occurrence.due - clock.today()).days,
    }


def _to_sign(actor: Actor, staff: Staff) -> list[registry.Paper]:
    """Goals that somebody else drafted."""
    if not gate.holds(actor, permissions.TARGET_SIGN):
        return []
    waiting = TargetRule.objects.filter(signed_at__isnull=True, starts__gte=clock.today())
    return [
        registry.Paper(
            name=name_of(rule.target),
            page=reverse("governance-view-target", args=[rule.target_id]),
            wanted="sign",
        )
        for rule in waiting.exclude(drafted_by=staff).select_related("target")
    ]
