"""What people are told of the trail's witnesses: to who may see them, once, and settled when it is over."""

from uuid import UUID

import pytest

from tests.access import cast
from tutela.notices.models import Notice
from tutela.trail.telling import Happening, News, tell

pytestmark = pytest.mark.usefixtures("database")


def told(kind: str, *, unread: bool = True) -> set[UUID]:
    rows = Notice.objects.filter(kind=kind, read_at__isnull=unread)
    return set(rows.values_list("recipient_id", flat=True))


def test_a_lost_quorum_is_told_once_and_settled_when_it_is_back() -> None:
    """Auditors and administrators, not agents."""
    auditor, admin, agent = (
        cast.hire(post) for post in ("auditor", "system_admin", "service_agent")
    )
    tell(News(Happening.QUORUM_LOST))
    tell(News(Happening.QUORUM_LOST))
    assert {auditor.staff.id, admin.staff.id} <= told("quorum_lost")
    assert agent.staff.id not in told("quorum_lost")
    assert Notice.objects.filter(kind="quorum_lost", recipient_id=auditor.staff.id).count() == 1
    tell(News(Happening.QUORUM_LOST, settled=True))
    assert told("quorum_lost") == set()


def test_a_changed_policy_and_a_contradiction_are_told() -> None:
    """With the word that says how it changed."""
    auditor = cast.hire("auditor")
    tell(News(Happening.POLICY_CHANGED, "removed"))
    tell(News(Happening.TREE_CONTRADICTED))
    assert auditor.staff.id in told("policy_changed") & told("tree_contradicted")
    assert Notice.objects.filter(kind="policy_changed").first().params == {"what": "removed"}
