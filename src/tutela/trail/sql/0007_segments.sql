-- Months of the log that are over: sealed to files, kept, held, purged. A segment is one unbroken range of indices of
-- one epoch. Its files hold the leaves; these rows say where they are and what they must hash to.

CREATE TABLE trail.segment (
    epoch       smallint    NOT NULL,
    month       date        NOT NULL CHECK (extract(day FROM month) = 1),  -- UTC
    first       bigint      NOT NULL CHECK (first >= 0),
    leaves      bigint      NOT NULL CHECK (leaves > 0),
    begins_at   timestamptz NOT NULL,  -- of the earliest leaf
    ends_at     timestamptz NOT NULL,  -- of the latest
    span        bytea[]     NOT NULL,  -- the full subtrees that cover the range, left to right
    span_hash   bytea       NOT NULL CHECK (octet_length(span_hash) = 32),
    name        text        NOT NULL,
    bytes       bigint      NOT NULL,
    file_hash   bytea       NOT NULL CHECK (octet_length(file_hash) = 32),
    pointers_name  text     NOT NULL,
    pointers_bytes bigint   NOT NULL,
    pointers_hash  bytea    NOT NULL CHECK (octet_length(pointers_hash) = 32),
    schema      text        NOT NULL,
    keep_until  date        NOT NULL,  -- no purge before
    sealed_at   timestamptz NOT NULL,
    sealed_leaf uuid        NOT NULL,
    dropped_at  timestamptz,           -- since when the database holds its leaves no more
    checked_at  timestamptz,           -- last hashed again, leaf by leaf
    fault       text        NOT NULL DEFAULT '',
    bad_index   bigint,
    purged_at   timestamptz,
    purged_leaf uuid,
    basis       text,
    emptied_at  timestamptz,           -- since when its files are gone
    PRIMARY KEY (epoch, month),
    UNIQUE (epoch, first)
);

CREATE TABLE trail.segment_copy (
    epoch       smallint    NOT NULL,
    month       date        NOT NULL,
    place       text        NOT NULL,  -- a folder's address
    checked_at  timestamptz,           -- last read whole and right
    fault       text        NOT NULL DEFAULT '',
    PRIMARY KEY (epoch, month, place),
    FOREIGN KEY (epoch, month) REFERENCES trail.segment
);

-- Segments that may not be purged, whatever else is decided: from a month until another, both included.
CREATE TABLE trail.hold (
    id          uuid        PRIMARY KEY,
    first_month date        NOT NULL CHECK (extract(day FROM first_month) = 1),
    last_month  date        NOT NULL CHECK (extract(day FROM last_month) = 1 AND last_month >= first_month),
    reason      text        NOT NULL CHECK (reason <> ''),
    placed_by   text        NOT NULL,
    placed_at   timestamptz NOT NULL,
    placed_leaf uuid        NOT NULL,
    lift_reason text        NOT NULL DEFAULT '',
    lifted_by   text,
    lifted_at   timestamptz,
    lifted_leaf uuid,
    CHECK ((lifted_by IS NULL) = (lifted_at IS NULL) AND (lifted_by IS NULL) = (lifted_leaf IS NULL)
           AND (lifted_by IS NULL) = (lift_reason = ''))
);

CREATE TABLE trail.purge (
    id            uuid        PRIMARY KEY,
    epoch         smallint    NOT NULL,
    month         date        NOT NULL,
    basis         text        NOT NULL CHECK (basis <> ''),
    proposed_by   text        NOT NULL,
    proposed_at   timestamptz NOT NULL,
    proposed_leaf uuid        NOT NULL,
    decision      text        CHECK (decision IN ('approved', 'rejected')),
    decided_by    text,
    decided_at    timestamptz,
    decided_leaf  uuid,
    FOREIGN KEY (epoch, month) REFERENCES trail.segment,
    CHECK ((decision IS NULL) = (decided_by IS NULL) AND (decision IS NULL) = (decided_leaf IS NULL)),
    CHECK (decision IS DISTINCT FROM 'approved' OR decided_by <> proposed_by)
);
CREATE UNIQUE INDEX purge_open ON trail.purge (epoch, month) WHERE decision IS NULL;

-- Where the chains of writers stood when the database gave up a month: the next links continue these.
CREATE TABLE trail.cut (
    writer  uuid        PRIMARY KEY,
    seq     bigint      NOT NULL,
    hash    bytea       NOT NULL,
    at      timestamptz NOT NULL
);

-- Leaves that other rooms' rows are compared with for as long as these stand: they stay when their month goes.
CREATE TABLE trail.lasting (LIKE trail.leaf INCLUDING DEFAULTS, PRIMARY KEY (at, id));
CREATE INDEX lasting_event ON trail.lasting (event, at, id);
CREATE TABLE trail.lasting_subject (LIKE trail.subject, PRIMARY KEY (kind, id, at, leaf_id));
CREATE INDEX lasting_subject_leaf ON trail.lasting_subject (at, leaf_id);

CREATE FUNCTION trail.month_start(month date) RETURNS timestamptz
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp
RETURN month::timestamp AT TIME ZONE 'UTC';

CREATE FUNCTION trail.month_end(month date) RETURNS timestamptz
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp
RETURN (month + interval '1 month') AT TIME ZONE 'UTC';

-- Whether the trail holds this leaf of this person.
CREATE FUNCTION trail.has_leaf(leaf_id uuid, wanted text, who text) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT EXISTS (
        SELECT FROM trail.leaf l WHERE l.id = has_leaf.leaf_id AND l.event = wanted AND l.actor_id = who
          AND l.outcome = 'allow' AND l.at = timestamptz 'epoch' + interval '1 millisecond'
              * ('x' || translate(left(has_leaf.leaf_id::text, 13), '-', ''))::bit(48)::bigint)
$$;

-- The database gives up a month that files hold: its leaves are answered from these from now on. Refused unless the
-- month ended `hot_months` ago by the server's clock, every leaf stands in a sealed segment that was checked and
-- has two copies that were read back, and no older month is left. `lasting` are the events whose leaves stay.
CREATE FUNCTION trail.drop_month(target date, hot_months integer, lasting text[]) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '10s' AS $$
DECLARE
    part text := to_char(target, '"_"YYYY"_"MM');
    starts timestamptz := trail.month_start(target);
    ends timestamptz := trail.month_end(target);
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('trail.make_partitions'));
    IF to_regclass('trail.leaf' || part) IS NULL THEN
        RETURN false;
    ELSIF hot_months < 1 OR ends + make_interval(months => hot_months) > now() THEN
        RAISE EXCEPTION 'trail.month_is_hot' USING ERRCODE = 'insufficient_privilege';
    ELSIF EXISTS (SELECT FROM trail.leaf WHERE at < starts) THEN
        RAISE EXCEPTION 'trail.month_is_not_the_oldest' USING ERRCODE = 'insufficient_privilege';
    ELSIF EXISTS (
        SELECT FROM trail.leaf l
        LEFT JOIN trail.sequenced s ON s.leaf_id = l.id
        LEFT JOIN trail.segment g ON g.epoch = s.epoch AND s.index >= g.first AND s.index < g.first + g.leaves
        WHERE l.at >= starts AND l.at < ends AND (g.epoch IS NULL OR g.fault <> '' OR g.checked_at IS NULL
            OR (SELECT count(*) FROM trail.segment_copy c WHERE c.epoch = g.epoch AND c.month = g.month
                AND c.fault = '' AND c.checked_at IS NOT NULL) < 2)) THEN
        RAISE EXCEPTION 'trail.month_is_not_sealed' USING ERRCODE = 'insufficient_privilege';
    END IF;
    INSERT INTO trail.lasting SELECT * FROM trail.leaf WHERE at >= starts AND at < ends AND event = ANY (lasting);
    INSERT INTO trail.lasting_subject SELECT s.* FROM trail.subject s
    JOIN trail.lasting l ON l.at = s.at AND l.id = s.leaf_id WHERE s.at >= starts AND s.at < ends;
    INSERT INTO trail.cut (writer, seq, hash, at)
    SELECT DISTINCT ON (writer) writer, seq, leaf_hash, at FROM trail.leaf
    WHERE at >= starts AND at < ends AND writer <> id ORDER BY writer, seq DESC
    ON CONFLICT (writer) DO UPDATE SET seq = excluded.seq, hash = excluded.hash, at = excluded.at
        WHERE excluded.seq > cut.seq;
    EXECUTE format('ALTER TABLE trail.leaf DETACH PARTITION trail.%I', 'leaf' || part);
    EXECUTE format('ALTER TABLE trail.subject DETACH PARTITION trail.%I', 'subject' || part);
    EXECUTE format('DROP TABLE trail.%I, trail.%I', 'leaf' || part, 'subject' || part);
    UPDATE trail.segment SET dropped_at = now() WHERE month = target AND dropped_at IS NULL;
    RETURN true;
END $$;

-- Approve or reject a purge. Approved: the segment is purged from this transaction on; its files go after the commit.
-- Refused without the leaves of two different people, before the day until which it must be kept, never sooner than
-- 12 months after its last leaf, while a hold names its month, and while the database holds its leaves.
CREATE FUNCTION trail.decide_purge(target uuid, verdict text, who text, leaf uuid, gone_leaf uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    wanted trail.purge;
    kept trail.segment;
BEGIN
    LOCK TABLE trail.hold IN SHARE MODE;  -- a hold that is being placed comes first or later, never between
    SELECT * INTO wanted FROM trail.purge p WHERE p.id = target FOR UPDATE;
    IF wanted.id IS NULL OR wanted.decision IS NOT NULL OR verdict NOT IN ('approved', 'rejected') THEN
        RAISE EXCEPTION 'trail.purge_decided' USING ERRCODE = 'insufficient_privilege';
    ELSIF verdict = 'approved' AND who = wanted.proposed_by THEN
        RAISE EXCEPTION 'trail.purge_same_person' USING ERRCODE = 'insufficient_privilege';
    ELSIF NOT trail.has_leaf(wanted.proposed_leaf, 'trail.purge.proposed', wanted.proposed_by)
       OR NOT trail.has_leaf(leaf, 'trail.purge.' || verdict, who) THEN
        RAISE EXCEPTION 'trail.purge_untraced' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF verdict = 'approved' THEN
        SELECT * INTO kept FROM trail.segment g WHERE g.epoch = wanted.epoch AND g.month = wanted.month FOR UPDATE;
        IF kept.purged_at IS NOT NULL THEN
            RAISE EXCEPTION 'trail.purge_decided' USING ERRCODE = 'insufficient_privilege';
        ELSIF kept.keep_until > now() OR kept.ends_at + interval '12 months' > now() THEN
            RAISE EXCEPTION 'trail.purge_too_early' USING ERRCODE = 'insufficient_privilege';
        ELSIF EXISTS (SELECT FROM trail.hold h WHERE h.lifted_at IS NULL
                      AND wanted.month BETWEEN h.first_month AND h.last_month) THEN
            RAISE EXCEPTION 'trail.purge_held' USING ERRCODE = 'insufficient_privilege';
        ELSIF kept.dropped_at IS NULL THEN
            RAISE EXCEPTION 'trail.month_is_hot' USING ERRCODE = 'insufficient_privilege';
        ELSIF NOT trail.has_leaf(gone_leaf, 'trail.segment.purged', who) THEN
            RAISE EXCEPTION 'trail.purge_untraced' USING ERRCODE = 'insufficient_privilege';
        END IF;
        UPDATE trail.segment g SET purged_at = now(), purged_leaf = gone_leaf, basis = wanted.basis
        WHERE g.epoch = wanted.epoch AND g.month = wanted.month;
    END IF;
    UPDATE trail.purge p SET decision = verdict, decided_by = who, decided_at = now(), decided_leaf = leaf
    WHERE p.id = target;
END $$;

-- The place of a leaf that the database has given up stands in its segment; a row for each would cost more than the
-- leaf does there. How many went, at most `most`: called until none is left, so that no transaction is a long one.
DROP TRIGGER refuse_statement ON trail.sequenced;
CREATE TRIGGER refuse_statement BEFORE UPDATE OR TRUNCATE ON trail.sequenced
    FOR EACH STATEMENT EXECUTE FUNCTION trail.refuse();
CREATE FUNCTION trail.refuse_place() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM trail.leaf l WHERE l.at = OLD.at AND l.id = OLD.leaf_id) OR NOT EXISTS (
        SELECT FROM trail.segment g WHERE g.epoch = OLD.epoch AND OLD.index >= g.first
        AND OLD.index < g.first + g.leaves) THEN
        RAISE EXCEPTION 'trail.append_only: % on % is refused', TG_OP, TG_TABLE_NAME
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN OLD;
END $$;
CREATE TRIGGER refuse_row BEFORE DELETE ON trail.sequenced
    FOR EACH ROW EXECUTE FUNCTION trail.refuse_place();
CREATE FUNCTION trail.forget_places(most integer) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    gone bigint;
BEGIN
    DELETE FROM trail.sequenced s USING (
        SELECT q.epoch, q.index FROM trail.segment g JOIN trail.sequenced q
            ON q.epoch = g.epoch AND q.index >= g.first AND q.index < g.first + g.leaves
        WHERE q.at < (SELECT max(trail.month_end(d.month)) FROM trail.segment d WHERE d.dropped_at IS NOT NULL)
        LIMIT most) AS old
    WHERE s.epoch = old.epoch AND s.index = old.index;
    GET DIAGNOSTICS gone = ROW_COUNT;
    RETURN gone;
END $$;

-- Nobody takes back what was decided or sealed.
CREATE TRIGGER refuse_statement BEFORE UPDATE OR DELETE OR TRUNCATE ON trail.lasting
    FOR EACH STATEMENT EXECUTE FUNCTION trail.refuse();
CREATE TRIGGER refuse_statement BEFORE UPDATE OR DELETE OR TRUNCATE ON trail.lasting_subject
    FOR EACH STATEMENT EXECUTE FUNCTION trail.refuse();
CREATE TRIGGER refuse_statement BEFORE DELETE OR TRUNCATE ON trail.segment
    FOR EACH STATEMENT EXECUTE FUNCTION trail.refuse();
CREATE TRIGGER refuse_statement BEFORE DELETE OR TRUNCATE ON trail.hold
    FOR EACH STATEMENT EXECUTE FUNCTION trail.refuse();
CREATE TRIGGER refuse_statement BEFORE DELETE OR TRUNCATE ON trail.purge
    FOR EACH STATEMENT EXECUTE FUNCTION trail.refuse();

REVOKE ALL ON trail.segment, trail.segment_copy, trail.hold, trail.purge, trail.cut, trail.lasting, trail.lasting_subject
    FROM PUBLIC, tutela_app, tutela_auditor;
GRANT SELECT ON trail.segment, trail.segment_copy, trail.hold, trail.purge, trail.cut, trail.lasting,
    trail.lasting_subject TO tutela_app, tutela_auditor;
GRANT INSERT (epoch, month, first, leaves, begins_at, ends_at, span, span_hash, name, bytes, file_hash, pointers_name,
    pointers_bytes, pointers_hash, schema, keep_until, sealed_at, sealed_leaf, checked_at) ON trail.segment TO tutela_app;
GRANT UPDATE (checked_at, fault, bad_index, emptied_at) ON trail.segment TO tutela_app;
GRANT INSERT, UPDATE (checked_at, fault) ON trail.segment_copy TO tutela_app;
GRANT INSERT (id, first_month, last_month, reason, placed_by, placed_at, placed_leaf),
    UPDATE (lift_reason, lifted_by, lifted_at, lifted_leaf) ON trail.hold TO tutela_app;
GRANT INSERT (id, epoch, month, basis, proposed_by, proposed_at, proposed_leaf) ON trail.purge TO tutela_app;
REVOKE ALL ON FUNCTION trail.month_start(date), trail.month_end(date), trail.has_leaf(uuid, text, text),
    trail.drop_month(date, integer, text[]), trail.decide_purge(uuid, text, text, uuid, uuid),
    trail.forget_places(integer), trail.refuse_place() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION trail.month_start(date), trail.month_end(date) TO tutela_app, tutela_auditor;
GRANT EXECUTE ON FUNCTION trail.drop_month(date, integer, text[]), trail.decide_purge(uuid, text, text, uuid, uuid),
    trail.forget_places(integer) TO tutela_app;
