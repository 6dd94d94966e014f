"""The committee: its charter, people named for seats, meetings once a quarter, resolutions that become tasks."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sample.year.stage import Year, actor, holders, moment, person
from sample.year.words import told
from tutela.base import clock
from tutela.committee import founding, queries
from tutela.committee.actions import committees, resolutions
from tutela.committee.actions import meetings as meeting_actions
from tutela.committee.models import Meeting
from tutela.committee.rules import Votes
from tutela.programme import rules
from tutela.programme.actions import tasks
from tutela.programme.models import Task

CALLED_BEFORE = 10
INTO_QUARTER = 45
FIRST_AFTER = 20


@dataclass(slots=True)
class Table:
    """The committee's id, once it is founded."""

    id: UUID | None = None


def stage(year: Year) -> None:
    """Put these acts into the year."""
    facts, table = told()["committee"], Table()
    year.do(year.since(3), lambda: _found(table, facts["seats"]))
    days = meetings(year)
    later = facts["meetings"][1:][-len(days[1:]) :]
    for day, told_of in zip(days, [facts["meetings"][0], *later], strict=True):
        _meeting(year, table, day, told_of)
    coming = facts["coming"]
    at = _weekday(year.ago(-coming["days"]))
    year.do(year.ago(6), lambda: _call(table, at, coming["agenda"]))


def meetings(year: Year) -> list[date]:
    """Soon after the founding, then in the middle of each quarter."""
    found = [_weekday(year.since(FIRST_AFTER))]
    for quarter in rules.periods(rules.Cadence.QUARTERLY, year.starts, year.today):
        day = _weekday(quarter.begins + timedelta(days=INTO_QUARTER))
        if year.since(FIRST_AFTER + 20) <= day < year.ago(3):
            found.append(day)
    return found


def _weekday(day: date) -> date:
    """The day, or the Thursday before: minutes are closed on the next day of work."""
    return day - timedelta(days=max(0, day.weekday() - 3))


def _found(table: Table, seats: dict[str, str]) -> None:
    text = founding.initial()
    secretary = person("security_admin")
    made = committees.found_committee(
        secretary,
        code=founding.FIRST_CODE,
        names=(text["name_zh"], text["name_en"]),
        charter=committees.CharterText(
            zh=text["text_zh"], en=text["text_en"], quorum_percent=text["quorum"]
        ),
        every_months=text["every_months"],
    )
    table.id = made.id
    for post, role in seats.items():
        who = holders(post)[0].login
        committees.name_seat(
            secretary, made.id, committees.Appointment(post=post, person=who, role=role)
        )


def _call(table: Table, day: date, agenda: list[str]) -> Meeting:
    if table.id is None:
        raise AssertionError("the committee is founded first")
    return meeting_actions.call_meeting(
        person("security_admin"),
        table.id,
        at=moment(day, 14, 30),
        agenda=agenda,
        place=told()["committee"]["place"],
    )


def _meeting(year: Year, table: Table, day: date, facts: dict[str, Any]) -> None:
    """Called, held with a quorum, minuted, resolved, closed three days later."""
    held: list[UUID] = []
    year.do(
        day - timedelta(days=CALLED_BEFORE),
        lambda: held.append(_call(table, day, facts["agenda"]).id),
    )
    year.do(day, lambda: _hold(year, held[0], facts), hour=16)
    secretary = person("security_admin")
    closing = min(day + timedelta(days=3), year.ago(1))
    year.do(closing, lambda: meeting_actions.close_meeting(secretary, held[0]), hour=17)


def _hold(year: Year, meeting_id: UUID, facts: dict[str, Any]) -> None:
    secretary, meeting = person("security_admin"), queries.meeting(meeting_id)
    today, seats = clock.today(), list(queries.seats_on(meeting.committee_id, clock.today()))
    known = queries.holders_of(seats, today)
    present = {
        seat.id: known[seat.id][0].id for seat in seats if seat.post_id not in facts["absent"]
    }
    meeting_actions.hold_meeting(secretary, meeting_id, present)
    meeting_actions.write_minutes(secretary, meeting_id, facts["minutes"])
    for wish in facts["resolutions"]:
        against = wish.get("against", 0)
        made = resolutions.pass_resolution(
            secretary,
            meeting_id,
            resolutions.NewResolution(
                text=wish["text"],
                owner=wish["owner"],
                due=year.ago(wish["due_ago"])
                if "due_ago" in wish
                else today + timedelta(days=wish["days"]),
                votes=Votes(yes=len(present) - against, no=against),
            ),
        )
        _follow(year, UUID(made.task), wish, today)


def _follow(year: Year, task_id: UUID, wish: dict[str, Any], day: date) -> None:
    """Its owner takes the task up, says something where the file does, and mostly ends it."""
    owner = actor(holders(wish["owner"])[0])

    def move(to: str) -> None:
        tasks.move_task(owner, task_id=task_id, to=to)

    if "taken" in wish:
        year.do(day + timedelta(days=wish["taken"]), lambda: move(Task.State.DOING), hour=9)
    for after, text in wish.get("said", {}).items():
        year.do(
            day + timedelta(days=after),
            lambda text=text: tasks.comment(owner, task_id=task_id, text=text),
            hour=11,
        )
    if "done" in wish:
        year.do(day + timedelta(days=wish["done"]), lambda: move(Task.State.DONE), hour=16)
