-- What whoever holds the application's role may not do either, whatever rows that role may write: empty the
-- database of a month before it is a year old, without its seal in the log, or of leaves that other rooms' rows are
-- compared with; purge sooner because a row says that a month ended sooner; lift a hold without a leaf.

-- Events whose leaves stay when their month goes. A name is only ever added.
CREATE TABLE trail.lasting_name (event text PRIMARY KEY CHECK (event ~ '^[a-z_.]{3,100}$'));
INSERT INTO trail.lasting_name VALUES
    ('vault.content.anchored'), ('vault.content.verified'), ('vault.customer.destroyed'),
    ('vault.customer.move_proposed'), ('vault.customer.move_refused'), ('vault.customer.moved'),
    ('vault.held_row.accepted'), ('vault.held_row.opened'), ('vault.held_row.queued'), ('vault.held_row.refused'),
    ('vault.import.committed'), ('vault.import.failed'), ('vault.import.finished'), ('vault.import.inspected'),
    ('vault.import.rehearsed'), ('vault.import.started'), ('vault.import.undo_approved'),
    ('vault.import.undo_finished'), ('vault.import.undo_previewed'), ('vault.import.undo_proposed'),
    ('vault.import.undo_withdrawn'), ('vault.import.undone'), ('vault.mapping.saved'), ('vault.record.changed'),
    ('vault.record.created'), ('vault.record.opened'), ('vault.rejects.opened'), ('vault.work_item.imported');
REVOKE ALL ON trail.lasting_name FROM PUBLIC, tutela_app, tutela_auditor;
GRANT SELECT ON trail.lasting_name TO tutela_app, tutela_auditor;

-- As before, but never sooner than 12 months after the month's end; a segment counts only if the leaf of its seal
-- stands in the log and names its file; `lasting` adds to the events that stay and takes none away.
CREATE OR REPLACE FUNCTION trail.drop_month(target date, hot_months integer, lasting text[]) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '10s' AS $$
DECLARE
    part text := to_char(target, '"_"YYYY"_"MM');
    starts timestamptz := trail.month_start(target);
    ends timestamptz := trail.month_end(target);
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('trail.make_partitions'));
    IF to_regclass('trail.leaf' || part) IS NULL THEN
        RETURN false;
    ELSIF hot_months IS NULL OR ends + make_interval(months => greatest(hot_months, 12)) > now() THEN
        RAISE EXCEPTION 'trail.month_is_hot' USING ERRCODE = 'insufficient_privilege';
    ELSIF EXISTS (SELECT FROM trail.leaf WHERE at < starts) THEN
        RAISE EXCEPTION 'trail.month_is_not_the_oldest' USING ERRCODE = 'insufficient_privilege';
    ELSIF EXISTS (
        WITH good AS MATERIALIZED (
            SELECT g.epoch, g.first, g.leaves FROM trail.segment g
            WHERE g.fault = '' AND g.checked_at IS NOT NULL AND g.purged_at IS NULL
              AND (SELECT count(*) FROM trail.segment_copy c WHERE c.epoch = g.epoch AND c.month = g.month
                   AND c.fault = '' AND c.checked_at IS NOT NULL) >= 2
              AND EXISTS (
                SELECT FROM trail.leaf l, trail.read(l.leaf) AS said WHERE l.id = g.sealed_leaf
                  AND l.event = 'trail.segment.sealed' AND l.outcome = 'allow'
                  AND said->'detail'->>'file' = encode(g.file_hash, 'hex')
                  AND said->'detail'->>'first' = g.first::text AND said->'detail'->>'leaves' = g.leaves::text
                  AND l.at = timestamptz 'epoch' + interval '1 millisecond'
                      * ('x' || translate(left(g.sealed_leaf::text, 13), '-', ''))::bit(48)::bigint)
        )
        SELECT FROM trail.leaf l
        LEFT JOIN trail.sequenced s ON s.leaf_id = l.id
        LEFT JOIN good g ON g.epoch = s.epoch AND s.index >= g.first AND s.index < g.first + g.leaves
        WHERE l.at >= starts AND l.at < ends AND g.epoch IS NULL) THEN
        RAISE EXCEPTION 'trail.month_is_not_sealed' USING ERRCODE = 'insufficient_privilege';
    END IF;
    INSERT INTO trail.lasting_name SELECT unnest(lasting) ON CONFLICT DO NOTHING;
    INSERT INTO trail.lasting SELECT l.* FROM trail.leaf l
    WHERE l.at >= starts AND l.at < ends AND l.event IN (SELECT e.event FROM trail.lasting_name e);
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

-- A row that says that its month ended sooner than months end, or that may go sooner than in a year, is refused.
ALTER TABLE trail.segment ADD CONSTRAINT segment_ends CHECK (
    ends_at >= begins_at AND ends_at >= (month::timestamp AT TIME ZONE 'UTC')
    AND keep_until >= (month + interval '12 months')::date) NOT VALID;
CREATE FUNCTION trail.refuse_early_purge() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF trail.month_end(NEW.month) + interval '12 months' > now() THEN
        RAISE EXCEPTION 'trail.purge_too_early' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER refuse_early BEFORE UPDATE ON trail.segment FOR EACH ROW
    WHEN (OLD.purged_at IS NULL AND NEW.purged_at IS NOT NULL) EXECUTE FUNCTION trail.refuse_early_purge();

-- A hold is lifted once, by whom a leaf of the log names, and stays lifted as it was.
CREATE FUNCTION trail.refuse_lift() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF OLD.lifted_at IS NOT NULL
       OR NOT coalesce(trail.has_leaf(NEW.lifted_leaf, 'trail.hold.lifted', NEW.lifted_by), false) THEN
        RAISE EXCEPTION 'trail.hold_untraced' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER refuse_row BEFORE UPDATE ON trail.hold FOR EACH ROW EXECUTE FUNCTION trail.refuse_lift();

-- As before, but a refused attempt to answer for a fault ends none.
CREATE OR REPLACE FUNCTION trail.end_fault(of_kind text, by_leaf uuid) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    WITH over AS (
        UPDATE trail.fault f SET ended_at = clock_timestamp(), ended_by = by_leaf
        WHERE f.kind = of_kind AND f.ended_at IS NULL AND (of_kind IN ('signer', 'quorum') OR EXISTS (
            SELECT FROM trail.leaf l WHERE l.id = by_leaf AND l.event = 'trail.fault.acknowledged'
            AND l.outcome = 'allow' AND l.at > f.since - interval '1 s'))
        RETURNING 1
    )
    SELECT count(*) FROM over
$$;

REVOKE ALL ON FUNCTION trail.refuse_lift(), trail.refuse_early_purge() FROM PUBLIC;
