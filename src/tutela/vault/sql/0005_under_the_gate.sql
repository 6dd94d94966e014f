-- Who feeds the vault: a machine account for a source, registered and changed by two people. Each row is one
-- proposal; the newest that was approved of a code and a machine is in force.
CREATE TABLE vault.source (
    source_id uuid PRIMARY KEY,
    code text NOT NULL CHECK (code <> '' AND length(code) <= 40),
    machine_id uuid NOT NULL,
    collections smallint[] NOT NULL CHECK (cardinality(collections) > 0),
    is_open boolean NOT NULL,       -- FALSE: from its approval on this machine feeds the source no more
    proposed_by text NOT NULL,
    proposed_at timestamptz NOT NULL,
    state smallint NOT NULL DEFAULT 1 CHECK (state IN (1, 2, 3)),   -- 1 proposed, 2 approved, 3 refused
    decided_by text,
    decided_at timestamptz,
    CHECK ((state = 1) = (decided_by IS NULL) AND (state = 1) = (decided_at IS NULL)),
    -- The second person is another one; only the installation itself registers alone.
    CHECK (state <> 2 OR decided_by <> proposed_by OR proposed_by = 'system')
);
CREATE UNIQUE INDEX source_waiting ON vault.source (code, machine_id) WHERE state = 1;
CREATE INDEX source_in_force ON vault.source (code, machine_id, decided_at) WHERE state = 2;
REVOKE DELETE ON vault.source FROM tutela_app;
REVOKE UPDATE ON vault.source FROM tutela_app;
GRANT UPDATE (state, decided_by, decided_at) ON vault.source TO tutela_app;

-- What machines have fed before goes on: the installation registers it.
INSERT INTO vault.source (source_id, code, machine_id, collections, is_open, proposed_by, proposed_at, state,
        decided_by, decided_at)
    SELECT gen_random_uuid(), fed.source, fed.machine, '{1,2,3,4,5,6,7}', TRUE, 'system', now(), 2, 'system', now()
    FROM (SELECT DISTINCT left(source, 40) AS source, actor_id::uuid AS machine FROM vault.import_batch
          WHERE actor_kind = 'machine' AND source <> '') AS fed;

-- Rows that an import may not write: they met a customer outside, or would make one. A steward decides.
CREATE TABLE vault.held_row (
    held_id uuid PRIMARY KEY,
    batch_id uuid,                  -- NULL: typed, not imported
    row_number integer NOT NULL CHECK (row_number >= 0),
    collection smallint NOT NULL,
    source text NOT NULL,
    branch_id integer NOT NULL,     -- the branch that the row names, which says whose queue it is in
    actor_id text NOT NULL,
    row_sealed bytea CHECK (octet_length(row_sealed) > 36),     -- gone once it is decided
    held_at timestamptz NOT NULL,
    state smallint NOT NULL DEFAULT 1 CHECK (state IN (1, 2, 3)),   -- 1 waiting, 2 accepted, 3 refused
    decided_by text,
    decided_at timestamptz,
    reason_sealed bytea,
    CHECK ((state = 1) = (decided_by IS NULL) AND (state = 1) = (decided_at IS NULL)),
    CHECK ((state = 1) = (row_sealed IS NOT NULL)),
    CHECK (state = 1 OR decided_by <> actor_id)
);
ALTER TABLE vault.held_row ALTER COLUMN row_sealed SET STORAGE EXTERNAL;
CREATE INDEX held_row_waiting ON vault.held_row (batch_id, row_number) WHERE state = 1;
CREATE INDEX held_row_branch ON vault.held_row (branch_id, held_id) WHERE state = 1;
REVOKE DELETE, UPDATE ON vault.held_row FROM tutela_app;
GRANT UPDATE (state, decided_by, decided_at, reason_sealed, row_sealed) ON vault.held_row TO tutela_app;

-- A customer goes to another branch when one person of each branch, or one above both, has said so.
CREATE TABLE vault.move (
    move_id uuid PRIMARY KEY,
    customer_id uuid NOT NULL,
    from_branch integer NOT NULL,
    to_branch integer NOT NULL CHECK (to_branch <> from_branch),
    reason_sealed bytea NOT NULL,
    proposed_by text NOT NULL,
    proposed_at timestamptz NOT NULL,
    state smallint NOT NULL DEFAULT 1 CHECK (state IN (1, 2, 3)),   -- 1 proposed, 2 moved, 3 refused
    decided_by text,
    decided_at timestamptz,
    CHECK ((state = 1) = (decided_by IS NULL) AND (state = 1) = (decided_at IS NULL)),
    CHECK (state <> 2 OR decided_by <> proposed_by)
);
CREATE UNIQUE INDEX move_waiting ON vault.move (customer_id) WHERE state = 1;
REVOKE DELETE, UPDATE ON vault.move FROM tutela_app;
GRANT UPDATE (state, decided_by, decided_at) ON vault.move TO tutela_app;
