"""An installation whose key file may be spoilt: each test gets it back whole."""

from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.db import connection, connections, transaction

from tutela.base.actor import SYSTEM
from tutela.keys import custody
from tutela.keys.providers import file
from tutela.trail import log
from tutela.trail.leaves import Exposure, Leaf
from tutela.vault import events

CLASSES = (1, 2)


@pytest.fixture
def ground(database):
    """A database with keys; the file, the rows it wraps and the passphrase are put back after the test."""
    path = settings.TUTELA_HOME / file.NAME
    kept, passphrase = path.read_bytes(), settings.TUTELA_KEY_PASSPHRASE
    rows = execute("SELECT wrapped, provider, id FROM keys.kek")
    custody.stop()
    yield path
    for row in rows:
        execute("UPDATE keys.kek SET wrapped = %s, provider = %s WHERE id = %s", *row)
    path.write_bytes(kept)
    settings.TUTELA_KEY_PASSPHRASE = passphrase
    custody.stop()


@pytest.fixture
def customer(ground) -> UUID:
    """A customer whose root is saved."""
    return save(1)[0]


def save(count):
    """Make and store the roots of new customers."""
    customers = [uuid4() for _ in range(count)]
    made = custody.new_customer_keys(customers)
    with transaction.atomic():
        custody.save_key_rows([row for _, row in made])
    return customers


def trace(*customers, classes=CLASSES, exposure=Exposure.CLEAR):
    """A durable leaf about these customers."""
    subjects = tuple(("customer", str(one)) for one in customers)
    return log.append(
        Leaf(
            event=events.FIELD_REVEALED,
            actor=SYSTEM,
            subjects=subjects,
            classes=classes,
            exposure=exposure,
        )
    )


def keys_of(customer, receipt=None, **changes):
    """Open one customer's keys."""
    asked = {"classes": CLASSES, "exposure": Exposure.CLEAR, **changes}
    return custody.customer_keys(customer, receipt=receipt or trace(customer), **asked)


def execute(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else []


def as_owner(statement, *values):
    """What the tables' owner may do and the application may not."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(statement, values)
