"""A refused form stands again with one sentence and its code; what is not the form's goes on to the frame."""

import re

import pytest
from django import forms
from django.template.loader import render_to_string
from django.test import RequestFactory

from tutela.base.errors import Conflict, Invalid, NotAllowed, NotFound, Unavailable
from tutela.web import refusals
from tutela.web.templatetags.web import control


class DayWrong(Invalid):
    code = "web.day_wrong"
    sentence = "The day lies before %(day)s."


class DayForm(forms.Form):
    day = forms.CharField()
    note = forms.CharField(required=False)


def _raises(error):
    def act():
        raise error

    return act


def test_a_refusal_stands_above_the_form_with_its_code():
    form = DayForm({"day": "2026-11-29"})
    assert not refusals.done(form, _raises(DayWrong(day="2026-11-30")))
    assert form.non_field_errors() == ["The day lies before 2026-11-30. (web.day_wrong)"]


def test_it_stands_at_the_field_that_the_page_or_the_error_names():
    by_page, by_error, gone = (DayForm({"day": "x"}) for _ in range(3))
    refusals.done(by_page, _raises(DayWrong(day="d")), places={DayWrong.code: "day"})
    refusals.done(by_error, _raises(DayWrong(day="d", field="note")))
    refusals.done(gone, _raises(DayWrong(day="d", field="a field of another form")))
    assert (list(by_page.errors), list(by_error.errors)) == (["day"], ["note"])
    assert list(gone.errors) == ["__all__"]


@pytest.mark.parametrize("error", [NotAllowed(), NotFound(), Unavailable()])
def test_what_the_frame_must_trace_or_hide_is_not_caught(error):
    """A refused right leaves its leaf in the frame: a form that caught it would be a silent try."""
    with pytest.raises(type(error)):
        refusals.done(DayForm({"day": "x"}), _raises(error))


def test_the_verb_is_not_asked_when_the_form_is_not_valid():
    called = []
    assert refusals.attempt(DayForm({}), lambda: called.append(1)) is None
    assert not called


def test_what_the_verb_gave_comes_back():
    assert refusals.attempt(DayForm({"day": "x"}), lambda: 7) == 7
    assert refusals.done(DayForm({"day": "x"}), lambda: None)


def test_the_page_says_422_only_when_a_form_was_refused():
    good, bad = DayForm(), DayForm({"day": "x"})
    refusals.refuse(bad, Conflict())
    shown = [
        refusals.page(RequestFactory().get("/"), "400.html", {}, *given)
        for given in ((good, None), (good, bad))
    ]
    assert [answer.status_code for answer in shown] == [200, 422]


def test_the_first_field_at_fault_has_the_focus_and_names_its_fault():
    """Of several one; where the whole form is at fault, its sentence has it. A form that nobody sent has none."""
    both = DayForm({"day": "", "note": "x"})
    both.add_error("note", "Too short.")
    day, note = control(both["day"]), control(both["note"])
    assert "autofocus" in day
    assert 'aria-describedby="id_day_error"' in day
    assert 'aria-invalid="true"' in note
    assert 'aria-describedby="id_note_error"' in note
    whole = DayForm({"day": ""})
    whole.add_error(None, "No.")
    for quiet in (note, control(whole["day"]), control(DayForm()["day"])):
        assert "autofocus" not in quiet
    shown = render_to_string("web/_form.html", {"form": whole})
    assert re.search(r'role="alert" tabindex="-1" autofocus>', shown)
    assert 'id="id_day_error"' in shown
    assert "autofocus" in control(DayForm()["day"], "autofocus")
