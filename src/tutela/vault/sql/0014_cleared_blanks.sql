-- What blank cells cleared, because the mapping says so: stored values, counted by chunk and in all.
ALTER TABLE vault.import_batch ADD COLUMN cleared bigint NOT NULL DEFAULT 0 CHECK (cleared >= 0);
ALTER TABLE vault.import_chunk ADD COLUMN cleared integer NOT NULL DEFAULT 0 CHECK (cleared >= 0);
GRANT UPDATE (cleared) ON vault.import_batch TO tutela_app;
