-- How often somebody tried, shared by all processes of the installation (docs/decisions/shared-attempts.md).
-- Keys are keyed hashes, so no login, address or code stands here. Unlogged: an attempt costs no write to
-- the log on disk, and after a crash of the server the counts begin anew.
CREATE UNLOGGED TABLE access_attempt (
    key bytea PRIMARY KEY CHECK (octet_length(key) = 32),
    held jsonb NOT NULL CHECK (pg_column_size(held) <= 65536),
    until timestamptz NOT NULL
) WITH (fillfactor = 70);
