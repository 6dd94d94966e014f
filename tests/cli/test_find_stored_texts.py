"""`tutela doctor` counts the values that lie in clear in typed texts already, and tells where."""

import random

import pytest
from django.db import connection

from tests.invented_values import invented
from tests.programme import stage
from tutela.base import clock
from tutela.base.free_text_exempt import EXEMPT
from tutela.cli.running import doctor, stored_texts
from tutela.programme.models import Comment, Task


@pytest.fixture(scope="module")
def crew(database: str) -> stage.Crew:
    return stage.crew()


def test_a_new_installation_holds_none(crew: stage.Crew):
    """Not in what we ship either: seeds, templates, matrix."""
    assert stored_texts.values_in_clear() == []
    assert doctor.texts_clear().state == "good"


def test_an_exempt_column_exists(crew: stage.Crew):
    """A list of names that nothing bears would hide nothing and say nothing."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT table_schema || '.' || table_name FROM information_schema.tables")
        tables = {row[0] for row in cursor.fetchall()}
    named = [name.removeprefix("column ") for name in EXEMPT if name.startswith("column ")]
    assert [name for name in named if ".".join(name.split(".")[:2]) not in tables] == []


def test_a_value_from_before_the_guard_is_counted_and_never_told(crew: stage.Crew):
    """Typed with an older version: the check names the columns and how many rows, and the mend."""
    values = invented(random.Random())
    task = Task.objects.create(
        title=f"Call {values['mobile']}", due=clock.today(), created_at=clock.now()
    )
    for value in list(values.values())[:3]:
        Comment.objects.create(
            task=task, text=f"请核对{value}。", at=clock.now(), by=crew.officer.staff
        )
    held = {one.column: one.rows for one in stored_texts.values_in_clear()}
    assert held == {"public.governance_comment.text": 3, "public.governance_task.title": 1}
    check = doctor.texts_clear()
    assert check.state == "warning"
    assert "governance_comment.text (3)" in check.sentence
    assert not any(value in check.sentence for value in values.values())
    assert check.mend
