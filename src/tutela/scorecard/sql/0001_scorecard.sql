-- What a target's department reports from systems outside Tutela. A wrong row is corrected by a new one
-- that names it in `corrects`; nothing is changed or deleted.
CREATE TABLE public.scorecard_outside_evidence (
    id           uuid        PRIMARY KEY,
    target       text        NOT NULL CHECK (target ~ '^[a-z][a-z0-9-]{1,39}$'),
    begins       date        NOT NULL,
    ends         date        NOT NULL,
    value        double precision NOT NULL CHECK (value >= 0 AND value < 'Infinity'),
    numerator    bigint      NOT NULL CHECK (numerator >= 0),
    denominator  bigint      NOT NULL CHECK (denominator >= 0),
    unit         text        NOT NULL CHECK (unit IN ('percent', 'days', 'hours', 'count')),
    source       text        NOT NULL CHECK (length(source) BETWEEN 1 AND 64),
    signer       text        NOT NULL CHECK (length(signer) BETWEEN 1 AND 64),
    file_hash    text        NOT NULL CHECK (file_hash ~ '^([0-9a-f]{64})?$'),
    reason       text        NOT NULL DEFAULT '',
    recorded_by  text        NOT NULL,
    recorded_at  timestamptz NOT NULL,
    corrects     uuid        UNIQUE REFERENCES public.scorecard_outside_evidence (id),
    CHECK (ends > begins),
    CHECK (corrects IS NULL OR reason <> ''),
    CHECK (corrects IS DISTINCT FROM id)
);
CREATE INDEX scorecard_outside_target ON public.scorecard_outside_evidence (target, ends);
-- The same period of the same source twice is a mistake, unless the second corrects the first.
CREATE UNIQUE INDEX scorecard_outside_once ON public.scorecard_outside_evidence
    (target, begins, ends, source) WHERE corrects IS NULL;
REVOKE UPDATE, DELETE, TRUNCATE ON public.scorecard_outside_evidence FROM tutela_app;

-- A company's own targets: a formula over readings. A changed one is a new row with the same name.
CREATE TABLE public.scorecard_custom_measure (
    id           uuid        PRIMARY KEY,
    target       text        NOT NULL CHECK (target ~ '^own-[a-z0-9-]{1,36}$'),
    title        text        NOT NULL CHECK (length(title) BETWEEN 1 AND 80),
    formula      text        NOT NULL CHECK (length(formula) BETWEEN 1 AND 400),
    goal         double precision NOT NULL CHECK (goal >= 0 AND goal < 'Infinity'),
    unit         text        NOT NULL CHECK (unit IN ('percent', 'days', 'hours', 'count')),
    direction    text        NOT NULL CHECK (direction IN ('at_least', 'at_most')),
    department   text        NOT NULL,
    cadence      integer     NOT NULL CHECK (cadence BETWEEN 1 AND 1100),
    starts       date        NOT NULL,
    recorded_by  text        NOT NULL,
    recorded_at  timestamptz NOT NULL
);
CREATE INDEX scorecard_custom_target ON public.scorecard_custom_measure (target, starts);
REVOKE UPDATE, DELETE, TRUNCATE ON public.scorecard_custom_measure FROM tutela_app;
