-- A closed assessment is closed for good. Its ratings are still written by the transaction that closes it.
CREATE FUNCTION assessment_keep_year() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.closed_at IS NOT NULL THEN
        RAISE EXCEPTION 'a closed assessment is not changed: year %', OLD.year USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER assessment_keep_year BEFORE UPDATE ON assessment_assessment
    FOR EACH ROW EXECUTE FUNCTION assessment_keep_year();

CREATE FUNCTION assessment_keep_rating() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.read_at IS NOT NULL OR EXISTS (
        SELECT FROM assessment_assessment a
        WHERE a.id = OLD.assessment_id AND a.closed_at IS NOT NULL
          AND (OLD.live = '' OR NEW.read_at IS NULL)
    ) THEN
        RAISE EXCEPTION 'a rating of a closed assessment is not changed: %', OLD.id USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER assessment_keep_rating BEFORE UPDATE ON assessment_rating
    FOR EACH ROW EXECUTE FUNCTION assessment_keep_rating();

REVOKE DELETE ON assessment_assessment, assessment_rating, assessment_risk, assessment_acceptance
    FROM tutela_app;
