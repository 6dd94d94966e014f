"""What must hold after any fault: looked at in the database, beside what clients have been given."""

from collections.abc import Iterable

from tests.faults.installation import Installation

_BROKEN = """
SELECT count(*) FROM (
    SELECT seq, previous, leaf, leaf_hash, lag(leaf_hash) OVER chain AS before, lag(seq) OVER chain AS at
      FROM trail.leaf WINDOW chain AS (PARTITION BY writer ORDER BY seq)
) AS link
WHERE leaf_hash <> sha256('\\x00'::bytea || leaf)
   OR seq <> coalesce(at, 0) + 1
   OR previous <> coalesce(before, decode(repeat('00', 32), 'hex'))
"""
_TWICE = "SELECT count(*) - count(DISTINCT id) FROM trail.leaf"
_HALF = """
SELECT (SELECT count(*) FROM vault.record r LEFT JOIN keys.customer_root k USING (customer_id)
         WHERE k.customer_id IS NULL)
     + (SELECT count(*) FROM vault.customer c LEFT JOIN vault.record r USING (customer_id)
         WHERE r.customer_id IS NULL)
     + (SELECT count(*) FROM vault.tag t LEFT JOIN vault.record r USING (customer_id, record_id)
         WHERE r.record_id IS NULL)
"""


def trail_is_whole(house: Installation, shown: Iterable[str] = ()) -> None:
    """Every leaf that an answer named is there, none is there twice, and no chain has a gap."""
    wanted = set(shown)
    found = house.sql("SELECT count(*) FROM trail.leaf WHERE id = ANY(%s::uuid[])", [list(wanted)])
    assert found[0][0] == len(wanted), "a clear value was shown without its leaf"
    assert house.sql(_TWICE)[0][0] == 0, "a leaf is there twice"
    assert house.sql(_BROKEN)[0][0] == 0, "a chain is broken"


def vault_is_whole(house: Installation, customers: int) -> None:
    """So many customers, each with one record, nothing half written, and every row opens."""
    assert house.sql("SELECT count(*) FROM vault.customer")[0][0] == customers
    records = "SELECT count(*) FROM vault.record WHERE collection = 1"
    assert house.sql(records)[0][0] == customers
    assert house.sql(_HALF)[0][0] == 0, "something is half done"
    opened = list(_listed(house))
    assert len(opened) == customers
    assert not any(one["broken"] for one in opened), "a row does not open"


def _listed(house: Installation) -> Iterable[dict[str, object]]:
    after = ""
    while True:
        page = house.api("GET", f"/customers?purpose=service&limit=50{after}")
        yield from page["customers"]
        if not page["after"]:
            return
        after = f"&after={page['after']}"
