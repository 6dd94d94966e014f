-- The name of the file that was brought in, sealed: people name files after people.
ALTER TABLE vault.import_batch ADD COLUMN file_name bytea;                           -- sealed
