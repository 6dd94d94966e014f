-- What witnesses say of the tree. A cosignature proves itself by its key, so whoever may write rows here can add
-- no false one; rows are never changed or taken away.

-- One signature line of a witness for a checkpoint; `witness` is the key's name and id, `at` the witness's own time.
CREATE TABLE trail.cosignature (
    epoch   smallint    NOT NULL,
    size    bigint      NOT NULL,
    witness text        NOT NULL CHECK (octet_length(witness) BETWEEN 3 AND 300),
    at      timestamptz NOT NULL,
    line    text        NOT NULL CHECK (octet_length(line) <= 8192),
    PRIMARY KEY (epoch, size, witness, at),
    FOREIGN KEY (epoch, size) REFERENCES trail.checkpoint (epoch, size)
);
CREATE INDEX cosignature_witness ON trail.cosignature (witness, at);
CREATE TRIGGER refuse_statement BEFORE UPDATE OR DELETE OR TRUNCATE ON trail.cosignature
    FOR EACH STATEMENT EXECUTE FUNCTION trail.refuse();

-- How the last call to each witness went, by its name in the policy. `size` is where it stands in `epoch`.
CREATE TABLE trail.witness (
    name        text        PRIMARY KEY,
    epoch       smallint    NOT NULL,
    size        bigint      NOT NULL DEFAULT 0 CHECK (size >= 0),
    asked_at    timestamptz NOT NULL,
    answered_at timestamptz,            -- of the last cosignature
    fault       text        NOT NULL DEFAULT '',
    evidence    text        NOT NULL DEFAULT ''  -- a checkpoint of ours that our tree contradicts
);

-- Whether the policy's quorum stands. One row.
CREATE TABLE trail.quorum (
    one      boolean     PRIMARY KEY DEFAULT true CHECK (one),
    policy   bytea       NOT NULL,      -- SHA-256 of the policy file
    since    timestamptz NOT NULL,      -- of the first round under this policy
    met_at   timestamptz,               -- since when enough witnesses vouch for the newest checkpoint that has a quorum
    epoch    smallint,
    size     bigint,
    told_at  timestamptz                -- when people were told that it is lost; null while it is not
);

REVOKE ALL ON trail.cosignature, trail.witness, trail.quorum FROM PUBLIC, tutela_app, tutela_auditor;
GRANT SELECT ON trail.cosignature, trail.witness, trail.quorum TO tutela_app, tutela_auditor;
GRANT INSERT ON trail.cosignature TO tutela_app;
GRANT INSERT, UPDATE, DELETE ON trail.witness, trail.quorum TO tutela_app;
