"""Names of duties, targets and tasks for the inbox: notices hold codes and links only."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet

from tutela.access import gate
from tutela.base.actor import Actor
from tutela.base.language import reads_chinese
from tutela.programme.models import DutyTemplate, Target, Task

from . import permissions


def called(rows: QuerySet[Any], key: str) -> dict[str, str]:
    """Key to name in the active language, of rows with `name_zh` and `name_en`."""
    name = "name_zh" if reads_chinese() else "name_en"
    return dict(rows.values_list(key, name))


def duties(actor: Actor, codes: frozenset[str]) -> Mapping[str, str]:
    if not gate.holds(actor, permissions.PROGRAMME_READ):
        return {}
    return called(DutyTemplate.objects.filter(code__in=codes), "code")


def targets(actor: Actor, ids: frozenset[str]) -> Mapping[str, str]:
    if not gate.holds(actor, permissions.PROGRAMME_READ):
        return {}
    return called(Target.objects.filter(id__in=ids), "id")


def tasks(actor: Actor, ids: frozenset[str]) -> Mapping[str, str]:
    """Titles of tasks; the inbox has checked that the reader may open their pages."""
    if not gate.holds(actor, permissions.PROGRAMME_READ):
        return {}
    titles = Task.objects.filter(id__in=ids).values_list("id", "title")
    return {str(key): title for key, title in titles}
