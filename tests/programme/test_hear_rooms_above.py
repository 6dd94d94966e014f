"""The programme imports no room above it: they register what they hold, and the rest is not there."""

from tutela.programme import registry
from tutela.programme.models import DutyOccurrence, DutyTemplate


def test_a_duty_or_task_without_a_room_leads_nowhere(crew):
    """No page, no origin, no fault."""
    duty = DutyTemplate.objects.get(code="offsite-check")
    assert registry.work_page(DutyOccurrence(template=duty)) == ""
    assert registry.origin("nobody", "1") is None
