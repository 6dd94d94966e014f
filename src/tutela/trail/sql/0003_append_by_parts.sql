-- The same door of the log, at half the price. A leaf alone is one statement: each statement, each array and each
-- expression of a function costs some microseconds to get ready, again in every transaction.

-- Only trail.append writes here, and it checks what these did: the server read their text again for each statement.
DO $$
DECLARE
    rule record;
BEGIN
    FOR rule IN
        SELECT c.conname, c.conrelid::regclass AS place FROM pg_constraint c
        WHERE c.contype = 'c' AND c.conrelid IN ('trail.leaf'::regclass, 'trail.chain'::regclass, 'trail.loose'::regclass)
        UNION ALL  -- a partition was made like the parent, so each has them as its own, too
        SELECT c.conname, c.conrelid::regclass FROM pg_constraint c JOIN pg_inherits i ON i.inhrelid = c.conrelid
        WHERE c.contype = 'c' AND i.inhparent = 'trail.leaf'::regclass
    LOOP
        EXECUTE format('ALTER TABLE %s DROP CONSTRAINT IF EXISTS %I', rule.place, rule.conname);
    END LOOP;
END $$;

-- What the columns are worked out from.
CREATE TYPE trail.parsed_actor AS (kind text, id text);
CREATE TYPE trail.parsed_decision AS (outcome text);
CREATE TYPE trail.parsed_leaf AS (
    id uuid, t_ms bigint, event text, purpose text, actor trail.parsed_actor, decision trail.parsed_decision,
    subjects text[], writer uuid, writer_previous text, writer_seq bigint
);
REVOKE ALL ON TYPE trail.parsed_actor, trail.parsed_decision, trail.parsed_leaf FROM PUBLIC;

-- All leaves of a call are links of one writer's chain, in order, or one leaf of a change. Refused, with nothing
-- written: what is no canonical JSON, what names another moment than the server's, what does not continue its
-- chain. How many leaves were written.
CREATE OR REPLACE FUNCTION trail.append(given bytea[]) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET jit = off SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    total integer := coalesce(cardinality(given), 0);
    n integer := 0;
    leaf bytea; body text; said jsonb; part trail.parsed_leaf; parts trail.parsed_leaf[];
    moment timestamptz; digest bytea; digests bytea[]; previous_digest bytea;
BEGIN
    FOREACH leaf IN ARRAY coalesce(given, '{}') LOOP
        n := n + 1;
        body := convert_from(substring(leaf FROM 17), 'UTF8');
        said := body::jsonb;
        part := jsonb_populate_record(NULL::trail.parsed_leaf, said);
        moment := to_timestamp(part.t_ms / 1000.0::float8);
        -- No blank and no key twice: the same length as the server's own text, its blanks apart.
        IF (octet_length(replace(body, ' ', '')) = octet_length(replace(said::text, ' ', ''))
                OR position('\' IN body) > 0)
            AND substring(leaf FROM octet_length(leaf) - 147 - length(part.writer_seq::text)) = convert_to(
                format(',"writer":"%s","writer_previous":"%s","writer_seq":%s}',
                       part.writer, part.writer_previous, part.writer_seq), 'UTF8')
            AND said->>'id' = part.id::text
            AND substring(int8send(part.t_ms) FROM 3) = substring(uuid_send(part.id) FROM 1 FOR 6)
            AND get_byte(uuid_send(part.id), 6) >> 4 = 7
            AND length(part.writer_previous) = 64 AND part.writer_seq > 0 AND octet_length(leaf) <= 65535
            AND part.subjects IS NOT NULL
        THEN NULL;
        ELSE
            RAISE EXCEPTION 'trail.leaf_malformed: leaf % is not as it must be written', n
                USING ERRCODE = 'TT001';
        END IF;
        IF moment NOT BETWEEN clock_timestamp() - interval '60 s' AND clock_timestamp() + interval '10 s' THEN
            RAISE EXCEPTION 'trail.leaf_untimely: leaf % names another moment than the server', n
                USING ERRCODE = 'TT002';
        END IF;
        IF n > 1 AND (part.writer_seq <> parts[1].writer_seq + n - 1 OR part.writer <> parts[1].writer
                      OR part.writer_previous <> encode(digest, 'hex')) THEN
            RAISE EXCEPTION 'trail.leaf_unlinked: leaf % is not the next link of its chain', n
                USING ERRCODE = 'TT003';
        END IF;
        digest := sha256('\x00'::bytea || leaf);
        IF total > 1 OR part.writer_seq = 1 THEN
            parts[n] := part; digests[n] := digest;
        END IF;
    END LOOP;

    previous_digest := decode(part.writer_previous, 'hex');
    IF n = 1 AND part.writer_seq > 1 THEN
        WITH stored AS (
            INSERT INTO trail.leaf (at, id, writer, seq, event, actor_kind, actor_id, purpose, outcome, leaf,
                                    leaf_hash, previous)
            VALUES (moment, part.id, part.writer, part.writer_seq, part.event, (part.actor).kind,
                    (part.actor).id, part.purpose, (part.decision).outcome, leaf, digest, previous_digest)
        ), named AS (
            INSERT INTO trail.subject (kind, id, at, leaf_id)
            SELECT part.subjects[k][1], part.subjects[k][2], moment, part.id
            FROM generate_subscripts(part.subjects, 1) AS s (k)
            ON CONFLICT DO NOTHING
        )
        UPDATE trail.chain c SET seq = part.writer_seq, hash = digest, at = moment
        WHERE c.writer = part.writer AND c.seq = part.writer_seq - 1 AND c.hash = previous_digest;
        IF FOUND THEN
            RETURN n;
        END IF;
    ELSIF n = 1 AND part.writer = part.id AND part.writer_previous = repeat('0', 64) THEN
        WITH stored AS (
            INSERT INTO trail.leaf (at, id, writer, seq, event, actor_kind, actor_id, purpose, outcome, leaf,
                                    leaf_hash, previous)
            VALUES (moment, part.id, part.writer, part.writer_seq, part.event, (part.actor).kind,
                    (part.actor).id, part.purpose, (part.decision).outcome, leaf, digest, previous_digest)
        ), named AS (
            INSERT INTO trail.subject (kind, id, at, leaf_id)
            SELECT part.subjects[k][1], part.subjects[k][2], moment, part.id
            FROM generate_subscripts(part.subjects, 1) AS s (k)
            ON CONFLICT DO NOTHING
        )
        INSERT INTO trail.loose (leaf_id, at, hash) VALUES (part.id, moment, digest);
        RETURN n;
    ELSIF n > 0 THEN
        INSERT INTO trail.leaf (at, id, writer, seq, event, actor_kind, actor_id, purpose, outcome, leaf,
                                leaf_hash, previous)
        SELECT to_timestamp(t_ms / 1000.0::float8), id, writer, writer_seq, event, (actor).kind, (actor).id,
            purpose, (decision).outcome, stored, hash, decode(writer_previous, 'hex')
        FROM ROWS FROM (unnest(given), unnest(digests), unnest(parts))
            AS x (stored, hash, id, t_ms, event, purpose, actor, decision, subjects, writer, writer_previous,
                  writer_seq);
        INSERT INTO trail.subject (kind, id, at, leaf_id)
        SELECT x.subjects[k][1], x.subjects[k][2], to_timestamp(x.t_ms / 1000.0::float8), x.id
        FROM unnest(parts) AS x, generate_subscripts(x.subjects, 1) AS s (k)
        ON CONFLICT DO NOTHING;
        IF parts[1].writer_seq = 1 AND parts[1].writer_previous = repeat('0', 64) THEN
            INSERT INTO trail.chain (writer, seq, hash, at)
            VALUES (part.writer, part.writer_seq, digest, moment);
            RETURN n;
        END IF;
        UPDATE trail.chain c SET seq = part.writer_seq, hash = digest, at = moment
        WHERE c.writer = part.writer AND c.seq = parts[1].writer_seq - 1
          AND c.hash = decode(parts[1].writer_previous, 'hex');
        IF FOUND THEN
            RETURN n;
        END IF;
    END IF;
    RAISE EXCEPTION 'trail.leaf_unlinked: the leaves do not continue their chain' USING ERRCODE = 'TT003';
END $$;
