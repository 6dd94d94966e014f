-- Old checkpoints and cosignatures are thinned out, a day (UTC) at a time, by the database's own clock. A proof is made to
-- the newest checkpoint from the tiles, and a proof that was handed out carries its own: neither needs what goes.
-- What stays for good: the last checkpoint of each day and of each 65,536 leaves, each set of witnesses that no later
-- checkpoint of the day has with others or alone (so a quorum of the day, whichever policy asks), and the quorum in force.

CREATE FUNCTION trail.refuse_thinning() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF TG_TABLE_NAME = 'checkpoint' AND (OLD.at > now() - interval '7 days' OR NOT EXISTS (
           SELECT FROM trail.checkpoint c WHERE c.epoch = OLD.epoch AND c.size > OLD.size
           AND c.size <= (((OLD.size - 1) >> 16) + 1) << 16))
       OR TG_TABLE_NAME = 'cosignature' AND NOT EXISTS (
           SELECT FROM trail.checkpoint c WHERE c.epoch = OLD.epoch AND c.size = OLD.size
           AND c.at <= now() - interval '30 days') THEN
        RAISE EXCEPTION 'trail.append_only: % on % is refused', TG_OP, TG_TABLE_NAME
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN OLD;
END $$;
DROP TRIGGER refuse_statement ON trail.checkpoint;
DROP TRIGGER refuse_statement ON trail.cosignature;
CREATE TRIGGER refuse_statement BEFORE UPDATE OR TRUNCATE ON trail.checkpoint
    FOR EACH STATEMENT EXECUTE FUNCTION trail.refuse();
CREATE TRIGGER refuse_statement BEFORE UPDATE OR TRUNCATE ON trail.cosignature
    FOR EACH STATEMENT EXECUTE FUNCTION trail.refuse();
CREATE TRIGGER refuse_row BEFORE DELETE ON trail.checkpoint
    FOR EACH ROW EXECUTE FUNCTION trail.refuse_thinning();
CREATE TRIGGER refuse_row BEFORE DELETE ON trail.cosignature
    FOR EACH ROW EXECUTE FUNCTION trail.refuse_thinning();

-- Thin out one day; how many of each went. Nothing of a day that is not 7 (cosignatures: 30) days over.
CREATE FUNCTION trail.thin(of_day date, OUT checkpoints bigint, OUT cosignatures bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    begins timestamptz := of_day::timestamp AT TIME ZONE 'UTC';
    ends timestamptz := (of_day + 1)::timestamp AT TIME ZONE 'UTC';
BEGIN
    checkpoints := 0;
    cosignatures := 0;
    IF ends <= now() - interval '30 days' THEN
        WITH known AS MATERIALIZED (
            SELECT c.epoch, c.size, array_agg(DISTINCT s.witness) AS who
            FROM trail.checkpoint c JOIN trail.cosignature s USING (epoch, size)
            WHERE c.at >= begins AND c.at < ends GROUP BY c.epoch, c.size
        ), spare AS MATERIALIZED (
            SELECT a.epoch, a.size FROM known a
            WHERE EXISTS (SELECT FROM known b WHERE b.epoch = a.epoch AND b.size > a.size AND b.who @> a.who)
            AND NOT EXISTS (SELECT FROM trail.quorum q WHERE q.epoch = a.epoch AND q.size = a.size)
        )
        DELETE FROM trail.cosignature s USING trail.checkpoint c
        WHERE c.epoch = s.epoch AND c.size = s.size AND c.at >= begins AND c.at < ends
        AND (EXISTS (SELECT FROM spare p WHERE p.epoch = s.epoch AND p.size = s.size)
            OR EXISTS (SELECT FROM trail.cosignature later WHERE later.epoch = s.epoch AND later.size = s.size
                       AND later.witness = s.witness AND later.at > s.at));
        GET DIAGNOSTICS cosignatures = ROW_COUNT;
    END IF;
    IF ends <= now() - interval '7 days' THEN
        DELETE FROM trail.checkpoint c WHERE c.at >= begins AND c.at < ends
        AND EXISTS (SELECT FROM trail.checkpoint later WHERE later.epoch = c.epoch AND later.size > c.size
                    AND later.at >= begins AND later.at < ends)
        AND EXISTS (SELECT FROM trail.checkpoint next WHERE next.epoch = c.epoch AND next.size > c.size
                    AND next.size <= (((c.size - 1) >> 16) + 1) << 16)
        AND NOT EXISTS (SELECT FROM trail.cosignature s WHERE s.epoch = c.epoch AND s.size = c.size)
        AND NOT EXISTS (SELECT FROM trail.quorum q WHERE q.epoch = c.epoch AND q.size = c.size);
        GET DIAGNOSTICS checkpoints = ROW_COUNT;
    END IF;
END $$;
REVOKE ALL ON FUNCTION trail.refuse_thinning(), trail.thin(date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION trail.thin(date) TO tutela_app;
