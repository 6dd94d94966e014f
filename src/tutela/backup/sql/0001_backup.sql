-- Nothing of a backup is taken back: no row goes, and what is evidence never changes.
REVOKE DELETE, TRUNCATE ON backup_target, backup_recipient, backup_policy, backup_change, backup_run, backup_part,
    backup_copy, backup_verification, backup_drill, backup_drill_stage FROM tutela_app;
REVOKE UPDATE ON backup_target, backup_recipient, backup_policy, backup_change, backup_run, backup_part,
    backup_copy, backup_verification, backup_drill, backup_drill_stage FROM tutela_app;

-- What of a target may change: how it is reached, its state, what a probe found. Not its name, nor who made it.
GRANT UPDATE (url, offsite, media, identity, credential_sealed, state, lock, lock_days, probed_at, probe_result,
    approved_by_id) ON backup_target TO tutela_app;
GRANT UPDATE (state, removed_at, escrow_checked_at) ON backup_recipient TO tutela_app;
GRANT UPDATE (decision, decided_by_id, decided_at) ON backup_change TO tutela_app;
GRANT UPDATE (started_at, snapshot_at, ended_at, state, stage, code, attempts, set_name, manifest, bytes_expected,
    bytes_plain, bytes_sealed, moved_at, parent_id) ON backup_run TO tutela_app;
GRANT UPDATE (state, code, bytes, seconds, written_at, lock_until, deleted_at, hold) ON backup_copy TO tutela_app;
GRANT UPDATE (run_id, copy_id, declared_at, ended_at, state, code, rto_seconds, rpo_seconds, report,
    report_signature) ON backup_drill TO tutela_app;

-- A missed run stays missed, a failed one failed, and a manifest that was signed stays as it is.
CREATE FUNCTION backup_keep_run() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state IN ('missed', 'failed') THEN
        RAISE EXCEPTION 'backup.run_ended' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF OLD.state IN ('uploaded', 'verified') AND NEW.state NOT IN ('uploaded', 'verified') THEN
        RAISE EXCEPTION 'backup.run_ended' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF OLD.manifest IS NOT NULL AND NEW.manifest IS DISTINCT FROM OLD.manifest THEN
        RAISE EXCEPTION 'backup.manifest_signed' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER keep BEFORE UPDATE ON backup_run FOR EACH ROW EXECUTE FUNCTION backup_keep_run();

-- A change is decided once, and by another person than the one who proposed it; taking it back is one's own.
CREATE FUNCTION backup_decide_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.decision <> '' THEN
        RAISE EXCEPTION 'backup.change_decided' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF NEW.decision = 'approved' AND NEW.decided_by_id IS NOT DISTINCT FROM OLD.proposed_by_id THEN
        RAISE EXCEPTION 'backup.change_same_person' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER once BEFORE UPDATE ON backup_change FOR EACH ROW EXECUTE FUNCTION backup_decide_once();

-- A copy that is gone does not come back, and a held one does not go.
CREATE FUNCTION backup_keep_copy() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state = 'deleted' THEN
        RAISE EXCEPTION 'backup.copy_deleted' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF OLD.hold AND NEW.state = 'deleted' THEN
        RAISE EXCEPTION 'backup.copy_held' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER keep BEFORE UPDATE ON backup_copy FOR EACH ROW EXECUTE FUNCTION backup_keep_copy();

-- A drill that has ended keeps its report.
CREATE FUNCTION backup_keep_drill() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state IN ('passed', 'failed', 'aborted') THEN
        RAISE EXCEPTION 'backup.drill_ended' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER keep BEFORE UPDATE ON backup_drill FOR EACH ROW EXECUTE FUNCTION backup_keep_drill();
