"""Planted canaries: unusual values go through every verb and then appear in no table and no log."""

import logging

import pytest
from django.db import connections

from tests.vault.factories import id_number, make_customer, make_record, make_work_item, operator
from tutela.vault.actions.records import RecordEdit, change_record
from tutela.vault.errors import BadFieldValue, IdentityTaken
from tutela.vault.find import find, list_customers
from tutela.vault.reveal import Justification, reveal
from tutela.vault.view import history, view_customer

NAME = "夔魍魉"
STORY = "饕餮盛宴上打翻了琉璃盏"
EMAIL = "canary.7f3k9@quetzal-example.com"
PHONE = "19988877766"
CARD = "6222029988877766557"
POLICY = "QZX20240099887766"
REASON = "貔貅来电核实"


@pytest.fixture(scope="module")
def canaries(cast):
    """All values that were planted, after every verb has been used on them."""
    number = id_number()
    log: list[str] = []
    handler = logging.Handler()
    handler.emit = lambda record: log.append(
        f"{record.getMessage()} {record.args} {record.exc_text}"
    )
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    _use_every_verb(cast, number)
    root.setLevel(level)
    root.removeHandler(handler)
    return (NAME, STORY, EMAIL, PHONE, CARD, POLICY, REASON, number), "\n".join(log)


def _use_every_verb(cast, number):
    made = make_customer(
        cast.east, name=NAME, id_number=number, phone=PHONE, email=EMAIL, bank_card=CARD
    )
    make_record(made.customer_id, "policy", policy_number=POLICY)
    make_record(made.customer_id, "claim", claim_number="CLM2024000177", accident_story=STORY)
    item = make_work_item(made.customer_id, cast.clerk)
    place = (made.customer_id, made.record_id)
    find(cast.clerk, "phone", PHONE, "service")
    list_customers(cast.clerk, "service")
    view_customer(cast.clerk, made.customer_id, "service")
    shown = reveal(
        cast.clerk, made.customer_id, ["name", "email"], Justification("service", REASON, item)
    )
    assert shown.values == {"name": NAME, "email": EMAIL}
    change_record(operator(), RecordEdit(*place, {"name": NAME * 2}, version=1), "administration")
    history(cast.clerk, *place, "service")
    for wrong in (BadFieldValue, IdentityTaken):
        with pytest.raises(wrong) as caught:
            _fail(cast, wrong, number)
        assert number not in f"{caught.value} {caught.value.text()}"


def _fail(cast, wrong, number):
    if wrong is IdentityTaken:
        make_customer(cast.west, id_number=number)
    find(cast.clerk, "email", NAME, "service")


def _forms(text):
    """The value as bytes could hold it: each encoding as it is and in hex."""
    for encoding in ("utf-8", "gb18030", "utf-16-le"):
        raw = text.encode(encoding)
        yield raw
        yield raw.hex().encode()
    yield text.encode("unicode_escape")


def _dump():
    """Every table of the data schemas, in text form, where bytea stands in hex."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("""SELECT format('%I.%I', schemaname, tablename) FROM pg_tables
            WHERE schemaname IN ('vault', 'keys', 'trail', 'public')""")
        for (table,) in cursor.fetchall():
            with cursor.copy(f"COPY (SELECT * FROM {table}) TO STDOUT") as copy:
                yield table, b"".join(bytes(block) for block in copy)


def test_no_table_holds_a_planted_value(canaries):
    """Not in UTF-8, not in GB18030, not in UTF-16, not in hex."""
    tables = dict(_dump())
    assert b"vault.record" in " ".join(tables).encode()
    for value in canaries[0]:
        for form in _forms(value):
            assert not [name for name, dump in tables.items() if form in dump]


def test_no_log_line_holds_a_planted_value(canaries):
    """Every level, from every logger."""
    for value in canaries[0]:
        assert value not in canaries[1]


def test_no_file_of_the_server_holds_a_planted_value(canaries, home):
    """Tables, indexes, write-ahead log, temporary files and the server's own log."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("CHECKPOINT") if _may_checkpoint(cursor) else None
    needles = [form for value in canaries[0] for form in _forms(value) if len(form) > 8]
    for path in home.rglob("*"):
        if path.is_file() and not path.is_socket():
            body = path.read_bytes()
            assert not [path.name for needle in needles if needle in body]


def _may_checkpoint(cursor):
    cursor.execute("SELECT pg_has_role('pg_checkpoint', 'USAGE')")
    return cursor.fetchone()[0]
