"""Three years of a trail, made in the server: leaves with their bytes, hashes and subjects as the log writes them.

Whoever measures reading needs millions of leaves, which the log's own door takes only at their own moment. So
these are inserted by the server's administrator. They are whole: a reader checks hash and columns of each row.
"""

from dataclasses import dataclass
from datetime import timedelta

from tutela.base import clock
from tutela.cli.running.cluster import Cluster

PEOPLE, CUSTOMERS, DAYS = 1_000, 100_000, 1_095
LISTED = 20
"""Customers on a list page, one leaf."""
SAME_NAME = 10
NAME = "王芳"
HEAVY = "00000000-0000-7000-8000-0000000000aa"
"""A customer whom one leaf in 200 names."""
_BLOCK = 100_000
_FUNCTIONS = """
    CREATE FUNCTION pg_temp.part(n bigint, salt integer, most integer) RETURNS integer LANGUAGE sql IMMUTABLE
    RETURN (hashint8extended(n, salt) & 1073741823) % most;
    CREATE FUNCTION pg_temp.customer(n bigint, k integer) RETURNS text LANGUAGE sql IMMUTABLE RETURN
        CASE WHEN k = 1 AND n % 200 = 0 THEN '{heavy}'
        ELSE '00000000-0000-7000-9000-' || lpad(to_hex(pg_temp.part(n * 64 + k, 7, {customers})), 12, '0') END;
    CREATE FUNCTION pg_temp.person(n bigint) RETURNS text LANGUAGE sql IMMUTABLE RETURN
        '00000000-0000-7000-a000-' || lpad(to_hex((pg_temp.part(n, 3, {people})
            * pg_temp.part(n, 5, {people}) / {people})), 12, '0');
    CREATE FUNCTION pg_temp.ms(n bigint) RETURNS bigint LANGUAGE sql IMMUTABLE RETURN
        {first_ms} + n * {step} + pg_temp.part(n, 11, {step});
    CREATE FUNCTION pg_temp.key(n bigint) RETURNS uuid LANGUAGE sql IMMUTABLE RETURN
        (lpad(to_hex(pg_temp.ms(n)), 12, '0') || '7000' || '8' || lpad(to_hex(n), 15, '0'))::uuid;
"""
_LEAVES = """
    INSERT INTO trail.leaf (at, id, writer, seq, event, actor_kind, actor_id, purpose, outcome, leaf, leaf_hash,
                            previous)
    SELECT to_timestamp(ms / 1000.0::float8), id, writer, n, event, 'staff', person, purpose, outcome, leaf,
        sha256('\\x00'::bytea || leaf), decode(repeat('00', 32), 'hex')
    FROM (
        SELECT *, decode(md5(n::text), 'hex') || convert_to(
            '{{"actor":{{"channel":"page","id":"' || person || '","kind":"staff","second_factor":1,"session":"'
            || left(md5(person), 16) || '","source":"10.1.2.3"}},"classes":[1,2],"decision":{{"cell":"x:1:'
            || purpose || '","matrix":"' || md5('m') || '","outcome":"' || outcome || '"}},"detail":{{"rows":'
            || named || '}},"event":"' || event || '","exposure":"'
            || CASE event WHEN 'vault.field.revealed' THEN 'clear' ELSE 'list_masked' END
            || '","fields":[101,115],"id":"' || id || '","note":"","purpose":"' || purpose || '","subjects":['
            || (SELECT string_agg('["customer","' || pg_temp.customer(n, k) || '"]', ',')
                FROM generate_series(1, named) AS k)
            || '],"t_ms":' || ms || ',"v":1,"work_item":"","writer":"' || writer || '","writer_previous":"'
            || repeat('0', 64) || '","writer_seq":' || n || '}}', 'UTF8') AS leaf
        FROM (
            SELECT n, pg_temp.ms(n) AS ms, pg_temp.key(n) AS id, pg_temp.person(n) AS person,
                '00000000-0000-7000-b000-000000000001'::uuid AS writer,
                CASE WHEN dice < 50 THEN 'vault.field.revealed' WHEN dice < 400 THEN 'vault.customer.searched'
                    WHEN dice < 750 THEN 'vault.customer.viewed' WHEN dice < 900 THEN 'vault.customer.listed'
                    WHEN dice < 999 THEN 'vault.history.viewed' ELSE 'vault.destruction.proposed' END AS event,
                CASE WHEN dice >= 750 AND dice < 900 THEN {listed} ELSE 1 END AS named,
                CASE WHEN n %% 997 = 0 THEN 'legal' WHEN dice %% 3 = 0 THEN 'claim' ELSE 'service' END AS purpose,
                CASE WHEN n %% 101 = 0 THEN 'deny' ELSE 'allow' END AS outcome
            FROM (SELECT n, pg_temp.part(n, 2, 1000) AS dice
                FROM generate_series(%(a)s::bigint, %(b)s::bigint) AS n)
        )
    )"""
_SUBJECTS = """
    INSERT INTO trail.named (key, at)
    SELECT key, at FROM (
        SELECT DISTINCT n, trail.subject_key('customer', pg_temp.customer(n, k)) AS key,
            to_timestamp(pg_temp.ms(n) / 1000.0::float8) AS at
        FROM generate_series(%(a)s::bigint, %(b)s::bigint) AS n, LATERAL generate_series(1,
            CASE WHEN pg_temp.part(n, 2, 1000) BETWEEN 750 AND 899 THEN {listed} ELSE 1 END) AS k
        ORDER BY n) AS s"""
_PARTITIONS = """
    SELECT trail.make_partition(t, date_trunc('month', now() AT TIME ZONE 'UTC') AT TIME ZONE 'UTC'
        - make_interval(months => n))
    FROM unnest(ARRAY['leaf', 'named']) AS t, generate_series(0, %(months)s) AS n"""


@dataclass(frozen=True, slots=True)
class Years:
    """What was made."""

    leaves: int
    subjects: int


def make(cluster: Cluster, leaves: int) -> Years:
    """So many leaves, evenly over three years until an hour ago, of PEOPLE and CUSTOMERS; then analysed."""
    end = clock.now() - timedelta(hours=1)
    first_ms = int((end - timedelta(days=DAYS)).timestamp() * 1000)
    step = max(1, DAYS * 86_400_000 // leaves)
    facts = {
        "heavy": HEAVY, "customers": CUSTOMERS, "people": PEOPLE, "first_ms": first_ms, "step": step,
        "listed": LISTED,
    }  # fmt: skip
    with cluster.connect(database="tutela") as server:
        server.execute(_FUNCTIONS.format(**facts))
        server.execute(_PARTITIONS, {"months": DAYS // 30 + 1})
        for first in range(1, leaves + 1, _BLOCK):
            block = {"a": first, "b": min(first + _BLOCK - 1, leaves)}
            server.execute(_LEAVES.format(**facts), block)
            server.execute(_SUBJECTS.format(**facts), block)
            server.commit()
        ((subjects,),) = server.execute("SELECT count(*) FROM trail.named").fetchall()
    with cluster.connect(database="tutela") as server:
        server.autocommit = True
        server.execute("VACUUM (ANALYZE) trail.leaf")
        server.execute("VACUUM (ANALYZE) trail.named")
    return Years(leaves, subjects)


def hire() -> None:
    """The people of these leaves; the first SAME_NAME have one name."""
    from tutela.access.models import Staff

    Staff.objects.bulk_create(
        Staff(
            id=f"00000000-0000-7000-a000-{n:012x}",
            staff_no=f"Y{n:05d}",
            login=f"year-{n}",
            name=NAME if n < SAME_NAME else f"员工{n}",
            created_at=clock.now(),
        )
        for n in range(PEOPLE)
    )
