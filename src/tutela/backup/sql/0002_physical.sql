-- A list of files goes when its set is on no target any more; it never changes.
REVOKE UPDATE, TRUNCATE ON backup_listing FROM tutela_app;
