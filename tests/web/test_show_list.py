"""A list is declared: its columns once for heads and small screens, filters and pages in the link, a way to begin."""

import re

import pytest
from django import forms
from django.contrib.auth.models import AnonymousUser
from django.template import engines
from django.test import RequestFactory

from tests.walls.house import SOURCE
from tutela.web import lists
from tutela.web.lists import Column, Empty, Listing

COLUMNS = (
    Column("day", "Day <b>", "mono"),
    Column("sum", "Sum", "num text-nowrap"),
    Column("acts", "Action", hidden=True),
)
ROW = (
    '{% extends "web/list.html" %}{% load web %}{% block row %}<tr>{% cell "day" %}{{ row }}{% endcell %}'
    '{% cell "sum" "late" %}{{ row }}{% endcell %}{% cell "acts" %}{% endcell %}</tr>{% endblock %}'
)


class DayFilter(forms.Form):
    view = forms.CharField(required=False, widget=forms.HiddenInput())
    state = forms.ChoiceField(required=False, choices=[("", "All"), ("open", "Open")])


def listing(rows, **more):
    return Listing(title="Days", columns=COLUMNS, rows=rows, empty=Empty("users", "None"), **more)


@pytest.fixture
def shown():
    def show(query, make):
        request = RequestFactory().get(f"/days/?{query}")
        request.user, request.session = AnonymousUser(), {}
        request._messages = []
        page = engines["django"].from_string(ROW).render({"listing": make(request)}, request)
        return re.sub(r"\s+", " ", page)

    return show


def test_heads_and_cells_come_from_one_declaration(shown):
    page = shown("", lambda _: listing(["<1>"]))
    assert '<th scope="col"> Day &lt;b&gt; </th>' in page
    assert '<th scope="col" class="num"> Sum </th>' in page
    assert '<span class="visually-hidden">Action</span>' in page
    assert '<td data-label="Day &lt;b&gt;" class="mono">&lt;1&gt;</td>' in page
    assert '<td data-label="Sum" class="num text-nowrap late">' in page
    assert "<td></td>" in page


def test_a_cell_of_no_column_is_a_fault():
    """A forgotten column would be a cell without a name."""
    with pytest.raises(KeyError):
        listing([]).cell_start("month")


def test_an_empty_list_says_so_and_how_it_begins(shown):
    empty = Empty("users", "No day", "Days come.", "/days/new/", "Add a day")
    page = shown("", lambda _: Listing(title="Days", columns=COLUMNS, rows=[], empty=empty))
    assert '<p class="empty-title">No day</p>' in page
    assert '<a class="btn btn-primary" href="/days/new/">Add a day</a>' in page
    assert "<table" not in page


def test_filters_stay_in_the_links_of_pages_and_files(shown):
    """What is exported is what is seen, all pages of it."""

    def make(request):
        page = lists.page_of(request, range(120))
        filters = DayFilter(request.GET)
        return listing(page, page=page, filters=filters, exports=True)

    page = shown("state=open&view=list&page=2", make)
    assert "51–100" in page
    assert 'rel="next" href="?page=3&amp;state=open&amp;view=list"' in page
    assert 'href="?export=xlsx&amp;state=open&amp;view=list"' in page
    assert 'href="?export=csv&amp;state=open&amp;view=list"' in page
    assert '<input type="hidden" name="view" value="list"' in page
    assert 'href="?view=list"' in page  # the way out of the filter


def test_no_filter_no_way_out_of_it(shown):
    page = shown("view=list", lambda request: listing([1], filters=DayFilter(request.GET)))
    assert "btn-link" not in page
    assert lists.asked_file(RequestFactory().get("/?export=exe")) == ""


def test_every_table_with_filters_or_pages_is_declared():
    """A second way of drawing them is how six toolbars came about. Forms that choose what a page compares, counts, prints or
    reads for a purpose are no filters."""
    others = {"_undo_preview.html", "compare_versions.html", "inbox.html", "restore.html",
              "map_columns.html", "print.html", "view_customer.html"}  # fmt: skip
    own = re.compile(r'method="get"|web/_pages.html')
    drawn = {
        path.name
        for path in SOURCE.rglob("templates/**/*.html")
        if path.parent.name != "web" and own.search(path.read_text(encoding="utf-8"))
    }
    assert drawn == others
