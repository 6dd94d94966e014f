"""Three years of evidence at an insurer with five million customers, put straight into the tables.

Written by SQL in the tables' true shapes, because doing three years of work by the ordinary verbs would
take days: what is measured is reading it. The five million customers enter by what the figures read of
them: the hourly counts of their sealed values, and the number of customers in the database's statistics.
"""

from collections.abc import Callable
from typing import Final

from benchmarks.measure import Scale
from tutela.cli.running.cluster import Cluster

CUSTOMERS: Final = 5_000_000
DAYS: Final = 3 * 365
STAFF: Final = 3_000
SOURCES: Final = 30
BUSY_DAYS: Final = 14
LOOKS: Final = 20_000
"""Looks at customers in a day of the last fortnight, which the home page counts."""
OLD_LOOKS: Final = 1_000
"""Leaves in an older day, of which the figures read the first and the last only."""

_COUNTS = """
    INSERT INTO vault.encryption_count (counted_at, sensitive, sealed, customers, records, method)
    SELECT now() - n * interval '1 hour', 60000000, 60000000, {customers}, {customers}, 'header'
    FROM generate_series(1, {days} * 24) AS n"""
_CUSTOMERS = "UPDATE pg_class SET reltuples = {customers} WHERE oid = 'vault.customer'::regclass"
_STAFF = """
    WITH made AS (
        INSERT INTO access_staff (id, password, staff_no, login, name, email, kind, department_id,
            is_active, session_epoch, created_at)
        SELECT gen_random_uuid(), '!', 'Y' || n, 'years-' || n, 'Years ' || n, '', 'staff',
            (SELECT id FROM access_department ORDER BY id
                OFFSET n % (SELECT count(*) FROM access_department) LIMIT 1),
            true, 0, now() - {days} * interval '1 day'
        FROM generate_series(1, {staff}) AS n RETURNING id)
    INSERT INTO access_assignment (staff_id, post_id, starts)
    SELECT id, 'service_agent', current_date - {days} FROM made"""
_MONTHS = """
    SELECT trail.make_partition('leaf', month) FROM generate_series(
        date_trunc('month', now() - {days} * interval '1 day', 'UTC'), now(), '1 month', 'UTC') AS month"""
_LEAVES = """
    INSERT INTO trail.leaf (at, id, writer, seq, event, actor_kind, actor_id, purpose, outcome, leaf,
        leaf_hash, previous)
    SELECT date_trunc('milliseconds', now()) - {from} * interval '1 day' - n * interval '1 day' / {looks},
        gen_random_uuid(), '{writer}', n,
        (ARRAY['vault.customer.viewed', 'vault.customer.searched', 'vault.field.revealed',
            'access.request.refused'])[1 + n % 4],
        'staff', 'years-' || n % {staff}, 'service', CASE n % 4 WHEN 3 THEN 'deny' ELSE 'allow' END,
        l.leaf, sha256('\\x00'::bytea || l.leaf), sha256(int8send(n - 1))
    FROM generate_series(1, {over} * {looks}::bigint) AS n, LATERAL (SELECT
        substring(sha256(int8send(n)) FOR 16) || convert_to(json_build_object('decision',
            json_build_object('matrix', 'm1'), 'more', repeat('x', 340))::text, 'UTF8') AS leaf) l;
    INSERT INTO trail.chain (writer, seq, hash, at)
    SELECT DISTINCT ON (writer) writer, seq, leaf_hash, at FROM trail.leaf WHERE writer = '{writer}'
    ORDER BY writer, seq DESC ON CONFLICT (writer) DO UPDATE SET seq = excluded.seq"""
_DUTIES = """
    INSERT INTO governance_duty_template (code, name_zh, name_en, measure_id, department_id, post, cadence,
        starts, grace_days)
    SELECT 'years-' || n, '职责 ' || n, 'Duty ' || n, m.code, m.department_id, '',
        (ARRAY['weekly', 'monthly', 'quarterly', 'half_yearly'])[1 + n % 4], current_date - {days}, 3
    FROM generate_series(1, 40) AS n
    JOIN LATERAL (SELECT * FROM governance_measure ORDER BY code OFFSET n % 7 LIMIT 1) m ON true"""
_STARTS = """
    UPDATE governance_programme SET starts = current_date - {days};
    UPDATE governance_target_rule SET starts = current_date - {days};
    UPDATE governance_duty_template SET starts = current_date - {days}"""
_DONE = """
    UPDATE governance_duty_occurrence SET
        state = CASE WHEN id % 12 = 0 THEN 'missed' ELSE 'done' END,
        done_on = CASE WHEN id % 12 = 0 THEN NULL ELSE due END,
        done_at = CASE WHEN id % 12 = 0 THEN NULL ELSE due + time '12:00' END
    WHERE due < current_date"""
_POLICIES = """
    WITH one AS (SELECT id FROM access_staff WHERE login = 'years-1'), made AS (
        INSERT INTO documents_document (id, code, kind, name_zh, name_en, owner_id, created_at)
        SELECT gen_random_uuid(), 'years-' || n, 'policy', '制度 ' || n, 'Policy ' || n,
            'compliance_officer', now()
        FROM generate_series(1, 12) AS n RETURNING id), versions AS (
        INSERT INTO documents_version (id, document_id, number, state, round, text_zh, text_en, file_name,
            file_size, sha256, change, review_on, drafted_by_id, drafted_at, published_by_id, published_at,
            writers)
        SELECT gen_random_uuid(), made.id, v, CASE v WHEN 3 THEN 'published' ELSE 'superseded' END, 1,
            repeat('制度正文', 2000), repeat('policy ', 2000), '', 0, repeat('0', 64), '', current_date + 365,
            one.id, now(), one.id, now() - (1150 - 365 * v) * interval '1 day', '[]'
        FROM made, one, generate_series(1, 3) AS v RETURNING id)
    INSERT INTO documents_attestation (version_id, staff_id, at)
    SELECT versions.id, s.id, now() FROM versions, access_staff s WHERE s.login LIKE 'years-%'"""
_MEETINGS = """
    WITH one AS (SELECT id FROM access_staff WHERE login = 'years-1'), body AS (
        INSERT INTO committee_committee (id, code, name_zh, name_en, every_months, created_at)
        VALUES (gen_random_uuid(), 'years', '委员会', 'Committee', 1, now()) RETURNING id), seats AS (
        INSERT INTO committee_seat (committee_id, post_id, staff_id, role, starts)
        SELECT body.id, post.code, named.id, 'member', current_date - {days} FROM body,
            (SELECT code, row_number() OVER () AS n FROM access_post WHERE kind = 'staff') post JOIN
            (SELECT id, row_number() OVER () AS n FROM access_staff WHERE login LIKE 'years-%') named USING (n)
        RETURNING id), meetings AS (
        INSERT INTO committee_meeting (id, committee_id, number, at, place, state, seats, needed, minutes,
            reason, called_by_id, closed_at)
        SELECT gen_random_uuid(), body.id, n, now() - n * interval '30 days', '', 'closed', 9, 5, 'm', '',
            one.id, now()
        FROM body, one, generate_series(1, {days} / 30) AS n RETURNING id)
    INSERT INTO committee_attendance (meeting_id, seat_id, staff_id)
    SELECT meetings.id, seats.id, people.id FROM meetings,
        (SELECT id, row_number() OVER () AS n FROM seats) seats JOIN
        (SELECT id, row_number() OVER () AS n FROM access_staff WHERE login LIKE 'years-%') people USING (n)"""
_ASSESSMENTS = """
    INSERT INTO assessment_assessment (id, year, control_set, opened_by_id, opened_at, submitted_by_id,
        submitted_at, closed_by_id, closed_at)
    SELECT gen_random_uuid(), 2100 + n, 1, a.id, now(), a.id, now(), b.id,
        now() - (n * 365 - 30) * interval '1 day'
    FROM generate_series(1, 3) AS n, access_staff a, access_staff b
    WHERE a.login = 'years-1' AND b.login = 'years-2'"""
_REPORTS = """
    INSERT INTO scorecard_outside_evidence (id, target, begins, ends, value, numerator, denominator, unit,
        source, signer, file_hash, recorded_by, recorded_at)
    SELECT gen_random_uuid(), t.id, current_date - 7 * n, current_date - 7 * n + 7, 97,
        CASE t.unit WHEN 'count' THEN 1 ELSE 970 END, CASE t.unit WHEN 'count' THEN 0 ELSE 1000 END, t.unit,
        'source ' || s, 'years', '', 'years', now() - (7 * n - 8) * interval '1 day' - interval '12 hours'
    FROM governance_target t, generate_series(2, {days} / 7) AS n, generate_series(1, {sources}) AS s
    WHERE t.id NOT IN ('isms-built', 'isms-assessed', 'access-system', 'access-log-kept', 'encryption-rate')"""
_TASKS = """
    INSERT INTO governance_task (id, title, text, post, due, state, origin_kind, origin_id, created_at)
    SELECT gen_random_uuid(), 'Task ' || n, '', 'compliance_officer', current_date - n / 6,
        CASE WHEN n < 60 THEN 'todo' ELSE 'done' END, '', '', now() FROM generate_series(1, {days} * 6) AS n"""
_NOTICES = """
    INSERT INTO notices_notice (id, kind, params, link, recipient_id, created_at, read_at)
    SELECT gen_random_uuid(), 'governance.duty_missed', '{{}}', '', s.id, now() - n * interval '1 hour',
        CASE WHEN n > 20 THEN now() END
    FROM access_staff s, generate_series(1, 40) AS n WHERE s.kind = 'staff'"""


def fill(cluster: Cluster, scale: Scale) -> str:
    """Put it all in; returns in words what was put in. A tenth of the looks and sources when quick."""
    looks, sources = scale.of(LOOKS), scale.of(SOURCES)
    told = {
        "customers": CUSTOMERS, "days": DAYS, "staff": STAFF, "sources": sources, "from": 0, "over": 0,
        "looks": 0, "writer": "",
    }  # fmt: skip
    busy = {"from": 0, "over": BUSY_DAYS, "looks": looks, "writer": _writer(1)}
    old = {"from": BUSY_DAYS, "over": DAYS - BUSY_DAYS, "looks": OLD_LOOKS, "writer": _writer(2)}
    steps = [
        (_STAFF, told), (_COUNTS, told), (_MONTHS, told), (_LEAVES, told | busy), (_LEAVES, told | old),
        (_STARTS, told), (_DUTIES, told), (_POLICIES, told), (_MEETINGS, told), (_ASSESSMENTS, told),
        (_REPORTS, told), (_TASKS, told), (_NOTICES, told),
    ]  # fmt: skip
    with cluster.connect(database="tutela") as server:
        # The tables' guards keep signed rules and policies from being written after the fact.
        server.execute("SET session_replication_role = replica")
        for statement, values in steps:
            server.execute(statement.format(**values))
        _occurrences(server.execute)
        server.execute("VACUUM ANALYZE")
        server.execute(_CUSTOMERS.format(**told))
    return (
        f"3 years at {CUSTOMERS:,} customers: {DAYS * 24:,} counts, {DAYS // 7 * 9 * sources:,} reports, "
        f"{DAYS // 30} meetings, {12 * 3 * STAFF:,} readings of policies, {looks:,} looks a day"
    )


def _writer(number: int) -> str:
    return f"00000000-0000-4000-8000-{number:012d}"


def _occurrences(execute: Callable[[str], object]) -> None:
    """Every period of every duty by the ordinary verb, and the past ones done or missed."""
    from tutela.base import clock
    from tutela.base.actor import SYSTEM
    from tutela.programme.actions.duties import make_occurrences

    make_occurrences(SYSTEM, until=clock.today().replace(month=12, day=31))
    execute(_DONE)
