-- From whose hands an open work item was taken when the account was closed, and when: what waits to be handed out.
ALTER TABLE vault.work_item ADD COLUMN released_from uuid, ADD COLUMN released_at timestamptz;
CREATE INDEX work_item_released ON vault.work_item (released_at) WHERE released_at IS NOT NULL;
GRANT UPDATE (released_from, released_at) ON vault.work_item TO tutela_app;
