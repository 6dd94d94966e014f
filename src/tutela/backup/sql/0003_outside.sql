-- What another program said stays as it was said.
REVOKE UPDATE, DELETE, TRUNCATE ON backup_outside FROM tutela_app;
