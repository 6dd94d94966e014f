"""A committee with three seats, and the people named for them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import pytest

from tests.access import cast
from tests.access.cast import Member
from tutela.base import clock
from tutela.committee.actions import committees, meetings
from tutela.committee.actions.committees import Appointment, CharterText
from tutela.committee.founding import FIRST_CODE
from tutela.committee.models import Committee, Meeting, Seat


@dataclass(frozen=True)
class Table:
    """The committee, its seats and who may fill them."""

    committee: Committee
    chair: Member
    compliance: Member
    it: Member
    clerk: Member
    seats: dict[str, Seat]

    def call(self, at: datetime) -> Meeting:
        return meetings.call_meeting(
            self.chair.actor, self.committee.id, at=at, agenda=["Readings", "Findings"]
        )

    def present(self, *posts: str) -> dict[int, UUID]:
        """Seat to person, for the posts that come."""
        people = {
            "security_admin": self.chair,
            "compliance_officer": self.compliance,
            "system_admin": self.it,
        }
        return {self.seats[post].id: people[post].staff.id for post in posts}


@pytest.fixture(scope="module")
def table(database: str) -> Table:
    """Founded today, more than half of three seats is a quorum."""
    cast.plant_branches()
    posts = ("security_admin", "compliance_officer", "system_admin", "service_agent")
    people = [cast.hire(post, "HQ") for post in posts]
    committee = committees.found_committee(
        people[0].actor,
        code=FIRST_CODE,
        names=("委员会", "Committee"),
        charter=CharterText(zh="# 章程", en="# Charter"),
    )
    roles = ("chair", "secretary", "member")
    seats = {
        post: committees.name_seat(
            people[0].actor,
            committee.id,
            Appointment(post=post, person=person.staff.login, role=role),
        )
        for post, person, role in zip(posts[:3], people, roles, strict=False)
    }
    return Table(committee, *people, seats)


@pytest.fixture
def later(monkeypatch) -> object:
    """Move the clock on by some hours."""

    def move(hours: float) -> None:
        when = clock.now() + timedelta(hours=hours)
        monkeypatch.setattr(clock, "now", lambda: when)

    return move


@pytest.fixture
def held(table: Table, later) -> Meeting:
    """A meeting of two of three seats, which is a quorum."""
    meeting = table.call(clock.now() + timedelta(hours=1))
    later(2)
    who = table.present("security_admin", "compliance_officer")
    return meetings.hold_meeting(table.chair.actor, meeting.id, who)
