-- What each evidence pack said, so that the next one of the same days compares with the pack itself: not
-- with what was recorded before its moment, of which a part may have been committed after it.
CREATE TABLE public.scorecard_pack (
    id           uuid        PRIMARY KEY,
    begins       date        NOT NULL,
    ends         date        NOT NULL,
    written_at   timestamptz NOT NULL,
    written_by   text        NOT NULL,
    file_hash    text        NOT NULL CHECK (file_hash ~ '^[0-9a-f]{64}$'),
    figures      json        NOT NULL,
    CHECK (ends > begins)
);
CREATE INDEX scorecard_pack_days ON public.scorecard_pack (begins, ends, written_at);
REVOKE UPDATE, DELETE, TRUNCATE ON public.scorecard_pack FROM tutela_app;

-- The public half of the key that signs packs; the highest number is the installation's. A machine whose
-- evidence.key is another one signs nothing.
CREATE TABLE public.scorecard_signing_key (
    number       integer     PRIMARY KEY CHECK (number > 0),
    public_key   text        NOT NULL CHECK (public_key ~ '^[0-9a-f]{64}$'),
    recorded_by  text        NOT NULL,
    recorded_at  timestamptz NOT NULL
);
REVOKE UPDATE, DELETE, TRUNCATE ON public.scorecard_signing_key FROM tutela_app;
