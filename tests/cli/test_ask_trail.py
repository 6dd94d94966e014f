"""The trail at the shell: people by name, customers by number, events by the beginning of their names."""

import json

import pytest

from tests.vault.factories import Cast, make_cast, make_customer
from tutela.access import queries as people
from tutela.cli import shell

PHONE = "13612345678"


@pytest.fixture(scope="module")
def known(database: str) -> tuple[Cast, str]:
    """People, and a customer whom the trail names since it was made."""
    cast = make_cast()
    return cast, str(make_customer(cast.east, phone=PHONE).customer_id)


def _told(capfd, *words: str) -> tuple[int, list[dict[str, object]], str]:
    code = shell.run(["trail", *words, "--json"])
    shown = capfd.readouterr()
    return code, [json.loads(line) for line in shown.out.splitlines()], shown.err


def test_a_customer_is_found_by_number_and_the_search_is_logged(known, capfd):
    """Its id and how often it is named; no value."""
    code, rows, _ = _told(capfd, "customer", PHONE, "--by", "phone")
    assert (code, rows[0]["customer"]) == (0, known[1])
    _, entries, _ = _told(capfd, "--customer", known[1], "--event", "vault.customer.traced")
    assert [entry["event"] for entry in entries] == ["vault.customer.traced"]
    assert PHONE not in json.dumps(entries)


@pytest.mark.parametrize(
    ("words", "error"),
    [
        (("customer", "13600000000", "--by", "phone"), "vault.not_in_trail"),
        (("customer", "x", "--by", "phone"), "vault.bad_value"),
        (("customer", PHONE, "--by", "shoe_size"), "vault.not_searchable"),
        (("--person", "nobody-at-all"), "access.staff_unknown"),
        (("--person", "service_agent"), "access.staff_ambiguous"),
        (("--event", "no.such"), "trail.no_such_event"),
        (("--purpose", "fun"), "vault.purpose_missing"),
    ],
)
def test_what_is_not_there_is_one_sentence(known, capfd, words, error):
    """With its code, and nothing on standard output."""
    code, rows, said = _told(capfd, *words)
    assert (code, rows) == (1, [])
    assert error in said
    assert PHONE not in said


def test_a_person_is_found_by_name_number_and_id(known, capfd):
    """Each gives what that person did."""
    clerk = people.staff_by_id(known[0].clerk.id)
    for word in (clerk.name, clerk.staff_no, clerk.login, str(clerk.pk)):
        code, rows, _ = _told(capfd, "--person", word)
        assert code == 0
        assert {row["actor_id"] for row in rows} <= {str(clerk.pk)}
