-- Who may see an import is settled by the branch of who imported it. A rehearsal is a batch too, whose
-- chunks were rolled back; `upload` is the sealed file that it can go on with.
ALTER TABLE vault.import_batch
    ADD COLUMN branch_id integer,
    ADD COLUMN dry_run boolean NOT NULL DEFAULT FALSE,
    ADD COLUMN upload uuid;

-- An import is undone by two people. A row is a proposal, then what became of it.
CREATE TABLE vault.import_undo (
    undo_id uuid PRIMARY KEY,
    batch_id uuid NOT NULL REFERENCES vault.import_batch,
    state text NOT NULL CHECK (state IN ('proposed', 'approved', 'undone', 'withdrawn')),
    proposed_by text NOT NULL,
    proposed_at timestamptz NOT NULL,
    reason text NOT NULL CHECK (reason <> ''),          -- sealed
    decided_by text CHECK (decided_by <> proposed_by OR state = 'withdrawn'),
    decided_at timestamptz,
    finished_at timestamptz,
    records bigint NOT NULL DEFAULT 0 CHECK (records >= 0),
    customers bigint NOT NULL DEFAULT 0 CHECK (customers >= 0),
    kept bigint NOT NULL DEFAULT 0 CHECK (kept >= 0),   -- changed by somebody while the undo ran
    CHECK ((state = 'proposed') = (decided_by IS NULL))
);
CREATE UNIQUE INDEX import_undo_once ON vault.import_undo (batch_id) WHERE state <> 'withdrawn';

-- The branch that a customer had before an import moved it: records keep versions, the row of a
-- customer does not.
CREATE TABLE vault.import_move (
    batch_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    branch_id integer NOT NULL,
    PRIMARY KEY (batch_id, customer_id)
);

-- A version without cells is the end of a record that an undone import made; the versions before it
-- stay in the history. A customer whose only records ended so is withdrawn: 3.
ALTER TABLE vault.record
    ADD CONSTRAINT record_withdrawn CHECK (cardinality(cells) > 0 OR source_tag IS NULL);
ALTER TABLE vault.customer DROP CONSTRAINT customer_state_check;
ALTER TABLE vault.customer
    ADD CONSTRAINT customer_state_check CHECK (state IN (1, 2, 3)),
    ADD CONSTRAINT customer_withdrawn CHECK (state <> 3 OR identity_tag IS NULL);
-- Finds what an import wrote without an index that every row would pay for.
CREATE INDEX record_written ON vault.record USING brin (created_at) WITH (pages_per_range = 32);
CREATE INDEX record_history_written ON vault.record_history USING brin (created_at)
    WITH (pages_per_range = 32);

-- Withdraw customers that an approved undo has left without a record. The application may not change
-- the state of a customer in any other way.
CREATE FUNCTION vault.withdraw_customers(undo uuid, wanted uuid[]) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    counted integer;
BEGIN
    PERFORM FROM vault.import_undo u
        WHERE u.undo_id = undo AND u.state = 'approved' AND u.decided_by <> u.proposed_by;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'vault.undo_not_approved' USING ERRCODE = 'insufficient_privilege';
    END IF;
    UPDATE vault.customer c SET state = 3, identity_tag = NULL
        WHERE c.customer_id = ANY (wanted) AND c.state = 1
          AND NOT EXISTS (SELECT FROM vault.record r
              WHERE r.customer_id = c.customer_id AND cardinality(r.cells) > 0)
          AND EXISTS (SELECT FROM vault.record r
              WHERE r.customer_id = c.customer_id AND r.batch = undo);
    GET DIAGNOSTICS counted = ROW_COUNT;
    RETURN counted;
END $$;
REVOKE ALL ON vault.import_undo, vault.import_move FROM tutela_app;
GRANT SELECT, INSERT ON vault.import_undo, vault.import_move TO tutela_app;
GRANT UPDATE (state, decided_by, decided_at, finished_at, records, customers, kept)
    ON vault.import_undo TO tutela_app;
REVOKE ALL ON FUNCTION vault.withdraw_customers(uuid, uuid[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION vault.withdraw_customers(uuid, uuid[]) TO tutela_app;
