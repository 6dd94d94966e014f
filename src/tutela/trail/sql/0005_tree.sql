-- The tree over the leaves (RFC 6962, stored as C2SP tlog-tiles). The database itself gives each leaf its place and
-- builds the tiles: a caller says at most how many leaves, never which, where or with what hash. Signatures are made
-- outside the database, over leaves that were read back and hashed again.

-- One tree per epoch; the newest is the one that grows. `horizon` and `running` say which transactions are still to
-- be looked at: those from `horizon` on, and the few before it that were running at the last look. While `gather_id`
-- is set, leaves are taken in order of time from there on: those of before the tree, or of another server's numbering.
CREATE TABLE trail.tree (
    epoch        smallint    PRIMARY KEY CHECK (epoch > 0),
    origin       text        NOT NULL UNIQUE CHECK (origin ~ '^[!-~]{1,128}$'),
    size         bigint      NOT NULL DEFAULT 0 CHECK (size >= 0),
    gathered     bigint      NOT NULL DEFAULT 0,  -- leaves before this index stand in order of time, not of commits
    horizon      xid8        NOT NULL,
    running      xid8[]      NOT NULL,
    gather_at    timestamptz,
    gather_id    uuid,
    server       bigint      NOT NULL,  -- whose numbering of transactions it is
    opened_at    timestamptz NOT NULL,
    closed_at    timestamptz,
    caught_up_at timestamptz NOT NULL   -- when a look last found every committed leaf placed, or gathered more
) WITH (fillfactor = 50);
CREATE UNIQUE INDEX tree_open ON trail.tree ((true)) WHERE closed_at IS NULL;

-- The place of each leaf. A leaf has one place in all epochs.
CREATE TABLE trail.sequenced (
    epoch   smallint    NOT NULL,
    index   bigint      NOT NULL,
    at      timestamptz NOT NULL,
    leaf_id uuid        NOT NULL,
    PRIMARY KEY (epoch, index)
);
CREATE UNIQUE INDEX sequenced_leaf ON trail.sequenced (leaf_id);

-- 32 bytes for each entry: at level 0 leaf hashes, at level n the roots of full tiles of level n - 1. The newest tile
-- of each level may be partial; it only ever grows.
CREATE TABLE trail.tile (
    epoch   smallint NOT NULL,
    level   smallint NOT NULL CHECK (level BETWEEN 0 AND 63),
    number  bigint   NOT NULL CHECK (number >= 0),
    width   smallint NOT NULL CHECK (width BETWEEN 1 AND 256),
    data    bytea    NOT NULL CHECK (octet_length(data) = 32 * width),
    PRIMARY KEY (epoch, level, number)
);
ALTER TABLE trail.tile ALTER COLUMN data SET STORAGE EXTERNAL;  -- hashes do not compress

-- Signed notes (C2SP tlog-checkpoint). The root is the database's own; the signature is checked by whoever reads.
CREATE TABLE trail.checkpoint (
    epoch   smallint    NOT NULL REFERENCES trail.tree,
    size    bigint      NOT NULL CHECK (size >= 0),
    root    bytea       NOT NULL CHECK (octet_length(root) = 32),
    at      timestamptz NOT NULL,
    note    text        NOT NULL CHECK (octet_length(note) <= 65536),
    PRIMARY KEY (epoch, size)
);
CREATE INDEX checkpoint_at ON trail.checkpoint (at);

-- What is wrong with the tree, or was: the log is closed while a fault stands. A broken tree or chain stands until
-- somebody in charge has looked at it, which is a leaf.
CREATE TABLE trail.fault (
    id        uuid        PRIMARY KEY DEFAULT uuidv7(),
    kind      text        NOT NULL CHECK (kind IN ('chain', 'root', 'signer', 'quorum')),
    epoch     smallint    NOT NULL,
    index     bigint,               -- the first bad leaf
    leaf_id   uuid,
    since     timestamptz NOT NULL DEFAULT clock_timestamp(),
    ended_at  timestamptz,
    ended_by  uuid                  -- the leaf of who looked
);
CREATE UNIQUE INDEX fault_standing ON trail.fault (kind, epoch, coalesce(index, -1)) WHERE ended_at IS NULL;

-- Places stand for ever, and tiles only grow.
CREATE TRIGGER refuse_statement BEFORE UPDATE OR DELETE OR TRUNCATE ON trail.sequenced
    FOR EACH STATEMENT EXECUTE FUNCTION trail.refuse();
CREATE TRIGGER refuse_statement BEFORE DELETE OR TRUNCATE ON trail.tile
    FOR EACH STATEMENT EXECUTE FUNCTION trail.refuse();
CREATE TRIGGER refuse_statement BEFORE UPDATE OR DELETE OR TRUNCATE ON trail.checkpoint
    FOR EACH STATEMENT EXECUTE FUNCTION trail.refuse();
CREATE TRIGGER refuse_row BEFORE UPDATE ON trail.tile FOR EACH ROW
    WHEN (NEW.epoch <> OLD.epoch OR NEW.level <> OLD.level OR NEW.number <> OLD.number OR NEW.width <= OLD.width
          OR substring(NEW.data FROM 1 FOR octet_length(OLD.data)) <> OLD.data)
    EXECUTE FUNCTION trail.refuse();

-- Which cluster's numbers the transactions of now have: a copy by pg_dump, or an upgraded cluster, begins anew.
CREATE FUNCTION trail.numbering() RETURNS bigint
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT system_identifier FROM pg_control_system()
$$;

-- The root of a full subtree from its 32-byte hashes, a power of two of them.
CREATE FUNCTION trail.subtree(hashes bytea) RETURNS bytea
LANGUAGE plpgsql IMMUTABLE STRICT SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    WHILE octet_length(hashes) > 32 LOOP
        SELECT string_agg(sha256('\x01'::bytea || substring(hashes FROM n * 64 + 1 FOR 64)), '' ORDER BY n)
        INTO hashes FROM generate_series(0, octet_length(hashes) / 64 - 1) AS s (n);
    END LOOP;
    RETURN hashes;
END $$;

-- The root of the first `wanted` leaves of a tree, from its tiles. NULL if tiles are missing.
CREATE FUNCTION trail.root_at(in_epoch smallint, wanted bigint) RETURNS bytea
LANGUAGE plpgsql STABLE STRICT SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    head bytea;
    entries bytea;
    count bigint := wanted;  -- of entries at this level
    depth smallint := 0;
    wide integer;
    part integer;
BEGIN
    IF wanted = 0 THEN
        RETURN sha256(''::bytea);
    END IF;
    WHILE count > 0 LOOP
        wide := count & 255;
        IF wide > 0 THEN
            SELECT data INTO entries FROM trail.tile
            WHERE epoch = in_epoch AND level = depth AND number = count >> 8 AND width >= wide;
            IF NOT FOUND THEN
                RETURN NULL;
            END IF;
            FOR bit IN 0 .. 7 LOOP  -- the smaller subtrees stand to the right
                part := 1 << bit;
                IF wide & part > 0 THEN
                    wide := wide - part;
                    head := CASE WHEN head IS NULL THEN trail.subtree(substring(entries FROM wide * 32 + 1 FOR part * 32))
                        ELSE sha256('\x01'::bytea || trail.subtree(substring(entries FROM wide * 32 + 1 FOR part * 32))
                                    || head) END;
                END IF;
            END LOOP;
        END IF;
        count := count >> 8;
        depth := depth + 1;
    END LOOP;
    RETURN head;
END $$;

-- Append leaf hashes to the tiles of a tree that has `before` leaves.
CREATE FUNCTION trail.grow(in_epoch smallint, before bigint, hashes bytea) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    depth smallint := 0;
    place bigint;        -- of the next entry at this level
    above bytea;
    full_tile bytea;
    taken integer;
    take integer;
BEGIN
    WHILE octet_length(hashes) > 0 LOOP
        place := before >> (8 * depth);
        above := '';
        taken := 0;
        WHILE taken < octet_length(hashes) / 32 LOOP
            take := least(256 - (place & 255), octet_length(hashes) / 32 - taken);
            full_tile := NULL;
            IF place & 255 = 0 THEN
                INSERT INTO trail.tile (epoch, level, number, width, data)
                VALUES (in_epoch, depth, place >> 8, take, substring(hashes FROM taken * 32 + 1 FOR take * 32))
                RETURNING data INTO full_tile;
            ELSE
                UPDATE trail.tile SET width = width + take,
                    data = data || substring(hashes FROM taken * 32 + 1 FOR take * 32)
                WHERE epoch = in_epoch AND level = depth AND number = place >> 8 AND width = place & 255
                RETURNING data INTO full_tile;
            END IF;
            IF full_tile IS NULL THEN
                RAISE EXCEPTION 'trail.tile_damaged: level % number %', depth, place >> 8
                    USING ERRCODE = 'data_corrupted';
            END IF;
            IF octet_length(full_tile) = 8192 THEN
                above := above || trail.subtree(full_tile);
            END IF;
            place := place + take;
            taken := taken + take;
        END LOOP;
        hashes := above;
        depth := depth + 1;
    END LOOP;
END $$;

-- Begin the tree of a new epoch and close the one before it. `given` is the leaf that says why, and becomes index 0;
-- NULL for the first epoch. Leaves without a place go into the new tree.
CREATE FUNCTION trail.open_epoch(next_epoch smallint, next_origin text, given bytea) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    former trail.tree;
    said trail.parsed_leaf;
BEGIN
    LOCK TABLE trail.tree IN SHARE ROW EXCLUSIVE MODE;
    SELECT * INTO former FROM trail.tree ORDER BY epoch DESC LIMIT 1;
    IF next_epoch <= former.epoch OR NOT starts_with(next_origin, 'tutela/')
       OR NOT next_origin ~ format('/trail/%s$', next_epoch) THEN
        RAISE EXCEPTION 'trail.epoch_refused: %', next_epoch USING ERRCODE = 'invalid_parameter_value';
    END IF;
    UPDATE trail.tree SET closed_at = clock_timestamp() WHERE closed_at IS NULL;
    INSERT INTO trail.tree (epoch, origin, horizon, running, gather_at, gather_id, server, opened_at, caught_up_at)
    SELECT next_epoch, next_origin, coalesce(former.horizon, pg_snapshot_xmax(s.now)),
        coalesce(former.running, ARRAY(SELECT pg_snapshot_xip(s.now))),
        CASE WHEN former.epoch IS NULL THEN '-infinity' ELSE former.gather_at END,
        CASE WHEN former.epoch IS NULL THEN '00000000-0000-0000-0000-000000000000' ELSE former.gather_id END,
        coalesce(former.server, trail.numbering()), clock_timestamp(), clock_timestamp()
    FROM (SELECT pg_current_snapshot() AS now) AS s;
    IF given IS NOT NULL THEN
        PERFORM trail.append(ARRAY[given]);
        said := jsonb_populate_record(NULL::trail.parsed_leaf, trail.read(given));
        IF said.event <> 'trail.epoch.opened' THEN
            RAISE EXCEPTION 'trail.epoch_refused: %', said.event USING ERRCODE = 'invalid_parameter_value';
        END IF;
        INSERT INTO trail.sequenced (epoch, index, at, leaf_id)
        VALUES (next_epoch, 0, to_timestamp(said.t_ms / 1000.0::float8), said.id);
        PERFORM trail.grow(next_epoch, 0, sha256('\x00'::bytea || given));
        UPDATE trail.tree SET size = 1 WHERE epoch = next_epoch;
    ELSIF former.epoch IS NOT NULL THEN
        RAISE EXCEPTION 'trail.epoch_refused: the leaf is missing' USING ERRCODE = 'invalid_parameter_value';
    END IF;
END $$;

-- Give the next leaves their places and put them into the tree, at most `most` of them, in one transaction. A leaf
-- is next if its transaction has committed; transactions that still run are looked at again. So nothing slips in
-- behind, and a transaction that runs for an hour holds nobody up. How many; whether more wait.
CREATE FUNCTION trail.sequence(most integer, OUT placed bigint, OUT more boolean)
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET jit = off SET plan_cache_mode = force_generic_plan
SET enable_seqscan = off AS $$
DECLARE
    tree trail.tree;
    looked_at timestamptz := clock_timestamp();
    now_seen pg_snapshot;
    ats timestamptz[]; ids uuid[]; hashes bytea; xids xid8[];
    found_rows bigint; last_at timestamptz; last_id uuid; last_xid xid8;
    gathers boolean;
BEGIN
    IF most NOT BETWEEN 1 AND 100000 THEN
        RAISE EXCEPTION 'trail.most_out_of_range' USING ERRCODE = 'invalid_parameter_value';
    END IF;
    SELECT t.* INTO tree FROM trail.tree t WHERE closed_at IS NULL FOR UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'trail.no_tree' USING ERRCODE = 'object_not_in_prerequisite_state';
    END IF;
    now_seen := pg_current_snapshot();
    IF tree.server <> trail.numbering() OR tree.horizon > pg_snapshot_xmax(now_seen) THEN
        tree.server := trail.numbering();
        tree.gather_at := '-infinity';
        tree.gather_id := '00000000-0000-0000-0000-000000000000';
        tree.horizon := pg_snapshot_xmax(now_seen);
        tree.running := ARRAY(SELECT pg_snapshot_xip(now_seen));
    END IF;
    gathers := tree.gather_id IS NOT NULL;
    IF gathers THEN
        WITH next AS MATERIALIZED (
            SELECT l.at, l.id, l.leaf_hash FROM trail.leaf l WHERE (l.at, l.id) > (tree.gather_at, tree.gather_id)
            ORDER BY l.at, l.id LIMIT most
        ), fresh AS (
            SELECT * FROM next n WHERE NOT EXISTS (SELECT FROM trail.sequenced s WHERE s.leaf_id = n.id)
        )
        SELECT (SELECT count(*) FROM next), (SELECT n.at FROM next n ORDER BY n.at DESC, n.id DESC LIMIT 1),
            (SELECT n.id FROM next n ORDER BY n.at DESC, n.id DESC LIMIT 1),
            array_agg(f.at ORDER BY f.at, f.id), array_agg(f.id ORDER BY f.at, f.id),
            string_agg(f.leaf_hash, '' ORDER BY f.at, f.id)
        INTO found_rows, last_at, last_id, ats, ids, hashes FROM fresh f;
        more := found_rows = most;
        tree.gather_at := CASE WHEN more THEN last_at END;
        tree.gather_id := CASE WHEN more THEN last_id END;
    ELSE
        WITH look AS MATERIALIZED (
            SELECT pg_current_snapshot() AS now
        ), next AS MATERIALIZED (
            SELECT * FROM (
                (SELECT l.xid, l.seq, l.id, l.at, l.leaf_hash FROM trail.leaf l WHERE l.xid = ANY (tree.running)
                 AND NOT EXISTS (SELECT FROM trail.sequenced s WHERE s.leaf_id = l.id)
                 ORDER BY l.xid, l.seq, l.id LIMIT most)
                UNION ALL
                (SELECT l.xid, l.seq, l.id, l.at, l.leaf_hash FROM trail.leaf l WHERE l.xid >= tree.horizon
                 AND NOT EXISTS (SELECT FROM trail.sequenced s WHERE s.leaf_id = l.id)
                 ORDER BY l.xid, l.seq, l.id LIMIT most)
            ) AS both_kinds ORDER BY xid, seq, id LIMIT most
        )
        SELECT (SELECT now FROM look), count(*), max(n.xid),
            array_agg(n.at ORDER BY n.xid, n.seq, n.id), array_agg(n.id ORDER BY n.xid, n.seq, n.id),
            string_agg(n.leaf_hash, '' ORDER BY n.xid, n.seq, n.id)
        INTO now_seen, found_rows, last_xid, ats, ids, hashes FROM next n;
        more := found_rows = most;
        IF NOT more THEN
            tree.horizon := pg_snapshot_xmax(now_seen);
            tree.running := ARRAY(SELECT pg_snapshot_xip(now_seen));
        ELSIF last_xid < tree.horizon THEN
            tree.running := ARRAY(
                SELECT x FROM unnest(tree.running) AS r (x)
                WHERE x >= last_xid OR x IN (SELECT pg_snapshot_xip(now_seen)));
        ELSE
            tree.horizon := last_xid;
            tree.running := ARRAY(SELECT x FROM pg_snapshot_xip(now_seen) AS r (x) WHERE x < last_xid);
        END IF;
    END IF;
    placed := coalesce(cardinality(ids), 0);
    IF placed > 0 THEN
        INSERT INTO trail.sequenced (epoch, index, at, leaf_id)
        SELECT tree.epoch, tree.size + n - 1, a, i
        FROM unnest(ats, ids) WITH ORDINALITY AS x (a, i, n);
        PERFORM trail.grow(tree.epoch, tree.size, hashes);
    END IF;
    UPDATE trail.tree t SET size = tree.size + placed, horizon = tree.horizon, running = tree.running,
        gather_at = tree.gather_at, gather_id = tree.gather_id, server = tree.server,
        gathered = CASE WHEN gathers THEN tree.size + placed ELSE t.gathered END,
        caught_up_at = CASE WHEN more AND NOT gathers THEN t.caught_up_at ELSE looked_at END
    WHERE t.epoch = tree.epoch AND (placed > 0 OR gathers OR t.running <> tree.running
        OR t.caught_up_at < looked_at - interval '1 s');
END $$;

-- How far the tree is behind, in seconds, and the fault that closes the log. No row before the first tree.
CREATE FUNCTION trail.tree_health(OUT lag double precision, OUT why text) RETURNS SETOF record
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce(extract(epoch FROM clock_timestamp() - greatest(oldest.at, t.caught_up_at)), 0),
        (SELECT f.kind FROM trail.fault f WHERE f.ended_at IS NULL
         AND (f.kind IN ('chain', 'root') OR f.since < clock_timestamp() - interval '15 min') ORDER BY f.since LIMIT 1)
    FROM trail.tree t LEFT JOIN LATERAL (
        SELECT l.at FROM trail.leaf l WHERE l.xid >= t.horizon
        AND NOT EXISTS (SELECT FROM trail.sequenced s WHERE s.leaf_id = l.id) ORDER BY l.xid LIMIT 1
    ) AS oldest ON true
    WHERE t.closed_at IS NULL
$$;

-- Keep a signed note. Its text must be the tree's own origin, size and root.
CREATE FUNCTION trail.keep_checkpoint(of_epoch smallint, of_size bigint, signed text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    tree trail.tree;
    head bytea;
BEGIN
    SELECT t.* INTO tree FROM trail.tree t WHERE t.epoch = of_epoch;
    head := trail.root_at(of_epoch, of_size);
    IF head IS NULL OR of_size > tree.size
       OR NOT starts_with(signed, format(E'%s\n%s\n%s\n\n', tree.origin, of_size, encode(head, 'base64'))) THEN
        RAISE EXCEPTION 'trail.checkpoint_refused: % %', of_epoch, of_size
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    INSERT INTO trail.checkpoint (epoch, size, root, at, note)
    VALUES (of_epoch, of_size, head, clock_timestamp(), signed) ON CONFLICT DO NOTHING;
END $$;

-- A fault stands from now on; how many were new.
CREATE FUNCTION trail.report_fault(of_kind text, of_epoch smallint, of_index bigint, of_leaf uuid) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    WITH told AS (
        INSERT INTO trail.fault (kind, epoch, index, leaf_id) VALUES (of_kind, of_epoch, of_index, of_leaf)
        ON CONFLICT DO NOTHING RETURNING 1
    )
    SELECT count(*) FROM told
$$;

-- A fault is over: of the signer or the quorum by itself, of a chain or root once a stored leaf of the kind
-- trail.fault.acknowledged names it. How many ended.
CREATE FUNCTION trail.end_fault(of_kind text, by_leaf uuid) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    WITH over AS (
        UPDATE trail.fault f SET ended_at = clock_timestamp(), ended_by = by_leaf
        WHERE f.kind = of_kind AND f.ended_at IS NULL AND (of_kind IN ('signer', 'quorum') OR EXISTS (
            SELECT FROM trail.leaf l WHERE l.id = by_leaf AND l.event = 'trail.fault.acknowledged'
            AND l.at > f.since - interval '1 s'))
        RETURNING 1
    )
    SELECT count(*) FROM over
$$;

REVOKE ALL ON trail.tree, trail.sequenced, trail.tile, trail.checkpoint, trail.fault
    FROM PUBLIC, tutela_app, tutela_auditor;
GRANT SELECT ON trail.tree, trail.sequenced, trail.tile, trail.checkpoint, trail.fault TO tutela_app, tutela_auditor;
REVOKE ALL ON FUNCTION trail.numbering(), trail.subtree(bytea), trail.root_at(smallint, bigint),
    trail.grow(smallint, bigint, bytea), trail.open_epoch(smallint, text, bytea), trail.sequence(integer),
    trail.keep_checkpoint(smallint, bigint, text), trail.report_fault(text, smallint, bigint, uuid),
    trail.end_fault(text, uuid), trail.tree_health() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION trail.subtree(bytea), trail.root_at(smallint, bigint), trail.tree_health() TO tutela_app, tutela_auditor;
GRANT EXECUTE ON FUNCTION trail.open_epoch(smallint, text, bytea), trail.sequence(integer),
    trail.keep_checkpoint(smallint, bigint, text), trail.report_fault(text, smallint, bigint, uuid),
    trail.end_fault(text, uuid) TO tutela_app;
