"""What waits for a person stands on "my work": a version to approve, then one to read."""

import pytest

from tests.documents import steps
from tutela.documents.actions import reviews
from tutela.programme import registry

pytestmark = pytest.mark.usefixtures("database")


def waiting(member, version):
    page = f"/documents/{version.document_id}/versions/{version.number}/"
    found = registry.papers(member.actor, member.staff)
    return [one.wanted for one in found if one.page == page]


def test_a_version_waits_for_approval_and_then_for_readers(people):
    """For whoever may act on it, and for nobody once they have."""
    version = steps.submitted(people)
    assert waiting(people.first, version) == ["approve"]
    assert waiting(people.drafter, version) == waiting(people.clerk, version) == []
    reviews.approve(people.first.actor, version.id)
    assert waiting(people.first, version) == []
    reviews.approve(people.second.actor, version.id)
    reviews.publish(people.drafter.actor, version.id)
    assert waiting(people.clerk, version) == waiting(people.first, version) == ["read"]
