-- The vault. Every personal value lies in a sealed cell; what stands in clear is ids, numbers
-- of fields and times. customer_id leads each key, so that the tables can be spread by customer.
-- There are no foreign keys between them: an import of millions of rows would pay for each one,
-- and the manifest of a record already ties its cells to its customer.

-- Whether every cell is an envelope of our format: magic C1, version 1, a known suite, at least
-- the 36 bytes of an empty envelope.
CREATE FUNCTION vault.all_sealed(cells bytea[]) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN NOT EXISTS (
        SELECT 1 FROM unnest(cells) AS cell
        WHERE cell IS NULL OR octet_length(cell) < 36
           OR substring(cell FOR 2) <> '\xC101'::bytea OR get_byte(cell, 2) NOT IN (1, 2));

CREATE TABLE vault.customer (
    customer_id uuid PRIMARY KEY,
    branch_id integer NOT NULL,
    identity_tag bytea UNIQUE CHECK (octet_length(identity_tag) = 16),
    created_at timestamptz NOT NULL DEFAULT now(),
    state smallint NOT NULL DEFAULT 1 CHECK (state IN (1, 2))   -- 1 held, 2 destroyed
);
CREATE INDEX customer_branch ON vault.customer (branch_id, customer_id);

CREATE TABLE vault.record (
    customer_id uuid NOT NULL,
    record_id uuid NOT NULL,
    collection smallint NOT NULL,
    version integer NOT NULL CHECK (version > 0),
    generation integer NOT NULL CHECK (generation > 0),
    source_tag bytea CHECK (octet_length(source_tag) = 16),
    row_mac bytea NOT NULL CHECK (octet_length(row_mac) = 16),
    fields smallint[] NOT NULL,     -- a field id, or minus a data class for a bundle
    cells bytea[] NOT NULL,         -- the envelope of the field or bundle at the same place
    manifest bytea NOT NULL CHECK (octet_length(manifest) = 32),
    created_at timestamptz NOT NULL DEFAULT now(),
    batch uuid,
    PRIMARY KEY (customer_id, record_id),
    CHECK (cardinality(cells) > 0 AND cardinality(fields) = cardinality(cells)),
    CHECK (substring(cells[1] FOR 2) = '\xC101'::bytea)
);
-- A change writes a new version of the row, so pages keep a little room for it.
ALTER TABLE vault.record SET (fillfactor = 95);
ALTER TABLE vault.record ALTER COLUMN cells SET STORAGE EXTERNAL;
CREATE UNIQUE INDEX record_source ON vault.record (source_tag, collection);

CREATE TABLE vault.record_history (
    customer_id uuid NOT NULL,
    record_id uuid NOT NULL,
    collection smallint NOT NULL,
    version integer NOT NULL CHECK (version > 0),
    generation integer NOT NULL,
    source_tag bytea,
    row_mac bytea NOT NULL,
    fields smallint[] NOT NULL,
    cells bytea[] NOT NULL,
    manifest bytea NOT NULL CHECK (octet_length(manifest) = 32),
    created_at timestamptz NOT NULL,
    batch uuid,
    PRIMARY KEY (customer_id, record_id, version),
    CHECK (cardinality(fields) = cardinality(cells))
);
ALTER TABLE vault.record_history ALTER COLUMN cells SET STORAGE EXTERNAL;

CREATE TABLE vault.tag (
    tag bigint NOT NULL,
    field smallint NOT NULL,
    transform smallint NOT NULL,
    version smallint NOT NULL,
    customer_id uuid NOT NULL,
    record_id uuid NOT NULL
);
-- The tag is a keyed hash over field, transform and version too, so it alone finds the row.
CREATE INDEX tag_tag ON vault.tag (tag);
-- Finds what a change or a destruction must remove. Ids grow with time, so it grows at its end.
CREATE INDEX tag_customer ON vault.tag (customer_id);

CREATE TABLE vault.work_item (
    work_item_id uuid PRIMARY KEY,
    customer_id uuid NOT NULL,
    kind smallint NOT NULL CHECK (kind IN (1, 2, 3)),   -- 1 policy, 2 claim, 3 service case
    number_tag bytea NOT NULL CHECK (octet_length(number_tag) = 16),
    number_sealed bytea NOT NULL CHECK (vault.all_sealed(ARRAY[number_sealed])),
    assignee uuid,
    opened date NOT NULL,
    closed date CHECK (closed >= opened),
    UNIQUE (number_tag, kind)
);
ALTER TABLE vault.work_item ALTER COLUMN number_sealed SET STORAGE EXTERNAL;
CREATE INDEX work_item_customer ON vault.work_item (customer_id);
CREATE INDEX work_item_assignee ON vault.work_item (assignee, customer_id);

CREATE TABLE vault.import_batch (
    batch_id uuid PRIMARY KEY,
    actor_kind text NOT NULL,
    actor_id text NOT NULL,
    source text NOT NULL,
    collection smallint NOT NULL,
    file_hash bytea NOT NULL CHECK (octet_length(file_hash) = 32),
    mapping jsonb NOT NULL,
    state text NOT NULL,
    rows bigint NOT NULL DEFAULT 0,
    created bigint NOT NULL DEFAULT 0,
    changed bigint NOT NULL DEFAULT 0,
    unchanged bigint NOT NULL DEFAULT 0,
    rejected bigint NOT NULL DEFAULT 0,
    started_at timestamptz NOT NULL DEFAULT now(),
    finished_at timestamptz,
    rejects bytea                                        -- sealed
);
ALTER TABLE vault.import_batch ALTER COLUMN rejects SET STORAGE EXTERNAL;

CREATE TABLE vault.import_chunk (
    batch_id uuid NOT NULL REFERENCES vault.import_batch,
    chunk integer NOT NULL,
    rows integer NOT NULL,
    created integer NOT NULL,
    changed integer NOT NULL,
    unchanged integer NOT NULL,
    rejected integer NOT NULL,
    rejects_sealed bytea,
    committed_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (batch_id, chunk)
);
ALTER TABLE vault.import_chunk ALTER COLUMN rejects_sealed SET STORAGE EXTERNAL;

CREATE TABLE vault.mapping (
    name text NOT NULL,
    collection smallint NOT NULL,
    columns jsonb NOT NULL,
    saved_by text NOT NULL,
    saved_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (name, collection)
);

-- Each count stands; a correction is a later count.
CREATE TABLE vault.encryption_count (
    counted_at timestamptz PRIMARY KEY,
    sensitive bigint NOT NULL CHECK (sensitive >= 0),
    sealed bigint NOT NULL CHECK (sealed BETWEEN 0 AND sensitive),
    customers bigint NOT NULL,
    records bigint NOT NULL,
    method text NOT NULL
);
REVOKE UPDATE, DELETE ON vault.encryption_count FROM tutela_app;
