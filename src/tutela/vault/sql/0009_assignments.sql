-- Who works on whom: a supervisor assigns a work item to somebody else. It opens nothing until a second person
-- has confirmed it or the matrix's minutes have passed; until then the work item has no assignee.
CREATE TABLE vault.assignment (
    assignment_id uuid PRIMARY KEY,
    work_item_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    assignee uuid NOT NULL,
    reason_sealed bytea NOT NULL,
    assigned_by text NOT NULL,
    assigned_at timestamptz NOT NULL,
    state smallint NOT NULL DEFAULT 1 CHECK (state IN (1, 2, 3)),   -- 1 waiting, 2 in force, 3 set aside
    decided_by text,                -- 'system' when its minutes have passed
    decided_at timestamptz,
    CHECK ((state = 1) = (decided_by IS NULL) AND (state = 1) = (decided_at IS NULL)),
    CHECK (assigned_by <> assignee::text),
    CHECK (state <> 2 OR decided_by NOT IN (assigned_by, assignee::text))
);
CREATE UNIQUE INDEX assignment_waiting ON vault.assignment (work_item_id) WHERE state = 1;
CREATE INDEX assignment_since ON vault.assignment (assigned_at) WHERE state = 1;
REVOKE DELETE, UPDATE ON vault.assignment FROM tutela_app;
GRANT UPDATE (state, decided_by, decided_at) ON vault.assignment TO tutela_app;
