-- A database that was restored from a backup holds customers that were destroyed since. What is kept of each
-- destruction outside the database (vault/journal.py) is carried out again, before anybody asks for a customer.

-- What leaves the vault with a customer; see vault.decide_destruction. No role may call it.
CREATE FUNCTION vault.take_away(target uuid, OUT record_count integer, OUT version_count integer)
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    older integer;
BEGIN
    UPDATE keys.customer_root SET wrapped = NULL, state = 4 WHERE customer_id = target AND state <> 4;
    DELETE FROM vault.tag t USING vault.record r, unnest(r.tags) AS old (tag)
        WHERE r.customer_id = target AND t.tag = old.tag
          AND t.customer_id = r.customer_id AND t.record_id = r.record_id;
    DELETE FROM vault.work_item WHERE customer_id = target;
    UPDATE vault.record SET source_tag = NULL, row_mac = decode(repeat('00', 16), 'hex'),
        fields = '{}', cells = '{}', tags = '{}' WHERE customer_id = target;
    GET DIAGNOSTICS record_count = ROW_COUNT;
    UPDATE vault.record_history SET source_tag = NULL, row_mac = decode(repeat('00', 16), 'hex'),
        fields = '{}', cells = '{}' WHERE customer_id = target;
    GET DIAGNOSTICS older = ROW_COUNT;
    version_count := record_count + older;
    UPDATE vault.customer SET state = 2, identity_tag = NULL WHERE customer_id = target;
END $$;

CREATE OR REPLACE FUNCTION vault.decide_destruction(target uuid, verdict text, who text, leaf uuid)
RETURNS TABLE (record_count integer, version_count integer)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    wanted vault.destruction;
BEGIN
    SELECT * INTO wanted FROM vault.destruction d WHERE d.order_id = target FOR UPDATE;
    IF wanted.order_id IS NULL OR wanted.decision IS NOT NULL THEN
        RAISE EXCEPTION 'vault.destruction_decided' USING ERRCODE = 'insufficient_privilege';
    ELSIF verdict = 'approved' AND who = wanted.proposed_by THEN
        RAISE EXCEPTION 'vault.destruction_same_person' USING ERRCODE = 'insufficient_privilege';
    ELSIF NOT vault.has_leaf(wanted.proposed_leaf, 'vault.destruction.proposed', wanted.proposed_by,
                             wanted.customer_id)
       OR NOT vault.has_leaf(leaf, 'vault.destruction.' || verdict, who, wanted.customer_id) THEN
        RAISE EXCEPTION 'vault.destruction_untraced' USING ERRCODE = 'insufficient_privilege';
    END IF;
    record_count := 0;
    version_count := 0;
    IF verdict = 'approved' THEN
        PERFORM FROM vault.customer c WHERE c.customer_id = wanted.customer_id AND c.state = 1 FOR UPDATE;
        IF NOT FOUND THEN
            RAISE EXCEPTION 'vault.destruction_decided' USING ERRCODE = 'insufficient_privilege';
        END IF;
        SELECT t.record_count, t.version_count INTO record_count, version_count
        FROM vault.take_away(wanted.customer_id) AS t;
    END IF;
    UPDATE vault.destruction SET decision = verdict, decided_by = who, decided_at = now(),
        decided_leaf = leaf, records = record_count, versions = version_count WHERE order_id = target;
    RETURN NEXT;
END $$;

-- Carry out again what the journal tells: `told` is one of its entries, `leaf` the leaf of doing so now. Only the
-- owner of the tables may. Answers with what was found: absent, gone (destroyed already) or replayed.
CREATE FUNCTION vault.replay_destruction(
    told jsonb, leaf uuid, OUT outcome text, OUT record_count integer, OUT version_count integer)
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    who uuid := (told ->> 'customer')::uuid;
    standing smallint;
BEGIN
    record_count := 0;
    version_count := 0;
    SELECT c.state INTO standing FROM vault.customer c WHERE c.customer_id = who FOR UPDATE;
    IF NOT FOUND THEN
        UPDATE keys.customer_root SET wrapped = NULL, state = 4 WHERE customer_id = who AND state <> 4;
        outcome := 'absent';
        RETURN;
    ELSIF NOT vault.has_leaf(leaf, 'vault.destruction.replayed', 'system', who) THEN
        RAISE EXCEPTION 'vault.destruction_untraced' USING ERRCODE = 'insufficient_privilege';
    END IF;
    outcome := CASE WHEN standing = 2 AND NOT EXISTS (SELECT FROM keys.customer_root k
        WHERE k.customer_id = who AND k.wrapped IS NOT NULL) THEN 'gone' ELSE 'replayed' END;
    IF outcome = 'replayed' THEN
        SELECT t.record_count, t.version_count INTO record_count, version_count FROM vault.take_away(who) AS t;
    END IF;
    -- An order that waits is the one that was approved; another one about the same customer has nothing left to do.
    UPDATE vault.destruction d SET decision = 'rejected', decided_by = told ->> 'decided_by',
        decided_at = now(), decided_leaf = leaf, records = 0, versions = 0
    WHERE d.customer_id = who AND d.decision IS NULL AND d.order_id <> (told ->> 'order')::uuid;
    INSERT INTO vault.destruction (order_id, customer_id, branch_id, proposed_by, proposed_at, proposed_leaf, reason,
        decision, decided_by, decided_at, decided_leaf, records, versions)
    VALUES ((told ->> 'order')::uuid, who, (told ->> 'branch')::integer, told ->> 'proposed_by',
        (told ->> 'proposed_at')::timestamptz, (told ->> 'proposed_leaf')::uuid, told ->> 'reason',
        'approved', told ->> 'decided_by', (told ->> 'decided_at')::timestamptz,
        (told ->> 'decided_leaf')::uuid, record_count, version_count)
    ON CONFLICT (order_id) DO UPDATE SET decision = 'approved', decided_by = EXCLUDED.decided_by,
        decided_at = EXCLUDED.decided_at, decided_leaf = EXCLUDED.decided_leaf,
        records = coalesce(vault.destruction.records, EXCLUDED.records),
        versions = coalesce(vault.destruction.versions, EXCLUDED.versions)
    WHERE vault.destruction.decision IS DISTINCT FROM 'approved';
END $$;

-- Customers whose keys are all destroyed although their rows are held: the keys come from a newer backup than the
-- rows, and the destruction between the two stands in no journal that was found.
CREATE FUNCTION vault.keyless() RETURNS SETOF uuid
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT c.customer_id FROM vault.customer c
    WHERE c.state <> 2 AND EXISTS (SELECT FROM keys.customer_root k WHERE k.customer_id = c.customer_id)
      AND NOT EXISTS (SELECT FROM keys.customer_root k WHERE k.customer_id = c.customer_id AND k.wrapped IS NOT NULL)
$$;

REVOKE ALL ON FUNCTION vault.take_away(uuid), vault.replay_destruction(jsonb, uuid), vault.keyless() FROM PUBLIC;
