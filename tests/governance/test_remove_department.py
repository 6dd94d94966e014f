"""A department goes only when it owes nothing; its work is handed over first."""

import pytest
from django.db.models import ProtectedError

from tutela.access.models import Department
from tutela.base import clock
from tutela.governance import actions, errors
from tutela.governance.models import DutyOccurrence, Measure


def test_a_department_with_open_duties_is_not_removed(crew):
    """The sentence counts what it still owes."""
    with pytest.raises(errors.DepartmentBusy) as refused:
        actions.remove_department(actor=crew.officer.actor, department="customer_service")
    assert "duties 3" in refused.value.text() or "职责" in refused.value.text()


def test_the_database_keeps_it_too(crew):
    """Nobody takes it away behind the verb's back."""
    with pytest.raises(ProtectedError):
        Department.objects.get(code="customer_service").delete()


def test_a_department_with_an_open_task_is_not_removed(crew):
    """A task is work as well."""
    actor = crew.officer.actor
    actions.create_task(actor=actor, title="Tidy up", due=clock.today(), department="marketing")
    with pytest.raises(errors.DepartmentBusy):
        actions.remove_department(actor=actor, department="marketing")


def test_after_handing_over_it_goes(crew):
    """Its measure and duties are the heir's; their periods keep their states."""
    actor, before = crew.officer.actor, DutyOccurrence.objects.count()
    assert actions.hand_over_duties(actor=actor, department="customer_service", heir="sales") == 4
    actions.remove_department(actor=actor, department="customer_service")
    assert Measure.objects.get(code="M7").department.code == "sales"
    assert DutyOccurrence.objects.count() == before


def test_a_department_with_people_stays(crew):
    """Its people would belong nowhere."""
    with pytest.raises(errors.DepartmentInUse):
        actions.remove_department(actor=crew.officer.actor, department="claims")
