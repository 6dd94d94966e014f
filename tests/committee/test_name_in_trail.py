"""What the trail's page says of a meeting: its name, what it holds in words, and why somebody was refused."""

from datetime import timedelta

import pytest

from tests.access import cast
from tests.console.stage import browser, text
from tutela.base import clock

WORDS = {
    "zh-hans": ("委员会 第", "议程项数", "岗位无此功能权限"),
    "en": ("Committee, meeting", "Agenda items", "function not included in the post"),
}


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_trail_names_the_meeting_and_speaks_in_words(table, language):
    """With a way to it; a clerk's refusal stands there with its reason beside the code."""
    page = f"/committee/meetings/{table.call(clock.now() + timedelta(hours=1)).id}/"
    assert browser(table.clerk.staff).get(page).status_code == 403
    client = browser(cast.hire("auditor", "HQ").staff)
    client.cookies["django_language"] = language
    shown = text(client.get("/trail/"))
    assert f'<a href="{page}">{WORDS[language][0]}' in shown
    assert all(word in shown for word in WORDS[language])
    assert "<dt>agenda</dt>" not in shown
