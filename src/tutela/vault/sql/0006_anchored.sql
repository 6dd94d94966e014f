-- What lies in the vault is anchored: the application can no longer delete what it keeps nor rewrite it
-- in place, and each change's leaf in the trail holds a hash of what it wrote. The owner's role is not
-- bound by the triggers (it could drop them): `tutela vault verify` finds what it does.

-- A customer's standing: raised by each move to another branch, and named by the leaf of that move.
ALTER TABLE vault.customer ADD COLUMN version integer NOT NULL DEFAULT 1 CHECK (version > 0);
CREATE FUNCTION vault.count_move() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    NEW.version := OLD.version + 1;
    RETURN NEW;
END $$;
CREATE TRIGGER count_move BEFORE UPDATE OF branch_id ON vault.customer
    FOR EACH ROW WHEN (OLD.branch_id <> NEW.branch_id AND OLD.version = NEW.version)
    EXECUTE FUNCTION vault.count_move();

-- A destroyed record keeps its ids, version and manifest hash; its cells are gone.
ALTER TABLE vault.record DROP CONSTRAINT record_check, DROP CONSTRAINT record_cells_check,
    ADD CONSTRAINT record_cells CHECK (cardinality(fields) = cardinality(cells)
        AND (cardinality(cells) = 0 OR substring(cells[1] FOR 2) = '\xC101'::bytea));

-- The next version of a record: the row that was there goes to the history, and its search tags go,
-- in the same statement. An import may write several versions at once: those between must be in the
-- history already. Without a new version only a source key may be added, and only to a row
-- that has none; cells may be emptied only when the customer's keys are destroyed.
CREATE FUNCTION vault.keep_version() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF session_user = 'tutela_owner' THEN
        RETURN NEW;
    ELSIF NEW.version = OLD.version + 1 OR (NEW.version > OLD.version AND NEW.version - OLD.version - 1 = (
        SELECT count(*) FROM vault.record_history h WHERE h.customer_id = OLD.customer_id
            AND h.record_id = OLD.record_id AND h.version > OLD.version AND h.version < NEW.version))
    THEN
        INSERT INTO vault.record_history (customer_id, record_id, collection, version, generation,
            source_tag, row_mac, fields, cells, manifest, created_at, batch)
        VALUES (OLD.customer_id, OLD.record_id, OLD.collection, OLD.version, OLD.generation,
            OLD.source_tag, OLD.row_mac, OLD.fields, OLD.cells, OLD.manifest, OLD.created_at, OLD.batch);
        DELETE FROM vault.tag WHERE tag = ANY (OLD.tags) AND customer_id = OLD.customer_id
            AND record_id = OLD.record_id;
        RETURN NEW;
    ELSIF NEW.version = OLD.version AND NEW.manifest = OLD.manifest AND (
        (OLD.source_tag IS NULL AND (NEW.generation, NEW.row_mac, NEW.fields, NEW.cells, NEW.tags,
            NEW.created_at) = (OLD.generation, OLD.row_mac, OLD.fields, OLD.cells, OLD.tags, OLD.created_at)
            AND NEW.batch IS NOT DISTINCT FROM OLD.batch)
        OR (cardinality(NEW.cells) = 0 AND NOT EXISTS (SELECT FROM keys.customer_root k
            WHERE k.customer_id = OLD.customer_id AND k.wrapped IS NOT NULL)))
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'vault.version_order: record % version %', OLD.record_id, OLD.version
        USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER keep_version BEFORE UPDATE ON vault.record
    FOR EACH ROW EXECUTE FUNCTION vault.keep_version();

-- The rows that one leaf anchors, 76 bytes each (src/tutela/vault/anchors.py), under their SHA-256.
-- The leaf holds the hash, so the list itself cannot be changed unnoticed.
CREATE TABLE vault.anchor (
    root bytea PRIMARY KEY CHECK (octet_length(root) = 32),
    entries bytea NOT NULL CHECK (octet_length(entries) > 0 AND octet_length(entries) % 76 = 0),
    made_at timestamptz NOT NULL DEFAULT now()
);
ALTER TABLE vault.anchor ALTER COLUMN entries SET STORAGE EXTERNAL;

-- Rows from before this migration have no leaf that names them: they are anchored once, afterwards.
CREATE TABLE vault.anchoring (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    before timestamptz NOT NULL,
    done_at timestamptz
);
INSERT INTO vault.anchoring (before, done_at)
    SELECT now(), CASE WHEN NOT EXISTS (SELECT FROM vault.record) THEN now() END;

-- Runs of `vault verify`: where it is, so that it can go on, and what it found.
CREATE TABLE vault.verification (
    run_id uuid PRIMARY KEY,
    actor_id text NOT NULL,
    started_at timestamptz NOT NULL,
    stage text NOT NULL DEFAULT '',     -- the event whose leaves are read, or what is looked at after them
    after uuid,                        -- the last leaf, or customer, of this stage that is checked
    leaves bigint NOT NULL DEFAULT 0,
    records bigint NOT NULL DEFAULT 0, -- versions that a leaf names, and that are there
    moves bigint NOT NULL DEFAULT 0,   -- versions of customers, likewise
    faults bigint NOT NULL DEFAULT 0,
    not_anchored bigint NOT NULL DEFAULT 0,
    first_faults jsonb NOT NULL DEFAULT '[]',
    last_present timestamptz,          -- the newest change that is there
    first_missing timestamptz,         -- the oldest change that is not
    finished_at timestamptz,
    outcome text CHECK (outcome IN ('good', 'bad')),
    CHECK ((finished_at IS NULL) = (outcome IS NULL))
);
CREATE UNIQUE INDEX verification_open ON vault.verification ((true)) WHERE finished_at IS NULL;
CREATE FUNCTION vault.refuse_closed() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'vault.closed: % is not changed any more', TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER refuse_closed BEFORE UPDATE ON vault.verification
    FOR EACH ROW WHEN (OLD.finished_at IS NOT NULL) EXECUTE FUNCTION vault.refuse_closed();
CREATE TRIGGER refuse_closed BEFORE UPDATE ON vault.anchoring
    FOR EACH ROW WHEN (OLD.done_at IS NOT NULL) EXECUTE FUNCTION vault.refuse_closed();

-- Orders to destroy a customer: proposed by one person, approved by another, each with a leaf.
CREATE TABLE vault.destruction (
    order_id uuid PRIMARY KEY,
    customer_id uuid NOT NULL,
    branch_id integer NOT NULL,        -- the customer's when it was proposed
    proposed_by text NOT NULL,
    proposed_at timestamptz NOT NULL,
    proposed_leaf uuid NOT NULL,
    reason text NOT NULL CHECK (reason <> ''),   -- sealed
    decision text CHECK (decision IN ('approved', 'rejected')),
    decided_by text,
    decided_at timestamptz,
    decided_leaf uuid,
    records integer,
    versions integer,
    CHECK ((decision IS NULL) = (decided_by IS NULL) AND (decision IS NULL) = (decided_leaf IS NULL)),
    CHECK (decision IS DISTINCT FROM 'approved' OR decided_by <> proposed_by)
);
CREATE UNIQUE INDEX destruction_open ON vault.destruction (customer_id) WHERE decision IS NULL;

-- Whether the trail holds this leaf of this person about this customer.
CREATE FUNCTION vault.has_leaf(leaf_id uuid, wanted text, who text, customer uuid) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT EXISTS (
        SELECT FROM trail.leaf l JOIN trail.subject s ON s.at = l.at AND s.leaf_id = l.id
        WHERE l.id = has_leaf.leaf_id AND l.event = wanted AND l.actor_id = who AND l.outcome = 'allow'
          AND s.kind = 'customer' AND s.id = customer::text
          AND l.at = timestamptz 'epoch' + interval '1 millisecond'
              * ('x' || translate(left(has_leaf.leaf_id::text, 13), '-', ''))::bit(48)::bigint)
$$;

-- Carry out or reject an order. The one way in which anything leaves the vault. Approved: the wrapped
-- keys go, so that no copy of a cell opens any more, and with them cells, search tags, keys of sources
-- and work items; ids, versions and manifest hashes stay, for the leaves that name them.
CREATE FUNCTION vault.decide_destruction(target uuid, verdict text, who text, leaf uuid)
RETURNS TABLE (record_count integer, version_count integer)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    wanted vault.destruction;
    older integer;
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
        UPDATE keys.customer_root SET wrapped = NULL, state = 4 WHERE customer_id = wanted.customer_id;
        DELETE FROM vault.tag t USING vault.record r, unnest(r.tags) AS old (tag)
            WHERE r.customer_id = wanted.customer_id AND t.tag = old.tag
              AND t.customer_id = r.customer_id AND t.record_id = r.record_id;
        DELETE FROM vault.work_item WHERE customer_id = wanted.customer_id;
        UPDATE vault.record SET source_tag = NULL, row_mac = decode(repeat('00', 16), 'hex'),
            fields = '{}', cells = '{}', tags = '{}' WHERE customer_id = wanted.customer_id;
        GET DIAGNOSTICS record_count = ROW_COUNT;
        UPDATE vault.record_history SET source_tag = NULL, row_mac = decode(repeat('00', 16), 'hex'),
            fields = '{}', cells = '{}' WHERE customer_id = wanted.customer_id;
        GET DIAGNOSTICS older = ROW_COUNT;
        version_count := record_count + older;
        UPDATE vault.customer SET state = 2, identity_tag = NULL WHERE customer_id = wanted.customer_id;
    END IF;
    UPDATE vault.destruction SET decision = verdict, decided_by = who, decided_at = now(),
        decided_leaf = leaf, records = record_count, versions = version_count WHERE order_id = target;
    RETURN NEXT;
END $$;

-- The application's rights: what each verb writes, and no more.
REVOKE ALL ON vault.customer, vault.record, vault.record_history, vault.tag, vault.work_item,
    vault.import_batch, vault.import_chunk, vault.mapping, vault.encryption_count, vault.anchor,
    vault.anchoring, vault.verification, vault.destruction FROM tutela_app;
GRANT SELECT, INSERT ON vault.customer, vault.record, vault.record_history, vault.tag, vault.work_item, vault.import_batch,
    vault.import_chunk, vault.mapping, vault.encryption_count, vault.anchor, vault.verification,
    vault.destruction TO tutela_app;
GRANT SELECT, UPDATE (done_at) ON vault.anchoring TO tutela_app;
GRANT UPDATE (stage, after, leaves, records, moves, faults, not_anchored, first_faults, last_present,
    first_missing, finished_at, outcome) ON vault.verification TO tutela_app;
GRANT UPDATE (branch_id, identity_tag) ON vault.customer TO tutela_app;
GRANT UPDATE (version, generation, source_tag, row_mac, fields, cells, manifest, tags, created_at, batch)
    ON vault.record TO tutela_app;
GRANT UPDATE (assignee, opened, closed) ON vault.work_item TO tutela_app;
GRANT UPDATE (total, total_about, state, finished_at, rows, created, changed, unchanged, rejected)
    ON vault.import_batch TO tutela_app;
GRANT UPDATE (columns, saved_by, saved_at) ON vault.mapping TO tutela_app;
REVOKE ALL ON FUNCTION vault.count_move(), vault.keep_version(), vault.refuse_closed(),
    vault.has_leaf(uuid, text, text, uuid), vault.decide_destruction(uuid, text, text, uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION vault.decide_destruction(uuid, text, text, uuid) TO tutela_app;
