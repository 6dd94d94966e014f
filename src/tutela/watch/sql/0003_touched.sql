-- A canary that somebody opened is known to that person: it is marked, another one is planted in its place at once, and
-- the touched one is the first to be retired.

-- Mark a canary in use as touched; its branch, or no row if it is none or was touched before.
CREATE FUNCTION watch_canary_touch(asked uuid, at timestamptz) RETURNS SETOF integer
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    UPDATE public.watch_canary SET touched_at = at
    WHERE customer_id = asked AND retired_at IS NULL AND touched_at IS NULL RETURNING branch_id
$$;

-- Canaries whose invented identity number turned out to be a living person's: an import has added a record to them. They
-- are real customers from now on; their branches, so that others are planted.
CREATE FUNCTION watch_canary_met(at timestamptz) RETURNS SETOF integer
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    UPDATE public.watch_canary c SET touched_at = coalesce(c.touched_at, at), retired_at = at
    WHERE c.retired_at IS NULL AND EXISTS (
        SELECT FROM vault.record r WHERE r.customer_id = c.customer_id AND r.batch IS NOT NULL)
    RETURNING branch_id
$$;

-- As before, but those that were touched go first.
CREATE OR REPLACE FUNCTION watch_canary_retire(branch integer, keep integer, at timestamptz) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    gone integer;
BEGIN
    UPDATE public.watch_canary SET retired_at = at WHERE customer_id IN (
        SELECT c.customer_id FROM public.watch_canary c WHERE c.branch_id = branch AND c.retired_at IS NULL
        ORDER BY c.touched_at IS NOT NULL, c.planted_at DESC, c.customer_id DESC OFFSET greatest(keep, 0));
    GET DIAGNOSTICS gone = ROW_COUNT;
    RETURN gone;
END $$;

DROP FUNCTION watch_canary_list(uuid, uuid);
CREATE FUNCTION watch_canary_list(who uuid, traced uuid)
RETURNS TABLE (customer_id uuid, branch_id integer, planted_at timestamptz, retired_at timestamptz, touched_at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM (SELECT k.first_id, k.second_id FROM public.watch_canary_keepers k
                     WHERE k.confirmed_at IS NOT NULL ORDER BY k.confirmed_at DESC, k.id DESC LIMIT 1) AS now
        WHERE who IN (now.first_id, now.second_id))
    THEN
        RAISE EXCEPTION 'watch.not_a_keeper' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF NOT EXISTS (
        SELECT FROM trail.leaf l WHERE l.id = traced AND l.event = 'watch.canary.read' AND l.actor_id = who::text
          AND l.outcome = 'allow' AND l.at > clock_timestamp() - interval '1 minute'
          AND l.at = timestamptz 'epoch' + interval '1 millisecond'
              * ('x' || translate(left(traced::text, 13), '-', ''))::bit(48)::bigint)
    THEN
        RAISE EXCEPTION 'watch.list_untraced' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN QUERY SELECT c.customer_id, c.branch_id, c.planted_at, c.retired_at, c.touched_at FROM public.watch_canary c
        ORDER BY c.retired_at NULLS FIRST, c.branch_id, c.planted_at;
END $$;

REVOKE ALL ON FUNCTION watch_canary_touch(uuid, timestamptz), watch_canary_met(timestamptz), watch_canary_list(uuid, uuid)
    FROM PUBLIC;
GRANT EXECUTE ON FUNCTION watch_canary_touch(uuid, timestamptz), watch_canary_met(timestamptz), watch_canary_list(uuid, uuid)
    TO tutela_app;
