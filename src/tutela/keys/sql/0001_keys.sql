-- Wrapped keys only. The schema is apart so that it can be backed up apart; nothing here opens without
-- the root key, which is never in the database.
-- States as in SP 800-57: 0 pre-active, 1 active, 2 decrypt-only, 3 compromised, 4 destroyed.

CREATE TABLE keys.installation (
    one        boolean     PRIMARY KEY DEFAULT true CHECK (one),
    id         bytea       NOT NULL CHECK (octet_length(id) = 16),
    created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE keys.kek (
    id         integer     PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
    version    integer     NOT NULL CHECK (version > 0),
    suite      smallint    NOT NULL CHECK (suite IN (1, 2)),
    wrapped    bytea,
    commitment bytea       NOT NULL CHECK (octet_length(commitment) = 32),
    provider   text        NOT NULL,
    state      smallint    NOT NULL CHECK (state BETWEEN 0 AND 4),
    created_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (version, suite),
    CHECK ((wrapped IS NULL) = (state = 4))
);
CREATE UNIQUE INDEX kek_active ON keys.kek (suite) WHERE state = 1;

-- The shredding unit: without `wrapped` the customer's values of this generation are gone.
CREATE TABLE keys.customer_root (
    customer_id uuid        NOT NULL,
    generation  integer     NOT NULL CHECK (generation > 0),
    kek_id      integer     NOT NULL,   -- of keys.kek: a foreign key would cost a trigger for each row
    suite       smallint    NOT NULL CHECK (suite IN (1, 2)),
    wrapped     bytea,
    commitment  bytea       NOT NULL CHECK (octet_length(commitment) = 32),
    state       smallint    NOT NULL CHECK (state BETWEEN 0 AND 4),
    created_at  timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (customer_id, generation),
    CHECK ((wrapped IS NULL) = (state = 4))
);
ALTER TABLE keys.customer_root ALTER COLUMN wrapped SET STORAGE PLAIN, ALTER COLUMN commitment SET STORAGE PLAIN;

CREATE TABLE keys.side_root (
    name       text        NOT NULL CHECK (name IN ('index', 'note', 'secret')),
    version    integer     NOT NULL CHECK (version > 0),
    kek_id     integer     NOT NULL REFERENCES keys.kek (id),
    wrapped    bytea,
    commitment bytea       NOT NULL CHECK (octet_length(commitment) = 32),
    state      smallint    NOT NULL CHECK (state BETWEEN 0 AND 4),
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (name, version),
    CHECK ((wrapped IS NULL) = (state = 4))
);
CREATE UNIQUE INDEX side_root_active ON keys.side_root (name) WHERE state = 1;

-- Every process that caches keys listens: what changes in a key's row is forgotten at once.
CREATE FUNCTION keys.tell() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM pg_notify('tutela_keys', TG_TABLE_NAME);
    RETURN NULL;
END $$;
CREATE TRIGGER tell AFTER UPDATE OR DELETE ON keys.kek FOR EACH STATEMENT EXECUTE FUNCTION keys.tell();
CREATE TRIGGER tell AFTER UPDATE OR DELETE ON keys.customer_root FOR EACH STATEMENT EXECUTE FUNCTION keys.tell();
CREATE TRIGGER tell AFTER UPDATE OR DELETE ON keys.side_root FOR EACH STATEMENT EXECUTE FUNCTION keys.tell();
REVOKE ALL ON FUNCTION keys.tell() FROM PUBLIC;

-- The installation's id never changes.
REVOKE ALL ON keys.installation FROM PUBLIC, tutela_app;
GRANT SELECT, INSERT ON keys.installation TO tutela_app;
