"""An answer is declared once: what is not declared does not leave, and what leaves has the declared type."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from pydantic_core import PydanticSerializationError
from typing_extensions import is_typeddict

from tutela.api import answers, describe
from tutela.api.answers import Kept, encode

KEY = UUID("01234567-89ab-7def-8123-456789abcdef")
MOMENT = datetime(2026, 11, 29, 8, 30, 0, 123456, tzinfo=UTC)


def test_a_name_that_is_not_declared_does_not_leave():
    """A room may add a value to what it gives; the door shows it only once it is declared."""
    answer = {"customer_id": KEY, "record_id": KEY, "version": 1, "phone": "13800138017"}
    assert b"13800138017" not in encode(answers.WrittenOut, answer)


def test_a_value_of_another_type_is_an_error():
    """Better no answer than one that is not described."""
    with pytest.raises(PydanticSerializationError):
        encode(answers.WrittenOut, {"customer_id": KEY, "record_id": KEY, "version": "one"})


def test_moments_have_milliseconds_and_a_zone():
    """As always: clients compare the text."""
    answer = {"customer_id": KEY, "values": {"phone": "1"}, "leaf_id": KEY, "until": MOMENT}
    assert encode(answers.RevealedOut, answer) == (
        b'{"customer_id":"01234567-89ab-7def-8123-456789abcdef","values":{"phone":"1"},'
        b'"leaf_id":"01234567-89ab-7def-8123-456789abcdef","until":"2026-11-29T08:30:00.123+00:00"}'
    )


def test_a_kept_answer_is_given_again_byte_for_byte():
    """The database gives the names back in an order of its own."""
    answer = {"customer_id": KEY, "record_id": KEY, "version": 1, "leaf_id": None}
    stored = answers.plain(answers.WrittenOut, answer)
    shuffled = dict(reversed(stored.items()))
    assert encode(answers.WrittenOut, Kept(shuffled)) == encode(answers.WrittenOut, answer)


def test_every_declared_answer_is_described():
    """One that no verb gives is dead; the description would not have it."""
    kinds = {name for name, kind in vars(answers).items() if is_typeddict(kind)}
    schemas = describe.document()["components"]["schemas"]
    assert kinds - {"CountsOut"} <= schemas.keys()
    assert len(kinds) > 20
