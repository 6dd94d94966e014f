"""What meetings are called in the inbox, where notices hold their day only."""

from collections.abc import Mapping

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tutela.access import gate
from tutela.access.permissions import Permission
from tutela.base.actor import Actor
from tutela.notices import naming

from .models import Meeting


def join() -> None:
    """Hand the namer in, while the product starts."""
    naming.of_page("committee-view-meeting", _meetings)


def _meetings(actor: Actor, ids: frozenset[str]) -> Mapping[str, str]:
    if not gate.holds(actor, Permission.GOVERNANCE_COMMITTEE_READ):
        return {}
    chinese = (get_language() or "").startswith("zh")
    found = Meeting.objects.filter(id__in=ids).select_related("committee")
    return {
        str(one.id): _("%(committee)s, meeting %(number)s")
        % {
            "committee": one.committee.name_zh if chinese else one.committee.name_en,
            "number": one.number,
        }
        for one in found
    }
