"""The SQL that puts leaves into the log: one function takes their bytes, and nothing else writes there."""

APPEND = "SELECT trail.append($1::bytea[])"
APPEND_CHANGE = "SELECT trail.append(ARRAY[%s::bytea])"
MALFORMED, UNTIMELY, UNLINKED = "TT001", "TT002", "TT003"
"""SQLSTATEs with which the function refuses: no leaf, another moment, another chain."""
LANDED = """
    SELECT count(*) FROM trail.leaf
    WHERE writer = %s AND seq BETWEEN %s AND %s AND at BETWEEN %s AND %s
"""
DURABLE = (
    "SELECT set_config('synchronous_commit', 'on', false) "
    "WHERE current_setting('synchronous_commit') = 'off'"
)
VERIFICATION_BEGUN = "INSERT INTO trail.verification (id, started_at) VALUES (%s, %s)"
VERIFICATION_KEPT = """
    UPDATE trail.verification SET leaves = %s, chains = %s, broken = %s, findings = %s, state = %s,
        finished_at = %s WHERE id = %s
"""
