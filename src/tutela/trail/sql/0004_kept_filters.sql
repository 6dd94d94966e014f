-- Filters of the trail's page that a reader of the trail keeps under a name: ids, codes and days, no values.
CREATE TABLE trail.kept_filter (
    owner   text NOT NULL,  -- the account's id
    name    text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 40),
    query   text NOT NULL CHECK (octet_length(query) BETWEEN 1 AND 1000),
    PRIMARY KEY (owner, name)
);

REVOKE ALL ON trail.kept_filter FROM PUBLIC, tutela_app, tutela_auditor;
GRANT SELECT, INSERT, DELETE ON trail.kept_filter TO tutela_app;
