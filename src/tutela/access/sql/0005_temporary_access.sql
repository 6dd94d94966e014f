-- Access for a while: asked for and approved by others, or taken at once (break-glass) and reviewed afterwards.
-- The rules that matter stand here too: nobody approves or reviews their own, of two approvers each has a post of
-- their own, nothing lasts longer than it may, and what was once written stays (docs/decisions/temporary-access.md).
CREATE TABLE access_temporary_access (
    id uuid PRIMARY KEY,
    kind text COLLATE "C" NOT NULL CHECK (kind IN ('request', 'break_glass')),
    asker_id uuid NOT NULL REFERENCES access_staff,
    post text COLLATE "C" NOT NULL,                 -- the post by which it is asked for
    branch_id bigint REFERENCES access_branch,      -- and where that is held
    customers uuid[] NOT NULL,                      -- none while only a search is named
    search_sealed text NOT NULL DEFAULT '',
    classes smallint[] NOT NULL CHECK (cardinality(classes) > 0),
    purpose text COLLATE "C" NOT NULL,
    is_sensitive boolean NOT NULL,                  -- needs two approvers
    minutes smallint NOT NULL CHECK (minutes BETWEEN 5 AND 240),
    reason_sealed text NOT NULL CHECK (reason_sealed <> ''),
    session text COLLATE "C" NOT NULL DEFAULT '',   -- of break-glass: a fingerprint of the session it holds in
    asked_at timestamptz NOT NULL,
    decide_until timestamptz NOT NULL,
    first_approver uuid REFERENCES access_staff,
    first_post text COLLATE "C",
    first_at timestamptz,
    second_approver uuid REFERENCES access_staff,
    second_post text COLLATE "C",
    second_at timestamptz,
    started_at timestamptz,
    until timestamptz,
    used integer NOT NULL DEFAULT 0 CHECK (used >= 0),
    ended_at timestamptz,
    ended_by text COLLATE "C",                      -- 'system' when its time has run out
    ending text COLLATE "C" CHECK (ending IN ('given_back', 'ended', 'expired', 'withdrawn', 'refused', 'not_decided')),
    review_due timestamptz,
    reviewed_by uuid REFERENCES access_staff,
    reviewed_at timestamptz,
    review text COLLATE "C" CHECK (review IN ('justified', 'not_justified')),
    review_sealed text,
    CHECK (cardinality(customers) <= CASE kind WHEN 'break_glass' THEN 5 ELSE 20 END),
    CHECK (cardinality(customers) > 0 OR search_sealed <> ''),
    CHECK (started_at IS NULL OR cardinality(customers) > 0),
    CHECK (kind = 'request' OR (started_at = asked_at AND minutes <= 60 AND session <> ''
        AND review_due <= started_at + interval '24 hours')),
    CHECK (kind = 'break_glass' OR (session = '' AND review_due IS NULL)),
    CHECK ((started_at IS NULL) = (until IS NULL) AND until <= started_at + minutes * interval '1 minute'),
    CHECK (started_at <= decide_until),
    CHECK (kind = 'break_glass' OR started_at IS NULL
        OR (first_approver IS NOT NULL AND (NOT is_sensitive OR second_approver IS NOT NULL))),
    CHECK (first_approver <> asker_id AND first_post <> post),
    CHECK (second_approver NOT IN (asker_id, first_approver) AND second_post NOT IN (post, first_post)),
    CHECK (second_approver IS NULL OR first_approver IS NOT NULL),
    CHECK ((first_approver IS NULL) = (first_post IS NULL) AND (first_approver IS NULL) = (first_at IS NULL)),
    CHECK ((second_approver IS NULL) = (second_post IS NULL) AND (second_approver IS NULL) = (second_at IS NULL)),
    CHECK ((ended_at IS NULL) = (ending IS NULL) AND (ended_at IS NULL) = (ended_by IS NULL)),
    CHECK ((reviewed_by IS NULL) = (reviewed_at IS NULL) AND (reviewed_by IS NULL) = (review IS NULL)),
    CHECK (reviewed_by <> asker_id AND (reviewed_by IS NULL OR kind = 'break_glass'))
);
CREATE INDEX access_temporary_access_live ON access_temporary_access (until)
    WHERE ended_at IS NULL AND started_at IS NOT NULL;
CREATE INDEX access_temporary_access_waiting ON access_temporary_access (decide_until)
    WHERE ended_at IS NULL AND started_at IS NULL;
CREATE INDEX access_temporary_access_asked ON access_temporary_access (asked_at DESC);
CREATE INDEX access_temporary_access_review ON access_temporary_access (review_due)
    WHERE kind = 'break_glass' AND reviewed_by IS NULL;

-- Each step is written once: no clock is set back, nobody takes another's place, and no end is undone.
CREATE FUNCTION access_keep_temporary_access() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.ended_at IS NOT NULL AND (NEW.first_approver, NEW.second_approver, NEW.started_at, NEW.used, NEW.customers)
            IS DISTINCT FROM (OLD.first_approver, OLD.second_approver, OLD.started_at, OLD.used, OLD.customers)
        OR (OLD.first_approver IS NOT NULL AND (NEW.first_approver, NEW.first_post, NEW.first_at)
            IS DISTINCT FROM (OLD.first_approver, OLD.first_post, OLD.first_at))
        OR (OLD.second_approver IS NOT NULL AND (NEW.second_approver, NEW.second_post, NEW.second_at)
            IS DISTINCT FROM (OLD.second_approver, OLD.second_post, OLD.second_at))
        OR (OLD.started_at IS NOT NULL AND (NEW.started_at, NEW.until, NEW.customers)
            IS DISTINCT FROM (OLD.started_at, OLD.until, OLD.customers))
        OR (cardinality(OLD.customers) > 0 AND NEW.customers IS DISTINCT FROM OLD.customers)
        OR (OLD.ended_at IS NOT NULL AND (NEW.ended_at, NEW.ended_by, NEW.ending)
            IS DISTINCT FROM (OLD.ended_at, OLD.ended_by, OLD.ending))
        OR (OLD.reviewed_by IS NOT NULL AND (NEW.reviewed_by, NEW.reviewed_at, NEW.review, NEW.review_sealed)
            IS DISTINCT FROM (OLD.reviewed_by, OLD.reviewed_at, OLD.review, OLD.review_sealed))
        OR NEW.used < OLD.used
    THEN
        RAISE EXCEPTION 'temporary access keeps what was written' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER access_temporary_access_kept BEFORE UPDATE ON access_temporary_access
    FOR EACH ROW EXECUTE FUNCTION access_keep_temporary_access();

REVOKE ALL ON access_temporary_access FROM tutela_app;
GRANT SELECT, INSERT ON access_temporary_access TO tutela_app;
GRANT UPDATE (customers, first_approver, first_post, first_at, second_approver, second_post, second_at, started_at,
    until, used, ended_at, ended_by, ending, reviewed_by, reviewed_at, review, review_sealed)
    ON access_temporary_access TO tutela_app;
