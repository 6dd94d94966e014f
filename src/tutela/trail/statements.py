"""The SQL that puts leaves into the log. Nothing updates or deletes there, and the tables refuse it."""

LEAF_COLUMNS = (
    "at, id, writer, seq, event, actor_kind, actor_id, purpose, outcome, leaf, leaf_hash, previous"
)
APPEND = f"""
    WITH leaves AS (
        INSERT INTO trail.leaf ({LEAF_COLUMNS})
        SELECT * FROM unnest($1::timestamptz[], $2::uuid[], $3::uuid[], $4::bigint[], $5::text[],
            $6::text[], $7::text[], $8::text[], $9::text[], $10::bytea[], $11::bytea[], $12::bytea[])
    )
    INSERT INTO trail.subject (kind, id, at, leaf_id)
    SELECT * FROM unnest($13::text[], $14::text[], $15::timestamptz[], $16::uuid[])
"""
LEAF = f"INSERT INTO trail.leaf ({LEAF_COLUMNS}) VALUES ({', '.join(['%s'] * 12)})"
SUBJECTS = """
    INSERT INTO trail.subject (kind, id, at, leaf_id)
    SELECT DISTINCT kind, id, %s::timestamptz, %s::uuid FROM unnest(%s::text[], %s::text[]) AS s (kind, id)
"""
LANDED = """
    SELECT count(*) FROM trail.leaf
    WHERE writer = %s AND seq BETWEEN %s AND %s AND at BETWEEN %s AND %s
"""
DURABLE = (
    "SELECT set_config('synchronous_commit', 'on', false) "
    "WHERE current_setting('synchronous_commit') = 'off'"
)
