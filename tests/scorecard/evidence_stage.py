"""A house whose five own targets are green, put together as years of work would leave it.

The rows of years are written by the tables' owner with the guards off, for nobody may date them back.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections, transaction

from tests.access import cast
from tests.console import stage
from tutela.vault.actions.counts import count_encryption

DEPARTMENTS = (
    "information_security", "it", "technology", "hr", "legal_compliance", "customer_service",
)  # fmt: skip
GREEN = ("isms-built", "isms-assessed", "access-system", "access-log-kept", "encryption-rate")
YEARS = """
    SET CONSTRAINTS ALL IMMEDIATE;
    ALTER TABLE documents_version DISABLE TRIGGER USER;
    INSERT INTO documents_document (id, code, kind, name_zh, name_en, owner_id, created_at)
    SELECT gen_random_uuid(), 'green-' || n, 'policy', '制度', 'Policy', 'compliance_officer', now()
    FROM generate_series(1, 12) AS n;
    INSERT INTO documents_version (id, document_id, number, state, round, text_zh, text_en, file_name,
        file_size, sha256, change, review_on, drafted_by_id, drafted_at, published_by_id, published_at, writers)
    SELECT gen_random_uuid(), d.id, 1, 'published', 1, '正文', 'text', '', 0, repeat('0', 64), '',
        current_date + 365, s.id, now(), s.id, now() - interval '20 days', '[]'
    FROM documents_document d, (SELECT id FROM access_staff ORDER BY id LIMIT 1) s
    WHERE d.code LIKE 'green-%';
    ALTER TABLE documents_version ENABLE TRIGGER USER;
    INSERT INTO committee_committee (id, code, name_zh, name_en, every_months, created_at)
    VALUES (gen_random_uuid(), 'green', '委员会', 'Committee', 3, now());
    INSERT INTO committee_seat (committee_id, post_id, role, starts, staff_id)
    SELECT id, 'compliance_officer', 'member', current_date, (SELECT id FROM access_staff ORDER BY id LIMIT 1)
    FROM committee_committee WHERE code = 'green';
    INSERT INTO committee_meeting (id, committee_id, number, at, place, state, seats, needed, minutes,
        reason, called_by_id, closed_at)
    SELECT gen_random_uuid(), c.id, 1, now() - interval '20 days', '', 'closed', 1, 1, 'minutes', '', s.id, now()
    FROM committee_committee c, (SELECT id FROM access_staff ORDER BY id LIMIT 1) s WHERE c.code = 'green';
    ALTER TABLE committee_attendance DISABLE TRIGGER USER;
    INSERT INTO committee_attendance (meeting_id, seat_id, staff_id)
    SELECT m.id, seat.id, m.called_by_id FROM committee_meeting m, committee_seat seat
    WHERE seat.committee_id = m.committee_id;
    ALTER TABLE committee_attendance ENABLE TRIGGER USER;
    INSERT INTO assessment_assessment (id, year, control_set, opened_by_id, opened_at, submitted_by_id,
        submitted_at, closed_by_id, closed_at)
    SELECT gen_random_uuid(), 2100, 1, a.id, now(), a.id, now(), b.id, now() - interval '20 days'
    FROM (SELECT id FROM access_staff ORDER BY id LIMIT 1) a,
        (SELECT id FROM access_staff ORDER BY id DESC LIMIT 1) b;
    SELECT trail.make_partition('leaf', date_trunc('month', now() - interval '400 days', 'UTC'));
    INSERT INTO trail.leaf (at, id, writer, seq, event, actor_kind, actor_id, purpose, outcome, leaf,
        leaf_hash, previous)
    SELECT date_trunc('milliseconds', now() - interval '400 days'), gen_random_uuid(), gen_random_uuid(), 1,
        'vault.customer.viewed', 'staff', 's', 'service', 'allow', convert_to(repeat('x', 99), 'UTF8'),
        sha256('\\x00'::bytea || convert_to(repeat('x', 99), 'UTF8')), sha256('0');
    INSERT INTO trail.chain (writer, seq, hash, at)
    SELECT writer, seq, leaf_hash, at FROM trail.leaf ORDER BY at LIMIT 1"""


def build() -> stage.House:
    """People in every department, a customer, a count of the vault, policies, a meeting, an assessment
    and a log of 400 days."""
    made = stage.build()
    for department in DEPARTMENTS:
        cast.hire("hr_trainer", department=department)
    count_encryption()
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        cursor.execute(YEARS)
    return made


@contextmanager
def after(statement: str) -> Iterator[None]:
    """The database after the owner's statement, seen by the reader; afterwards as before."""
    with transaction.atomic(using="owner"):
        with connections["owner"].cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(statement)
        reader = connections["default"].connection
        connections["default"].connection = connections["owner"].connection
        try:
            yield
        finally:
            connections["default"].connection = reader
            transaction.set_rollback(True, using="owner")
