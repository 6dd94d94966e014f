-- What came already, by a keyed fingerprint of each record; `told` is the day it tells, after which it may be forgotten.
CREATE TABLE feeds_record (
    feed_id bigint NOT NULL REFERENCES feeds_feed (id),
    digest bytea NOT NULL CHECK (octet_length(digest) = 16),
    told date NOT NULL,
    PRIMARY KEY (feed_id, digest)
);
CREATE INDEX feeds_record_told ON feeds_record (told);

-- The numbers that came, as stretches without a hole; `lost` numbers inside one are given up as missing.
CREATE TABLE feeds_stretch (
    feed_id bigint NOT NULL REFERENCES feeds_feed (id),
    stream text COLLATE "C" NOT NULL CHECK (length(stream) <= 64),
    run integer NOT NULL CHECK (run > 0),
    first_number bigint NOT NULL,
    last_number bigint NOT NULL,
    lost bigint NOT NULL DEFAULT 0 CHECK (lost >= 0),
    PRIMARY KEY (feed_id, stream, run, first_number),
    CHECK (first_number <= last_number)
);

-- Where each stream's numbering stands: the run, the latest time told, numbers used twice.
CREATE TABLE feeds_stream (
    feed_id bigint NOT NULL REFERENCES feeds_feed (id),
    stream text COLLATE "C" NOT NULL CHECK (length(stream) <= 64),
    run integer NOT NULL,
    told_at timestamptz NOT NULL,
    again bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (feed_id, stream)
);

-- Looks by the day on which they were received.
CREATE TABLE feeds_tally (
    feed_id bigint NOT NULL REFERENCES feeds_feed (id),
    day date NOT NULL,
    looks bigint NOT NULL DEFAULT 0,
    unmatched_people bigint NOT NULL DEFAULT 0,
    naming bigint NOT NULL DEFAULT 0,
    unknown_customers bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (feed_id, day)
);

-- A delivery's counts grow while it is taken in; nothing is taken back, and no row goes but remembered fingerprints.
REVOKE DELETE, TRUNCATE ON feeds_feed, feeds_feedkey, feeds_delivery, feeds_account, feeds_tally, feeds_stream
    FROM tutela_app;
REVOKE UPDATE ON feeds_feedkey FROM tutela_app;
GRANT UPDATE (used_at, revoked_at, revoked_by_id) ON feeds_feedkey TO tutela_app;
REVOKE UPDATE ON feeds_record FROM tutela_app;
