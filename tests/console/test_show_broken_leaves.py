"""A leaf that was altered by hand breaks no page: it is shown as broken, and counts apart."""

import pytest

from tests.console.stage import text
from tutela.access import events
from tutela.console import looks
from tutela.trail import queries


@pytest.fixture
def spoilt(house, cluster, database):
    """A refusal of today whose bytes are no text; put back afterwards."""
    assert house.as_("auditor").get("/customers/?purpose=service").status_code == 403
    leaf_id = queries.leaves(queries.LeafFilter(event=events.REQUEST_REFUSED.name), limit=1)[0].id
    with cluster.connect(database=database) as server:
        server.execute("SET session_replication_role = replica")
        ((kept,),) = server.execute("SELECT leaf FROM trail.leaf WHERE id = %s", [leaf_id])
        change = "UPDATE trail.leaf SET leaf = %s WHERE id = %s"
        server.execute(change, [b"\xff" * 40, leaf_id])
        yield leaf_id
        server.execute(change, [kept, leaf_id])


def test_the_home_page_says_that_an_entry_cannot_be_read(house, spoilt):
    """The chart of looks stands, and says what it does not count."""
    assert looks.by_day(1)[-1].unreadable == 1
    page = house.as_("compliance_officer").get("/")
    assert page.status_code == 200
    assert "有 1 条留痕无法读取。" in text(page)


def test_the_trail_page_shows_the_entry_as_broken(house, spoilt):
    """With its id and time, among the others."""
    page = house.as_("auditor").get("/trail/")
    assert page.status_code == 200
    assert "损坏的留痕" in text(page)
    assert str(spoilt) in text(page)
