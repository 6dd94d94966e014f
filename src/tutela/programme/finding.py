"""Duties and tasks for the search: everybody who reads the programme sees all of them."""

from collections.abc import Iterator

from django.urls import reverse

from tutela.access import finding, gate
from tutela.access.finding import Hit
from tutela.base import clock
from tutela.base.actor import Actor
from tutela.base.language import name_of

from . import permissions, queries
from .models import DutyOccurrence, DutyTemplate


def duties(actor: Actor, words: tuple[str, ...]) -> Iterator[Hit]:
    """By either name, each with the period that is due next, else its last."""
    if not gate.holds(actor, permissions.PROGRAMME_READ):
        return
    rows = DutyTemplate.objects.filter(finding.fits(words, "name_zh", "name_en", "code"))
    for duty in rows.select_related("department").order_by("code"):
        periods = DutyOccurrence.objects.filter(template=duty)
        near = periods.filter(due__gte=clock.today()).order_by("due", "id").first()
        near = near or periods.order_by("-due", "-id").first()
        if near is not None:
            page = reverse("governance-view-occurrence", args=[near.pk])
            yield Hit(name=name_of(duty), about=name_of(duty.department), page=page)


def tasks(actor: Actor, words: tuple[str, ...]) -> Iterator[Hit]:
    """By title or text, the latest deadline first."""
    if not gate.holds(actor, permissions.PROGRAMME_READ):
        return
    rows = queries.tasks().filter(finding.fits(words, "title", "text")).order_by("-due", "id")
    for task in rows[: finding.MOST + 1]:
        page = reverse("governance-view-task", args=[task.id])
        yield Hit(name=task.title, about=f"{task.due:%Y-%m-%d}", page=page)
