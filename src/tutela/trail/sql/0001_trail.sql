-- The access log. The application may insert and read; nobody may update, delete or truncate, not even
-- the owner: triggers refuse. Purge (a later verb) detaches and drops whole months, which is DDL and so
-- needs the owner's role, two approvals and a leaf of its own; it never deletes rows.

CREATE TABLE trail.leaf (
    at          timestamptz NOT NULL,  -- the millisecond inside id
    id          uuid        NOT NULL,  -- UUIDv7
    writer      uuid        NOT NULL,  -- one chain: a process's writer, or the leaf itself for a change
    seq         bigint      NOT NULL,  -- place in that chain, from 1
    xid         xid8        NOT NULL DEFAULT pg_current_xact_id(),  -- for the sequencer's horizon
    event       text        NOT NULL,
    actor_kind  text        NOT NULL,
    actor_id    text        NOT NULL,
    purpose     text        NOT NULL,
    outcome     text        NOT NULL,
    leaf        bytea       NOT NULL CHECK (octet_length(leaf) BETWEEN 18 AND 65535),
    leaf_hash   bytea       NOT NULL CHECK (octet_length(leaf_hash) = 32),
    previous    bytea       NOT NULL CHECK (octet_length(previous) = 32),
    PRIMARY KEY (at, id),
    UNIQUE (writer, seq, at)
) PARTITION BY RANGE (at);

CREATE INDEX leaf_actor ON trail.leaf (actor_id, at, id);
CREATE INDEX leaf_event ON trail.leaf (event, at, id);
CREATE INDEX leaf_xid ON trail.leaf (xid);

-- Who saw this customer: one narrow row for each subject of a leaf.
CREATE TABLE trail.subject (
    kind    text        NOT NULL,
    id      text        NOT NULL,
    at      timestamptz NOT NULL,
    leaf_id uuid        NOT NULL,
    PRIMARY KEY (kind, id, at, leaf_id)
) PARTITION BY RANGE (at);

CREATE FUNCTION trail.refuse() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'trail.append_only: % on % is refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END $$;

-- Row triggers of a partitioned table are cloned to each partition; statement triggers are not, so
-- trail.make_partition sets those itself.
CREATE TRIGGER refuse_row BEFORE UPDATE OR DELETE ON trail.leaf
    FOR EACH ROW EXECUTE FUNCTION trail.refuse();
CREATE TRIGGER refuse_statement BEFORE UPDATE OR DELETE OR TRUNCATE ON trail.leaf
    FOR EACH STATEMENT EXECUTE FUNCTION trail.refuse();
CREATE TRIGGER refuse_row BEFORE UPDATE OR DELETE ON trail.subject
    FOR EACH ROW EXECUTE FUNCTION trail.refuse();
CREATE TRIGGER refuse_statement BEFORE UPDATE OR DELETE OR TRUNCATE ON trail.subject
    FOR EACH STATEMENT EXECUTE FUNCTION trail.refuse();

-- One month of one table. Made apart and then attached: CREATE ... PARTITION OF would lock the parent
-- against every append, ATTACH does not.
CREATE FUNCTION trail.make_partition(parent text, first timestamptz) RETURNS boolean
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    part text := parent || to_char(first AT TIME ZONE 'UTC', '"_"YYYY"_"MM');
    after timestamptz := (first AT TIME ZONE 'UTC' + interval '1 month') AT TIME ZONE 'UTC';
BEGIN
    IF to_regclass(format('trail.%I', part)) IS NOT NULL THEN
        RETURN false;
    END IF;
    EXECUTE format(
        'CREATE TABLE trail.%I (LIKE trail.%I INCLUDING DEFAULTS INCLUDING CONSTRAINTS)', part, parent);
    EXECUTE format('REVOKE ALL ON trail.%I FROM PUBLIC, tutela_app, tutela_auditor', part);
    EXECUTE format(
        'CREATE TRIGGER refuse_statement BEFORE UPDATE OR DELETE OR TRUNCATE ON trail.%I '
        'FOR EACH STATEMENT EXECUTE FUNCTION trail.refuse()', part);
    EXECUTE format(
        'ALTER TABLE trail.%I ATTACH PARTITION trail.%I FOR VALUES FROM (%L) TO (%L)',
        parent, part, first, after);
    RETURN true;
END $$;

-- This month and `ahead` more; how many were new. Runs as its owner, so that the application needs no
-- right to make tables. The months are fixed by the server's clock: a caller cannot choose others.
CREATE FUNCTION trail.make_partitions(ahead integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '10s' AS $$
DECLARE
    month timestamp := date_trunc('month', now() AT TIME ZONE 'UTC');
    made integer := 0;
    n integer;
BEGIN
    IF ahead NOT BETWEEN 0 AND 24 THEN
        RAISE EXCEPTION 'trail.ahead_out_of_range' USING ERRCODE = 'invalid_parameter_value';
    END IF;
    PERFORM pg_advisory_xact_lock(hashtext('trail.make_partitions'));
    FOR n IN 0..ahead LOOP
        made := made
            + trail.make_partition('leaf', (month + make_interval(months => n)) AT TIME ZONE 'UTC')::integer
            + trail.make_partition('subject', (month + make_interval(months => n)) AT TIME ZONE 'UTC')::integer;
    END LOOP;
    RETURN made;
END $$;

-- The application fills every column but xid, which only the server may say.
REVOKE ALL ON trail.leaf, trail.subject FROM PUBLIC, tutela_app, tutela_auditor;
GRANT SELECT ON trail.leaf, trail.subject TO tutela_app, tutela_auditor;
GRANT INSERT (at, id, writer, seq, event, actor_kind, actor_id, purpose, outcome, leaf, leaf_hash, previous)
    ON trail.leaf TO tutela_app;
GRANT INSERT ON trail.subject TO tutela_app;
REVOKE ALL ON FUNCTION trail.refuse(), trail.make_partition(text, timestamptz), trail.make_partitions(integer)
    FROM PUBLIC;
GRANT EXECUTE ON FUNCTION trail.make_partitions(integer) TO tutela_app;

SELECT trail.make_partitions(3);
