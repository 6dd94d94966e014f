"""A second question: a dialog with JavaScript, the same page with the dialog open without."""

import re

import pytest
from django import forms
from django.template.loader import render_to_string
from django.test import RequestFactory

from tests.walls.house import SOURCE
from tutela.web import waiting
from tutela.web.confirm import Confirm


class ReasonForm(forms.Form):
    reason = forms.CharField()


def asked(query="", **more):
    confirm = Confirm(
        code="end-it",
        title="End <it>?",
        texts=["It ends."],
        action="/it/end/",
        submit="End",
        **more,
    )
    request = RequestFactory().get(f"/it/?{query}")
    return re.sub(r"\s+", " ", render_to_string("web/_confirm.html", {"confirm": confirm}, request))


def _dialog(page):
    return re.search(r"<dialog[^>]*>", page)[0]


def test_the_button_opens_the_dialog_and_is_a_link_without_script():
    page = asked("tab=2")
    assert 'data-open-dialog="end-it" href="?confirm=end-it&amp;tab=2#end-it"' in page
    assert "open>" not in _dialog(page)
    assert 'aria-labelledby="end-it-title"' in _dialog(page)
    assert '<h2 id="end-it-title">End &lt;it&gt;?</h2>' in page
    assert '<form method="post" action="/it/end/" data-once>' in page


def test_the_link_shows_the_dialog_open_with_a_way_back():
    page = asked("confirm=end-it&tab=2")
    assert _dialog(page).endswith(" open>")
    assert page.count('href="?tab=2" data-close-dialog') == 2
    assert "open>" not in _dialog(asked("confirm=another"))


def test_enter_does_not_carry_it_out_by_itself():
    """The first thing with the focus is the way out."""
    assert re.search(r"<a[^>]*data-close-dialog autofocus", asked())


def test_a_refused_reason_stands_in_the_open_dialog():
    page = asked(form=ReasonForm({}))
    assert _dialog(page).endswith(" open>")
    assert 'id="id_reason_error"' in page
    assert page.count("autofocus") == 1
    assert re.search(r'<(input|textarea)[^>]*name="reason"[^>]*autofocus', page)


def test_inside_another_form_it_sends_that_form():
    page = asked(inside=True)
    assert "<form" not in page
    assert 'formnovalidate formaction="/it/end/"' in page


def test_no_page_draws_such_a_dialog_itself():
    """But the one that shows values in clear, which sends and stays."""
    drawn = {
        path.name
        for path in SOURCE.rglob("templates/**/*.html")
        if path.parent.name != "web" and "<dialog" in path.read_text(encoding="utf-8")
    }
    assert drawn == {"view_customer.html"}


@pytest.mark.parametrize("going", [True, False])
def test_a_page_that_waits_asks_for_its_part_until_the_work_is_done(going):
    request = RequestFactory().get("/it/", headers={"hx-request": "true"})
    facts = {"part": "web/_bar.html", "going": going, "context": {"all": 4, "done": 1}}
    page = waiting.show(request, "web/page.html", **facts).content.decode()
    assert ('hx-get="/it/"' in page) is going
    assert ("<noscript>" in page) is going
    assert 'max="4" value="1"' in page
    assert "<html" not in page
