"""The cast of the programme's tests: the officer who runs it, a second signer, people who owe duties."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count

from tests.access import cast
from tests.access.cast import Member
from tutela.base import clock
from tutela.programme.models import DutyOccurrence


@dataclass(frozen=True)
class Crew:
    officer: Member
    signer: Member
    it_person: Member
    trainer: Member
    outsider: Member


def crew() -> Crew:
    """One person a part; `outsider` works in claims and owes nothing."""
    return Crew(
        officer=cast.hire("security_admin", department="information_security"),
        signer=cast.hire("compliance_officer", department="legal_compliance"),
        it_person=cast.hire("system_admin", department="it"),
        trainer=cast.hire("hr_trainer", department="hr"),
        outsider=cast.hire("claims_adjuster", department="claims"),
    )


_back = count(3)


def open_one(code: str = "offsite-check") -> DutyOccurrence:
    """A period of a duty that is open, made to have begun already."""
    one = DutyOccurrence.objects.filter(template__code=code, state="open").order_by("begins").last()
    today = clock.today()
    # Only the test may move time: the seed owes nothing before the next whole period.
    DutyOccurrence.objects.filter(pk=one.pk).update(
        begins=today - timedelta(days=next(_back)), ends=today + timedelta(days=4), due=today
    )
    one.refresh_from_db()
    return one


def past(one: DutyOccurrence) -> DutyOccurrence:
    """The same, with its last day gone by."""
    DutyOccurrence.objects.filter(pk=one.pk).update(due=clock.today() - timedelta(days=1))
    one.refresh_from_db()
    return one


def day(text: str) -> date:
    return date.fromisoformat(text)
