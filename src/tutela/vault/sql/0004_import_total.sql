-- The rows that an import has in all stand with it, so that everybody who may see it sees the same
-- per cent. NULL: nobody knows; `total_about`: estimated from the bytes that were read so far.
ALTER TABLE vault.import_batch
    ADD COLUMN total bigint CHECK (total >= 0),
    ADD COLUMN total_about boolean NOT NULL DEFAULT TRUE;
UPDATE vault.import_batch SET total = rows, total_about = FALSE WHERE state = 'finished';
