-- What must not change, kept by the database as well as by the rules.

-- A settled period of a duty stays what it is: done, missed or skipped.
CREATE FUNCTION governance_keep_occurrence() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state IN ('done', 'missed', 'skipped')
       AND (NEW.state, NEW.begins, NEW.ends, NEW.due, NEW.done_on, NEW.done_at)
           IS DISTINCT FROM (OLD.state, OLD.begins, OLD.ends, OLD.due, OLD.done_on, OLD.done_at) THEN
        RAISE EXCEPTION 'a settled duty is not changed: occurrence %', OLD.id USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER governance_keep_occurrence BEFORE UPDATE ON governance_duty_occurrence
    FOR EACH ROW EXECUTE FUNCTION governance_keep_occurrence();

-- A signed rule of a target is the rule of its time for good.
CREATE FUNCTION governance_keep_rule() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.signed_at IS NOT NULL THEN
        RAISE EXCEPTION 'a signed rule is not changed: rule %', OLD.id USING ERRCODE = '23514';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER governance_keep_rule BEFORE UPDATE OR DELETE ON governance_target_rule
    FOR EACH ROW EXECUTE FUNCTION governance_keep_rule();

-- Occurrences, comments and proof are never taken away, and proof and comments never changed.
REVOKE DELETE ON governance_duty_occurrence FROM tutela_app;
REVOKE UPDATE, DELETE ON governance_comment, governance_attachment, governance_attachment_part FROM tutela_app;
