"""A new installation has one branch; the company's own head office takes its place."""

import pytest

from tutela.access.actions.imports import import_branches
from tutela.access.models import Branch
from tutela.base.actor import SYSTEM

pytestmark = pytest.mark.usefixtures("database")
OWN = [
    {"code": "8600", "parent": "", "name_zh": "华安总公司", "name_en": "Head office"},
    {"code": "8611", "parent": "8600", "name_zh": "北京分公司", "name_en": "Beijing"},
]


def test_there_is_a_head_office_from_the_first_day():
    """Customers can come in before anybody has set up branches."""
    assert list(Branch.objects.values_list("code", flat=True)) == ["HEAD"]


def test_the_companys_own_head_office_becomes_the_seeded_one():
    """What stood in the seeded one stands in it afterwards, and there are not two roots."""
    seeded = Branch.objects.get(code="HEAD").id
    import_branches(SYSTEM, OWN)
    assert Branch.objects.get(code="8600").id == seeded
    assert Branch.objects.filter(parent=None).count() == 1


def test_importing_again_changes_nothing():
    """The second time there is nothing to take over."""
    done = import_branches(SYSTEM, OWN)
    assert (done.created, done.changed, done.unchanged) == (0, 0, 2)
