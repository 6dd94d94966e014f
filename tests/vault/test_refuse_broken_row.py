"""Rows changed behind our back, by raw SQL as the tables' owner: one code, a leaf, nothing shown."""

import pytest
from django.db import connections

from tests.vault.factories import make_customer, make_record, make_work_item, operator
from tutela.trail import queries as trail
from tutela.vault.actions.records import RecordEdit, change_record
from tutela.vault.errors import RecordBroken
from tutela.vault.find import find
from tutela.vault.reveal import Justification, reveal
from tutela.vault.view import view_customer


def _owner(statement, *values):
    with connections["owner"].cursor() as cursor:
        cursor.execute(statement, values)


@pytest.fixture
def pair(cast):
    """Two customers of the same shape, with an open case each."""
    made = [make_customer(cast.east, name="西门吹雪", email="x@example.com") for _ in range(2)]
    return made, [make_work_item(one.customer_id, cast.clerk) for one in made]


def _refused(cast, made, item, code="email"):
    with pytest.raises(RecordBroken) as caught:
        reveal(
            cast.clerk, made.customer_id, ["name", code], Justification("service", "callback", item)
        )
    assert caught.value.code == "vault.record_refused"
    (leaf,) = trail.leaves(
        trail.LeafFilter(subject=("customer", str(made.customer_id)), event="vault.field.revealed"),
        limit=1,
    )
    assert (leaf.outcome, leaf.code, leaf.exposure) == ("deny", "vault.record_refused", "none")
    assert leaf.detail["record"] == str(made.record_id)


@pytest.mark.parametrize("at", [4, 8, 20, 40, -1])
def test_a_flipped_byte_is_refused(cast, pair, at):
    """Header, nonce, text and tag alike."""
    (one, _), items = pair
    _owner(
        """UPDATE vault.record SET cells[2] = set_byte(cells[2], p, get_byte(cells[2], p) # 1)
        FROM (SELECT CASE WHEN %s < 0 THEN octet_length(cells[2]) - 1 ELSE %s END AS p
              FROM vault.record WHERE record_id = %s) AS place WHERE record_id = %s""",
        at, at, one.record_id, one.record_id,
    )  # fmt: skip
    _refused(cast, one, items[0])


def test_cells_swapped_between_customers_are_refused(cast, pair):
    """Whole and right, but another's."""
    (one, two), items = pair
    _owner(
        """UPDATE vault.record r SET cells = o.cells FROM vault.record o
        WHERE r.record_id = %s AND o.record_id = %s""",
        one.record_id, two.record_id,
    )  # fmt: skip
    _refused(cast, one, items[0])


def test_a_whole_row_of_another_customer_is_refused(cast, pair):
    """Its manifest fits its own ids only."""
    (one, two), items = pair
    _owner(
        """UPDATE vault.record r SET cells = o.cells, manifest = o.manifest, fields = o.fields
        FROM vault.record o WHERE r.record_id = %s AND o.record_id = %s""",
        one.record_id, two.record_id,
    )  # fmt: skip
    _refused(cast, one, items[0])


def test_fields_swapped_in_a_row_are_refused(cast, pair):
    """A name under the number's id."""
    (one, _), items = pair
    _owner(
        """UPDATE vault.record SET cells = cells[2:2] || cells[1:1] || cells[3:] WHERE record_id = %s""",
        one.record_id,
    )
    _refused(cast, one, items[0])


def test_a_removed_cell_is_refused(cast, pair):
    """Deleting one field is seen."""
    (one, _), items = pair
    _owner(
        """UPDATE vault.record SET cells = cells[2:], fields = fields[2:] WHERE record_id = %s""",
        one.record_id,
    )
    _refused(cast, one, items[0])


def test_an_old_version_put_back_is_refused(cast, pair):
    """Its own manifest would fit; the history shows that it is old."""
    (one, _), items = pair
    place = (one.customer_id, one.record_id)
    change_record(
        operator(), RecordEdit(*place, {"email": "y@example.com"}, version=1), "administration"
    )
    _owner(
        """UPDATE vault.record r SET cells = h.cells, fields = h.fields, manifest = h.manifest,
        version = h.version FROM vault.record_history h
        WHERE h.record_id = r.record_id AND r.record_id = %s""",
        one.record_id,
    )
    _refused(cast, one, items[0])


def test_a_raised_version_number_is_refused(cast, pair):
    """The manifest covers the version."""
    (one, _), items = pair
    _owner("UPDATE vault.record SET version = 9 WHERE record_id = %s", one.record_id)
    _refused(cast, one, items[0])


def test_records_swapped_between_two_of_one_customer_are_refused(cast, pair):
    """The same customer's keys, another record's cells."""
    (one, _), _ = pair
    first = make_record(one.customer_id, "policy", policy_number="P20240000011")
    second = make_record(one.customer_id, "policy", policy_number="P20240000012")
    _owner(
        """UPDATE vault.record r SET cells = o.cells, manifest = o.manifest FROM vault.record o
        WHERE r.record_id = %s AND o.record_id = %s""",
        first.record_id, second.record_id,
    )  # fmt: skip
    with pytest.raises(RecordBroken):
        view_customer(cast.clerk, one.customer_id, "service")


def test_a_broken_row_cannot_be_changed_or_viewed(cast, pair):
    """Neither a new version nor a mask is made of it."""
    (one, _), _ = pair
    _owner(
        "UPDATE vault.record SET manifest = sha256(manifest) WHERE record_id = %s", one.record_id
    )
    with pytest.raises(RecordBroken):
        view_customer(cast.clerk, one.customer_id, "service")
    place = (one.customer_id, one.record_id)
    with pytest.raises(RecordBroken):
        change_record(operator(), RecordEdit(*place, {"email": ""}, version=1), "administration")


def test_in_a_list_the_broken_customer_shows_nothing_and_the_others_stay(cast, pair):
    """One bad row must not close the list, nor be dropped in silence."""
    (one, two), _ = pair
    _owner(
        "UPDATE vault.record SET manifest = sha256(manifest) WHERE record_id = %s", one.record_id
    )
    found = {line.customer_id: line for line in find(cast.clerk, "name", "西门吹雪", "service")}
    assert found[one.customer_id].broken
    assert found[one.customer_id].fields == ()
    assert found[two.customer_id].text("name") == "西门**"


def test_clear_text_cannot_be_written_into_a_cell(cast, pair):
    """The table itself refuses what is no envelope."""
    (one, _), _ = pair
    with pytest.raises(Exception, match="violates check constraint"):
        _owner("UPDATE vault.record SET cells[1] = 'clear' WHERE record_id = %s", one.record_id)
