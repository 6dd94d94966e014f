-- The log is believed from its bytes: one function appends, and it takes nothing but the leaves' bytes.
-- Every column, every row of trail.subject and every link of a chain is worked out from them here.
-- Rows that were there before are left as they are; `tutela trail verify` checks them.

-- Where each writer's chain stands. A leaf that is gone from the end of a chain is missed by it.
CREATE TABLE trail.chain (
    writer  uuid        PRIMARY KEY,
    seq     bigint      NOT NULL CHECK (seq > 0),
    hash    bytea       NOT NULL CHECK (octet_length(hash) = 32),
    at      timestamptz NOT NULL  -- of the chain's last leaf
) WITH (fillfactor = 50);

-- Leaves of changes that no anchor names yet. A change's leaf stands alone (a link that is rolled back would
-- break a chain), so a leaf of event trail.changes.anchored, in a writer's chain, names it afterwards.
CREATE TABLE trail.loose (
    leaf_id uuid        PRIMARY KEY,
    at      timestamptz NOT NULL,
    hash    bytea       NOT NULL CHECK (octet_length(hash) = 32)
);

INSERT INTO trail.chain (writer, seq, hash, at)
SELECT DISTINCT ON (writer) writer, seq, leaf_hash, at FROM trail.leaf WHERE writer <> id
ORDER BY writer, seq DESC;
INSERT INTO trail.loose (leaf_id, at, hash)
SELECT id, at, leaf_hash FROM trail.leaf WHERE writer = id;

-- What was verified, and with what result. `state` is what a run that was cut off goes on from.
CREATE TABLE trail.verification (
    id          uuid        PRIMARY KEY,
    started_at  timestamptz NOT NULL,
    finished_at timestamptz,
    leaves      bigint      NOT NULL DEFAULT 0,
    chains      bigint      NOT NULL DEFAULT 0,
    broken      bigint      NOT NULL DEFAULT 0,
    findings    jsonb       NOT NULL DEFAULT '[]',
    state       jsonb       NOT NULL DEFAULT '{}'
);
CREATE INDEX verification_finished ON trail.verification (finished_at);

-- A leaf as JSON; NULL where its bytes are none. For the few readers that open leaves in a statement.
CREATE FUNCTION trail.read(leaf bytea) RETURNS jsonb
LANGUAGE plpgsql IMMUTABLE STRICT SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    said jsonb;
BEGIN
    said := convert_from(substring(leaf FROM 17), 'UTF8')::jsonb;
    RETURN CASE WHEN jsonb_typeof(said) = 'object' THEN said END;
EXCEPTION WHEN OTHERS THEN
    RETURN NULL;
END $$;

-- Leaves that the log itself vouches for: their hash is of their bytes, and they stand in a known chain, or
-- are a change's leaf that waits for its anchor or has one. A row that was slipped in beside the door is not.
CREATE VIEW trail.vouched AS
SELECT l.* FROM trail.leaf l
WHERE l.leaf_hash = sha256('\x00'::bytea || l.leaf)
  AND CASE WHEN l.writer = l.id THEN
        EXISTS (SELECT 1 FROM trail.loose w WHERE w.leaf_id = l.id AND w.hash = l.leaf_hash)
        OR EXISTS (SELECT 1 FROM trail.subject s WHERE s.kind = 'leaf' AND s.id = l.id::text)
      ELSE EXISTS (SELECT 1 FROM trail.chain c WHERE c.writer = l.writer AND c.seq >= l.seq) END;

-- The one door of the log. All leaves of a call are links of one writer's chain, in order, or one leaf of a
-- change. Refused, with nothing written: what is no canonical JSON, what names another moment than the
-- server's, what does not continue its chain. How many leaves were written. A loop of plain expressions costs
-- half of what one statement over all leaves does, and says which leaf is wrong.
CREATE FUNCTION trail.append(given bytea[]) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET jit = off SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    server_ms bigint := floor(extract(epoch FROM clock_timestamp()) * 1000);
    total integer := coalesce(array_length(given, 1), 0);
    leaf bytea; body text; said jsonb; actor jsonb; subject jsonb;
    id_text text; writer_text text; previous_text text; ms bigint; place bigint; moment timestamptz; key uuid;
    first_seq bigint; first_previous text; chain_text text; digest bytea; digest_text text;
    ats timestamptz[]; ids uuid[]; seqs bigint[]; events text[]; kinds text[]; actors text[];
    purposes text[]; outcomes text[]; hashes bytea[]; previouses bytea[];
    subject_kinds text[]; subject_ids text[]; subject_ats timestamptz[]; subject_leaves uuid[];
BEGIN
    FOR n IN 1 .. total LOOP
        leaf := given[n];
        body := convert_from(substring(leaf FROM 17), 'UTF8');
        said := body::jsonb;
        id_text := said->>'id';
        writer_text := said->>'writer';
        previous_text := said->>'writer_previous';
        ms := (said->>'t_ms')::bigint;
        place := (said->>'writer_seq')::bigint;
        -- No blank and no key twice: the same length as the server's own text, its blanks apart.
        IF (octet_length(replace(body, ' ', '')) = octet_length(replace(said::text, ' ', ''))
                OR position('\' IN body) > 0)
            AND right(body, 148 + length(place::text)) = ',"writer":"' || writer_text
                || '","writer_previous":"' || previous_text || '","writer_seq":' || place || '}'
            AND lpad(to_hex(ms), 12, '0') || '7' = left(id_text, 8) || substr(id_text, 10, 4)
                || substr(id_text, 15, 1)
            AND length(previous_text) = 64 AND length(id_text) = 36
        THEN NULL;
        ELSE
            RAISE EXCEPTION 'trail.leaf_malformed: leaf % is not as it must be written', n
                USING ERRCODE = 'TT001';
        END IF;
        IF ms NOT BETWEEN server_ms - 60000 AND server_ms + 10000 THEN
            RAISE EXCEPTION 'trail.leaf_untimely: leaf % names another moment than the server', n
                USING ERRCODE = 'TT002';
        END IF;
        IF n = 1 THEN
            first_seq := place; first_previous := previous_text; chain_text := writer_text;
        ELSIF place <> first_seq + n - 1 OR previous_text <> digest_text OR writer_text <> chain_text THEN
            RAISE EXCEPTION 'trail.leaf_unlinked: leaf % is not the next link of its chain', n
                USING ERRCODE = 'TT003';
        END IF;
        digest := sha256('\x00'::bytea || leaf);
        digest_text := encode(digest, 'hex');
        key := id_text::uuid;
        moment := to_timestamp(ms / 1000.0::float8);
        actor := said->'actor';
        ats[n] := moment; ids[n] := key; seqs[n] := place; hashes[n] := digest;
        previouses[n] := decode(previous_text, 'hex');
        events[n] := said->>'event'; kinds[n] := actor->>'kind'; actors[n] := actor->>'id';
        purposes[n] := said->>'purpose'; outcomes[n] := said->'decision'->>'outcome';
        FOR k IN 0 .. jsonb_array_length(said->'subjects') - 1 LOOP
            subject := said->'subjects'->k;
            subject_kinds := subject_kinds || (subject->>0); subject_ids := subject_ids || (subject->>1);
            subject_ats := subject_ats || moment; subject_leaves := subject_leaves || key;
        END LOOP;
    END LOOP;

    INSERT INTO trail.leaf (at, id, writer, seq, event, actor_kind, actor_id, purpose, outcome, leaf,
                            leaf_hash, previous)
    SELECT a, i, chain_text::uuid, s, e, k, w, p, o, l, h, v
    FROM unnest(ats, ids, seqs, events, kinds, actors, purposes, outcomes, given, hashes, previouses)
        AS x (a, i, s, e, k, w, p, o, l, h, v);
    IF subject_ids IS NOT NULL THEN
        INSERT INTO trail.subject (kind, id, at, leaf_id)
        SELECT * FROM unnest(subject_kinds, subject_ids, subject_ats, subject_leaves)
        ON CONFLICT DO NOTHING;
    END IF;
    IF first_seq = 1 AND chain_text = id_text AND first_previous = repeat('0', 64) THEN
        INSERT INTO trail.loose (leaf_id, at, hash) VALUES (key, moment, digest);
    ELSIF first_seq = 1 AND first_previous = repeat('0', 64) THEN
        INSERT INTO trail.chain (writer, seq, hash, at) VALUES (chain_text::uuid, place, digest, moment);
    ELSE
        UPDATE trail.chain c SET seq = place, hash = digest, at = moment
        WHERE c.writer = chain_text::uuid AND c.seq = first_seq - 1
          AND c.hash = decode(first_previous, 'hex');
        IF NOT FOUND THEN
            RAISE EXCEPTION 'trail.leaf_unlinked: the leaves do not continue their chain'
                USING ERRCODE = 'TT003';
        END IF;
    END IF;
    RETURN total;
END $$;

-- Take changes off the list of those without an anchor: only those that a stored anchor names.
CREATE FUNCTION trail.settle_anchored(anchor_at timestamptz, anchor_id uuid) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    WITH named AS (
        SELECT (s.value->>1)::uuid AS id FROM trail.leaf l, jsonb_array_elements(trail.read(l.leaf)->'subjects') s
        WHERE l.at = anchor_at AND l.id = anchor_id AND l.writer <> l.id
          AND trail.read(l.leaf)->>'event' = 'trail.changes.anchored' AND s.value->>0 = 'leaf'
    ), gone AS (
        DELETE FROM trail.loose USING named WHERE loose.leaf_id = named.id RETURNING 1
    )
    SELECT count(*) FROM gone
$$;

REVOKE ALL ON trail.leaf, trail.subject, trail.chain, trail.loose, trail.verification, trail.vouched
    FROM PUBLIC, tutela_app, tutela_auditor;
REVOKE INSERT (at, id, writer, seq, event, actor_kind, actor_id, purpose, outcome, leaf, leaf_hash, previous)
    ON trail.leaf FROM tutela_app;
GRANT SELECT ON trail.leaf, trail.subject, trail.chain, trail.loose, trail.verification, trail.vouched
    TO tutela_app, tutela_auditor;
GRANT INSERT ON trail.verification TO tutela_app;
GRANT UPDATE (finished_at, leaves, chains, broken, findings, state) ON trail.verification TO tutela_app;
REVOKE ALL ON FUNCTION trail.append(bytea[]), trail.read(bytea), trail.settle_anchored(timestamptz, uuid)
    FROM PUBLIC;
GRANT EXECUTE ON FUNCTION trail.append(bytea[]), trail.settle_anchored(timestamptz, uuid) TO tutela_app;
GRANT EXECUTE ON FUNCTION trail.read(bytea) TO tutela_app, tutela_auditor;
