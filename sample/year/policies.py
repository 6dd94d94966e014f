"""The twelve policies: adopted, approved by two, published, and read by most but not by all."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.conf import settings

from sample.year.stage import Year, actor, person
from sample.year.words import told
from tutela.access.models import Staff
from tutela.base import clock
from tutela.documents.actions import documents, drafts, readings, reviews
from tutela.documents.library import CODES
from tutela.documents.models import Document, Version

FIRST_AGO, STEP = 345, 4
LONGEST_WAIT = 60
COMPANY = "示例保险"  # where the installation is given no name, as in tests


@dataclass(slots=True)
class Paper:
    """The version being worked on."""

    version: Version | None = None

    @property
    def id(self) -> UUID:
        if self.version is None:
            raise AssertionError("a version is adopted first")
        return self.version.id


def stage(year: Year) -> None:
    """Put these acts into the year."""
    facts = told()["policies"]
    for number, code in enumerate(CODES):
        day = year.ago(FIRST_AGO - STEP * number)
        sent_back = facts["sent_back"].get(code, "")
        _first(year, day, code, sent_back, read=facts["read"][code])
    for code, change in facts["changed"].items():
        _next(year, code, change)


def _first(year: Year, day: date, code: str, sent_back: str, *, read: int) -> None:
    """From template to publication in a fortnight; one comes back from review once."""
    paper, drafter = Paper(), person("security_admin")

    def adopt() -> None:
        company = settings.TUTELA_COMPANY or COMPANY
        paper.version = documents.adopt_template(drafter, code=code, company=company)

    year.do(day, adopt)
    if sent_back:
        year.do(_in(day, 1), lambda: reviews.submit(drafter, paper.id))
        critic = person("compliance_officer")
        year.do(_in(day, 3), lambda: reviews.send_back(critic, paper.id, sent_back))
    _through(year, paper, _in(day, 4))
    _reading(year, paper, _in(day, 15), read)


def _through(year: Year, paper: Paper, day: date) -> None:
    """Handed in, approved by two people, published."""
    first, second = person("compliance_officer"), person("branch_manager")
    year.do(day, lambda: reviews.submit(person("security_admin"), paper.id))
    year.do(_in(day, 3), lambda: reviews.approve(first, paper.id), hour=11)
    year.do(_in(day, 5), lambda: reviews.approve(second, paper.id), hour=15)
    year.do(_in(day, 10), lambda: reviews.publish(first, paper.id), hour=9)


def _next(year: Year, code: str, change: dict[str, int | str]) -> None:
    """The second version: all the way into force, or handed in and waiting for its approvals."""
    paper, drafter = Paper(), person("security_admin")
    day = year.ago(int(change["drafted"]))

    def draft() -> None:
        document = Document.objects.get(code=code)
        now = document.versions.get(state=Version.State.PUBLISHED)
        text = drafts.Draft(
            text_zh=f"{now.text_zh}\n\n{change['zh']}",
            text_en=f"{now.text_en}\n\n{change['en']}",
            change=str(change["change"]),
            review_on=clock.today() + timedelta(days=365),
        )
        paper.version = drafts.draft_version(drafter, document.id, text)

    year.do(day, draft)
    if "read" in change:
        _through(year, paper, _in(day, 4))
        _reading(year, paper, _in(day, 15), int(change["read"]), without=("service_agent",))
    else:
        year.do(_in(day, 2), lambda: reviews.submit(drafter, paper.id))


def _reading(
    year: Year, paper: Paper, day: date, percent: int, without: tuple[str, ...] = ()
) -> None:
    """A share of the staff reads, most of them soon; those in `without` have it before them."""
    spared = {person(post).id for post in without}
    for one in Staff.objects.filter(kind=Staff.Kind.STAFF).order_by("staff_no"):
        wait = min(LONGEST_WAIT, int(year.rng.expovariate(1 / 8)))
        hour, minute = year.rng.randint(9, 17), year.rng.randrange(60)
        if year.rng.random() * 100 < percent and str(one.id) not in spared:
            reader = actor(one)
            year.do(
                _in(day, wait),
                lambda reader=reader: readings.attest(reader, paper.id),
                hour=hour,
                minute=minute,
            )


def _in(day: date, days: int) -> date:
    return day + timedelta(days=days)
