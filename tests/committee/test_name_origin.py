"""A task made by a resolution names the meeting that it comes from."""

from datetime import timedelta

from tests.console.stage import browser, text
from tutela.base import clock
from tutela.committee.actions import resolutions
from tutela.committee.rules import Votes


def test_a_task_names_the_resolution_it_comes_from(table, held):
    """In words, with the way to the meeting; its sentence stands there once."""
    sentence = "Sign recovery times for the core systems"
    made = resolutions.pass_resolution(
        table.chair.actor,
        held.id,
        resolutions.NewResolution(
            text=sentence,
            owner="system_admin",
            due=clock.today() + timedelta(days=30),
            votes=Votes(yes=2),
        ),
    )
    page = text(
        browser(table.it.staff).get(f"/tasks/{made.task}/", headers={"Accept-Language": "en"})
    )
    link = f'href="/committee/meetings/{held.id}/"'
    assert f"{link}>Meeting {held.number}, resolution {made.number}</a>" in page
    assert str(made.id) not in page
    assert page.partition("<body")[2].count(sentence) == 1
