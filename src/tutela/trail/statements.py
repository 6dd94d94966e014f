"""The SQL that writes the log: leaves are inserted only by the database function trail.append."""

APPEND = "SELECT trail.append($1::bytea[])"
APPEND_CHANGE = "SELECT trail.append(ARRAY[%s::bytea])"
APPEND_CHANGES = "SELECT trail.append(%b::bytea[])"
MALFORMED, UNTIMELY, UNLINKED = "TT001", "TT002", "TT003"
"""SQLSTATEs of trail.append: not a leaf, wrong time, wrong position in the chain."""
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
TREE_HEALTH = "SELECT lag, why FROM trail.tree_health()"
