-- The same log in fewer bytes: whom a leaf names is found by eight bytes instead of by text that stands in the leaf
-- itself, and the indexes by person and event hold what they must. docs/decisions/hot-bytes.md has the sums.

-- The eight bytes by which a subject is found: the begin of its hash. Two subjects may have the same; whoever reads asks
-- the leaf's bytes. Not IMMUTABLE nor STRICT, else the server would call it instead of writing it into the statement.
CREATE FUNCTION trail.subject_key(kind text, id text) RETURNS bigint
LANGUAGE sql STABLE PARALLEL SAFE
RETURN ('x' || encode(substring(sha256(convert_to(kind || ':' || id, 'UTF8')) FROM 1 FOR 8), 'hex'))::bit(64)::bigint;

-- When somebody was named: one narrow row for each subject of a leaf. The leaf is one of that millisecond whose bytes
-- name the subject.
CREATE TABLE trail.named (
    key     bigint      NOT NULL,
    at      timestamptz NOT NULL
) PARTITION BY RANGE (at);
CREATE INDEX named_key ON trail.named (key, at);
CREATE TRIGGER refuse_row BEFORE UPDATE OR DELETE ON trail.named
    FOR EACH ROW EXECUTE FUNCTION trail.refuse();
CREATE TRIGGER refuse_statement BEFORE UPDATE OR DELETE OR TRUNCATE ON trail.named
    FOR EACH STATEMENT EXECUTE FUNCTION trail.refuse();

-- What was stored before is taken over as it stands, month by month; `tutela trail verify` compares it with the leaves.
DO $$
DECLARE
    part regclass;
BEGIN
    FOR part IN SELECT inhrelid::regclass FROM pg_inherits WHERE inhparent = 'trail.subject'::regclass ORDER BY 1::text LOOP
        PERFORM trail.make_partition('named',
            to_date(right(part::text, 7), 'YYYY_MM')::timestamp AT TIME ZONE 'UTC');
        EXECUTE format('INSERT INTO trail.named SELECT trail.subject_key(kind, id), at FROM %s ORDER BY at', part);
    END LOOP;
END $$;

DROP VIEW trail.vouched;
DROP TABLE trail.subject;

-- Subjects as the leaves' bytes say them. Asked by leaf: whom to find by subject, trail.named knows.
CREATE VIEW trail.subject AS
SELECT said.kind, said.id, l.at, l.id AS leaf_id FROM trail.leaf l CROSS JOIN LATERAL (
    SELECT DISTINCT s.value->>0 AS kind, s.value->>1 AS id
    FROM jsonb_path_query(trail.read(l.leaf), 'strict $.subjects[*]', '{}', true) AS s (value)) AS said;

CREATE VIEW trail.vouched AS
SELECT l.* FROM trail.leaf l
WHERE l.leaf_hash = sha256('\x00'::bytea || l.leaf)
  AND CASE WHEN l.writer = l.id THEN
        EXISTS (SELECT 1 FROM trail.loose w WHERE w.leaf_id = l.id AND w.hash = l.leaf_hash)
        OR EXISTS (SELECT 1 FROM trail.named s WHERE s.key = trail.subject_key('leaf', l.id::text))
      ELSE EXISTS (SELECT 1 FROM trail.chain c WHERE c.writer = l.writer AND c.seq >= l.seq) END;

-- A person is found by eight bytes, too; order within a millisecond is made where it is asked for.
DROP INDEX trail.leaf_actor;
CREATE INDEX leaf_actor ON trail.leaf (hashtextextended(actor_id, 0), at);
DROP INDEX trail.leaf_event;
CREATE INDEX leaf_event ON trail.leaf (event, at);

CREATE OR REPLACE FUNCTION trail.make_partitions(ahead integer) RETURNS integer
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
            + trail.make_partition('named', (month + make_interval(months => n)) AT TIME ZONE 'UTC')::integer;
    END LOOP;
    RETURN made;
END $$;

-- As before, with rows of trail.named instead of the texts. A subject that stands in a leaf twice is one row.
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
            INSERT INTO trail.named (key, at)
            SELECT DISTINCT trail.subject_key(part.subjects[k][1], part.subjects[k][2]), moment
            FROM generate_subscripts(part.subjects, 1) AS s (k)
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
            INSERT INTO trail.named (key, at)
            SELECT DISTINCT trail.subject_key(part.subjects[k][1], part.subjects[k][2]), moment
            FROM generate_subscripts(part.subjects, 1) AS s (k)
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
        INSERT INTO trail.named (key, at)
        SELECT s.key, s.at FROM (
            SELECT DISTINCT trail.subject_key(x.subjects[k][1], x.subjects[k][2]) AS key,
                to_timestamp(x.t_ms / 1000.0::float8) AS at, x.id
            FROM unnest(parts) AS x, generate_subscripts(x.subjects, 1) AS g (k)) AS s;
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

-- As before; the subjects of leaves that stay are taken from their bytes.
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
    INSERT INTO trail.lasting_subject SELECT DISTINCT s.value->>0, s.value->>1, l.at, l.id FROM trail.lasting l,
        jsonb_path_query(trail.read(l.leaf), 'strict $.subjects[*]', '{}', true) AS s (value)
    WHERE l.at >= starts AND l.at < ends;
    INSERT INTO trail.cut (writer, seq, hash, at)
    SELECT DISTINCT ON (writer) writer, seq, leaf_hash, at FROM trail.leaf
    WHERE at >= starts AND at < ends AND writer <> id ORDER BY writer, seq DESC
    ON CONFLICT (writer) DO UPDATE SET seq = excluded.seq, hash = excluded.hash, at = excluded.at
        WHERE excluded.seq > cut.seq;
    EXECUTE format('ALTER TABLE trail.leaf DETACH PARTITION trail.%I', 'leaf' || part);
    EXECUTE format('ALTER TABLE trail.named DETACH PARTITION trail.%I', 'named' || part);
    EXECUTE format('DROP TABLE trail.%I, trail.%I', 'leaf' || part, 'named' || part);
    UPDATE trail.segment SET dropped_at = now() WHERE month = target AND dropped_at IS NULL;
    RETURN true;
END $$;

REVOKE ALL ON trail.named, trail.subject, trail.vouched FROM PUBLIC, tutela_app, tutela_auditor;
GRANT SELECT ON trail.named, trail.subject, trail.vouched TO tutela_app, tutela_auditor;
REVOKE ALL ON FUNCTION trail.subject_key(text, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION trail.subject_key(text, text) TO tutela_app, tutela_auditor;
