-- Which customers are canaries is known to two people. The application's role cannot read the table: it may ask of
-- customers that it names whether they are canaries, plant one, count them by branch, and retire the oldest of a branch.
-- The list itself comes only to a keeper in force, against a leaf of the trail that is not older than a minute.
REVOKE ALL ON watch_canary FROM tutela_app, tutela_auditor;

CREATE FUNCTION watch_canary_among(asked uuid[])
RETURNS TABLE (customer_id uuid, planted_at timestamptz, retired_at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF cardinality(asked) > 10000 THEN
        RAISE EXCEPTION 'watch.canaries_too_many' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN QUERY SELECT c.customer_id, c.planted_at, c.retired_at FROM public.watch_canary c
        WHERE c.customer_id = ANY (asked);
END $$;

CREATE FUNCTION watch_canary_plant(planted uuid, branch integer, at timestamptz, who text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    INSERT INTO public.watch_canary (customer_id, branch_id, planted_at, planted_by) VALUES (planted, branch, at, who)
$$;

-- In use now, by branch, and how old the oldest is.
CREATE FUNCTION watch_canary_counts() RETURNS TABLE (branch_id integer, number bigint, oldest timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT c.branch_id, count(*), min(c.planted_at) FROM public.watch_canary c
    WHERE c.retired_at IS NULL GROUP BY c.branch_id
$$;

-- All but the newest so many of a branch are retired; how many were.
CREATE FUNCTION watch_canary_retire(branch integer, keep integer, at timestamptz) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    gone integer;
BEGIN
    UPDATE public.watch_canary SET retired_at = at WHERE customer_id IN (
        SELECT c.customer_id FROM public.watch_canary c WHERE c.branch_id = branch AND c.retired_at IS NULL
        ORDER BY c.planted_at DESC, c.customer_id DESC OFFSET greatest(keep, 0));
    GET DIAGNOSTICS gone = ROW_COUNT;
    RETURN gone;
END $$;

CREATE FUNCTION watch_canary_list(who uuid, traced uuid)
RETURNS TABLE (customer_id uuid, branch_id integer, planted_at timestamptz, retired_at timestamptz)
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
    RETURN QUERY SELECT c.customer_id, c.branch_id, c.planted_at, c.retired_at FROM public.watch_canary c
        ORDER BY c.retired_at NULLS FIRST, c.branch_id, c.planted_at;
END $$;

REVOKE ALL ON FUNCTION watch_canary_among(uuid[]), watch_canary_plant(uuid, integer, timestamptz, text),
    watch_canary_counts(), watch_canary_retire(integer, integer, timestamptz), watch_canary_list(uuid, uuid)
    FROM PUBLIC;
GRANT EXECUTE ON FUNCTION watch_canary_among(uuid[]), watch_canary_plant(uuid, integer, timestamptz, text),
    watch_canary_counts(), watch_canary_retire(integer, integer, timestamptz), watch_canary_list(uuid, uuid)
    TO tutela_app;

-- Who was named, what was ordered and when it was planted stays as it was written.
REVOKE UPDATE, DELETE ON watch_canary_keepers, watch_canary_order, watch_canary_due, watch_canary_job FROM tutela_app;
GRANT UPDATE (confirmed_by_id, confirmed_at) ON watch_canary_keepers TO tutela_app;
GRANT UPDATE (approved_by_id, approved_at) ON watch_canary_order TO tutela_app;
GRANT UPDATE (done_at) ON watch_canary_due TO tutela_app;
GRANT UPDATE (ended_at) ON watch_canary_job TO tutela_app;
