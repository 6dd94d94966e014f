-- What blank cells left as it was: stored values of mapped columns, counted by chunk and in all.
ALTER TABLE vault.import_batch ADD COLUMN kept bigint NOT NULL DEFAULT 0 CHECK (kept >= 0);
ALTER TABLE vault.import_chunk ADD COLUMN kept integer NOT NULL DEFAULT 0 CHECK (kept >= 0);
GRANT UPDATE (kept) ON vault.import_batch TO tutela_app;
