-- The application makes and reads wrapped keys. It changes only what a change of the root key rewraps,
-- and deletes nothing; a customer's keys are destroyed by vault.decide_destruction alone.
REVOKE ALL ON keys.kek, keys.customer_root, keys.side_root FROM tutela_app;
GRANT SELECT, INSERT ON keys.kek, keys.customer_root, keys.side_root TO tutela_app;
GRANT UPDATE (wrapped, provider) ON keys.kek TO tutela_app;
