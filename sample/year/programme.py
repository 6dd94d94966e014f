"""The programme itself: its start, a goal made stricter by two people, one that waits for its second."""

from sample.year.stage import Year, actor, person
from sample.year.words import told
from tutela.access.models import Staff
from tutela.notices.actions import readers
from tutela.programme.actions import programme, targets

READ_EVERY = 28
READ_SHARE = 0.85
UNREAD_DAYS = 21


def stage(year: Year) -> None:
    """Put these acts into the year."""
    year.do(
        year.starts,
        lambda: programme.set_programme(person("security_admin"), starts=year.starts),
    )
    for wish in told()["targets"]:
        year.do(year.ago(wish["drafted"]), lambda wish=wish: _draft(year, wish))
    for days in range(READ_EVERY, (year.today - year.starts).days - UNREAD_DAYS, READ_EVERY):
        year.do(year.since(days), lambda: _read_inboxes(year), hour=17)


def _draft(year: Year, wish: dict[str, object]) -> None:
    drafted = targets.draft_target(
        person("security_admin"),
        target=str(wish["target"]),
        goal=str(wish["goal"]),
        starts=year.ago(int(str(wish["starts"]))),
        reason=str(wish["reason"]),
    )
    if signed := wish.get("signed"):
        signer = person("compliance_officer")
        year.do(
            year.ago(int(str(signed))),
            lambda: targets.sign_target(signer, rule_id=drafted.pk),
        )


def _read_inboxes(year: Year) -> None:
    """Most people look through their inbox now and then."""
    for one in Staff.objects.filter(kind=Staff.Kind.STAFF).order_by("staff_no"):
        if year.rng.random() < READ_SHARE:
            readers.read_all(actor(one))
