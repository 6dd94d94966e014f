-- What two people answer for besides a purge: that faults of the log were looked at, and that a legal hold ends. One
-- proposes, another decides; the database itself ends the fault or the hold, against the leaves of both.

CREATE TABLE trail.proposal (
    id            uuid        PRIMARY KEY,
    kind          text        NOT NULL CHECK (kind IN ('acknowledge', 'lift')),
    hold_id       uuid        REFERENCES trail.hold,
    reason        text        NOT NULL CHECK (reason <> ''),
    proposed_by   text        NOT NULL,
    -- The database's own time: faults of later are not meant.
    proposed_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    proposed_leaf uuid        NOT NULL,
    decision      text        CHECK (decision IN ('approved', 'rejected')),
    decided_by    text,
    decided_at    timestamptz,
    decided_leaf  uuid,
    CHECK ((kind = 'lift') = (hold_id IS NOT NULL)),
    CHECK ((decision IS NULL) = (decided_by IS NULL) AND (decision IS NULL) = (decided_at IS NULL)
           AND (decision IS NULL) = (decided_leaf IS NULL)),
    CHECK (decision IS DISTINCT FROM 'approved' OR decided_by <> proposed_by)
);
CREATE UNIQUE INDEX proposal_open ON trail.proposal (kind, coalesce(hold_id, '00000000-0000-0000-0000-000000000000'))
    WHERE decision IS NULL;
CREATE TRIGGER refuse_statement BEFORE DELETE OR TRUNCATE ON trail.proposal
    FOR EACH STATEMENT EXECUTE FUNCTION trail.refuse();

-- Approve or reject. Approved: the hold is lifted, or the faults that stood when it was proposed are over. How many.
CREATE FUNCTION trail.decide_proposal(target uuid, verdict text, who text, leaf uuid) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    wanted trail.proposal;
    asks text;
    decides text;
    ended bigint := 0;
BEGIN
    SELECT * INTO wanted FROM trail.proposal p WHERE p.id = target FOR UPDATE;
    IF wanted.id IS NULL OR wanted.decision IS NOT NULL OR verdict IS NULL OR verdict NOT IN ('approved', 'rejected') THEN
        RAISE EXCEPTION 'trail.proposal_decided' USING ERRCODE = 'insufficient_privilege';
    ELSIF verdict = 'approved' AND who = wanted.proposed_by THEN
        RAISE EXCEPTION 'trail.proposal_same_person' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF wanted.kind = 'lift' THEN
        asks := 'trail.hold.lift_proposed';
        decides := CASE verdict WHEN 'approved' THEN 'trail.hold.lifted' ELSE 'trail.hold.lift_rejected' END;
    ELSE
        asks := 'trail.fault.acknowledgement_proposed';
        decides := CASE verdict WHEN 'approved' THEN 'trail.fault.acknowledged'
            ELSE 'trail.fault.acknowledgement_rejected' END;
    END IF;
    IF NOT trail.has_leaf(wanted.proposed_leaf, asks, wanted.proposed_by) OR NOT trail.has_leaf(leaf, decides, who) THEN
        RAISE EXCEPTION 'trail.proposal_untraced' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF verdict = 'approved' AND wanted.kind = 'lift' THEN
        UPDATE trail.hold h SET lift_reason = wanted.reason, lifted_by = who, lifted_at = now(), lifted_leaf = leaf
        WHERE h.id = wanted.hold_id AND h.lifted_at IS NULL;
        GET DIAGNOSTICS ended = ROW_COUNT;
    ELSIF verdict = 'approved' THEN
        UPDATE trail.fault f SET ended_at = clock_timestamp(), ended_by = leaf
        WHERE f.kind IN ('chain', 'root') AND f.ended_at IS NULL AND f.since <= wanted.proposed_at;
        GET DIAGNOSTICS ended = ROW_COUNT;
    END IF;
    UPDATE trail.proposal p SET decision = verdict, decided_by = who, decided_at = now(), decided_leaf = leaf
    WHERE p.id = target;
    RETURN ended;
END $$;

-- As before for the signer and the quorum, which are over by themselves; chains and roots end by two people only.
CREATE OR REPLACE FUNCTION trail.end_fault(of_kind text, by_leaf uuid) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    WITH over AS (
        UPDATE trail.fault f SET ended_at = clock_timestamp(), ended_by = by_leaf
        WHERE f.kind = of_kind AND f.ended_at IS NULL AND of_kind IN ('signer', 'quorum')
        RETURNING 1
    )
    SELECT count(*) FROM over
$$;

-- Nobody lifts a hold by a statement any more.
REVOKE UPDATE (lift_reason, lifted_by, lifted_at, lifted_leaf) ON trail.hold FROM tutela_app;
REVOKE ALL ON trail.proposal FROM PUBLIC, tutela_app, tutela_auditor;
GRANT SELECT ON trail.proposal TO tutela_app, tutela_auditor;
GRANT INSERT (id, kind, hold_id, reason, proposed_by, proposed_leaf) ON trail.proposal TO tutela_app;
REVOKE ALL ON FUNCTION trail.decide_proposal(uuid, text, text, uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION trail.decide_proposal(uuid, text, text, uuid) TO tutela_app;
