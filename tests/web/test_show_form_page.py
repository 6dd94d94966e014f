"""A page that is a form: title, way up, sentence, facts, fields with their errors, one button, a way out."""

import re

import pytest
from django import forms
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory

from tests.walls.house import SOURCE
from tutela.web import form_pages
from tutela.web.form_pages import Crumb, Fact, FormPage

PAGE = FormPage(
    title="New day",
    crumbs=[Crumb("Days", "/days/"), Crumb("May <b>", "/days/may/")],
    intro="Days stay.",
    code="may",
    facts=[Fact("Month", "May & June", "mono")],
    submit="Add the day",
    icon="plus",
)


class DayForm(forms.Form):
    day = forms.CharField(help_text="As in the calendar")
    note = forms.CharField(required=False)


class FileForm(forms.Form):
    file = forms.FileField(required=False)


@pytest.fixture
def shown():
    def show(form, page=PAGE, **more):
        request = RequestFactory().get("/days/new/")
        request.user, request.session = AnonymousUser(), {}
        request._messages = []
        answer = form_pages.show(request, page, form, **more)
        return answer.status_code, re.sub(r"\s+", " ", answer.content.decode())

    return show


def test_the_page_says_what_was_declared(shown):
    status, page = shown(DayForm())
    assert status == 200
    assert '<a href="/days/">Days</a> / <a href="/days/may/">May &lt;b&gt;</a>' in page
    assert '<h1 class="page-title">New day</h1>' in page
    assert '<span class="id">may</span> · Days stay.' in page
    assert '<dt>Month</dt> <dd class="mono">May &amp; June</dd>' in page
    assert 'class="btn btn-link" href="/days/may/"' in page
    assert page.count('class="btn btn-primary"') == 1
    assert "multipart" not in page


def test_errors_are_tied_to_their_fields(shown):
    """A screen reader reads the error, then the help, with the field."""
    status, page = shown(DayForm({}))
    assert status == 422
    field = re.search(r'<input[^>]*name="day"[^>]*>', page)[0]
    assert 'aria-describedby="id_day_error id_day_help"' in field
    assert 'aria-invalid="true"' in field
    assert 'id="id_day_error"' in page
    assert "aria-describedby" not in re.search(r'<input[^>]*name="note"[^>]*>', page)[0]


def test_a_form_beside_it_is_refused_too(shown):
    status, _page = shown(DayForm(), other=DayForm({}))
    assert status == 422


def test_a_file_is_sent_as_a_file(shown):
    assert 'enctype="multipart/form-data"' in shown(FileForm())[1]


def test_no_other_template_is_a_form_page():
    """A page whose content is one card with one form is declared, not drawn again. The field library's own three
    are shown by its views, which know nothing of ours."""
    theirs = {"password_change.html", "deactivate_form.html", "generate.html"}
    form = re.compile(
        r"\{% block content %\}\s*<div class=\"card( narrow)?\">\s*<form class=\"card-body\""
    )
    drawn = {
        path.name
        for path in SOURCE.rglob("templates/**/*.html")
        if form.search(path.read_text(encoding="utf-8"))
    }
    assert drawn == theirs
