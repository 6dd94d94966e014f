SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET transaction_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;
CREATE SCHEMA keys;
CREATE SCHEMA trail;
CREATE SCHEMA vault;
CREATE TYPE public.procrastinate_job_event_type AS ENUM (
    'deferred',
    'started',
    'deferred_for_retry',
    'failed',
    'succeeded',
    'cancelled',
    'abort_requested',
    'aborted',
    'scheduled',
    'retried'
);
CREATE TYPE public.procrastinate_job_status AS ENUM (
    'todo',
    'doing',
    'succeeded',
    'failed',
    'cancelled',
    'aborting',
    'aborted'
);
CREATE TYPE public.procrastinate_job_to_defer_v1 AS (
	queue_name character varying,
	task_name character varying,
	priority integer,
	lock text,
	queueing_lock text,
	args jsonb,
	scheduled_at timestamp with time zone
);
CREATE FUNCTION keys.tell() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
BEGIN
    PERFORM pg_notify('tutela_keys', TG_TABLE_NAME);
    RETURN NULL;
END $$;
CREATE FUNCTION public.assessment_keep_rating() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
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
CREATE FUNCTION public.assessment_keep_year() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF OLD.closed_at IS NOT NULL THEN
        RAISE EXCEPTION 'a closed assessment is not changed: year %', OLD.year USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;
CREATE FUNCTION public.committee_keep_closed() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF OLD.state IN ('closed', 'cancelled') THEN
        RAISE EXCEPTION 'a closed or cancelled meeting cannot be changed';
    END IF;
    RETURN NEW;
END $$;
CREATE FUNCTION public.committee_keep_correction() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    stands text := (SELECT state FROM committee_meeting WHERE id = NEW.meeting_id);
BEGIN
    IF stands NOT IN ('held', 'closed') THEN
        RAISE EXCEPTION 'only a meeting that was held has attendance to correct' USING ERRCODE = '23514';
    END IF;
    IF TG_OP = 'INSERT' AND NEW.signed_at IS NOT NULL THEN
        RAISE EXCEPTION 'a correction is signed after its record is written' USING ERRCODE = '23514';
    END IF;
    IF TG_OP = 'UPDATE' AND (OLD.signed_at IS NOT NULL OR OLD.dropped_at IS NOT NULL) THEN
        RAISE EXCEPTION 'a settled correction is not changed' USING ERRCODE = '23514';
    END IF;
    IF stands = 'closed' AND NEW.signed_by_id = NEW.by_id THEN
        RAISE EXCEPTION 'a closed meeting is corrected by two people' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;
CREATE FUNCTION public.committee_keep_first_record() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NEW.number < 0 OR NOT EXISTS (
        SELECT FROM committee_meeting one WHERE one.id = NEW.meeting_id AND one.state = 'called') THEN
        RAISE EXCEPTION 'attendance is recorded once; after that it is corrected'
            USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;
CREATE FUNCTION public.committee_keep_record() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM committee_correction one WHERE one.meeting_id = NEW.meeting_id
                   AND one.number = NEW.number AND one.signed_at IS NULL AND one.dropped_at IS NULL) THEN
        RAISE EXCEPTION 'attendance is added only to a correction that is not signed yet'
            USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;
CREATE FUNCTION public.documents_begin_open() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NEW.state <> 'draft' THEN
        RAISE EXCEPTION 'a version begins as a draft';
    END IF;
    RETURN NEW;
END $$;
CREATE FUNCTION public.documents_keep_promises() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF OLD.state IN ('published', 'superseded') AND (
        OLD.text_zh, OLD.text_en, OLD.file, OLD.sha256, OLD.number, OLD.document_id, OLD.published_at
    ) IS DISTINCT FROM (
        NEW.text_zh, NEW.text_en, NEW.file, NEW.sha256, NEW.number, NEW.document_id, NEW.published_at
    ) THEN
        RAISE EXCEPTION 'a published version cannot be changed';
    END IF;
    IF NEW.state = 'published' AND OLD.state <> 'published' AND (
        SELECT count(DISTINCT a.staff_id) FROM documents_approval a
        WHERE a.version_id = NEW.id AND a.round = NEW.round AND a.verdict = 'approved'
        AND a.staff_id <> NEW.drafted_by_id
    ) < 2 THEN
        RAISE EXCEPTION 'two people other than the drafter must approve';
    END IF;
    RETURN NEW;
END $$;
CREATE FUNCTION public.documents_keep_versions() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF OLD.state <> 'draft' OR OLD.round > 0 OR OLD.published_at IS NOT NULL THEN
        RAISE EXCEPTION 'only a draft that was never handed in can be thrown away';
    END IF;
    RETURN OLD;
END $$;
CREATE FUNCTION public.governance_keep_occurrence() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF OLD.state IN ('done', 'missed', 'skipped')
       AND (NEW.state, NEW.begins, NEW.ends, NEW.due, NEW.done_on, NEW.done_at)
           IS DISTINCT FROM (OLD.state, OLD.begins, OLD.ends, OLD.due, OLD.done_on, OLD.done_at) THEN
        RAISE EXCEPTION 'a settled duty is not changed: occurrence %', OLD.id USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;
CREATE FUNCTION public.governance_keep_rule() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF OLD.signed_at IS NOT NULL THEN
        RAISE EXCEPTION 'a signed rule is not changed: rule %', OLD.id USING ERRCODE = '23514';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE FUNCTION public.procrastinate_cancel_job_v1(job_id bigint, abort boolean, delete_job boolean) RETURNS bigint
    LANGUAGE plpgsql
    AS $$
DECLARE
    _job_id bigint;
BEGIN
    IF delete_job THEN
        DELETE FROM procrastinate_jobs
        WHERE id = job_id AND status = 'todo'
        RETURNING id INTO _job_id;
    END IF;
    IF _job_id IS NULL THEN
        IF abort THEN
            UPDATE procrastinate_jobs
            SET abort_requested = true,
                status = CASE status
                    WHEN 'todo' THEN 'cancelled'::procrastinate_job_status ELSE status
                END
            WHERE id = job_id AND status IN ('todo', 'doing')
            RETURNING id INTO _job_id;
        ELSE
            UPDATE procrastinate_jobs
            SET status = 'cancelled'::procrastinate_job_status
            WHERE id = job_id AND status = 'todo'
            RETURNING id INTO _job_id;
        END IF;
    END IF;
    RETURN _job_id;
END;
$$;
CREATE FUNCTION public.procrastinate_defer_jobs_v1(jobs public.procrastinate_job_to_defer_v1[]) RETURNS bigint[]
    LANGUAGE plpgsql
    AS $$
DECLARE
    job_ids bigint[];
BEGIN
    WITH inserted_jobs AS (
        INSERT INTO procrastinate_jobs (queue_name, task_name, priority, lock, queueing_lock, args, scheduled_at)
        SELECT (job).queue_name,
               (job).task_name,
               (job).priority,
               (job).lock,
               (job).queueing_lock,
               (job).args,
               (job).scheduled_at
        FROM unnest(jobs) AS job
        RETURNING id
    )
    SELECT array_agg(id) FROM inserted_jobs INTO job_ids;
    RETURN job_ids;
END;
$$;
CREATE FUNCTION public.procrastinate_defer_periodic_job_v2(_queue_name character varying, _lock character varying, _queueing_lock character varying, _task_name character varying, _priority integer, _periodic_id character varying, _defer_timestamp bigint, _args jsonb) RETURNS bigint
    LANGUAGE plpgsql
    AS $$
DECLARE
	_job_id bigint;
	_defer_id bigint;
BEGIN
    INSERT
        INTO procrastinate_periodic_defers (task_name, periodic_id, defer_timestamp)
        VALUES (_task_name, _periodic_id, _defer_timestamp)
        ON CONFLICT DO NOTHING
        RETURNING id into _defer_id;
    IF _defer_id IS NULL THEN
        RETURN NULL;
    END IF;
    UPDATE procrastinate_periodic_defers
        SET job_id = (
            SELECT COALESCE((
                SELECT unnest(procrastinate_defer_jobs_v1(
                    ARRAY[
                        ROW(
                            _queue_name,
                            _task_name,
                            _priority,
                            _lock,
                            _queueing_lock,
                            _args,
                            NULL::timestamptz
                        )
                    ]::procrastinate_job_to_defer_v1[]
                ))
            ), NULL)
        )
        WHERE id = _defer_id
        RETURNING job_id INTO _job_id;
    DELETE
        FROM procrastinate_periodic_defers
        USING (
            SELECT id
            FROM procrastinate_periodic_defers
            WHERE procrastinate_periodic_defers.task_name = _task_name
            AND procrastinate_periodic_defers.periodic_id = _periodic_id
            AND procrastinate_periodic_defers.defer_timestamp < _defer_timestamp
            ORDER BY id
            FOR UPDATE
        ) to_delete
        WHERE procrastinate_periodic_defers.id = to_delete.id;
    RETURN _job_id;
END;
$$;
SET default_tablespace = '';
SET default_table_access_method = heap;
CREATE TABLE public.procrastinate_jobs (
    id bigint NOT NULL,
    queue_name character varying(128) NOT NULL,
    task_name character varying(128) NOT NULL,
    lock text,
    args jsonb DEFAULT '{}'::jsonb NOT NULL,
    status public.procrastinate_job_status DEFAULT 'todo'::public.procrastinate_job_status NOT NULL,
    scheduled_at timestamp with time zone,
    attempts integer DEFAULT 0 NOT NULL,
    queueing_lock text,
    priority integer DEFAULT 0 NOT NULL,
    abort_requested boolean DEFAULT false NOT NULL,
    worker_id bigint,
    CONSTRAINT check_not_todo_abort_requested CHECK ((NOT ((status = 'todo'::public.procrastinate_job_status) AND (abort_requested = true))))
);
CREATE FUNCTION public.procrastinate_fetch_job_v2(target_queue_names character varying[], p_worker_id bigint) RETURNS public.procrastinate_jobs
    LANGUAGE plpgsql
    AS $$
DECLARE
	found_jobs procrastinate_jobs;
BEGIN
    WITH candidate AS (
        SELECT jobs.*
            FROM procrastinate_jobs AS jobs
            WHERE
                -- reject the job if its lock has earlier or higher priority jobs
                NOT EXISTS (
                    SELECT 1
                        FROM procrastinate_jobs AS other_jobs
                        WHERE
                            jobs.lock IS NOT NULL
                            AND other_jobs.lock = jobs.lock
                            AND (
                                -- job with same lock is already running
                                other_jobs.status = 'doing'
                                OR
                                -- job with same lock is waiting and has higher priority (or same priority but was queued first)
                                (
                                    other_jobs.status = 'todo'
                                    AND (
                                        other_jobs.priority > jobs.priority
                                        OR (
                                        other_jobs.priority = jobs.priority
                                        AND other_jobs.id < jobs.id
                                        )
                                    )
                                )
                            )
                )
                AND jobs.status = 'todo'
                AND (target_queue_names IS NULL OR jobs.queue_name = ANY( target_queue_names ))
                AND (jobs.scheduled_at IS NULL OR jobs.scheduled_at <= now())
            ORDER BY jobs.priority DESC, jobs.id ASC LIMIT 1
            FOR UPDATE OF jobs SKIP LOCKED
    )
    UPDATE procrastinate_jobs
        SET status = 'doing', worker_id = p_worker_id
        FROM candidate
        WHERE procrastinate_jobs.id = candidate.id
        RETURNING procrastinate_jobs.* INTO found_jobs;
 RETURN found_jobs;
END;
$$;
CREATE FUNCTION public.procrastinate_finish_job_v1(job_id bigint, end_status public.procrastinate_job_status, delete_job boolean) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE
    _job_id bigint;
BEGIN
    IF end_status NOT IN ('succeeded', 'failed', 'aborted') THEN
        RAISE 'End status should be either "succeeded", "failed" or "aborted" (job id: %)', job_id;
    END IF;
    IF delete_job THEN
        DELETE FROM procrastinate_jobs
        WHERE id = job_id AND status IN ('todo', 'doing')
        RETURNING id INTO _job_id;
    ELSE
        UPDATE procrastinate_jobs
        SET status = end_status,
            abort_requested = false,
            attempts = CASE status
                WHEN 'doing' THEN attempts + 1 ELSE attempts
            END
        WHERE id = job_id AND status IN ('todo', 'doing')
        RETURNING id INTO _job_id;
    END IF;
    IF _job_id IS NULL THEN
        RAISE 'Job was not found or not in "doing" or "todo" status (job id: %)', job_id;
    END IF;
END;
$$;
CREATE FUNCTION public.procrastinate_notify_queue_abort_job_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    payload TEXT;
BEGIN
    SELECT json_build_object('type', 'abort_job_requested', 'job_id', NEW.id)::text INTO payload;
	PERFORM pg_notify('procrastinate_queue_v1#' || NEW.queue_name, payload);
	PERFORM pg_notify('procrastinate_any_queue_v1', payload);
	RETURN NEW;
END;
$$;
CREATE FUNCTION public.procrastinate_notify_queue_job_inserted_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    payload TEXT;
BEGIN
    SELECT json_build_object('type', 'job_inserted', 'job_id', NEW.id)::text INTO payload;
	PERFORM pg_notify('procrastinate_queue_v1#' || NEW.queue_name, payload);
	PERFORM pg_notify('procrastinate_any_queue_v1', payload);
	RETURN NEW;
END;
$$;
CREATE FUNCTION public.procrastinate_prune_stalled_workers_v1(seconds_since_heartbeat double precision) RETURNS TABLE(worker_id bigint)
    LANGUAGE plpgsql
    AS $$
BEGIN
    RETURN QUERY
    DELETE FROM procrastinate_workers
    WHERE last_heartbeat < NOW() - (seconds_since_heartbeat || 'SECOND')::INTERVAL
    RETURNING procrastinate_workers.id;
END;
$$;
CREATE FUNCTION public.procrastinate_register_worker_v1() RETURNS TABLE(worker_id bigint)
    LANGUAGE plpgsql
    AS $$
BEGIN
    RETURN QUERY
    INSERT INTO procrastinate_workers DEFAULT VALUES
    RETURNING procrastinate_workers.id;
END;
$$;
CREATE FUNCTION public.procrastinate_retry_job_v1(job_id bigint, retry_at timestamp with time zone, new_priority integer, new_queue_name character varying, new_lock character varying) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE
    _job_id bigint;
    _abort_requested boolean;
BEGIN
    SELECT abort_requested FROM procrastinate_jobs
    WHERE id = job_id AND status = 'doing'
    FOR UPDATE
    INTO _abort_requested;
    IF _abort_requested THEN
        UPDATE procrastinate_jobs
        SET status = 'failed'::procrastinate_job_status
        WHERE id = job_id AND status = 'doing'
        RETURNING id INTO _job_id;
    ELSE
        UPDATE procrastinate_jobs
        SET status = 'todo'::procrastinate_job_status,
            attempts = attempts + 1,
            scheduled_at = retry_at,
            priority = COALESCE(new_priority, priority),
            queue_name = COALESCE(new_queue_name, queue_name),
            lock = COALESCE(new_lock, lock)
        WHERE id = job_id AND status = 'doing'
        RETURNING id INTO _job_id;
    END IF;
    IF _job_id IS NULL THEN
        RAISE 'Job was not found or not in "doing" status (job id: %)', job_id;
    END IF;
END;
$$;
CREATE FUNCTION public.procrastinate_retry_job_v2(job_id bigint, retry_at timestamp with time zone, new_priority integer, new_queue_name character varying, new_lock character varying) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE
    _job_id bigint;
    _abort_requested boolean;
    _current_status procrastinate_job_status;
BEGIN
    SELECT status, abort_requested FROM procrastinate_jobs
    WHERE id = job_id AND status IN ('doing', 'failed')
    FOR UPDATE
    INTO _current_status, _abort_requested;
    IF _current_status = 'doing' AND _abort_requested THEN
        UPDATE procrastinate_jobs
        SET status = 'failed'::procrastinate_job_status
        WHERE id = job_id AND status = 'doing'
        RETURNING id INTO _job_id;
    ELSE
        UPDATE procrastinate_jobs
        SET status = 'todo'::procrastinate_job_status,
            attempts = attempts + 1,
            scheduled_at = retry_at,
            priority = COALESCE(new_priority, priority),
            queue_name = COALESCE(new_queue_name, queue_name),
            lock = COALESCE(new_lock, lock)
        WHERE id = job_id AND status IN ('doing', 'failed')
        RETURNING id INTO _job_id;
    END IF;
    IF _job_id IS NULL THEN
        RAISE 'Job was not found or has an invalid status to retry (job id: %)', job_id;
    END IF;
END;
$$;
CREATE FUNCTION public.procrastinate_trigger_abort_requested_events_procedure_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO procrastinate_events(job_id, type)
        VALUES (NEW.id, 'abort_requested'::procrastinate_job_event_type);
    RETURN NEW;
END;
$$;
CREATE FUNCTION public.procrastinate_trigger_function_scheduled_events_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO procrastinate_events(job_id, type, at)
        VALUES (NEW.id, 'scheduled'::procrastinate_job_event_type, NEW.scheduled_at);
	RETURN NEW;
END;
$$;
CREATE FUNCTION public.procrastinate_trigger_function_status_events_insert_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO procrastinate_events(job_id, type)
        VALUES (NEW.id, 'deferred'::procrastinate_job_event_type);
	RETURN NEW;
END;
$$;
CREATE FUNCTION public.procrastinate_trigger_function_status_events_update_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    WITH t AS (
        SELECT CASE
            WHEN OLD.status = 'todo'::procrastinate_job_status
                AND NEW.status = 'doing'::procrastinate_job_status
                THEN 'started'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'todo'::procrastinate_job_status
                THEN 'deferred_for_retry'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'failed'::procrastinate_job_status
                THEN 'failed'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'succeeded'::procrastinate_job_status
                THEN 'succeeded'::procrastinate_job_event_type
            WHEN OLD.status = 'todo'::procrastinate_job_status
                AND (
                    NEW.status = 'cancelled'::procrastinate_job_status
                    OR NEW.status = 'failed'::procrastinate_job_status
                    OR NEW.status = 'succeeded'::procrastinate_job_status
                )
                THEN 'cancelled'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'aborted'::procrastinate_job_status
                THEN 'aborted'::procrastinate_job_event_type
            WHEN OLD.status = 'failed'::procrastinate_job_status
                AND NEW.status = 'todo'::procrastinate_job_status
                THEN 'retried'::procrastinate_job_event_type
            ELSE NULL
        END as event_type
    )
    INSERT INTO procrastinate_events(job_id, type)
        SELECT NEW.id, t.event_type
        FROM t
        WHERE t.event_type IS NOT NULL;
	RETURN NEW;
END;
$$;
CREATE FUNCTION public.procrastinate_unlink_periodic_defers_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    UPDATE procrastinate_periodic_defers
    SET job_id = NULL
    WHERE job_id = OLD.id;
    RETURN OLD;
END;
$$;
CREATE FUNCTION public.procrastinate_unregister_worker_v1(worker_id bigint) RETURNS void
    LANGUAGE plpgsql
    AS $$
BEGIN
    DELETE FROM procrastinate_workers
    WHERE id = worker_id;
END;
$$;
CREATE FUNCTION public.procrastinate_update_heartbeat_v1(worker_id bigint) RETURNS void
    LANGUAGE plpgsql
    AS $$
BEGIN
    UPDATE procrastinate_workers
    SET last_heartbeat = NOW()
    WHERE id = worker_id;
END;
$$;
CREATE FUNCTION trail.make_partition(parent text, first timestamp with time zone) RETURNS boolean
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
DECLARE
    part text := parent || to_char(first AT TIME ZONE 'UTC', '"_"YYYY"_"MM');
    after timestamptz := (first AT TIME ZONE 'UTC' + interval '1 month') AT TIME ZONE 'UTC';
BEGIN
    IF to_regclass(format('trail.%I', part)) IS NOT NULL THEN
        RETURN false;
    END IF;
    EXECUTE format(
        'CREATE TABLE trail.%I (LIKE trail.%I INCLUDING DEFAULTS INCLUDING CONSTRAINTS)', part, parent);
    EXECUTE format('REVOKE ALL ON trail.%I FROM PUBLIC, tutela_app, tutela_auditor', part);
    EXECUTE format(
        'CREATE TRIGGER refuse_statement BEFORE UPDATE OR DELETE OR TRUNCATE ON trail.%I '
        'FOR EACH STATEMENT EXECUTE FUNCTION trail.refuse()', part);
    EXECUTE format(
        'ALTER TABLE trail.%I ATTACH PARTITION trail.%I FOR VALUES FROM (%L) TO (%L)',
        parent, part, first, after);
    RETURN true;
END $$;
CREATE FUNCTION trail.make_partitions(ahead integer) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET lock_timeout TO '10s'
    AS $$
DECLARE
    month timestamp := date_trunc('month', now() AT TIME ZONE 'UTC');
    made integer := 0;
    n integer;
BEGIN
    IF ahead NOT BETWEEN 0 AND 24 THEN
        RAISE EXCEPTION 'trail.ahead_out_of_range' USING ERRCODE = 'invalid_parameter_value';
    END IF;
    PERFORM pg_advisory_xact_lock(hashtext('trail.make_partitions'));
    FOR n IN 0..ahead LOOP
        made := made
            + trail.make_partition('leaf', (month + make_interval(months => n)) AT TIME ZONE 'UTC')::integer
            + trail.make_partition('subject', (month + make_interval(months => n)) AT TIME ZONE 'UTC')::integer;
    END LOOP;
    RETURN made;
END $$;
CREATE FUNCTION trail.refuse() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
BEGIN
    RAISE EXCEPTION 'trail.append_only: % on % is refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE FUNCTION vault.all_sealed(cells bytea[]) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN (NOT (EXISTS (SELECT 1 FROM unnest(all_sealed.cells) cell(cell) WHERE ((cell.cell IS NULL) OR (octet_length(cell.cell) < 36) OR (SUBSTRING(cell.cell FROM 1 FOR 2) <> '\xc101'::bytea) OR (get_byte(cell.cell, 2) <> ALL (ARRAY[1, 2]))))));
CREATE TABLE keys.customer_root (
    customer_id uuid NOT NULL,
    generation integer NOT NULL,
    kek_id integer NOT NULL,
    suite smallint NOT NULL,
    wrapped bytea,
    commitment bytea NOT NULL,
    state smallint NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT customer_root_check CHECK (((wrapped IS NULL) = (state = 4))),
    CONSTRAINT customer_root_commitment_check CHECK ((octet_length(commitment) = 32)),
    CONSTRAINT customer_root_generation_check CHECK ((generation > 0)),
    CONSTRAINT customer_root_state_check CHECK (((state >= 0) AND (state <= 4))),
    CONSTRAINT customer_root_suite_check CHECK ((suite = ANY (ARRAY[1, 2])))
);
ALTER TABLE ONLY keys.customer_root ALTER COLUMN wrapped SET STORAGE PLAIN;
ALTER TABLE ONLY keys.customer_root ALTER COLUMN commitment SET STORAGE PLAIN;
CREATE TABLE keys.installation (
    one boolean DEFAULT true NOT NULL,
    id bytea NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT installation_id_check CHECK ((octet_length(id) = 16)),
    CONSTRAINT installation_one_check CHECK (one)
);
CREATE TABLE keys.kek (
    id integer NOT NULL,
    version integer NOT NULL,
    suite smallint NOT NULL,
    wrapped bytea,
    commitment bytea NOT NULL,
    provider text NOT NULL,
    state smallint NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT kek_check CHECK (((wrapped IS NULL) = (state = 4))),
    CONSTRAINT kek_commitment_check CHECK ((octet_length(commitment) = 32)),
    CONSTRAINT kek_state_check CHECK (((state >= 0) AND (state <= 4))),
    CONSTRAINT kek_suite_check CHECK ((suite = ANY (ARRAY[1, 2]))),
    CONSTRAINT kek_version_check CHECK ((version > 0))
);
ALTER TABLE keys.kek ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME keys.kek_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE keys.side_root (
    name text NOT NULL,
    version integer NOT NULL,
    kek_id integer NOT NULL,
    wrapped bytea,
    commitment bytea NOT NULL,
    state smallint NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT side_root_check CHECK (((wrapped IS NULL) = (state = 4))),
    CONSTRAINT side_root_commitment_check CHECK ((octet_length(commitment) = 32)),
    CONSTRAINT side_root_name_check CHECK ((name = ANY (ARRAY['index'::text, 'note'::text, 'secret'::text]))),
    CONSTRAINT side_root_state_check CHECK (((state >= 0) AND (state <= 4))),
    CONSTRAINT side_root_version_check CHECK ((version > 0))
);
CREATE TABLE public.access_api_key (
    id uuid NOT NULL,
    public_id character varying(16) NOT NULL COLLATE pg_catalog."C",
    hash bytea NOT NULL,
    label character varying(80) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    expires timestamp with time zone NOT NULL,
    last_used timestamp with time zone,
    revoked_at timestamp with time zone,
    staff_id uuid NOT NULL
);
CREATE TABLE public.access_assignment (
    id bigint NOT NULL,
    starts date NOT NULL,
    ends date,
    staff_id uuid NOT NULL,
    branch_id bigint,
    post_id character varying(40) NOT NULL COLLATE pg_catalog."C",
    CONSTRAINT access_assignment_order CHECK (((ends IS NULL) OR (ends >= starts)))
);
ALTER TABLE public.access_assignment ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.access_assignment_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE UNLOGGED TABLE public.access_attempt (
    key bytea NOT NULL,
    held jsonb NOT NULL,
    until timestamp with time zone NOT NULL,
    CONSTRAINT access_attempt_held_check CHECK ((pg_column_size(held) <= 65536)),
    CONSTRAINT access_attempt_key_check CHECK ((octet_length(key) = 32))
)
WITH (fillfactor='70');
CREATE TABLE public.access_branch (
    id bigint NOT NULL,
    code character varying(40) NOT NULL COLLATE pg_catalog."C",
    name_zh character varying(80) NOT NULL,
    name_en character varying(80) NOT NULL,
    parent_id bigint
);
ALTER TABLE public.access_branch ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.access_branch_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.access_department (
    id bigint NOT NULL,
    code character varying(40) NOT NULL COLLATE pg_catalog."C",
    name_zh character varying(80) NOT NULL,
    name_en character varying(80) NOT NULL
);
ALTER TABLE public.access_department ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.access_department_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.access_epoch (
    id smallint NOT NULL,
    value bigint NOT NULL,
    CONSTRAINT access_epoch_single CHECK ((id = 1))
);
CREATE TABLE public.access_matrix_version (
    id bigint NOT NULL,
    canonical text NOT NULL,
    hash character varying(64) NOT NULL,
    epoch bigint NOT NULL,
    published_at timestamp with time zone NOT NULL,
    published_by character varying(40) NOT NULL
);
ALTER TABLE public.access_matrix_version ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.access_matrix_version_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.access_post (
    code character varying(40) NOT NULL COLLATE pg_catalog."C",
    name_zh character varying(80) NOT NULL,
    name_en character varying(80) NOT NULL,
    kind character varying(10) NOT NULL
);
CREATE TABLE public.access_quota_use (
    id bigint NOT NULL,
    day date NOT NULL,
    used integer NOT NULL,
    staff_id uuid NOT NULL,
    CONSTRAINT access_quota_sign CHECK ((used >= 0))
);
ALTER TABLE public.access_quota_use ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.access_quota_use_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.access_staff (
    password character varying(128) NOT NULL,
    last_login timestamp with time zone,
    id uuid NOT NULL,
    staff_no character varying(40) NOT NULL COLLATE pg_catalog."C",
    login character varying(80) NOT NULL COLLATE pg_catalog."C",
    name character varying(80) NOT NULL,
    email character varying(254) NOT NULL,
    kind character varying(10) NOT NULL,
    is_active boolean NOT NULL,
    customer_id uuid,
    session_epoch integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    branch_id bigint,
    department_id bigint,
    CONSTRAINT access_staff_kind CHECK (((kind)::text = ANY ((ARRAY['staff'::character varying, 'machine'::character varying])::text[])))
);
CREATE TABLE public.account_emailaddress (
    id integer NOT NULL,
    email character varying(254) NOT NULL,
    verified boolean NOT NULL,
    "primary" boolean NOT NULL,
    user_id uuid NOT NULL
);
ALTER TABLE public.account_emailaddress ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.account_emailaddress_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.account_emailconfirmation (
    id integer NOT NULL,
    created timestamp with time zone NOT NULL,
    sent timestamp with time zone,
    key character varying(64) NOT NULL,
    email_address_id integer NOT NULL
);
ALTER TABLE public.account_emailconfirmation ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.account_emailconfirmation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.api_idempotency (
    key bytea NOT NULL,
    request bytea NOT NULL,
    status smallint NOT NULL,
    answer jsonb NOT NULL,
    created_at timestamp with time zone NOT NULL
);
CREATE TABLE public.api_upload (
    id uuid NOT NULL,
    sha256 bytea NOT NULL,
    source character varying(64) NOT NULL,
    collection character varying(64) NOT NULL,
    actor_id character varying(64) NOT NULL,
    job bigint NOT NULL,
    created_at timestamp with time zone NOT NULL
);
CREATE TABLE public.assessment_acceptance (
    id bigint NOT NULL,
    reason text NOT NULL,
    until date NOT NULL,
    accepted_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    accepted_by_id uuid NOT NULL,
    risk_id uuid NOT NULL,
    warned smallint
);
ALTER TABLE public.assessment_acceptance ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.assessment_acceptance_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.assessment_assessment (
    id uuid NOT NULL,
    year smallint NOT NULL,
    control_set smallint NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    submitted_at timestamp with time zone,
    closed_at timestamp with time zone,
    closed_by_id uuid,
    opened_by_id uuid NOT NULL,
    submitted_by_id uuid,
    returned_by_id uuid,
    returned_at timestamp with time zone,
    returned_reason character varying(400) DEFAULT ''::character varying NOT NULL,
    CONSTRAINT assessment_two_people CHECK (((closed_by_id IS NULL) OR ((closed_at IS NOT NULL) AND (submitted_by_id IS NOT NULL) AND (NOT ((closed_by_id = submitted_by_id) AND (closed_by_id IS NOT NULL) AND (submitted_by_id IS NOT NULL))))))
);
CREATE TABLE public.assessment_rating (
    id bigint NOT NULL,
    control character varying(20) NOT NULL COLLATE pg_catalog."C",
    verdict character varying(20) NOT NULL COLLATE pg_catalog."C",
    note text NOT NULL,
    evidence text NOT NULL,
    rated_at timestamp with time zone,
    version integer NOT NULL,
    live character varying(60) NOT NULL COLLATE pg_catalog."C",
    value double precision,
    numerator bigint,
    denominator bigint,
    unit character varying(20) NOT NULL,
    goal double precision,
    read_at timestamp with time zone,
    assessment_id uuid NOT NULL,
    rated_by_id uuid,
    CONSTRAINT assessment_rating_live CHECK ((((live)::text = ''::text) OR ((verdict)::text = ''::text) OR (read_at IS NOT NULL))),
    CONSTRAINT assessment_rating_verdict CHECK ((((verdict)::text = ANY ((ARRAY[''::character varying, 'met'::character varying, 'partly'::character varying, 'not_met'::character varying, 'not_applicable'::character varying])::text[])) OR ((NOT ((live)::text = ''::text)) AND ((verdict)::text = 'no_data'::text))))
);
ALTER TABLE public.assessment_rating ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.assessment_rating_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.assessment_risk (
    id uuid NOT NULL,
    number integer NOT NULL,
    title character varying(160) NOT NULL,
    about text NOT NULL,
    control character varying(20) NOT NULL COLLATE pg_catalog."C",
    likelihood smallint NOT NULL,
    impact smallint NOT NULL,
    treatment character varying(20) NOT NULL,
    plan text NOT NULL,
    registered_at timestamp with time zone NOT NULL,
    closed_at timestamp with time zone,
    owner_id character varying(40) NOT NULL COLLATE pg_catalog."C",
    registered_by_id uuid NOT NULL,
    CONSTRAINT assessment_risk_number_check CHECK ((number >= 0)),
    CONSTRAINT assessment_risk_scale CHECK ((((impact >= 1) AND (impact <= 5)) AND ((likelihood >= 1) AND (likelihood <= 5))))
);
CREATE TABLE public.auth_group (
    id integer NOT NULL,
    name character varying(150) NOT NULL
);
ALTER TABLE public.auth_group ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_group_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.auth_group_permissions (
    id bigint NOT NULL,
    group_id integer NOT NULL,
    permission_id integer NOT NULL
);
ALTER TABLE public.auth_group_permissions ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_group_permissions_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.auth_permission (
    id integer NOT NULL,
    name character varying(255) NOT NULL,
    content_type_id integer NOT NULL,
    codename character varying(100) NOT NULL
);
ALTER TABLE public.auth_permission ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_permission_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.committee_agendaitem (
    id bigint NOT NULL,
    number integer NOT NULL,
    title character varying(200) NOT NULL,
    meeting_id uuid NOT NULL
);
ALTER TABLE public.committee_agendaitem ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.committee_agendaitem_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.committee_attendance (
    id bigint NOT NULL,
    staff_id uuid NOT NULL,
    meeting_id uuid NOT NULL,
    seat_id bigint NOT NULL,
    number integer DEFAULT 0 NOT NULL
);
ALTER TABLE public.committee_attendance ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.committee_attendance_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.committee_charter (
    id bigint NOT NULL,
    number integer NOT NULL,
    text_zh text NOT NULL,
    text_en text NOT NULL,
    quorum_percent smallint NOT NULL,
    written_at timestamp with time zone NOT NULL,
    written_by_id uuid NOT NULL,
    committee_id uuid NOT NULL,
    CONSTRAINT committee_quorum_percent CHECK (((quorum_percent >= 50) AND (quorum_percent <= 100)))
);
ALTER TABLE public.committee_charter ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.committee_charter_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.committee_committee (
    id uuid NOT NULL,
    code character varying(40) NOT NULL COLLATE pg_catalog."C",
    name_zh character varying(120) NOT NULL,
    name_en character varying(120) NOT NULL,
    every_months smallint NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT committee_every_months CHECK (((every_months >= 1) AND (every_months <= 12)))
);
CREATE TABLE public.committee_correction (
    id bigint NOT NULL,
    number integer NOT NULL,
    reason character varying(300) NOT NULL,
    at timestamp with time zone NOT NULL,
    signed_at timestamp with time zone,
    dropped_at timestamp with time zone,
    by_id uuid NOT NULL,
    meeting_id uuid NOT NULL,
    dropped_by_id uuid,
    signed_by_id uuid,
    CONSTRAINT committee_correction_dropped CHECK ((((dropped_at IS NULL) AND (dropped_by_id IS NULL)) OR ((dropped_at IS NOT NULL) AND (dropped_by_id IS NOT NULL) AND (signed_at IS NULL)))),
    CONSTRAINT committee_correction_reason CHECK (((number >= 1) AND (NOT ((reason)::text = ''::text)))),
    CONSTRAINT committee_correction_signed CHECK ((((signed_at IS NULL) AND (signed_by_id IS NULL)) OR ((signed_at IS NOT NULL) AND (signed_by_id IS NOT NULL))))
);
ALTER TABLE public.committee_correction ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.committee_correction_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.committee_meeting (
    id uuid NOT NULL,
    number integer NOT NULL,
    at timestamp with time zone NOT NULL,
    place character varying(120) NOT NULL,
    state character varying(10) NOT NULL,
    seats integer,
    needed integer,
    minutes text NOT NULL,
    reason character varying(300) NOT NULL,
    closed_at timestamp with time zone,
    called_by_id uuid NOT NULL,
    closed_by_id uuid,
    committee_id uuid NOT NULL,
    CONSTRAINT committee_meeting_counted CHECK (((NOT ((state)::text = ANY ((ARRAY['held'::character varying, 'closed'::character varying])::text[]))) OR ((needed IS NOT NULL) AND (seats IS NOT NULL)))),
    CONSTRAINT committee_meeting_minuted CHECK (((NOT ((state)::text = 'closed'::text)) OR ((closed_at IS NOT NULL) AND (NOT (minutes = ''::text))))),
    CONSTRAINT committee_meeting_state CHECK (((state)::text = ANY ((ARRAY['called'::character varying, 'held'::character varying, 'closed'::character varying, 'cancelled'::character varying])::text[])))
);
CREATE TABLE public.committee_resolution (
    id uuid NOT NULL,
    number integer NOT NULL,
    text character varying(500) NOT NULL,
    due date NOT NULL,
    votes_for smallint NOT NULL,
    votes_against smallint NOT NULL,
    abstained smallint NOT NULL,
    task character varying(40) NOT NULL COLLATE pg_catalog."C",
    passed_at timestamp with time zone NOT NULL,
    department_id bigint,
    meeting_id uuid NOT NULL,
    owner_id character varying(40) NOT NULL COLLATE pg_catalog."C",
    CONSTRAINT committee_resolution_votes CHECK (((abstained >= 0) AND (votes_against >= 0) AND (votes_for > votes_against)))
);
CREATE TABLE public.committee_seat (
    id bigint NOT NULL,
    role character varying(10) NOT NULL,
    starts date NOT NULL,
    ends date,
    committee_id uuid NOT NULL,
    post_id character varying(40) NOT NULL COLLATE pg_catalog."C",
    CONSTRAINT committee_seat_order CHECK (((ends IS NULL) OR (ends >= starts)))
);
ALTER TABLE public.committee_seat ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.committee_seat_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.django_content_type (
    id integer NOT NULL,
    app_label character varying(100) NOT NULL,
    model character varying(100) NOT NULL
);
ALTER TABLE public.django_content_type ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.django_content_type_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.django_migrations (
    id bigint NOT NULL,
    app character varying(255) NOT NULL,
    name character varying(255) NOT NULL,
    applied timestamp with time zone NOT NULL
);
ALTER TABLE public.django_migrations ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.django_migrations_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.django_session (
    session_key character varying(40) NOT NULL,
    session_data text NOT NULL,
    expire_date timestamp with time zone NOT NULL
);
CREATE TABLE public.documents_approval (
    id bigint NOT NULL,
    round integer NOT NULL,
    verdict character varying(10) NOT NULL,
    reason character varying(500) NOT NULL,
    at timestamp with time zone NOT NULL,
    staff_id uuid NOT NULL,
    version_id uuid NOT NULL,
    CONSTRAINT documents_approval_verdict CHECK ((((verdict)::text = 'approved'::text) OR (((verdict)::text = 'sent_back'::text) AND (NOT ((reason)::text = ''::text)))))
);
ALTER TABLE public.documents_approval ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.documents_approval_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.documents_attestation (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    staff_id uuid NOT NULL,
    version_id uuid NOT NULL
);
ALTER TABLE public.documents_attestation ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.documents_attestation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.documents_document (
    id uuid NOT NULL,
    code character varying(60) NOT NULL COLLATE pg_catalog."C",
    kind character varying(10) NOT NULL,
    name_zh character varying(120) NOT NULL,
    name_en character varying(120) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    owner_id character varying(40) NOT NULL COLLATE pg_catalog."C",
    CONSTRAINT documents_document_kind CHECK (((kind)::text = ANY ((ARRAY['policy'::character varying, 'file'::character varying])::text[])))
);
CREATE TABLE public.documents_opening (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    staff_id uuid NOT NULL,
    version_id uuid NOT NULL
);
ALTER TABLE public.documents_opening ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.documents_opening_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.documents_version (
    id uuid NOT NULL,
    number integer NOT NULL,
    state character varying(12) NOT NULL,
    round integer NOT NULL,
    text_zh text NOT NULL,
    text_en text NOT NULL,
    file bytea,
    file_name character varying(200) NOT NULL,
    file_size integer NOT NULL,
    sha256 character varying(64) NOT NULL,
    change character varying(300) NOT NULL,
    review_on date NOT NULL,
    drafted_at timestamp with time zone NOT NULL,
    published_at timestamp with time zone,
    document_id uuid NOT NULL,
    drafted_by_id uuid NOT NULL,
    published_by_id uuid,
    CONSTRAINT documents_published_when CHECK (((NOT ((state)::text = ANY ((ARRAY['published'::character varying, 'superseded'::character varying])::text[]))) OR ((published_at IS NOT NULL) AND (published_by_id IS NOT NULL)))),
    CONSTRAINT documents_text_or_file CHECK (((file IS NULL) OR ((text_en = ''::text) AND (text_zh = ''::text)))),
    CONSTRAINT documents_version_state CHECK (((state)::text = ANY ((ARRAY['draft'::character varying, 'in_review'::character varying, 'approved'::character varying, 'published'::character varying, 'superseded'::character varying])::text[])))
);
CREATE TABLE public.governance_attachment (
    id uuid NOT NULL,
    name character varying(160) NOT NULL,
    size bigint NOT NULL,
    sha256 character varying(64) NOT NULL COLLATE pg_catalog."C",
    evidence_date date NOT NULL,
    expires date,
    uploaded_at timestamp with time zone NOT NULL,
    by_id uuid NOT NULL,
    occurrence_id bigint,
    task_id uuid,
    holder_kind character varying(40) NOT NULL COLLATE pg_catalog."C",
    holder_id character varying(80) NOT NULL COLLATE pg_catalog."C",
    CONSTRAINT governance_attachment_owner CHECK (((((holder_id)::text = ''::text) AND ((holder_kind)::text = ''::text) AND (((task_id IS NULL) OR (occurrence_id IS NULL)) AND (1 = (
CASE
    WHEN (task_id IS NULL) THEN 1
    ELSE 0
END +
CASE
    WHEN (occurrence_id IS NULL) THEN 1
    ELSE 0
END)))) OR ((NOT ((holder_kind)::text = ''::text)) AND (NOT ((holder_id)::text = ''::text)) AND (occurrence_id IS NULL) AND (task_id IS NULL)))),
    CONSTRAINT governance_attachment_size_check CHECK ((size >= 0))
);
CREATE TABLE public.governance_attachment_part (
    id bigint NOT NULL,
    number integer NOT NULL,
    sealed bytea NOT NULL,
    attachment_id uuid NOT NULL,
    CONSTRAINT governance_attachment_part_number_check CHECK ((number >= 0))
);
ALTER TABLE public.governance_attachment_part ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.governance_attachment_part_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.governance_attachment_withdrawal (
    attachment_id uuid NOT NULL,
    reason text NOT NULL,
    at timestamp with time zone NOT NULL,
    by_id uuid NOT NULL
);
CREATE TABLE public.governance_comment (
    id bigint NOT NULL,
    text text NOT NULL,
    at timestamp with time zone NOT NULL,
    by_id uuid NOT NULL,
    task_id uuid NOT NULL
);
ALTER TABLE public.governance_comment ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.governance_comment_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.governance_duty_occurrence (
    id bigint NOT NULL,
    begins date NOT NULL,
    ends date NOT NULL,
    due date NOT NULL,
    state character varying(10) NOT NULL,
    reason character varying(400) NOT NULL,
    moved_from date,
    done_on date,
    done_at timestamp with time zone,
    evidence character varying(400) NOT NULL,
    done_by_id uuid,
    template_id bigint NOT NULL,
    CONSTRAINT governance_occurrence_done CHECK ((((done_at IS NOT NULL) AND (done_on IS NOT NULL) AND ((state)::text = 'done'::text)) OR ((NOT ((state)::text = 'done'::text)) AND (done_at IS NULL) AND (done_on IS NULL)))),
    CONSTRAINT governance_occurrence_order CHECK (((ends > begins) AND (due >= begins))),
    CONSTRAINT governance_occurrence_reason CHECK (((NOT ((state)::text = ANY ((ARRAY['moved'::character varying, 'skipped'::character varying])::text[]))) OR (NOT ((reason)::text = ''::text))))
);
ALTER TABLE public.governance_duty_occurrence ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.governance_duty_occurrence_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.governance_duty_template (
    id bigint NOT NULL,
    code character varying(40) NOT NULL COLLATE pg_catalog."C",
    name_zh character varying(120) NOT NULL,
    name_en character varying(120) NOT NULL,
    post character varying(40) NOT NULL COLLATE pg_catalog."C",
    cadence character varying(12) NOT NULL,
    starts date NOT NULL,
    grace_days smallint NOT NULL,
    department_id bigint NOT NULL,
    measure_id character varying(8) NOT NULL COLLATE pg_catalog."C",
    retired_on date,
    CONSTRAINT governance_duty_template_grace_days_check CHECK ((grace_days >= 0))
);
ALTER TABLE public.governance_duty_template ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.governance_duty_template_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.governance_former_name (
    id bigint NOT NULL,
    department character varying(40) NOT NULL COLLATE pg_catalog."C",
    name_zh character varying(80) NOT NULL,
    name_en character varying(80) NOT NULL,
    until timestamp with time zone NOT NULL,
    changed_by_id uuid
);
ALTER TABLE public.governance_former_name ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.governance_former_name_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.governance_measure (
    code character varying(8) NOT NULL COLLATE pg_catalog."C",
    name_zh character varying(80) NOT NULL,
    name_en character varying(80) NOT NULL,
    text_zh text NOT NULL,
    text_en text NOT NULL,
    months smallint NOT NULL,
    cadence character varying(12) NOT NULL,
    department_id bigint NOT NULL,
    CONSTRAINT governance_measure_months_check CHECK ((months >= 0))
);
CREATE TABLE public.governance_programme (
    id smallint NOT NULL,
    starts date NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    CONSTRAINT governance_programme_single CHECK ((id = 1))
);
CREATE TABLE public.governance_target (
    id character varying(40) NOT NULL COLLATE pg_catalog."C",
    "order" smallint NOT NULL,
    name_zh character varying(120) NOT NULL,
    name_en character varying(120) NOT NULL,
    direction character varying(10) NOT NULL,
    unit character varying(10) NOT NULL,
    cadence_days smallint NOT NULL,
    months smallint NOT NULL,
    law_zh character varying(200) NOT NULL,
    law_en character varying(200) NOT NULL,
    measure_id character varying(8) NOT NULL COLLATE pg_catalog."C",
    CONSTRAINT governance_target_cadence_days_check CHECK ((cadence_days >= 0)),
    CONSTRAINT governance_target_months_check CHECK ((months >= 0)),
    CONSTRAINT governance_target_order_check CHECK (("order" >= 0))
);
CREATE TABLE public.governance_target_rule (
    id bigint NOT NULL,
    version smallint NOT NULL,
    starts date NOT NULL,
    goal numeric(9,2) NOT NULL,
    reason character varying(400) NOT NULL,
    drafted_at timestamp with time zone NOT NULL,
    signed_at timestamp with time zone,
    drafted_by_id uuid,
    signed_by_id uuid,
    target_id character varying(40) NOT NULL COLLATE pg_catalog."C",
    CONSTRAINT governance_rule_signer CHECK (((signed_at IS NULL) OR (drafted_by_id IS NULL) OR (signed_by_id IS NOT NULL))),
    CONSTRAINT governance_rule_two_people CHECK (((drafted_by_id IS NULL) OR (signed_by_id IS NULL) OR (NOT ((drafted_by_id = signed_by_id) AND (drafted_by_id IS NOT NULL) AND (signed_by_id IS NOT NULL))))),
    CONSTRAINT governance_target_rule_version_check CHECK ((version >= 0))
);
ALTER TABLE public.governance_target_rule ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.governance_target_rule_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.governance_task (
    id uuid NOT NULL,
    title character varying(160) NOT NULL,
    text text NOT NULL,
    post character varying(40) NOT NULL COLLATE pg_catalog."C",
    due date NOT NULL,
    state character varying(10) NOT NULL,
    origin_kind character varying(40) NOT NULL COLLATE pg_catalog."C",
    origin_id character varying(80) NOT NULL COLLATE pg_catalog."C",
    created_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    assignee_id uuid,
    created_by_id uuid,
    department_id bigint
);
CREATE TABLE public.mfa_authenticator (
    id bigint NOT NULL,
    type character varying(20) NOT NULL,
    data jsonb NOT NULL,
    user_id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    last_used_at timestamp with time zone
);
ALTER TABLE public.mfa_authenticator ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.mfa_authenticator_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.notices_channel (
    id bigint NOT NULL,
    name character varying(40) NOT NULL,
    service character varying(40) NOT NULL,
    sealed bytea NOT NULL,
    groups jsonb NOT NULL,
    language character varying(10) NOT NULL,
    is_active boolean NOT NULL,
    created_at timestamp with time zone NOT NULL
);
ALTER TABLE public.notices_channel ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.notices_channel_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.notices_delivery (
    id bigint NOT NULL,
    way character varying(10) NOT NULL,
    digest boolean NOT NULL,
    state character varying(10) NOT NULL,
    tries smallint NOT NULL,
    next_try timestamp with time zone NOT NULL,
    code character varying(40) NOT NULL COLLATE pg_catalog."C",
    created_at timestamp with time zone NOT NULL,
    settled_at timestamp with time zone,
    channel_id bigint,
    notice_id uuid NOT NULL,
    CONSTRAINT notices_delivery_way CHECK ((((channel_id IS NOT NULL) AND ((way)::text = 'robot'::text)) OR ((channel_id IS NULL) AND ((way)::text = 'mail'::text))))
);
ALTER TABLE public.notices_delivery ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.notices_delivery_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.notices_notice (
    id uuid NOT NULL,
    kind character varying(40) NOT NULL COLLATE pg_catalog."C",
    params jsonb NOT NULL,
    link character varying(200) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    read_at timestamp with time zone,
    recipient_id uuid NOT NULL
);
CREATE TABLE public.notices_preference (
    id bigint NOT NULL,
    kind character varying(40) NOT NULL COLLATE pg_catalog."C",
    mail character varying(10) NOT NULL,
    staff_id uuid NOT NULL
);
ALTER TABLE public.notices_preference ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.notices_preference_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.notices_reader (
    staff_id uuid NOT NULL,
    language character varying(10) NOT NULL,
    every character varying(10) NOT NULL
);
CREATE TABLE public.procrastinate_events (
    id bigint NOT NULL,
    job_id bigint NOT NULL,
    type public.procrastinate_job_event_type,
    at timestamp with time zone DEFAULT now()
);
CREATE SEQUENCE public.procrastinate_events_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.procrastinate_events_id_seq OWNED BY public.procrastinate_events.id;
CREATE SEQUENCE public.procrastinate_jobs_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.procrastinate_jobs_id_seq OWNED BY public.procrastinate_jobs.id;
CREATE TABLE public.procrastinate_periodic_defers (
    id bigint NOT NULL,
    task_name character varying(128) NOT NULL,
    defer_timestamp bigint,
    job_id bigint,
    periodic_id character varying(128) DEFAULT ''::character varying NOT NULL
);
CREATE SEQUENCE public.procrastinate_periodic_defers_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.procrastinate_periodic_defers_id_seq OWNED BY public.procrastinate_periodic_defers.id;
CREATE TABLE public.procrastinate_workers (
    id bigint NOT NULL,
    last_heartbeat timestamp with time zone DEFAULT now() NOT NULL
);
ALTER TABLE public.procrastinate_workers ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.procrastinate_workers_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.scorecard_custom_measure (
    id uuid NOT NULL,
    target text NOT NULL,
    title text NOT NULL,
    formula text NOT NULL,
    goal double precision NOT NULL,
    unit text NOT NULL,
    direction text NOT NULL,
    department text NOT NULL,
    cadence integer NOT NULL,
    starts date NOT NULL,
    recorded_by text NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    ended boolean DEFAULT false NOT NULL,
    CONSTRAINT scorecard_custom_measure_cadence_check CHECK (((cadence >= 1) AND (cadence <= 1100))),
    CONSTRAINT scorecard_custom_measure_direction_check CHECK ((direction = ANY (ARRAY['at_least'::text, 'at_most'::text]))),
    CONSTRAINT scorecard_custom_measure_formula_check CHECK (((length(formula) >= 1) AND (length(formula) <= 400))),
    CONSTRAINT scorecard_custom_measure_goal_check CHECK (((goal >= (0)::double precision) AND (goal < 'Infinity'::double precision))),
    CONSTRAINT scorecard_custom_measure_target_check CHECK ((target ~ '^own-[a-z0-9-]{1,36}$'::text)),
    CONSTRAINT scorecard_custom_measure_title_check CHECK (((length(title) >= 1) AND (length(title) <= 80))),
    CONSTRAINT scorecard_custom_measure_unit_check CHECK ((unit = ANY (ARRAY['percent'::text, 'days'::text, 'hours'::text, 'count'::text])))
);
CREATE TABLE public.scorecard_outside_evidence (
    id uuid NOT NULL,
    target text NOT NULL,
    begins date NOT NULL,
    ends date NOT NULL,
    value double precision NOT NULL,
    numerator bigint NOT NULL,
    denominator bigint NOT NULL,
    unit text NOT NULL,
    source text NOT NULL,
    signer text NOT NULL,
    file_hash text NOT NULL,
    reason text DEFAULT ''::text NOT NULL,
    recorded_by text NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    corrects uuid,
    withdraws boolean DEFAULT false NOT NULL,
    CONSTRAINT scorecard_outside_evidence_check CHECK ((ends > begins)),
    CONSTRAINT scorecard_outside_evidence_check1 CHECK (((corrects IS NULL) OR (reason <> ''::text))),
    CONSTRAINT scorecard_outside_evidence_check2 CHECK ((corrects IS DISTINCT FROM id)),
    CONSTRAINT scorecard_outside_evidence_check3 CHECK (((NOT withdraws) OR (corrects IS NOT NULL))),
    CONSTRAINT scorecard_outside_evidence_denominator_check CHECK ((denominator >= 0)),
    CONSTRAINT scorecard_outside_evidence_file_hash_check CHECK ((file_hash ~ '^([0-9a-f]{64})?$'::text)),
    CONSTRAINT scorecard_outside_evidence_numerator_check CHECK ((numerator >= 0)),
    CONSTRAINT scorecard_outside_evidence_signer_check CHECK (((length(signer) >= 1) AND (length(signer) <= 64))),
    CONSTRAINT scorecard_outside_evidence_source_check CHECK (((length(source) >= 1) AND (length(source) <= 64))),
    CONSTRAINT scorecard_outside_evidence_target_check CHECK ((target ~ '^[a-z][a-z0-9-]{1,39}$'::text)),
    CONSTRAINT scorecard_outside_evidence_unit_check CHECK ((unit = ANY (ARRAY['percent'::text, 'days'::text, 'hours'::text, 'count'::text]))),
    CONSTRAINT scorecard_outside_evidence_value_check CHECK (((value >= (0)::double precision) AND (value < 'Infinity'::double precision)))
);
CREATE TABLE public.scorecard_pack (
    id uuid NOT NULL,
    begins date NOT NULL,
    ends date NOT NULL,
    written_at timestamp with time zone NOT NULL,
    written_by text NOT NULL,
    file_hash text NOT NULL,
    figures json NOT NULL,
    CONSTRAINT scorecard_pack_check CHECK ((ends > begins)),
    CONSTRAINT scorecard_pack_file_hash_check CHECK ((file_hash ~ '^[0-9a-f]{64}$'::text))
);
CREATE TABLE public.scorecard_signing_key (
    number integer NOT NULL,
    public_key text NOT NULL,
    recorded_by text NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    CONSTRAINT scorecard_signing_key_number_check CHECK ((number > 0)),
    CONSTRAINT scorecard_signing_key_public_key_check CHECK ((public_key ~ '^[0-9a-f]{64}$'::text))
);
CREATE TABLE trail.leaf (
    at timestamp with time zone NOT NULL,
    id uuid NOT NULL,
    writer uuid NOT NULL,
    seq bigint NOT NULL,
    xid xid8 DEFAULT pg_current_xact_id() NOT NULL,
    event text NOT NULL,
    actor_kind text NOT NULL,
    actor_id text NOT NULL,
    purpose text NOT NULL,
    outcome text NOT NULL,
    leaf bytea NOT NULL,
    leaf_hash bytea NOT NULL,
    previous bytea NOT NULL,
    CONSTRAINT leaf_leaf_check CHECK (((octet_length(leaf) >= 18) AND (octet_length(leaf) <= 65535))),
    CONSTRAINT leaf_leaf_hash_check CHECK ((octet_length(leaf_hash) = 32)),
    CONSTRAINT leaf_previous_check CHECK ((octet_length(previous) = 32))
)
PARTITION BY RANGE (at);
CREATE TABLE trail.leaf_2026_11 (
    at timestamp with time zone CONSTRAINT leaf_at_not_null NOT NULL,
    id uuid CONSTRAINT leaf_id_not_null NOT NULL,
    writer uuid CONSTRAINT leaf_writer_not_null NOT NULL,
    seq bigint CONSTRAINT leaf_seq_not_null NOT NULL,
    xid xid8 DEFAULT pg_current_xact_id() CONSTRAINT leaf_xid_not_null NOT NULL,
    event text CONSTRAINT leaf_event_not_null NOT NULL,
    actor_kind text CONSTRAINT leaf_actor_kind_not_null NOT NULL,
    actor_id text CONSTRAINT leaf_actor_id_not_null NOT NULL,
    purpose text CONSTRAINT leaf_purpose_not_null NOT NULL,
    outcome text CONSTRAINT leaf_outcome_not_null NOT NULL,
    leaf bytea CONSTRAINT leaf_leaf_not_null NOT NULL,
    leaf_hash bytea CONSTRAINT leaf_leaf_hash_not_null NOT NULL,
    previous bytea CONSTRAINT leaf_previous_not_null NOT NULL,
    CONSTRAINT leaf_leaf_check CHECK (((octet_length(leaf) >= 18) AND (octet_length(leaf) <= 65535))),
    CONSTRAINT leaf_leaf_hash_check CHECK ((octet_length(leaf_hash) = 32)),
    CONSTRAINT leaf_previous_check CHECK ((octet_length(previous) = 32))
);
CREATE TABLE trail.leaf_2026_12 (
    at timestamp with time zone CONSTRAINT leaf_at_not_null NOT NULL,
    id uuid CONSTRAINT leaf_id_not_null NOT NULL,
    writer uuid CONSTRAINT leaf_writer_not_null NOT NULL,
    seq bigint CONSTRAINT leaf_seq_not_null NOT NULL,
    xid xid8 DEFAULT pg_current_xact_id() CONSTRAINT leaf_xid_not_null NOT NULL,
    event text CONSTRAINT leaf_event_not_null NOT NULL,
    actor_kind text CONSTRAINT leaf_actor_kind_not_null NOT NULL,
    actor_id text CONSTRAINT leaf_actor_id_not_null NOT NULL,
    purpose text CONSTRAINT leaf_purpose_not_null NOT NULL,
    outcome text CONSTRAINT leaf_outcome_not_null NOT NULL,
    leaf bytea CONSTRAINT leaf_leaf_not_null NOT NULL,
    leaf_hash bytea CONSTRAINT leaf_leaf_hash_not_null NOT NULL,
    previous bytea CONSTRAINT leaf_previous_not_null NOT NULL,
    CONSTRAINT leaf_leaf_check CHECK (((octet_length(leaf) >= 18) AND (octet_length(leaf) <= 65535))),
    CONSTRAINT leaf_leaf_hash_check CHECK ((octet_length(leaf_hash) = 32)),
    CONSTRAINT leaf_previous_check CHECK ((octet_length(previous) = 32))
);
CREATE TABLE trail.leaf_2027_01 (
    at timestamp with time zone CONSTRAINT leaf_at_not_null NOT NULL,
    id uuid CONSTRAINT leaf_id_not_null NOT NULL,
    writer uuid CONSTRAINT leaf_writer_not_null NOT NULL,
    seq bigint CONSTRAINT leaf_seq_not_null NOT NULL,
    xid xid8 DEFAULT pg_current_xact_id() CONSTRAINT leaf_xid_not_null NOT NULL,
    event text CONSTRAINT leaf_event_not_null NOT NULL,
    actor_kind text CONSTRAINT leaf_actor_kind_not_null NOT NULL,
    actor_id text CONSTRAINT leaf_actor_id_not_null NOT NULL,
    purpose text CONSTRAINT leaf_purpose_not_null NOT NULL,
    outcome text CONSTRAINT leaf_outcome_not_null NOT NULL,
    leaf bytea CONSTRAINT leaf_leaf_not_null NOT NULL,
    leaf_hash bytea CONSTRAINT leaf_leaf_hash_not_null NOT NULL,
    previous bytea CONSTRAINT leaf_previous_not_null NOT NULL,
    CONSTRAINT leaf_leaf_check CHECK (((octet_length(leaf) >= 18) AND (octet_length(leaf) <= 65535))),
    CONSTRAINT leaf_leaf_hash_check CHECK ((octet_length(leaf_hash) = 32)),
    CONSTRAINT leaf_previous_check CHECK ((octet_length(previous) = 32))
);
CREATE TABLE trail.leaf_2027_02 (
    at timestamp with time zone CONSTRAINT leaf_at_not_null NOT NULL,
    id uuid CONSTRAINT leaf_id_not_null NOT NULL,
    writer uuid CONSTRAINT leaf_writer_not_null NOT NULL,
    seq bigint CONSTRAINT leaf_seq_not_null NOT NULL,
    xid xid8 DEFAULT pg_current_xact_id() CONSTRAINT leaf_xid_not_null NOT NULL,
    event text CONSTRAINT leaf_event_not_null NOT NULL,
    actor_kind text CONSTRAINT leaf_actor_kind_not_null NOT NULL,
    actor_id text CONSTRAINT leaf_actor_id_not_null NOT NULL,
    purpose text CONSTRAINT leaf_purpose_not_null NOT NULL,
    outcome text CONSTRAINT leaf_outcome_not_null NOT NULL,
    leaf bytea CONSTRAINT leaf_leaf_not_null NOT NULL,
    leaf_hash bytea CONSTRAINT leaf_leaf_hash_not_null NOT NULL,
    previous bytea CONSTRAINT leaf_previous_not_null NOT NULL,
    CONSTRAINT leaf_leaf_check CHECK (((octet_length(leaf) >= 18) AND (octet_length(leaf) <= 65535))),
    CONSTRAINT leaf_leaf_hash_check CHECK ((octet_length(leaf_hash) = 32)),
    CONSTRAINT leaf_previous_check CHECK ((octet_length(previous) = 32))
);
CREATE TABLE trail.subject (
    kind text NOT NULL,
    id text NOT NULL,
    at timestamp with time zone NOT NULL,
    leaf_id uuid NOT NULL
)
PARTITION BY RANGE (at);
CREATE TABLE trail.subject_2026_11 (
    kind text CONSTRAINT subject_kind_not_null NOT NULL,
    id text CONSTRAINT subject_id_not_null NOT NULL,
    at timestamp with time zone CONSTRAINT subject_at_not_null NOT NULL,
    leaf_id uuid CONSTRAINT subject_leaf_id_not_null NOT NULL
);
CREATE TABLE trail.subject_2026_12 (
    kind text CONSTRAINT subject_kind_not_null NOT NULL,
    id text CONSTRAINT subject_id_not_null NOT NULL,
    at timestamp with time zone CONSTRAINT subject_at_not_null NOT NULL,
    leaf_id uuid CONSTRAINT subject_leaf_id_not_null NOT NULL
);
CREATE TABLE trail.subject_2027_01 (
    kind text CONSTRAINT subject_kind_not_null NOT NULL,
    id text CONSTRAINT subject_id_not_null NOT NULL,
    at timestamp with time zone CONSTRAINT subject_at_not_null NOT NULL,
    leaf_id uuid CONSTRAINT subject_leaf_id_not_null NOT NULL
);
CREATE TABLE trail.subject_2027_02 (
    kind text CONSTRAINT subject_kind_not_null NOT NULL,
    id text CONSTRAINT subject_id_not_null NOT NULL,
    at timestamp with time zone CONSTRAINT subject_at_not_null NOT NULL,
    leaf_id uuid CONSTRAINT subject_leaf_id_not_null NOT NULL
);
CREATE TABLE vault.customer (
    customer_id uuid NOT NULL,
    branch_id integer NOT NULL,
    identity_tag bytea,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    state smallint DEFAULT 1 NOT NULL,
    CONSTRAINT customer_identity_tag_check CHECK ((octet_length(identity_tag) = 16)),
    CONSTRAINT customer_state_check CHECK ((state = ANY (ARRAY[1, 2])))
);
CREATE TABLE vault.encryption_count (
    counted_at timestamp with time zone NOT NULL,
    sensitive bigint NOT NULL,
    sealed bigint NOT NULL,
    customers bigint NOT NULL,
    records bigint NOT NULL,
    method text NOT NULL,
    CONSTRAINT encryption_count_check CHECK (((sealed >= 0) AND (sealed <= sensitive))),
    CONSTRAINT encryption_count_sensitive_check CHECK ((sensitive >= 0))
);
CREATE TABLE vault.import_batch (
    batch_id uuid NOT NULL,
    actor_kind text NOT NULL,
    actor_id text NOT NULL,
    source text NOT NULL,
    collection smallint NOT NULL,
    file_hash bytea NOT NULL,
    mapping jsonb NOT NULL,
    state text NOT NULL,
    rows bigint DEFAULT 0 NOT NULL,
    created bigint DEFAULT 0 NOT NULL,
    changed bigint DEFAULT 0 NOT NULL,
    unchanged bigint DEFAULT 0 NOT NULL,
    rejected bigint DEFAULT 0 NOT NULL,
    started_at timestamp with time zone DEFAULT now() NOT NULL,
    finished_at timestamp with time zone,
    rejects bytea,
    total bigint,
    total_about boolean DEFAULT true NOT NULL,
    CONSTRAINT import_batch_file_hash_check CHECK ((octet_length(file_hash) = 32)),
    CONSTRAINT import_batch_total_check CHECK ((total >= 0))
);
ALTER TABLE ONLY vault.import_batch ALTER COLUMN rejects SET STORAGE EXTERNAL;
CREATE TABLE vault.import_chunk (
    batch_id uuid NOT NULL,
    chunk integer NOT NULL,
    rows integer NOT NULL,
    created integer NOT NULL,
    changed integer NOT NULL,
    unchanged integer NOT NULL,
    rejected integer NOT NULL,
    rejects_sealed bytea,
    committed_at timestamp with time zone DEFAULT now() NOT NULL
);
ALTER TABLE ONLY vault.import_chunk ALTER COLUMN rejects_sealed SET STORAGE EXTERNAL;
CREATE TABLE vault.mapping (
    name text NOT NULL,
    collection smallint NOT NULL,
    columns jsonb NOT NULL,
    saved_by text NOT NULL,
    saved_at timestamp with time zone DEFAULT now() NOT NULL
);
CREATE TABLE vault.record (
    customer_id uuid NOT NULL,
    record_id uuid NOT NULL,
    collection smallint NOT NULL,
    version integer NOT NULL,
    generation integer NOT NULL,
    source_tag bytea,
    row_mac bytea NOT NULL,
    fields smallint[] NOT NULL,
    cells bytea[] NOT NULL,
    manifest bytea NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    batch uuid,
    tags bigint[] NOT NULL,
    CONSTRAINT record_cells_check CHECK ((SUBSTRING(cells[1] FROM 1 FOR 2) = '\xc101'::bytea)),
    CONSTRAINT record_check CHECK (((cardinality(cells) > 0) AND (cardinality(fields) = cardinality(cells)))),
    CONSTRAINT record_generation_check CHECK ((generation > 0)),
    CONSTRAINT record_manifest_check CHECK ((octet_length(manifest) = 32)),
    CONSTRAINT record_row_mac_check CHECK ((octet_length(row_mac) = 16)),
    CONSTRAINT record_source_tag_check CHECK ((octet_length(source_tag) = 16)),
    CONSTRAINT record_version_check CHECK ((version > 0))
)
WITH (fillfactor='95');
ALTER TABLE ONLY vault.record ALTER COLUMN cells SET STORAGE EXTERNAL;
CREATE TABLE vault.record_history (
    customer_id uuid NOT NULL,
    record_id uuid NOT NULL,
    collection smallint NOT NULL,
    version integer NOT NULL,
    generation integer NOT NULL,
    source_tag bytea,
    row_mac bytea NOT NULL,
    fields smallint[] NOT NULL,
    cells bytea[] NOT NULL,
    manifest bytea NOT NULL,
    created_at timestamp with time zone NOT NULL,
    batch uuid,
    CONSTRAINT record_history_check CHECK ((cardinality(fields) = cardinality(cells))),
    CONSTRAINT record_history_manifest_check CHECK ((octet_length(manifest) = 32)),
    CONSTRAINT record_history_version_check CHECK ((version > 0))
);
ALTER TABLE ONLY vault.record_history ALTER COLUMN cells SET STORAGE EXTERNAL;
CREATE TABLE vault.tag (
    tag bigint NOT NULL,
    field smallint NOT NULL,
    transform smallint NOT NULL,
    version smallint NOT NULL,
    customer_id uuid NOT NULL,
    record_id uuid NOT NULL
);
CREATE TABLE vault.work_item (
    work_item_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    kind smallint NOT NULL,
    number_tag bytea NOT NULL,
    number_sealed bytea NOT NULL,
    assignee uuid,
    opened date NOT NULL,
    closed date,
    CONSTRAINT work_item_check CHECK ((closed >= opened)),
    CONSTRAINT work_item_kind_check CHECK ((kind = ANY (ARRAY[1, 2, 3]))),
    CONSTRAINT work_item_number_sealed_check CHECK (vault.all_sealed(ARRAY[number_sealed])),
    CONSTRAINT work_item_number_tag_check CHECK ((octet_length(number_tag) = 16))
);
ALTER TABLE ONLY vault.work_item ALTER COLUMN number_sealed SET STORAGE EXTERNAL;
ALTER TABLE ONLY trail.leaf ATTACH PARTITION trail.leaf_2026_11 FOR VALUES FROM ('2026-11-01 00:00:00+00') TO ('2026-12-01 00:00:00+00');
ALTER TABLE ONLY trail.leaf ATTACH PARTITION trail.leaf_2026_12 FOR VALUES FROM ('2026-12-01 00:00:00+00') TO ('2027-01-01 00:00:00+00');
ALTER TABLE ONLY trail.leaf ATTACH PARTITION trail.leaf_2027_01 FOR VALUES FROM ('2027-01-01 00:00:00+00') TO ('2027-02-01 00:00:00+00');
ALTER TABLE ONLY trail.leaf ATTACH PARTITION trail.leaf_2027_02 FOR VALUES FROM ('2027-02-01 00:00:00+00') TO ('2027-03-01 00:00:00+00');
ALTER TABLE ONLY trail.subject ATTACH PARTITION trail.subject_2026_11 FOR VALUES FROM ('2026-11-01 00:00:00+00') TO ('2026-12-01 00:00:00+00');
ALTER TABLE ONLY trail.subject ATTACH PARTITION trail.subject_2026_12 FOR VALUES FROM ('2026-12-01 00:00:00+00') TO ('2027-01-01 00:00:00+00');
ALTER TABLE ONLY trail.subject ATTACH PARTITION trail.subject_2027_01 FOR VALUES FROM ('2027-01-01 00:00:00+00') TO ('2027-02-01 00:00:00+00');
ALTER TABLE ONLY trail.subject ATTACH PARTITION trail.subject_2027_02 FOR VALUES FROM ('2027-02-01 00:00:00+00') TO ('2027-03-01 00:00:00+00');
ALTER TABLE ONLY public.procrastinate_events ALTER COLUMN id SET DEFAULT nextval('public.procrastinate_events_id_seq'::regclass);
ALTER TABLE ONLY public.procrastinate_jobs ALTER COLUMN id SET DEFAULT nextval('public.procrastinate_jobs_id_seq'::regclass);
ALTER TABLE ONLY public.procrastinate_periodic_defers ALTER COLUMN id SET DEFAULT nextval('public.procrastinate_periodic_defers_id_seq'::regclass);
INSERT INTO keys.installation VALUES
	(true, '\x5f1061aa3939d983bb7d009544647f0d', '2026-11-29 01:43:43.072789+00');
INSERT INTO keys.kek OVERRIDING SYSTEM VALUE VALUES
	(1, 1, 1, '\xc20101030000000097b4db2c7ab9a6ba7f9ec059f237adce944dcab64880de8792c0de65dc6772ea8c50040866f7726b918a73db5317c84be2cec32ca3373e345ff04cb0', '\x3d467c2543958ca2f7f1cd52aaf9df676c2afaad51b92bc6c94d29634e74e958', 'file:8cf7413ca303ffad', 1, '2026-11-29 01:43:43.072789+00');
INSERT INTO keys.side_root VALUES
	('index', 1, 1, '\xc2010102000000013cb4e85abb04f5e10711e38e1487818b8fb9fd1afdc91dae9023fc65a90f3c446aafb9ac96a8640411212470e7b8bc0306a2ba5d89f2d5832565635c', '\x73400236d0b0c366d89b6cae2fadecbeccf13231104ad72ab6471e8c3e13f202', 1, '2026-11-29 01:43:43.072789+00'),
	('note', 1, 1, '\xc201010200000001ade27b6e65847a6deb94b2909438b4f5a309f15358182d54fec24e41b134a1d05c20898f4c8e3e9ba8b39e24baf3d51c30c124b2a04a6ac24e5d9d83', '\x526fcba78db2036a45fc6226d8076acae3d153690f3df173c18da43dbe5cdaf5', 1, '2026-11-29 01:43:43.072789+00'),
	('secret', 1, 1, '\xc201010200000001d43bd80381e4fe2d77dcb917ec1b21c94787bbaa6dc16b4064f8383e12ff04b32eebfb9ed53f0d63023a52689827dd1e6b3a5d7d06fe29b519af4f97', '\x000d139af7aea68f6a767fbb105dfbb2d62e77ecea1276fa62c2859595c6acdb', 1, '2026-11-29 01:43:43.072789+00');
INSERT INTO public.access_assignment VALUES
	(1, '2026-11-29', NULL, '01a224f8-ec75-7000-9f5f-939074e162c9', NULL, 'machine'),
	(2, '2026-11-29', NULL, '01a224f9-06fd-7000-8953-6cefd30cb64d', 1, 'security_admin'),
	(3, '2026-11-29', NULL, '01a224f9-0732-7000-a93d-8d58e23711a9', 1, 'compliance_officer'),
	(4, '2026-11-29', NULL, '01a224f9-0766-7000-8f03-1b02b6149133', 1, 'system_admin'),
	(5, '2026-11-29', NULL, '01a224f9-07b1-7000-83bb-4108820be4ca', 1, 'service_agent'),
	(6, '2026-11-29', NULL, '01a224f9-1727-7000-a025-566562472e3c', 1, 'auditor'),
	(7, '2026-11-29', NULL, '01a224f9-176b-7000-88de-07f30057acc8', 1, 'branch_manager'),
	(8, '2026-11-29', NULL, '01a224f9-17a1-7000-9355-712769e16df4', 1, 'compliance_officer');
INSERT INTO public.access_branch VALUES
	(1, 'HQ', '总公司', 'Head office', NULL),
	(2, 'EAST', '东区', 'East', 1),
	(3, 'EAST1', '东一', 'East one', 2),
	(4, 'WEST', '西区', 'West', 1);
INSERT INTO public.access_department VALUES
	(1, 'information_security', '信息安全部', 'Information security'),
	(2, 'it', 'IT部', 'IT'),
	(3, 'technology', '技术部', 'Technology'),
	(4, 'hr', '人力资源部', 'HR'),
	(5, 'legal_compliance', '法律合规部', 'Legal and compliance'),
	(6, 'customer_service', '客户服务部', 'Customer service'),
	(7, 'claims', '理赔部', 'Claims'),
	(8, 'underwriting', '核保部', 'Underwriting'),
	(9, 'sales', '销售部', 'Sales'),
	(10, 'marketing', '市场部', 'Marketing'),
	(11, 'branches', '机构管理部', 'Branch management'),
	(12, 'audit', '审计部', 'Audit');
INSERT INTO public.access_epoch VALUES
	(1, 18);
INSERT INTO public.access_matrix_version VALUES
	(1, '{"posts":{"auditor":{"owner":"audit","rules":[]},"branch_manager":{"owner":"branches","rules":[{"channels":["view","search"],"classes":["contact"],"level":"clear","purposes":["complaint"],"quota":40,"reason_en":"A manager answers a complaint in person.","reason_zh":"\u673a\u6784\u8d1f\u8d23\u4eba\u987b\u4eb2\u81ea\u56de\u590d\u6295\u8bc9\u3002","review":"2027-05-31","scope":"subtree","second_person":false,"step_up":false,"work_item":true},{"channels":["view","search"],"classes":["identity","claim","policy","family","vehicle","profile","operation"],"level":"masked","purposes":["complaint"],"quota":0,"reason_en":"Judging a complaint needs the outline of the matter.","reason_zh":"\u5224\u65ad\u6295\u8bc9\u53ea\u9700\u4e8b\u9879\u6982\u8981\u3002","review":"2027-05-31","scope":"subtree","second_person":false,"step_up":false,"work_item":false},{"channels":["view","search"],"classes":["identity","contact","claim","policy","vehicle","profile","operation"],"level":"masked","purposes":["renewal","service"],"quota":0,"reason_en":"Leading the branch''s service needs outlines only.","reason_zh":"\u7ba1\u7406\u673a\u6784\u670d\u52a1\u53ea\u9700\u6982\u8981\u4fe1\u606f\u3002","review":"2027-05-31","scope":"subtree","second_person":false,"step_up":false,"work_item":false},{"channels":["view"],"classes":["claim","policy","profile","operation"],"level":"masked","purposes":["statistics"],"quota":0,"reason_en":"Figures of the branch.","reason_zh":"\u673a\u6784\u7ecf\u8425\u7edf\u8ba1\u3002","review":"2027-05-31","scope":"subtree","second_person":false,"step_up":false,"work_item":false}]},"claims_adjuster":{"owner":"claims","rules":[{"channels":["view","search"],"classes":["identity","contact","claim","policy","family","vehicle"],"level":"clear","purposes":["claim"],"quota":200,"reason_en":"Assessing a claim needs the facts of the claim, the policy and the people in it.","reason_zh":"\u7406\u7b97\u987b\u6838\u5bf9\u6848\u4ef6\u3001\u4fdd\u5355\u53ca\u76f8\u5173\u4eba\u5458\u7684\u771f\u5b9e\u4fe1\u606f\u3002","review":"2027-05-31","scope":"team","second_person":false,"step_up":false,"work_item":true},{"channels":["view"],"classes":["bank","health"],"level":"clear","purposes":["claim"],"quota":80,"reason_en":"Medical facts decide the claim, and the account is where it is paid.","reason_zh":"\u533b\u7597\u4fe1\u606f\u51b3\u5b9a\u8d54\u4ed8\uff0c\u94f6\u884c\u8d26\u6237\u7528\u4e8e\u4ed8\u6b3e\u3002","review":"2027-02-28","scope":"team","second_person":false,"step_up":true,"work_item":true},{"channels":["view"],"classes":["financial","profile","operation"],"level":"masked","purposes":["claim"],"quota":0,"reason_en":"Background of the case; the outline is enough.","reason_zh":"\u6848\u4ef6\u80cc\u666f\uff0c\u6982\u8981\u5373\u53ef\u3002","review":"2027-05-31","scope":"team","second_person":false,"step_up":false,"work_item":false},{"channels":["view","search"],"classes":["identity","contact","claim","policy","vehicle"],"level":"masked","purposes":["anti_fraud"],"quota":0,"reason_en":"Comparing claims to find fraud works on masks and exact search.","reason_zh":"\u53cd\u6b3a\u8bc8\u6bd4\u5bf9\u4f7f\u7528\u63a9\u7801\u548c\u7cbe\u786e\u68c0\u7d22\u5373\u53ef\u3002","review":"2027-05-31","scope":"subtree","second_person":false,"step_up":false,"work_item":false}]},"compliance_officer":{"owner":"legal_compliance","rules":[{"channels":["view","search","export","print"],"classes":["identity","contact","bank","claim","policy","family","financial","vehicle","profile","operation"],"level":"clear","purposes":["audit","legal"],"quota":40,"reason_en":"Evidence for an audit or a court; clear and exported only with a second person.","reason_zh":"\u5ba1\u8ba1\u6216\u8bc9\u8bbc\u53d6\u8bc1\uff1b\u660e\u6587\u4e0e\u5bfc\u51fa\u987b\u53cc\u4eba\u6388\u6743\u3002","review":"2027-02-28","scope":"all","second_person":true,"step_up":true,"work_item":false},{"channels":["view"],"classes":["health","credential","biometric"],"level":"masked","purposes":["audit","legal"],"quota":0,"reason_en":"That the data is there and protected can be seen on the mask.","reason_zh":"\u901a\u8fc7\u63a9\u7801\u5373\u53ef\u6838\u5b9e\u6570\u636e\u5b58\u5728\u4e14\u53d7\u5230\u4fdd\u62a4\u3002","review":"2027-02-28","scope":"all","second_person":false,"step_up":false,"work_item":false},{"channels":["view","search"],"classes":["identity","contact","claim","policy"],"level":"masked","purposes":["complaint","anti_fraud"],"quota":0,"reason_en":"Following complaints and suspected fraud through the company.","reason_zh":"\u8ddf\u8e2a\u5168\u516c\u53f8\u7684\u6295\u8bc9\u4e0e\u6b3a\u8bc8\u5acc\u7591\u3002","review":"2027-05-31","scope":"all","second_person":false,"step_up":false,"work_item":false}]},"hr_trainer":{"owner":"hr","rules":[]},"machine":{"owner":"it","rules":[{"channels":["view","search","api"],"classes":["identity","contact","bank","health","claim","policy","family","financial","credential","biometric","vehicle","profile","operation"],"level":"masked","purposes":["underwriting","claim","renewal","service","complaint","anti_fraud","legal","statistics","administration"],"quota":0,"reason_en":"Imports and the shell on the host check their work on masks, never on clear values.","reason_zh":"\u5bfc\u5165\u4efb\u52a1\u4e0e\u4e3b\u673a\u547d\u4ee4\u884c\u53ea\u7528\u63a9\u7801\u6838\u5bf9\uff0c\u7edd\u4e0d\u63a5\u89e6\u660e\u6587\u3002","review":"2027-05-31","scope":"all","second_person":false,"step_up":false,"work_item":false}]},"marketing_analyst":{"owner":"marketing","rules":[{"channels":["view"],"classes":["policy","vehicle","profile","operation"],"level":"masked","purposes":["statistics","marketing"],"quota":0,"reason_en":"Analysis works on groups; nobody is looked up.","reason_zh":"\u5206\u6790\u4ee5\u7fa4\u4f53\u4e3a\u5bf9\u8c61\uff0c\u4e0d\u68c0\u7d22\u4e2a\u4eba\u3002","review":"2027-05-31","scope":"all","second_person":false,"step_up":false,"work_item":false}]},"partner_service":{"owner":"technology","rules":[{"channels":["view","search","api"],"classes":["identity","contact","claim","policy","vehicle"],"level":"clear","purposes":["claim","service"],"quota":200000,"reason_en":"The core systems send notices and pay claims for their open work items.","reason_zh":"\u6838\u5fc3\u4e1a\u52a1\u7cfb\u7edf\u4e3a\u5728\u529e\u4e8b\u9879\u53d1\u9001\u901a\u77e5\u5e76\u652f\u4ed8\u8d54\u6b3e\u3002","review":"2027-02-28","scope":"all","second_person":false,"step_up":false,"work_item":true},{"channels":["view","search","api"],"classes":["bank","profile","operation"],"level":"masked","purposes":["claim","service"],"quota":0,"reason_en":"Matching records between systems works on masks and exact search.","reason_zh":"\u7cfb\u7edf\u95f4\u6838\u5bf9\u8bb0\u5f55\u4f7f\u7528\u63a9\u7801\u548c\u7cbe\u786e\u68c0\u7d22\u5373\u53ef\u3002","review":"2027-02-28","scope":"all","second_person":false,"step_up":false,"work_item":false}]},"sales_agent":{"owner":"sales","rules":[{"channels":["view","search"],"classes":["identity","contact","policy","vehicle","profile"],"level":"masked","purposes":["renewal","service","marketing"],"quota":0,"reason_en":"An agent cares for the customers in hand and calls them through the exchange.","reason_zh":"\u4ee3\u7406\u4eba\u53ea\u670d\u52a1\u672c\u4eba\u5728\u529e\u5ba2\u6237\uff0c\u7ecf\u603b\u673a\u5916\u547c\u3002","review":"2027-05-31","scope":"own","second_person":false,"step_up":false,"work_item":false}]},"security_admin":{"owner":"information_security","rules":[]},"service_agent":{"owner":"customer_service","rules":[{"channels":["view","search"],"classes":["identity","contact"],"level":"clear","purposes":["service"],"quota":60,"reason_en":"Calling back, and checking who calls, needs the number itself while a case is open.","reason_zh":"\u5728\u529e\u6848\u4ef6\u56de\u8bbf\u548c\u6838\u5b9e\u6765\u7535\u4eba\u8eab\u4efd\u65f6\u9700\u8981\u5b8c\u6574\u53f7\u7801\u3002","review":"2027-05-31","scope":"team","second_person":false,"step_up":false,"work_item":true},{"channels":["view","search"],"classes":["identity","contact"],"level":"masked","purposes":["renewal","complaint"],"quota":0,"reason_en":"Recognising the customer is enough for a complaint or a renewal.","reason_zh":"\u53d7\u7406\u6295\u8bc9\u548c\u7eed\u4fdd\u53ea\u9700\u8fa8\u8ba4\u5ba2\u6237\u3002","review":"2027-05-31","scope":"team","second_person":false,"step_up":false,"work_item":false},{"channels":["view","search"],"classes":["policy","family","vehicle","profile","operation"],"level":"masked","purposes":["renewal","service","complaint"],"quota":0,"reason_en":"Answering questions about a policy needs its outline.","reason_zh":"\u89e3\u7b54\u4fdd\u5355\u95ee\u9898\u53ea\u9700\u6982\u8981\u4fe1\u606f\u3002","review":"2027-05-31","scope":"team","second_person":false,"step_up":false,"work_item":false},{"channels":["view"],"classes":["bank","claim"],"level":"masked","purposes":["service","complaint"],"quota":0,"reason_en":"Telling a customer where a claim or a payment stands needs its outline.","reason_zh":"\u544a\u77e5\u7406\u8d54\u6216\u4ed8\u6b3e\u8fdb\u5ea6\u53ea\u9700\u6982\u8981\u4fe1\u606f\u3002","review":"2027-05-31","scope":"team","second_person":false,"step_up":false,"work_item":false}]},"system_admin":{"owner":"it","rules":[]},"underwriter":{"owner":"underwriting","rules":[{"channels":["view","search"],"classes":["identity","policy","family","vehicle","profile"],"level":"clear","purposes":["underwriting"],"quota":120,"reason_en":"Deciding on a risk needs the application as it was made.","reason_zh":"\u6838\u4fdd\u987b\u4f9d\u636e\u6295\u4fdd\u7533\u8bf7\u7684\u771f\u5b9e\u5185\u5bb9\u3002","review":"2027-05-31","scope":"subtree","second_person":false,"step_up":false,"work_item":true},{"channels":["view"],"classes":["health","financial"],"level":"clear","purposes":["underwriting"],"quota":80,"reason_en":"Health and means decide whether and how the risk is taken.","reason_zh":"\u5065\u5eb7\u4e0e\u8d22\u52a1\u72b6\u51b5\u51b3\u5b9a\u662f\u5426\u53ca\u5982\u4f55\u627f\u4fdd\u3002","review":"2027-02-28","scope":"subtree","second_person":false,"step_up":true,"work_item":true},{"channels":["view"],"classes":["contact","claim","operation"],"level":"masked","purposes":["underwriting"],"quota":0,"reason_en":"Earlier claims and contacts are weighed by their outline.","reason_zh":"\u65e2\u5f80\u7406\u8d54\u4e0e\u8054\u7cfb\u8bb0\u5f55\u53ea\u770b\u6982\u8981\u3002","review":"2027-05-31","scope":"subtree","second_person":false,"step_up":false,"work_item":false},{"channels":["view","search"],"classes":["identity","contact","claim","policy","vehicle"],"level":"masked","purposes":["renewal"],"quota":0,"reason_en":"Renewal on the same terms needs no clear value.","reason_zh":"\u6309\u539f\u6761\u4ef6\u7eed\u4fdd\u65e0\u9700\u660e\u6587\u3002","review":"2027-05-31","scope":"subtree","second_person":false,"step_up":false,"work_item":false}]}},"version":1}', 'c0ccdd17ba3b00aeef846d0c197ab37bede7ac13fbc46489b7c537c22046a4c7', 1, '2026-11-29 01:43:42.887659+00', 'system');
INSERT INTO public.access_post VALUES
	('service_agent', '客服专员', 'Service agent', 'staff'),
	('claims_adjuster', '理赔专员', 'Claims adjuster', 'staff'),
	('underwriter', '核保专员', 'Underwriter', 'staff'),
	('sales_agent', '销售代理人', 'Sales agent', 'staff'),
	('branch_manager', '机构负责人', 'Branch manager', 'staff'),
	('marketing_analyst', '市场分析员', 'Marketing analyst', 'staff'),
	('hr_trainer', '培训专员', 'HR trainer', 'staff'),
	('compliance_officer', '合规专员', 'Compliance officer', 'staff'),
	('security_admin', '安全管理员', 'Security administrator', 'staff'),
	('system_admin', '系统管理员', 'System administrator', 'staff'),
	('auditor', '审计员', 'Auditor', 'staff'),
	('machine', '机器账号', 'Machine account', 'machine'),
	('partner_service', '对接系统账号', 'Partner system account', 'machine');
INSERT INTO public.access_staff VALUES
	('!WCfCuOIYvMxy19bGRBXvzf4NcK79DIMmmgDgY9JQ', NULL, '01a224f8-ec75-7000-9f5f-939074e162c9', 'machine-local-operator', 'local-operator', 'Local operator 本机操作员', '', 'machine', true, NULL, 0, '2026-11-29 01:43:42.964823+00', NULL, 2),
	('!0U627LcAoOYHhRVJSvzH16qtUYGdP3sMZsyoujan', NULL, '01a224f9-06fd-7000-8953-6cefd30cb64d', 'S1', 'security-admin-1', 'Test', '', 'staff', true, NULL, 0, '2026-11-29 01:43:49.757465+00', 1, NULL),
	('!2EHsI5WR1jZPJMaeKGmICIB0FvfRGg2ioatT402r', NULL, '01a224f9-0732-7000-a93d-8d58e23711a9', 'S2', 'compliance-officer-2', 'Test', '', 'staff', true, NULL, 0, '2026-11-29 01:43:49.810267+00', 1, NULL),
	('!HrQIBKO4kPqaSJOWHWZKjpqWIjwSa2uPkGAiOWfr', NULL, '01a224f9-0766-7000-8f03-1b02b6149133', 'S3', 'system-admin-3', 'Test', '', 'staff', true, NULL, 0, '2026-11-29 01:43:49.862865+00', 1, NULL),
	('!Yli67YCG8LySCVIuVXLcVauS4to9L4EgV06um4VG', NULL, '01a224f9-07b1-7000-83bb-4108820be4ca', 'S4', 'service-agent-4', 'Test', '', 'staff', true, NULL, 0, '2026-11-29 01:43:49.937743+00', 1, NULL),
	('!8m7Mm3eQGdDu44jpVluTkwrrHIjI2CvczP5WGGOp', NULL, '01a224f9-1727-7000-a025-566562472e3c', 'S5', 'auditor-5', 'Test', '', 'staff', true, NULL, 0, '2026-11-29 03:43:53.395569+00', 1, NULL),
	('!sW0sykABXDl08WSRLE9zO53VnWz3J7UlZ2HHzuaP', NULL, '01a224f9-176b-7000-88de-07f30057acc8', 'S6', 'branch-manager-6', 'Test', '', 'staff', true, NULL, 0, '2026-11-29 03:43:53.395569+00', 1, NULL),
	('!yc4d1MufDSj3mVMziqpxHNFg7bMo6Sgchtdvj9nB', NULL, '01a224f9-17a1-7000-9355-712769e16df4', 'S7', 'compliance-officer-7', 'Test', '', 'staff', true, NULL, 0, '2026-11-29 03:43:53.395569+00', 1, NULL);
INSERT INTO public.assessment_assessment VALUES
	('01a224f9-18e3-7000-be63-c238dcd97be3', 2026, 3, '2026-11-29 03:43:53.395569+00', NULL, NULL, NULL, '01a224f9-0732-7000-a93d-8d58e23711a9', NULL, NULL, NULL, '');
INSERT INTO public.assessment_rating VALUES
	(1, 'ISMS-01', '', '', '', NULL, 0, 'isms-built', NULL, NULL, NULL, '', NULL, NULL, '01a224f9-18e3-7000-be63-c238dcd97be3', NULL),
	(2, 'ISMS-02', '', '', '', NULL, 0, 'isms-assessed', NULL, NULL, NULL, '', NULL, NULL, '01a224f9-18e3-7000-be63-c238dcd97be3', NULL),
	(4, 'ISMS-04', '', '', '', NULL, 0, '', NULL, NULL, NULL, '', NULL, NULL, '01a224f9-18e3-7000-be63-c238dcd97be3', NULL),
	(5, 'ISMS-05', '', '', '', NULL, 0, '', NULL, NULL, NULL, '', NULL, NULL, '01a224f9-18e3-7000-be63-c238dcd97be3', NULL),
	(6, 'ISMS-06', '', '', '', NULL, 0, '', NULL, NULL, NULL, '', NULL, NULL, '01a224f9-18e3-7000-be63-c238dcd97be3', NULL),
	(7, 'ISMS-07', '', '', '', NULL, 0, '', NULL, NULL, NULL, '', NULL, NULL, '01a224f9-18e3-7000-be63-c238dcd97be3', NULL),
	(8, 'ISMS-08', '', '', '', NULL, 0, '', NULL, NULL, NULL, '', NULL, NULL, '01a224f9-18e3-7000-be63-c238dcd97be3', NULL),
	(9, 'ISMS-09', '', '', '', NULL, 0, '', NULL, NULL, NULL, '', NULL, NULL, '01a224f9-18e3-7000-be63-c238dcd97be3', NULL),
	(10, 'ISMS-10', '', '', '', NULL, 0, '', NULL, NULL, NULL, '', NULL, NULL, '01a224f9-18e3-7000-be63-c238dcd97be3', NULL),
	(11, 'ISMS-11', '', '', '', NULL, 0, '', NULL, NULL, NULL, '', NULL, NULL, '01a224f9-18e3-7000-be63-c238dcd97be3', NULL),
	(12, 'ISMS-12', '', '', '', NULL, 0, '', NULL, NULL, NULL, '', NULL, NULL, '01a224f9-18e3-7000-be63-c238dcd97be3', NULL),
	(13, 'ACC-01', '', '', '', NULL, 0, 'access-system', NULL, NULL, NULL, '', NULL, NULL, '01a224f9-18e3-7000-be63-c238dcd97be3', NULL),
	(14, 'ACC-02', '', '', '', NULL, 0, 'access-log-kept', NULL, NULL, NULL, '', NULL, NULL, '01a224f9-18e3-7000-be63-c238dcd97be3', NULL),
	(15, 'ACC-03', '', '', '', NULL, 0, '', NULL, NULL, NULL, '', NULL, NULL, '01a224f9-18e3-7000-be63-c238dcd97be3', NULL),
	(16, 'ACC-04', '', '', '', NULL, 0, '', NULL, NULL, NULL, '', NULL, NULL, '01a224f9-18e3-7000-be63-c238dcd97be3', NULL),
	(17, 'ACC-05', '', '', '', NULL, 0, '', NULL, NULL, NULL, '', NULL, NULL, '01a224f9-18e3-7000-be63-c238dcd97be3', NULL),
	(18, 'ACC-06', '', '', '', NULL, 0, '', NULL, NULL, NULL, '', NULL, NULL, '01a224f9-18e3-7000-be63-c238dcd97be3', NULL),
	(19, 'ACC-07', '', '', '', NULL, 0, '', NULL, NULL, NULL, '', NULL, NULL, '01a224f9-18e3-7000-be63-c238dcd97be3', NULL),
	(20, 'ACC-08', '', '', '', NULL, 0, '', NULL, NULL, NULL, '', NULL, NULL, '01a224f9-18e3-7000-be63-c238dcd97be3', NULL),
	(21, 'ACC-09', '', '', '', NULL, 0, '', NULL, NULL, NULL, '', NULL, NULL, '01a224f9-18e3-7000-be63-c238dcd97be3', NULL),
	(22, 'ACC-10', '', '', '', NULL, 0, '', NULL, NULL, NULL, '', NULL, NULL, '01a224f9-18e3-7000-be63-c238dcd97be3', NULL),
	(23, 'ACC-11', '', '', '', NULL, 0, '', NULL, NULL, NULL, '', NULL, NULL, '01a224f9-18e3-7000-be63-c238dcd97be3', NULL),
	(24, 'ACC-12', '', '', '', NULL, 0, '', NULL, NULL, NULL, '', NULL, NULL, '01a224f9-18e3-7000-be63-c238dcd97be3', NULL),
	(25, 'ACC-13', '', '', '', NULL, 0, '', NULL, NULL, NULL, '', NULL, NULL, '01a224f9-18e3-7000-be63-c238dcd97be3', NULL),
	(26, 'ACC-14', '', '', '', NULL, 0, '', NULL, NULL, NULL, '', NULL, NULL, '01a224f9-18e3-7000-be63-c238dcd97be3', NULL),
	(27, 'ENC-01', '', '', '', NULL, 0, 'encryption-rate', NULL, NULL, NULL, '', NULL, NULL, '01a224f9-18e3-7000-be63-c238dcd97be3', NULL),
	(28, 'ENC-02', '', '', '', NULL, 0, 'tls-share', NULL, NULL, NULL, '', NULL, NULL, '01a224f9-18e3-7000-be63-c238dcd97be3', NULL),
	(29, 'ENC-03', '', '', '', NULL, 0, '', NULL, NULL, NULL, '', NULL, NULL, '01a224f9-18e3-7000-be63-c238dcd97be3', NULL),
	(30, 'ENC-04', '', '', '', NULL, 0, '', NULL, NULL, NULL, '', NULL, NULL, '01a224f9-18e3-7000-be63-c238dcd97be3', NULL),
	(31, 'ENC-05', '', '', '', NULL, 0, '', NULL, NULL, NULL, '', NULL, NULL, '01a224f9-18e3-7000-be63-c238dcd97be3', NULL),
	(32, 'ENC-06', '', '', '', NULL, 0, '', NULL, NULL, NULL, '', NULL, NULL, '01a224f9-18e3-7000-be63-c238dcd97be3', NULL),
	(33, 'ENC-07', '', '', '', NULL, 0, '', NULL, NULL, NULL, '', NULL, NULL, '01a224f9-18e3-7000-be63-c238dcd97be3', NULL),
	(34, 'ENC-08', '', '', '', NULL, 0, '', NULL, NULL, NULL, '', NULL, NULL, '01a224f9-18e3-7000-be63-c238dcd97be3', NULL),
	(35, 'ENC-09', '', '', '', NULL, 0, '', NULL, NULL, NULL, '', NULL, NULL, '01a224f9-18e3-7000-be63-c238dcd97be3', NULL),
	(36, 'ENC-10', '', '', '', NULL, 0, '', NULL, NULL, NULL, '', NULL, NULL, '01a224f9-18e3-7000-be63-c238dcd97be3', NULL),
	(37, 'ENC-11', '', '', '', NULL, 0, '', NULL, NULL, NULL, '', NULL, NULL, '01a224f9-18e3-7000-be63-c238dcd97be3', NULL),
	(38, 'ENC-12', '', '', '', NULL, 0, '', NULL, NULL, NULL, '', NULL, NULL, '01a224f9-18e3-7000-be63-c238dcd97be3', NULL),
	(39, 'TRN-01', '', '', '', NULL, 0, 'trainings', NULL, NULL, NULL, '', NULL, NULL, '01a224f9-18e3-7000-be63-c238dcd97be3', NULL),
	(40, 'TRN-02', '', '', '', NULL, 0, 'leak-drill', NULL, NULL, NULL, '', NULL, NULL, '01a224f9-18e3-7000-be63-c238dcd97be3', NULL),
	(41, 'TRN-03', '', '', '', NULL, 0, '', NULL, NULL, NULL, '', NULL, NULL, '01a224f9-18e3-7000-be63-c238dcd97be3', NULL),
	(42, 'TRN-04', '', '', '', NULL, 0, '', NULL, NULL, NULL, '', NULL, NULL, '01a224f9-18e3-7000-be63-c238dcd97be3', NULL),
	(43, 'TRN-05', '', '', '', NULL, 0, '', NULL, NULL, NULL, '', NULL, NULL, '01a224f9-18e3-7000-be63-c238dcd97be3', NULL),
	(44, 'TRN-06', '', '', '', NULL, 0, '', NULL, NULL, NULL, '', NULL, NULL, '01a224f9-18e3-7000-be63-c238dcd97be3', NULL),
	(45, 'TRN-07', '', '', '', NULL, 0, '', NULL, NULL, NULL, '', NULL, NULL, '01a224f9-18e3-7000-be63-c238dcd97be3', NULL),
	(46, 'BAK-01', '', '', '', NULL, 0, 'backup-weekly', NULL, NULL, NULL, '', NULL, NULL, '01a224f9-18e3-7000-be63-c238dcd97be3', NULL),
	(47, 'BAK-02', '', '', '', NULL, 0, 'restore-test', NULL, NULL, NULL, '', NULL, NULL, '01a224f9-18e3-7000-be63-c238dcd97be3', NULL),
	(48, 'BAK-03', '', '', '', NULL, 0, '', NULL, NULL, NULL, '', NULL, NULL, '01a224f9-18e3-7000-be63-c238dcd97be3', NULL),
	(49, 'BAK-04', '', '', '', NULL, 0, '', NULL, NULL, NULL, '', NULL, NULL, '01a224f9-18e3-7000-be63-c238dcd97be3', NULL),
	(50, 'BAK-05', '', '', '', NULL, 0, '', NULL, NULL, NULL, '', NULL, NULL, '01a224f9-18e3-7000-be63-c238dcd97be3', NULL),
	(51, 'CMP-01', '', '', '', NULL, 0, 'audit-quarterly', NULL, NULL, NULL, '', NULL, NULL, '01a224f9-18e3-7000-be63-c238dcd97be3', NULL),
	(52, 'CMP-02', '', '', '', NULL, 0, 'remediation', NULL, NULL, NULL, '', NULL, NULL, '01a224f9-18e3-7000-be63-c238dcd97be3', NULL),
	(53, 'CMP-03', '', '', '', NULL, 0, '', NULL, NULL, NULL, '', NULL, NULL, '01a224f9-18e3-7000-be63-c238dcd97be3', NULL),
	(54, 'CMP-04', '', '', '', NULL, 0, '', NULL, NULL, NULL, '', NULL, NULL, '01a224f9-18e3-7000-be63-c238dcd97be3', NULL),
	(55, 'CMP-05', '', '', '', NULL, 0, '', NULL, NULL, NULL, '', NULL, NULL, '01a224f9-18e3-7000-be63-c238dcd97be3', NULL),
	(56, 'CMP-06', '', '', '', NULL, 0, '', NULL, NULL, NULL, '', NULL, NULL, '01a224f9-18e3-7000-be63-c238dcd97be3', NULL),
	(57, 'CMP-07', '', '', '', NULL, 0, '', NULL, NULL, NULL, '', NULL, NULL, '01a224f9-18e3-7000-be63-c238dcd97be3', NULL),
	(58, 'CMP-08', '', '', '', NULL, 0, '', NULL, NULL, NULL, '', NULL, NULL, '01a224f9-18e3-7000-be63-c238dcd97be3', NULL),
	(59, 'SRV-01', '', '', '', NULL, 0, 'complaint-48h', NULL, NULL, NULL, '', NULL, NULL, '01a224f9-18e3-7000-be63-c238dcd97be3', NULL),
	(60, 'SRV-02', '', '', '', NULL, 0, 'satisfaction', NULL, NULL, NULL, '', NULL, NULL, '01a224f9-18e3-7000-be63-c238dcd97be3', NULL),
	(61, 'SRV-03', '', '', '', NULL, 0, '', NULL, NULL, NULL, '', NULL, NULL, '01a224f9-18e3-7000-be63-c238dcd97be3', NULL),
	(62, 'SRV-04', '', '', '', NULL, 0, '', NULL, NULL, NULL, '', NULL, NULL, '01a224f9-18e3-7000-be63-c238dcd97be3', NULL),
	(3, 'ISMS-03', 'met', '', '', '2026-11-29 03:43:53.395569+00', 1, '', NULL, NULL, NULL, '', NULL, NULL, '01a224f9-18e3-7000-be63-c238dcd97be3', '01a224f9-0732-7000-a93d-8d58e23711a9');
INSERT INTO public.assessment_risk VALUES
	('01a224f9-1a05-7000-90f3-9b23f72690d8', 1, 'Loss', '', '', 3, 4, 'reduce', 'Copy', '2026-11-29 03:43:53.395569+00', NULL, 'system_admin', '01a224f9-06fd-7000-8953-6cefd30cb64d');
INSERT INTO public.auth_permission VALUES
	(1, 'Can add staff', 1, 'add_staff'),
	(2, 'Can change staff', 1, 'change_staff'),
	(3, 'Can delete staff', 1, 'delete_staff'),
	(4, 'Can view staff', 1, 'view_staff'),
	(5, 'Can add department', 2, 'add_department'),
	(6, 'Can change department', 2, 'change_department'),
	(7, 'Can delete department', 2, 'delete_department'),
	(8, 'Can view department', 2, 'view_department'),
	(9, 'Can add matrix version', 3, 'add_matrixversion'),
	(10, 'Can change matrix version', 3, 'change_matrixversion'),
	(11, 'Can delete matrix version', 3, 'delete_matrixversion'),
	(12, 'Can view matrix version', 3, 'view_matrixversion'),
	(13, 'Can add post', 4, 'add_post'),
	(14, 'Can change post', 4, 'change_post'),
	(15, 'Can delete post', 4, 'delete_post'),
	(16, 'Can view post', 4, 'view_post'),
	(17, 'Can add api key', 5, 'add_apikey'),
	(18, 'Can change api key', 5, 'change_apikey'),
	(19, 'Can delete api key', 5, 'delete_apikey'),
	(20, 'Can view api key', 5, 'view_apikey'),
	(21, 'Can add branch', 6, 'add_branch'),
	(22, 'Can change branch', 6, 'change_branch'),
	(23, 'Can delete branch', 6, 'delete_branch'),
	(24, 'Can view branch', 6, 'view_branch'),
	(25, 'Can add epoch', 7, 'add_epoch'),
	(26, 'Can change epoch', 7, 'change_epoch'),
	(27, 'Can delete epoch', 7, 'delete_epoch'),
	(28, 'Can view epoch', 7, 'view_epoch'),
	(29, 'Can add assignment', 8, 'add_assignment'),
	(30, 'Can change assignment', 8, 'change_assignment'),
	(31, 'Can delete assignment', 8, 'delete_assignment'),
	(32, 'Can view assignment', 8, 'view_assignment'),
	(33, 'Can add quota use', 9, 'add_quotause'),
	(34, 'Can change quota use', 9, 'change_quotause'),
	(35, 'Can delete quota use', 9, 'delete_quotause'),
	(36, 'Can view quota use', 9, 'view_quotause'),
	(37, 'Can add channel', 10, 'add_channel'),
	(38, 'Can change channel', 10, 'change_channel'),
	(39, 'Can delete channel', 10, 'delete_channel'),
	(40, 'Can view channel', 10, 'view_channel'),
	(41, 'Can add reader', 11, 'add_reader'),
	(42, 'Can change reader', 11, 'change_reader'),
	(43, 'Can delete reader', 11, 'delete_reader'),
	(44, 'Can view reader', 11, 'view_reader'),
	(45, 'Can add notice', 12, 'add_notice'),
	(46, 'Can change notice', 12, 'change_notice'),
	(47, 'Can delete notice', 12, 'delete_notice'),
	(48, 'Can view notice', 12, 'view_notice'),
	(49, 'Can add delivery', 13, 'add_delivery'),
	(50, 'Can change delivery', 13, 'change_delivery'),
	(51, 'Can delete delivery', 13, 'delete_delivery'),
	(52, 'Can view delivery', 13, 'view_delivery'),
	(53, 'Can add preference', 14, 'add_preference'),
	(54, 'Can change preference', 14, 'change_preference'),
	(55, 'Can delete preference', 14, 'delete_preference'),
	(56, 'Can view preference', 14, 'view_preference'),
	(57, 'Can add duty template', 15, 'add_dutytemplate'),
	(58, 'Can change duty template', 15, 'change_dutytemplate'),
	(59, 'Can delete duty template', 15, 'delete_dutytemplate'),
	(60, 'Can view duty template', 15, 'view_dutytemplate'),
	(61, 'Can add duty occurrence', 16, 'add_dutyoccurrence'),
	(62, 'Can change duty occurrence', 16, 'change_dutyoccurrence'),
	(63, 'Can delete duty occurrence', 16, 'delete_dutyoccurrence'),
	(64, 'Can view duty occurrence', 16, 'view_dutyoccurrence'),
	(65, 'Can add measure', 17, 'add_measure'),
	(66, 'Can change measure', 17, 'change_measure'),
	(67, 'Can delete measure', 17, 'delete_measure'),
	(68, 'Can view measure', 17, 'view_measure'),
	(69, 'Can add programme', 18, 'add_programme'),
	(70, 'Can change programme', 18, 'change_programme'),
	(71, 'Can delete programme', 18, 'delete_programme'),
	(72, 'Can view programme', 18, 'view_programme'),
	(73, 'Can add target', 19, 'add_target'),
	(74, 'Can change target', 19, 'change_target'),
	(75, 'Can delete target', 19, 'delete_target'),
	(76, 'Can view target', 19, 'view_target'),
	(77, 'Can add target rule', 20, 'add_targetrule'),
	(78, 'Can change target rule', 20, 'change_targetrule'),
	(79, 'Can delete target rule', 20, 'delete_targetrule'),
	(80, 'Can view target rule', 20, 'view_targetrule'),
	(81, 'Can add task', 21, 'add_task'),
	(82, 'Can change task', 21, 'change_task'),
	(83, 'Can delete task', 21, 'delete_task'),
	(84, 'Can view task', 21, 'view_task'),
	(85, 'Can add comment', 22, 'add_comment'),
	(86, 'Can change comment', 22, 'change_comment'),
	(87, 'Can delete comment', 22, 'delete_comment'),
	(88, 'Can view comment', 22, 'view_comment'),
	(89, 'Can add attachment', 23, 'add_attachment'),
	(90, 'Can change attachment', 23, 'change_attachment'),
	(91, 'Can delete attachment', 23, 'delete_attachment'),
	(92, 'Can view attachment', 23, 'view_attachment'),
	(93, 'Can add attachment part', 24, 'add_attachmentpart'),
	(94, 'Can change attachment part', 24, 'change_attachmentpart'),
	(95, 'Can delete attachment part', 24, 'delete_attachmentpart'),
	(96, 'Can view attachment part', 24, 'view_attachmentpart'),
	(97, 'Can add former name', 25, 'add_formername'),
	(98, 'Can change former name', 25, 'change_formername'),
	(99, 'Can delete former name', 25, 'delete_formername'),
	(100, 'Can view former name', 25, 'view_formername'),
	(101, 'Can add attachment withdrawal', 26, 'add_attachmentwithdrawal'),
	(102, 'Can change attachment withdrawal', 26, 'change_attachmentwithdrawal'),
	(103, 'Can delete attachment withdrawal', 26, 'delete_attachmentwithdrawal'),
	(104, 'Can view attachment withdrawal', 26, 'view_attachmentwithdrawal'),
	(105, 'Can add assessment', 27, 'add_assessment'),
	(106, 'Can change assessment', 27, 'change_assessment'),
	(107, 'Can delete assessment', 27, 'delete_assessment'),
	(108, 'Can view assessment', 27, 'view_assessment'),
	(109, 'Can add rating', 28, 'add_rating'),
	(110, 'Can change rating', 28, 'change_rating'),
	(111, 'Can delete rating', 28, 'delete_rating'),
	(112, 'Can view rating', 28, 'view_rating'),
	(113, 'Can add risk', 29, 'add_risk'),
	(114, 'Can change risk', 29, 'change_risk'),
	(115, 'Can delete risk', 29, 'delete_risk'),
	(116, 'Can view risk', 29, 'view_risk'),
	(117, 'Can add acceptance', 30, 'add_acceptance'),
	(118, 'Can change acceptance', 30, 'change_acceptance'),
	(119, 'Can delete acceptance', 30, 'delete_acceptance'),
	(120, 'Can view acceptance', 30, 'view_acceptance'),
	(121, 'Can add document', 31, 'add_document'),
	(122, 'Can change document', 31, 'change_document'),
	(123, 'Can delete document', 31, 'delete_document'),
	(124, 'Can view document', 31, 'view_document'),
	(125, 'Can add version', 32, 'add_version'),
	(126, 'Can change version', 32, 'change_version'),
	(127, 'Can delete version', 32, 'delete_version'),
	(128, 'Can view version', 32, 'view_version'),
	(129, 'Can add attestation', 33, 'add_attestation'),
	(130, 'Can change attestation', 33, 'change_attestation'),
	(131, 'Can delete attestation', 33, 'delete_attestation'),
	(132, 'Can view attestation', 33, 'view_attestation'),
	(133, 'Can add approval', 34, 'add_approval'),
	(134, 'Can change approval', 34, 'change_approval'),
	(135, 'Can delete approval', 34, 'delete_approval'),
	(136, 'Can view approval', 34, 'view_approval'),
	(137, 'Can add opening', 35, 'add_opening'),
	(138, 'Can change opening', 35, 'change_opening'),
	(139, 'Can delete opening', 35, 'delete_opening'),
	(140, 'Can view opening', 35, 'view_opening'),
	(141, 'Can add committee', 36, 'add_committee'),
	(142, 'Can change committee', 36, 'change_committee'),
	(143, 'Can delete committee', 36, 'delete_committee'),
	(144, 'Can view committee', 36, 'view_committee'),
	(145, 'Can add meeting', 37, 'add_meeting'),
	(146, 'Can change meeting', 37, 'change_meeting'),
	(147, 'Can delete meeting', 37, 'delete_meeting'),
	(148, 'Can view meeting', 37, 'view_meeting'),
	(149, 'Can add agenda item', 38, 'add_agendaitem'),
	(150, 'Can change agenda item', 38, 'change_agendaitem'),
	(151, 'Can delete agenda item', 38, 'delete_agendaitem'),
	(152, 'Can view agenda item', 38, 'view_agendaitem'),
	(153, 'Can add resolution', 39, 'add_resolution'),
	(154, 'Can change resolution', 39, 'change_resolution'),
	(155, 'Can delete resolution', 39, 'delete_resolution'),
	(156, 'Can view resolution', 39, 'view_resolution'),
	(157, 'Can add seat', 40, 'add_seat'),
	(158, 'Can change seat', 40, 'change_seat'),
	(159, 'Can delete seat', 40, 'delete_seat'),
	(160, 'Can view seat', 40, 'view_seat'),
	(161, 'Can add attendance', 41, 'add_attendance'),
	(162, 'Can change attendance', 41, 'change_attendance'),
	(163, 'Can delete attendance', 41, 'delete_attendance'),
	(164, 'Can view attendance', 41, 'view_attendance'),
	(165, 'Can add charter', 42, 'add_charter'),
	(166, 'Can change charter', 42, 'change_charter'),
	(167, 'Can delete charter', 42, 'delete_charter'),
	(168, 'Can view charter', 42, 'view_charter'),
	(169, 'Can add correction', 43, 'add_correction'),
	(170, 'Can change correction', 43, 'change_correction'),
	(171, 'Can delete correction', 43, 'delete_correction'),
	(172, 'Can view correction', 43, 'view_correction'),
	(173, 'Can add idempotency', 44, 'add_idempotency'),
	(174, 'Can change idempotency', 44, 'change_idempotency'),
	(175, 'Can delete idempotency', 44, 'delete_idempotency'),
	(176, 'Can view idempotency', 44, 'view_idempotency'),
	(177, 'Can add upload', 45, 'add_upload'),
	(178, 'Can change upload', 45, 'change_upload'),
	(179, 'Can delete upload', 45, 'delete_upload'),
	(180, 'Can view upload', 45, 'view_upload'),
	(181, 'Can add permission', 46, 'add_permission'),
	(182, 'Can change permission', 46, 'change_permission'),
	(183, 'Can delete permission', 46, 'delete_permission'),
	(184, 'Can view permission', 46, 'view_permission'),
	(185, 'Can add group', 47, 'add_group'),
	(186, 'Can change group', 47, 'change_group'),
	(187, 'Can delete group', 47, 'delete_group'),
	(188, 'Can view group', 47, 'view_group'),
	(189, 'Can add content type', 48, 'add_contenttype'),
	(190, 'Can change content type', 48, 'change_contenttype'),
	(191, 'Can delete content type', 48, 'delete_contenttype'),
	(192, 'Can view content type', 48, 'view_contenttype'),
	(193, 'Can add session', 49, 'add_session'),
	(194, 'Can change session', 49, 'change_session'),
	(195, 'Can delete session', 49, 'delete_session'),
	(196, 'Can view session', 49, 'view_session'),
	(197, 'Can add email address', 50, 'add_emailaddress'),
	(198, 'Can change email address', 50, 'change_emailaddress'),
	(199, 'Can delete email address', 50, 'delete_emailaddress'),
	(200, 'Can view email address', 50, 'view_emailaddress');
INSERT INTO public.auth_permission VALUES
	(201, 'Can add email confirmation', 51, 'add_emailconfirmation'),
	(202, 'Can change email confirmation', 51, 'change_emailconfirmation'),
	(203, 'Can delete email confirmation', 51, 'delete_emailconfirmation'),
	(204, 'Can view email confirmation', 51, 'view_emailconfirmation'),
	(205, 'Can add authenticator', 52, 'add_authenticator'),
	(206, 'Can change authenticator', 52, 'change_authenticator'),
	(207, 'Can delete authenticator', 52, 'delete_authenticator'),
	(208, 'Can view authenticator', 52, 'view_authenticator'),
	(209, 'Can add procrastinate event', 53, 'add_procrastinateevent'),
	(210, 'Can change procrastinate event', 53, 'change_procrastinateevent'),
	(211, 'Can delete procrastinate event', 53, 'delete_procrastinateevent'),
	(212, 'Can view procrastinate event', 53, 'view_procrastinateevent'),
	(213, 'Can add procrastinate job', 54, 'add_procrastinatejob'),
	(214, 'Can change procrastinate job', 54, 'change_procrastinatejob'),
	(215, 'Can delete procrastinate job', 54, 'delete_procrastinatejob'),
	(216, 'Can view procrastinate job', 54, 'view_procrastinatejob'),
	(217, 'Can add procrastinate periodic defer', 55, 'add_procrastinateperiodicdefer'),
	(218, 'Can change procrastinate periodic defer', 55, 'change_procrastinateperiodicdefer'),
	(219, 'Can delete procrastinate periodic defer', 55, 'delete_procrastinateperiodicdefer'),
	(220, 'Can view procrastinate periodic defer', 55, 'view_procrastinateperiodicdefer'),
	(221, 'Can add procrastinate worker', 56, 'add_procrastinateworker'),
	(222, 'Can change procrastinate worker', 56, 'change_procrastinateworker'),
	(223, 'Can delete procrastinate worker', 56, 'delete_procrastinateworker'),
	(224, 'Can view procrastinate worker', 56, 'view_procrastinateworker');
INSERT INTO public.committee_agendaitem VALUES
	(1, 1, 'Readings', '01a224f9-089c-7000-aa65-aaf845fa8f3b'),
	(2, 2, 'Findings', '01a224f9-089c-7000-aa65-aaf845fa8f3b');
INSERT INTO public.committee_attendance VALUES
	(1, '01a224f9-06fd-7000-8953-6cefd30cb64d', '01a224f9-089c-7000-aa65-aaf845fa8f3b', 1, 0),
	(2, '01a224f9-0732-7000-a93d-8d58e23711a9', '01a224f9-089c-7000-aa65-aaf845fa8f3b', 2, 0);
INSERT INTO public.committee_charter VALUES
	(1, 1, '# 章程', '# Charter', 50, '2026-11-29 01:43:50.041277+00', '01a224f9-06fd-7000-8953-6cefd30cb64d', '01a224f9-0804-7000-bb57-c37661a1d82a');
INSERT INTO public.committee_committee VALUES
	('01a224f9-0804-7000-bb57-c37661a1d82a', 'customer-information-protection', '委员会', 'Committee', 3, '2026-11-29 01:43:50.017887+00');
INSERT INTO public.committee_meeting VALUES
	('01a224f9-089c-7000-aa65-aaf845fa8f3b', 1, '2026-11-29 02:43:50.153885+00', '', 'closed', 3, 2, 'Said and done', '', '2026-11-29 03:43:53.395569+00', '01a224f9-06fd-7000-8953-6cefd30cb64d', '01a224f9-06fd-7000-8953-6cefd30cb64d', '01a224f9-0804-7000-bb57-c37661a1d82a');
INSERT INTO public.committee_resolution VALUES
	('01a224f9-15c3-7000-815c-a07bdccce4e4', 1, 'Renew the notice', '2026-12-08', 2, 0, 0, '01a224f9-15e6-7000-a9c6-5683473b519c', '2026-11-29 03:43:53.395569+00', NULL, '01a224f9-089c-7000-aa65-aaf845fa8f3b', 'system_admin');
INSERT INTO public.committee_seat VALUES
	(1, 'chair', '2026-11-29', NULL, '01a224f9-0804-7000-bb57-c37661a1d82a', 'security_admin'),
	(2, 'secretary', '2026-11-29', NULL, '01a224f9-0804-7000-bb57-c37661a1d82a', 'compliance_officer'),
	(3, 'member', '2026-11-29', NULL, '01a224f9-0804-7000-bb57-c37661a1d82a', 'system_admin');
INSERT INTO public.django_content_type VALUES
	(1, 'access', 'staff'),
	(2, 'access', 'department'),
	(3, 'access', 'matrixversion'),
	(4, 'access', 'post'),
	(5, 'access', 'apikey'),
	(6, 'access', 'branch'),
	(7, 'access', 'epoch'),
	(8, 'access', 'assignment'),
	(9, 'access', 'quotause'),
	(10, 'notices', 'channel'),
	(11, 'notices', 'reader'),
	(12, 'notices', 'notice'),
	(13, 'notices', 'delivery'),
	(14, 'notices', 'preference'),
	(15, 'governance', 'dutytemplate'),
	(16, 'governance', 'dutyoccurrence'),
	(17, 'governance', 'measure'),
	(18, 'governance', 'programme'),
	(19, 'governance', 'target'),
	(20, 'governance', 'targetrule'),
	(21, 'governance', 'task'),
	(22, 'governance', 'comment'),
	(23, 'governance', 'attachment'),
	(24, 'governance', 'attachmentpart'),
	(25, 'governance', 'formername'),
	(26, 'governance', 'attachmentwithdrawal'),
	(27, 'assessment', 'assessment'),
	(28, 'assessment', 'rating'),
	(29, 'assessment', 'risk'),
	(30, 'assessment', 'acceptance'),
	(31, 'documents', 'document'),
	(32, 'documents', 'version'),
	(33, 'documents', 'attestation'),
	(34, 'documents', 'approval'),
	(35, 'documents', 'opening'),
	(36, 'committee', 'committee'),
	(37, 'committee', 'meeting'),
	(38, 'committee', 'agendaitem'),
	(39, 'committee', 'resolution'),
	(40, 'committee', 'seat'),
	(41, 'committee', 'attendance'),
	(42, 'committee', 'charter'),
	(43, 'committee', 'correction'),
	(44, 'api', 'idempotency'),
	(45, 'api', 'upload'),
	(46, 'auth', 'permission'),
	(47, 'auth', 'group'),
	(48, 'contenttypes', 'contenttype'),
	(49, 'sessions', 'session'),
	(50, 'account', 'emailaddress'),
	(51, 'account', 'emailconfirmation'),
	(52, 'mfa', 'authenticator'),
	(53, 'procrastinate', 'procrastinateevent'),
	(54, 'procrastinate', 'procrastinatejob'),
	(55, 'procrastinate', 'procrastinateperiodicdefer'),
	(56, 'procrastinate', 'procrastinateworker');
INSERT INTO public.django_migrations VALUES
	(1, 'access', '0001_people_and_rights', '2026-11-29 01:43:22.5399+00'),
	(2, 'access', '0002_attempts', '2026-11-29 01:43:22.558756+00'),
	(3, 'account', '0001_initial', '2026-11-29 01:43:22.65753+00'),
	(4, 'account', '0002_email_max_length', '2026-11-29 01:43:22.686562+00'),
	(5, 'account', '0003_alter_emailaddress_create_unique_verified_email', '2026-11-29 01:43:22.736993+00'),
	(6, 'account', '0004_alter_emailaddress_drop_unique_email', '2026-11-29 01:43:22.796357+00'),
	(7, 'account', '0005_emailaddress_idx_upper_email', '2026-11-29 01:43:22.914206+00'),
	(8, 'account', '0006_emailaddress_lower', '2026-11-29 01:43:23.012592+00'),
	(9, 'account', '0007_emailaddress_idx_email', '2026-11-29 01:43:23.097724+00'),
	(10, 'account', '0008_emailaddress_unique_primary_email_fixup', '2026-11-29 01:43:23.192254+00'),
	(11, 'account', '0009_emailaddress_unique_primary_email', '2026-11-29 01:43:23.253174+00'),
	(12, 'api', '0001_idempotency', '2026-11-29 01:43:23.294102+00'),
	(13, 'assessment', '0001_assessment', '2026-11-29 01:43:23.893748+00'),
	(14, 'assessment', '0002_keep', '2026-11-29 01:43:23.911866+00'),
	(15, 'assessment', '0003_warned', '2026-11-29 01:43:23.957771+00'),
	(16, 'assessment', '0004_returned', '2026-11-29 01:43:24.130759+00'),
	(17, 'contenttypes', '0001_initial', '2026-11-29 01:43:24.153302+00'),
	(18, 'contenttypes', '0002_remove_content_type_name', '2026-11-29 01:43:24.221265+00'),
	(19, 'auth', '0001_initial', '2026-11-29 01:43:24.34549+00'),
	(20, 'auth', '0002_alter_permission_name_max_length', '2026-11-29 01:43:24.382478+00'),
	(21, 'auth', '0003_alter_user_email_max_length', '2026-11-29 01:43:24.413298+00'),
	(22, 'auth', '0004_alter_user_username_opts', '2026-11-29 01:43:24.436595+00'),
	(23, 'auth', '0005_alter_user_last_login_null', '2026-11-29 01:43:24.458888+00'),
	(24, 'auth', '0006_require_contenttypes_0002', '2026-11-29 01:43:24.469467+00'),
	(25, 'auth', '0007_alter_validators_add_error_messages', '2026-11-29 01:43:24.496998+00'),
	(26, 'auth', '0008_alter_user_username_max_length', '2026-11-29 01:43:24.528935+00'),
	(27, 'auth', '0009_alter_user_last_name_max_length', '2026-11-29 01:43:24.586492+00'),
	(28, 'auth', '0010_alter_group_name_max_length', '2026-11-29 01:43:24.629444+00'),
	(29, 'auth', '0011_update_proxy_permissions', '2026-11-29 01:43:24.7223+00'),
	(30, 'auth', '0012_alter_user_first_name_max_length', '2026-11-29 01:43:24.751308+00'),
	(31, 'base', '0001_initial', '2026-11-29 01:43:24.859961+00'),
	(32, 'committee', '0001_committee', '2026-11-29 01:43:26.098107+00'),
	(33, 'committee', '0002_what_may_not_change', '2026-11-29 01:43:26.130931+00'),
	(34, 'committee', '0003_corrections', '2026-11-29 01:43:27.021114+00'),
	(35, 'committee', '0004_first_record', '2026-11-29 01:43:27.037646+00'),
	(36, 'documents', '0001_documents', '2026-11-29 01:43:28.985455+00'),
	(37, 'documents', '0002_what_may_not_change', '2026-11-29 01:43:28.996143+00'),
	(38, 'documents', '0003_openings_and_discards', '2026-11-29 01:43:29.211822+00'),
	(39, 'governance', '0001_programme', '2026-11-29 01:43:31.596913+00'),
	(40, 'governance', '0001_work', '2026-11-29 01:43:32.793622+00'),
	(41, 'governance', '0002_keep', '2026-11-29 01:43:32.812069+00'),
	(42, 'governance', '0003_retire', '2026-11-29 01:43:32.88936+00'),
	(43, 'governance', '0004_held_proof', '2026-11-29 01:43:33.989652+00'),
	(44, 'governance', '0005_former_names', '2026-11-29 01:43:34.399407+00'),
	(45, 'governance', '0006_withdrawn_proof', '2026-11-29 01:43:34.650204+00'),
	(46, 'keys', '0001_keys', '2026-11-29 01:43:34.717603+00'),
	(47, 'mfa', '0001_initial', '2026-11-29 01:43:35.111301+00'),
	(48, 'mfa', '0002_authenticator_timestamps', '2026-11-29 01:43:35.525851+00'),
	(49, 'mfa', '0003_authenticator_type_uniq', '2026-11-29 01:43:36.350943+00'),
	(50, 'notices', '0001_initial', '2026-11-29 01:43:38.373387+00'),
	(51, 'notices', '0002_inbox_order', '2026-11-29 01:43:39.124332+00'),
	(52, 'procrastinate', '0001_initial', '2026-11-29 01:43:39.204103+00'),
	(53, 'procrastinate', '0002_drop_started_at_column', '2026-11-29 01:43:39.229603+00'),
	(54, 'procrastinate', '0003_drop_started_at_column', '2026-11-29 01:43:39.259092+00'),
	(55, 'procrastinate', '0004_drop_procrastinate_version_table', '2026-11-29 01:43:39.287654+00'),
	(56, 'procrastinate', '0005_fix_procrastinate_fetch_job', '2026-11-29 01:43:39.343895+00'),
	(57, 'procrastinate', '0006_fix_trigger_status_events_insert', '2026-11-29 01:43:39.35929+00'),
	(58, 'procrastinate', '0007_add_queueing_lock_column', '2026-11-29 01:43:39.382956+00'),
	(59, 'procrastinate', '0008_close_fetch_job_race_condition', '2026-11-29 01:43:39.415138+00'),
	(60, 'procrastinate', '0009_add_defer_job_function', '2026-11-29 01:43:39.462503+00'),
	(61, 'procrastinate', '0010_add_procrastinate_periodic_defers', '2026-11-29 01:43:39.497507+00'),
	(62, 'procrastinate', '0011_add_foreign_key_index', '2026-11-29 01:43:39.521957+00'),
	(63, 'procrastinate', '0012_add_locks_to_periodic_defer', '2026-11-29 01:43:39.542612+00'),
	(64, 'procrastinate', '0013_fix_procrastinate_defer_periodic_job', '2026-11-29 01:43:39.597691+00'),
	(65, 'procrastinate', '0014_add_finish_job_and_retry_job_functions', '2026-11-29 01:43:39.633608+00'),
	(66, 'procrastinate', '0015_add_trigger_on_job_deletion', '2026-11-29 01:43:39.654484+00'),
	(67, 'procrastinate', '0016_delete_finished_jobs', '2026-11-29 01:43:39.673488+00'),
	(68, 'procrastinate', '0017_add_checks_to_finish_job', '2026-11-29 01:43:39.687781+00'),
	(69, 'procrastinate', '0018_add_checks_to_retry_job', '2026-11-29 01:43:39.705377+00'),
	(70, 'procrastinate', '0019_fix_finish_job_compat_issue', '2026-11-29 01:43:39.721606+00'),
	(71, 'procrastinate', '0020_add_index_on_procrastinate_jobs', '2026-11-29 01:43:39.735035+00'),
	(72, 'procrastinate', '0021_add_kwargs_to_defer_periodic_job', '2026-11-29 01:43:39.756705+00'),
	(73, 'procrastinate', '0022_null_locks_excluded', '2026-11-29 01:43:39.814382+00'),
	(74, 'procrastinate', '0023_remove_old_finish_job_function', '2026-11-29 01:43:39.836456+00'),
	(75, 'procrastinate', '0024_job_id_bigint', '2026-11-29 01:43:39.881217+00'),
	(76, 'procrastinate', '0025_add_models', '2026-11-29 01:43:39.948325+00'),
	(77, 'procrastinate', '0026_add_job_priority', '2026-11-29 01:43:39.990605+00'),
	(78, 'procrastinate', '0027_add_periodic_job_priority', '2026-11-29 01:43:40.01912+00'),
	(79, 'procrastinate', '0028_add_cancel_states', '2026-11-29 01:43:40.080482+00'),
	(80, 'procrastinate', '0029_add_additional_params_to_retry_job', '2026-11-29 01:43:40.099668+00'),
	(81, 'procrastinate', '0030_alter_procrastinateevent_options', '2026-11-29 01:43:40.119802+00'),
	(82, 'procrastinate', '0031_add_indexes_for_fetch_job', '2026-11-29 01:43:40.161674+00'),
	(83, 'procrastinate', '0032_pre_cancel_notification', '2026-11-29 01:43:40.226604+00'),
	(84, 'procrastinate', '0033_post_cancel_notification', '2026-11-29 01:43:40.30769+00'),
	(85, 'procrastinate', '0034_pre_add_heartbeat', '2026-11-29 01:43:40.366262+00'),
	(86, 'procrastinate', '0035_post_add_heartbeat', '2026-11-29 01:43:40.375634+00'),
	(87, 'procrastinate', '0036_add_worker_model', '2026-11-29 01:43:40.401363+00'),
	(88, 'procrastinate', '0037_pre_batch_defer_jobs', '2026-11-29 01:43:40.422931+00'),
	(89, 'procrastinate', '0038_post_batch_defer_jobs', '2026-11-29 01:43:40.435242+00'),
	(90, 'procrastinate', '0039_pre_priority_lock_fetch_job', '2026-11-29 01:43:40.450645+00'),
	(91, 'procrastinate', '0040_pre_retry_failed_job', '2026-11-29 01:43:40.470937+00'),
	(92, 'procrastinate', '0041_post_retry_failed_job', '2026-11-29 01:43:40.4952+00'),
	(93, 'scorecard', '0001_initial', '2026-11-29 01:43:40.595816+00'),
	(94, 'scorecard', '0002_packs', '2026-11-29 01:43:40.656163+00'),
	(95, 'scorecard', '0003_withdrawals', '2026-11-29 01:43:40.682783+00'),
	(96, 'scorecard', '0004_ended_measures', '2026-11-29 01:43:40.707706+00'),
	(97, 'scorecard', '0005_free_days', '2026-11-29 01:43:40.722923+00'),
	(98, 'sessions', '0001_initial', '2026-11-29 01:43:40.781469+00'),
	(99, 'trail', '0001_trail', '2026-11-29 01:43:41.048628+00'),
	(100, 'vault', '0001_vault', '2026-11-29 01:43:41.16012+00'),
	(101, 'vault', '0002_record_tags', '2026-11-29 01:43:41.192311+00'),
	(102, 'vault', '0003_tags_needed', '2026-11-29 01:43:41.250945+00'),
	(103, 'vault', '0004_import_total', '2026-11-29 01:43:41.277708+00');
INSERT INTO public.documents_approval VALUES
	(1, 1, 'approved', '', '2026-11-29 03:43:53.395569+00', '01a224f9-0732-7000-a93d-8d58e23711a9', '01a224f9-1695-7000-a5f0-613dd6a57cda'),
	(2, 1, 'approved', '', '2026-11-29 03:43:53.395569+00', '01a224f9-17a1-7000-9355-712769e16df4', '01a224f9-1695-7000-a5f0-613dd6a57cda');
INSERT INTO public.documents_attestation VALUES
	(1, '2026-11-29 03:43:53.395569+00', '01a224f9-0766-7000-8f03-1b02b6149133', '01a224f9-1695-7000-a5f0-613dd6a57cda');
INSERT INTO public.documents_document VALUES
	('01a224f9-168a-7000-b5e9-edd103ace3ca', 'access-control', 'policy', '客户信息访问控制管理制度', 'Policy on Access to Customer Information', '2026-11-29 03:43:53.395569+00', 'system_admin');
INSERT INTO public.documents_version VALUES
	('01a224f9-1695-7000-a5f0-613dd6a57cda', 1, 'published', 1, '# 某保险客户信息访问控制管理制度
## 第一章 总则
第一条 为确保只有经授权的人员因工作需要访问客户信息，且每次访问可以追溯，根据《客户信息保护管理制度》，制定本制度。
第二条 本制度适用于某保险处理客户信息的全部系统、接口、文件，以及访问客户信息的员工、销售人员、系统账号和第三方人员。
第三条 访问控制遵循按岗授权、最小必要、职责分离、默认禁止的原则。
## 第二章 职责
第四条 IT部牵头建设访问控制与访问日志系统，并应当在保护计划启动后 3 个月内建成。
第五条 安全管理员维护人员、岗位和权限矩阵的拟定；合规专员批准权限矩阵；审计员查阅访问日志；系统管理员维护系统运行，不接触客户数据和日志内容。
第六条 系统管理员、安全管理员和审计员三类岗位相互独立，一人不得兼任其中两类。
第七条 部门负责人对本部门人员权限的必要性负责，人员变动当日提出调整。
## 第三章 授权
第八条 权限由岗位、数据类别和使用目的共同确定，明确可见程度（不可见、脱敏、明文）、数据范围和使用渠道；矩阵未规定的，一律不授权。
第九条 账号实名到人，不得共用、转借；系统账号应当有明确的责任人。
第十条 权限矩阵的变更由一人拟定、另一人批准，发布后保存全部历史版本。
第十一条 员工入职、转岗、离职的，应当在当日开通、调整或者停用权限；停用后现有会话立即失效。
第十二条 各部门每季度复核一次本部门人员权限，未经复核确认的权限到期收回。
## 第四章 访问
第十三条 登录处理客户信息的系统应当使用强密码；查看明文、导出和管理操作应当使用双因素认证。
第十四条 客户信息默认脱敏展示。查看明文应当同时满足：
- 岗位和目的在权限矩阵允许范围之内；
- 关联该客户的在办事项；
- 写明一句话的理由；
- 未超过当日明文查看额度。
第十五条 明文展示不超过 60 秒，附带查看人姓名和时间的水印；不得拍照、抄录、截屏传播。
第十六条 员工不得以工作账号查看本人、亲属和同事的客户记录。
第十七条 批量查询、导出应当另行审批，并由第二人同意；导出文件加密并登记用途和销毁日期。
## 第五章 访问日志
第十八条 每次查询、查看、导出、打印和变更，应当在结果返回之前写入访问日志；日志不能写入时，停止提供客户数据。
第十九条 日志记录人员、时间、渠道、客户、数据类别、目的、理由和结果，不得记录客户信息内容本身。
第二十条 访问日志不得修改和删除，保存不少于 1 年；委托处理、共同处理的相关日志保存不少于三年。
## 第六章 监督与考核
第二十一条 审计员每月抽查访问日志，对异常时间、异常数量、无在办事项等情形核查到人，并记录核查结果。
第二十二条 越权访问、共用账号、无正当理由查看客户信息的，视情节给予警告直至解除劳动合同，并追究部门管理责任。
## 第七章 附则
第二十三条 本制度由 IT部会同信息安全部负责解释，每年复审一次。
第二十四条 本制度自发布之日起施行。', '# 某保险 Policy on Access to Customer Information
## Chapter 1 General
Article 1 So that only authorised people reach customer information, for their work, and every access can be traced, this policy is made under the policy on the protection of customer information.
Article 2 It covers all systems, interfaces and files of 某保险 that handle customer information, and the staff, sales agents, system accounts and third parties that reach it.
Article 3 Rights go by post, as few as necessary, with duties kept apart, and everything that is not allowed is closed.
## Chapter 2 Duties
Article 4 IT leads the building of access control and access logging, which must be in place within 3 months of the start of the programme.
Article 5 The security administrator keeps people and posts and drafts the permission matrix; the compliance officer approves the matrix; the auditor reads the access log; the system administrator keeps systems running and touches neither customer data nor the contents of the log.
Article 6 System administrator, security administrator and auditor are independent posts; nobody holds two of them.
Article 7 Heads of departments answer for the need of their people''s rights and ask for changes on the day a person changes.
## Chapter 3 Granting rights
Article 8 A right is fixed by post, class of data and purpose, with how much is visible (nothing, masked, clear), which customers, and by which channel. What the matrix does not name is not granted.
Article 9 Accounts belong to one named person and are neither shared nor lent; system accounts have a named person who answers for them.
Article 10 A change of the matrix is drafted by one person and approved by another; every published version is kept.
Article 11 On joining, moving and leaving, rights are given, changed or closed on the same day; on closing, running sessions end at once.
Article 12 Each department reviews its people''s rights every quarter; rights that are not confirmed lapse.
## Chapter 4 Access
Article 13 Systems that handle customer information need strong passwords; clear values, exports and administration need a second factor.
Article 14 Customer information is masked by default. A clear value needs all of these:
- post and purpose lie within the permission matrix;
- an open work item of that customer;
- a reason in one sentence;
- the day''s quota of clear values is not spent.
Article 15 A clear value shows for at most 60 seconds under a watermark with the reader''s name and time; it is not photographed, copied out or passed on.
Article 16 Staff do not use work accounts to look at their own records or those of relatives and colleagues.
Article 17 Bulk queries and exports need their own approval and the consent of a second person; exported files are encrypted and entered with use and date of destruction.
## Chapter 5 Access log
Article 18 Every search, look, export, print and change is written to the access log before its result is returned; when the log cannot be written, customer data is closed.
Article 19 The log holds person, time, channel, customer, class of data, purpose, reason and outcome, and never the customer information itself.
Article 20 The log can be neither changed nor deleted and is kept for at least 1 year; logs of entrusted or joint handling are kept for at least three years.
## Chapter 6 Supervision and appraisal
Article 21 Every month the auditor samples the log for unusual times, unusual numbers and looks without a work item, follows them up to the person and records the result.
Article 22 Access beyond one''s rights, shared accounts and looks without good reason lead to a warning up to dismissal, and the department''s management answers as well.
## Chapter 7 Final provisions
Article 23 IT interprets this policy with information security and reviews it every year.
Article 24 This policy takes effect on publication.', NULL, '', 0, 'd71816d9096732a65adf5c6333bcd485b4e8b9e454dd3f77f08800b9758ce697', '', '2027-11-29', '2026-11-29 03:43:53.395569+00', '2026-11-29 03:43:53.395569+00', '01a224f9-168a-7000-b5e9-edd103ace3ca', '01a224f9-06fd-7000-8953-6cefd30cb64d', '01a224f9-0732-7000-a93d-8d58e23711a9');
INSERT INTO public.governance_attachment VALUES
	('01a224f9-1949-7000-a258-3355c0861774', 'proof.txt', 3, '7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed', '2026-11-29', NULL, '2026-11-29 03:43:53.395569+00', '01a224f9-0732-7000-a93d-8d58e23711a9', NULL, NULL, 'rating', '3'),
	('01a224f9-1a83-7000-98db-528b1c264a29', 'proof.txt', 3, '3fc4ccfe745870e2c0d99f71f30ff0656c8dedd41cc1d7d3d376b0dbe685e2f3', '2026-11-29', NULL, '2026-11-29 03:43:53.395569+00', '01a224f9-06fd-7000-8953-6cefd30cb64d', NULL, '01a224f9-1a31-7000-b3c8-7a3e4c246fea', '', '');
INSERT INTO public.governance_attachment_part VALUES
	(1, 0, '\x00000001c20101050000000063856efd1ca44dc1d6555828f75f33f254638b8cbb9a259d83f45d75fd949c', '01a224f9-1949-7000-a258-3355c0861774'),
	(2, 0, '\x00000001c201010500000000f4b62221a6895b59ab8e67299ccd2b73d20ec9c8238a616a5150674f7eb8a8', '01a224f9-1a83-7000-98db-528b1c264a29');
INSERT INTO public.governance_comment VALUES
	(1, 'Seen', '2026-11-29 03:43:53.395569+00', '01a224f9-06fd-7000-8953-6cefd30cb64d', '01a224f9-1a31-7000-b3c8-7a3e4c246fea');
INSERT INTO public.governance_duty_occurrence VALUES
	(1, '2027-01-01', '2028-01-01', '2027-12-31', 'open', '', NULL, NULL, NULL, '', NULL, 1),
	(2, '2028-01-01', '2029-01-01', '2028-12-31', 'open', '', NULL, NULL, NULL, '', NULL, 1),
	(3, '2027-01-01', '2027-04-01', '2027-04-07', 'open', '', NULL, NULL, NULL, '', NULL, 2),
	(4, '2027-04-01', '2027-07-01', '2027-07-07', 'open', '', NULL, NULL, NULL, '', NULL, 2),
	(5, '2027-07-01', '2027-10-01', '2027-10-07', 'open', '', NULL, NULL, NULL, '', NULL, 2),
	(6, '2027-10-01', '2028-01-01', '2028-01-07', 'open', '', NULL, NULL, NULL, '', NULL, 2),
	(7, '2028-01-01', '2028-04-01', '2028-04-07', 'open', '', NULL, NULL, NULL, '', NULL, 2),
	(8, '2027-01-01', '2028-01-01', '2027-12-31', 'open', '', NULL, NULL, NULL, '', NULL, 3),
	(9, '2028-01-01', '2029-01-01', '2028-12-31', 'open', '', NULL, NULL, NULL, '', NULL, 3),
	(10, '2027-01-01', '2027-04-01', '2027-04-07', 'open', '', NULL, NULL, NULL, '', NULL, 4),
	(11, '2027-04-01', '2027-07-01', '2027-07-07', 'open', '', NULL, NULL, NULL, '', NULL, 4),
	(12, '2027-07-01', '2027-10-01', '2027-10-07', 'open', '', NULL, NULL, NULL, '', NULL, 4),
	(13, '2027-10-01', '2028-01-01', '2028-01-07', 'open', '', NULL, NULL, NULL, '', NULL, 4),
	(14, '2028-01-01', '2028-04-01', '2028-04-07', 'open', '', NULL, NULL, NULL, '', NULL, 4),
	(15, '2027-01-01', '2027-04-01', '2027-04-07', 'open', '', NULL, NULL, NULL, '', NULL, 5),
	(16, '2027-04-01', '2027-07-01', '2027-07-07', 'open', '', NULL, NULL, NULL, '', NULL, 5),
	(17, '2027-07-01', '2027-10-01', '2027-10-07', 'open', '', NULL, NULL, NULL, '', NULL, 5),
	(18, '2027-10-01', '2028-01-01', '2028-01-07', 'open', '', NULL, NULL, NULL, '', NULL, 5),
	(19, '2028-01-01', '2028-04-01', '2028-04-07', 'open', '', NULL, NULL, NULL, '', NULL, 5),
	(20, '2026-12-01', '2027-01-01', '2027-01-03', 'open', '', NULL, NULL, NULL, '', NULL, 6),
	(21, '2027-01-01', '2027-02-01', '2027-02-03', 'open', '', NULL, NULL, NULL, '', NULL, 6),
	(22, '2027-02-01', '2027-03-01', '2027-03-03', 'open', '', NULL, NULL, NULL, '', NULL, 6),
	(23, '2027-03-01', '2027-04-01', '2027-04-03', 'open', '', NULL, NULL, NULL, '', NULL, 6),
	(24, '2027-04-01', '2027-05-01', '2027-05-03', 'open', '', NULL, NULL, NULL, '', NULL, 6),
	(25, '2027-05-01', '2027-06-01', '2027-06-03', 'open', '', NULL, NULL, NULL, '', NULL, 6),
	(26, '2027-06-01', '2027-07-01', '2027-07-03', 'open', '', NULL, NULL, NULL, '', NULL, 6),
	(27, '2027-07-01', '2027-08-01', '2027-08-03', 'open', '', NULL, NULL, NULL, '', NULL, 6),
	(28, '2027-08-01', '2027-09-01', '2027-09-03', 'open', '', NULL, NULL, NULL, '', NULL, 6),
	(29, '2027-09-01', '2027-10-01', '2027-10-03', 'open', '', NULL, NULL, NULL, '', NULL, 6),
	(30, '2027-10-01', '2027-11-01', '2027-11-03', 'open', '', NULL, NULL, NULL, '', NULL, 6),
	(31, '2027-11-01', '2027-12-01', '2027-12-03', 'open', '', NULL, NULL, NULL, '', NULL, 6),
	(32, '2027-12-01', '2028-01-01', '2028-01-03', 'open', '', NULL, NULL, NULL, '', NULL, 6),
	(33, '2028-01-01', '2028-02-01', '2028-02-03', 'open', '', NULL, NULL, NULL, '', NULL, 6),
	(34, '2026-12-01', '2027-01-01', '2027-01-03', 'open', '', NULL, NULL, NULL, '', NULL, 7),
	(35, '2027-01-01', '2027-02-01', '2027-02-03', 'open', '', NULL, NULL, NULL, '', NULL, 7),
	(36, '2027-02-01', '2027-03-01', '2027-03-03', 'open', '', NULL, NULL, NULL, '', NULL, 7),
	(37, '2027-03-01', '2027-04-01', '2027-04-03', 'open', '', NULL, NULL, NULL, '', NULL, 7),
	(38, '2027-04-01', '2027-05-01', '2027-05-03', 'open', '', NULL, NULL, NULL, '', NULL, 7),
	(39, '2027-05-01', '2027-06-01', '2027-06-03', 'open', '', NULL, NULL, NULL, '', NULL, 7),
	(40, '2027-06-01', '2027-07-01', '2027-07-03', 'open', '', NULL, NULL, NULL, '', NULL, 7),
	(41, '2027-07-01', '2027-08-01', '2027-08-03', 'open', '', NULL, NULL, NULL, '', NULL, 7),
	(42, '2027-08-01', '2027-09-01', '2027-09-03', 'open', '', NULL, NULL, NULL, '', NULL, 7),
	(43, '2027-09-01', '2027-10-01', '2027-10-03', 'open', '', NULL, NULL, NULL, '', NULL, 7),
	(44, '2027-10-01', '2027-11-01', '2027-11-03', 'open', '', NULL, NULL, NULL, '', NULL, 7),
	(45, '2027-11-01', '2027-12-01', '2027-12-03', 'open', '', NULL, NULL, NULL, '', NULL, 7),
	(46, '2027-12-01', '2028-01-01', '2028-01-03', 'open', '', NULL, NULL, NULL, '', NULL, 7),
	(47, '2028-01-01', '2028-02-01', '2028-02-03', 'open', '', NULL, NULL, NULL, '', NULL, 7),
	(48, '2027-01-01', '2027-04-01', '2027-04-07', 'open', '', NULL, NULL, NULL, '', NULL, 8),
	(49, '2027-04-01', '2027-07-01', '2027-07-07', 'open', '', NULL, NULL, NULL, '', NULL, 8),
	(50, '2027-07-01', '2027-10-01', '2027-10-07', 'open', '', NULL, NULL, NULL, '', NULL, 8),
	(51, '2027-10-01', '2028-01-01', '2028-01-07', 'open', '', NULL, NULL, NULL, '', NULL, 8),
	(52, '2028-01-01', '2028-04-01', '2028-04-07', 'open', '', NULL, NULL, NULL, '', NULL, 8),
	(53, '2026-12-01', '2027-01-01', '2027-01-03', 'open', '', NULL, NULL, NULL, '', NULL, 9),
	(54, '2027-01-01', '2027-02-01', '2027-02-03', 'open', '', NULL, NULL, NULL, '', NULL, 9),
	(55, '2027-02-01', '2027-03-01', '2027-03-03', 'open', '', NULL, NULL, NULL, '', NULL, 9),
	(56, '2027-03-01', '2027-04-01', '2027-04-03', 'open', '', NULL, NULL, NULL, '', NULL, 9),
	(57, '2027-04-01', '2027-05-01', '2027-05-03', 'open', '', NULL, NULL, NULL, '', NULL, 9),
	(58, '2027-05-01', '2027-06-01', '2027-06-03', 'open', '', NULL, NULL, NULL, '', NULL, 9),
	(59, '2027-06-01', '2027-07-01', '2027-07-03', 'open', '', NULL, NULL, NULL, '', NULL, 9),
	(60, '2027-07-01', '2027-08-01', '2027-08-03', 'open', '', NULL, NULL, NULL, '', NULL, 9),
	(61, '2027-08-01', '2027-09-01', '2027-09-03', 'open', '', NULL, NULL, NULL, '', NULL, 9),
	(62, '2027-09-01', '2027-10-01', '2027-10-03', 'open', '', NULL, NULL, NULL, '', NULL, 9),
	(63, '2027-10-01', '2027-11-01', '2027-11-03', 'open', '', NULL, NULL, NULL, '', NULL, 9),
	(64, '2027-11-01', '2027-12-01', '2027-12-03', 'open', '', NULL, NULL, NULL, '', NULL, 9),
	(65, '2027-12-01', '2028-01-01', '2028-01-03', 'open', '', NULL, NULL, NULL, '', NULL, 9),
	(66, '2028-01-01', '2028-02-01', '2028-02-03', 'open', '', NULL, NULL, NULL, '', NULL, 9),
	(67, '2026-12-01', '2027-01-01', '2027-01-03', 'open', '', NULL, NULL, NULL, '', NULL, 10),
	(68, '2027-01-01', '2027-02-01', '2027-02-03', 'open', '', NULL, NULL, NULL, '', NULL, 10),
	(69, '2027-02-01', '2027-03-01', '2027-03-03', 'open', '', NULL, NULL, NULL, '', NULL, 10),
	(70, '2027-03-01', '2027-04-01', '2027-04-03', 'open', '', NULL, NULL, NULL, '', NULL, 10),
	(71, '2027-04-01', '2027-05-01', '2027-05-03', 'open', '', NULL, NULL, NULL, '', NULL, 10),
	(72, '2027-05-01', '2027-06-01', '2027-06-03', 'open', '', NULL, NULL, NULL, '', NULL, 10),
	(73, '2027-06-01', '2027-07-01', '2027-07-03', 'open', '', NULL, NULL, NULL, '', NULL, 10),
	(74, '2027-07-01', '2027-08-01', '2027-08-03', 'open', '', NULL, NULL, NULL, '', NULL, 10),
	(75, '2027-08-01', '2027-09-01', '2027-09-03', 'open', '', NULL, NULL, NULL, '', NULL, 10),
	(76, '2027-09-01', '2027-10-01', '2027-10-03', 'open', '', NULL, NULL, NULL, '', NULL, 10),
	(77, '2027-10-01', '2027-11-01', '2027-11-03', 'open', '', NULL, NULL, NULL, '', NULL, 10),
	(78, '2027-11-01', '2027-12-01', '2027-12-03', 'open', '', NULL, NULL, NULL, '', NULL, 10),
	(79, '2027-12-01', '2028-01-01', '2028-01-03', 'open', '', NULL, NULL, NULL, '', NULL, 10),
	(80, '2028-01-01', '2028-02-01', '2028-02-03', 'open', '', NULL, NULL, NULL, '', NULL, 10),
	(81, '2027-01-01', '2027-07-01', '2027-06-30', 'open', '', NULL, NULL, NULL, '', NULL, 11),
	(82, '2027-07-01', '2028-01-01', '2027-12-31', 'open', '', NULL, NULL, NULL, '', NULL, 11),
	(83, '2028-01-01', '2028-07-01', '2028-06-30', 'open', '', NULL, NULL, NULL, '', NULL, 11),
	(84, '2027-01-01', '2028-01-01', '2027-12-31', 'open', '', NULL, NULL, NULL, '', NULL, 12),
	(85, '2028-01-01', '2029-01-01', '2028-12-31', 'open', '', NULL, NULL, NULL, '', NULL, 12),
	(86, '2026-12-01', '2027-01-01', '2027-01-05', 'open', '', NULL, NULL, NULL, '', NULL, 13),
	(87, '2027-01-01', '2027-02-01', '2027-02-05', 'open', '', NULL, NULL, NULL, '', NULL, 13),
	(88, '2027-02-01', '2027-03-01', '2027-03-05', 'open', '', NULL, NULL, NULL, '', NULL, 13),
	(89, '2027-03-01', '2027-04-01', '2027-04-05', 'open', '', NULL, NULL, NULL, '', NULL, 13),
	(90, '2027-04-01', '2027-05-01', '2027-05-05', 'open', '', NULL, NULL, NULL, '', NULL, 13),
	(91, '2027-05-01', '2027-06-01', '2027-06-05', 'open', '', NULL, NULL, NULL, '', NULL, 13),
	(92, '2027-06-01', '2027-07-01', '2027-07-05', 'open', '', NULL, NULL, NULL, '', NULL, 13),
	(93, '2027-07-01', '2027-08-01', '2027-08-05', 'open', '', NULL, NULL, NULL, '', NULL, 13),
	(94, '2027-08-01', '2027-09-01', '2027-09-05', 'open', '', NULL, NULL, NULL, '', NULL, 13),
	(95, '2027-09-01', '2027-10-01', '2027-10-05', 'open', '', NULL, NULL, NULL, '', NULL, 13),
	(96, '2027-10-01', '2027-11-01', '2027-11-05', 'open', '', NULL, NULL, NULL, '', NULL, 13),
	(97, '2027-11-01', '2027-12-01', '2027-12-05', 'open', '', NULL, NULL, NULL, '', NULL, 13),
	(98, '2027-12-01', '2028-01-01', '2028-01-05', 'open', '', NULL, NULL, NULL, '', NULL, 13),
	(99, '2028-01-01', '2028-02-01', '2028-02-05', 'open', '', NULL, NULL, NULL, '', NULL, 13),
	(101, '2026-12-07', '2026-12-14', '2026-12-14', 'open', '', NULL, NULL, NULL, '', NULL, 14),
	(102, '2026-12-14', '2026-12-21', '2026-12-21', 'open', '', NULL, NULL, NULL, '', NULL, 14),
	(103, '2026-12-21', '2026-12-28', '2026-12-28', 'open', '', NULL, NULL, NULL, '', NULL, 14),
	(104, '2026-12-28', '2027-01-04', '2027-01-04', 'open', '', NULL, NULL, NULL, '', NULL, 14),
	(105, '2027-01-04', '2027-01-11', '2027-01-11', 'open', '', NULL, NULL, NULL, '', NULL, 14),
	(106, '2027-01-11', '2027-01-18', '2027-01-18', 'open', '', NULL, NULL, NULL, '', NULL, 14),
	(107, '2027-01-18', '2027-01-25', '2027-01-25', 'open', '', NULL, NULL, NULL, '', NULL, 14),
	(108, '2027-01-25', '2027-02-01', '2027-02-01', 'open', '', NULL, NULL, NULL, '', NULL, 14),
	(109, '2027-02-01', '2027-02-08', '2027-02-08', 'open', '', NULL, NULL, NULL, '', NULL, 14),
	(110, '2027-02-08', '2027-02-15', '2027-02-15', 'open', '', NULL, NULL, NULL, '', NULL, 14),
	(111, '2027-02-15', '2027-02-22', '2027-02-22', 'open', '', NULL, NULL, NULL, '', NULL, 14),
	(112, '2027-02-22', '2027-03-01', '2027-03-01', 'open', '', NULL, NULL, NULL, '', NULL, 14),
	(113, '2027-03-01', '2027-03-08', '2027-03-08', 'open', '', NULL, NULL, NULL, '', NULL, 14),
	(114, '2027-03-08', '2027-03-15', '2027-03-15', 'open', '', NULL, NULL, NULL, '', NULL, 14),
	(115, '2027-03-15', '2027-03-22', '2027-03-22', 'open', '', NULL, NULL, NULL, '', NULL, 14),
	(116, '2027-03-22', '2027-03-29', '2027-03-29', 'open', '', NULL, NULL, NULL, '', NULL, 14),
	(117, '2027-03-29', '2027-04-05', '2027-04-05', 'open', '', NULL, NULL, NULL, '', NULL, 14),
	(118, '2027-04-05', '2027-04-12', '2027-04-12', 'open', '', NULL, NULL, NULL, '', NULL, 14),
	(119, '2027-04-12', '2027-04-19', '2027-04-19', 'open', '', NULL, NULL, NULL, '', NULL, 14),
	(120, '2027-04-19', '2027-04-26', '2027-04-26', 'open', '', NULL, NULL, NULL, '', NULL, 14),
	(121, '2027-04-26', '2027-05-03', '2027-05-03', 'open', '', NULL, NULL, NULL, '', NULL, 14),
	(122, '2027-05-03', '2027-05-10', '2027-05-10', 'open', '', NULL, NULL, NULL, '', NULL, 14),
	(123, '2027-05-10', '2027-05-17', '2027-05-17', 'open', '', NULL, NULL, NULL, '', NULL, 14),
	(124, '2027-05-17', '2027-05-24', '2027-05-24', 'open', '', NULL, NULL, NULL, '', NULL, 14),
	(125, '2027-05-24', '2027-05-31', '2027-05-31', 'open', '', NULL, NULL, NULL, '', NULL, 14),
	(126, '2027-05-31', '2027-06-07', '2027-06-07', 'open', '', NULL, NULL, NULL, '', NULL, 14),
	(127, '2027-06-07', '2027-06-14', '2027-06-14', 'open', '', NULL, NULL, NULL, '', NULL, 14),
	(128, '2027-06-14', '2027-06-21', '2027-06-21', 'open', '', NULL, NULL, NULL, '', NULL, 14),
	(129, '2027-06-21', '2027-06-28', '2027-06-28', 'open', '', NULL, NULL, NULL, '', NULL, 14),
	(130, '2027-06-28', '2027-07-05', '2027-07-05', 'open', '', NULL, NULL, NULL, '', NULL, 14),
	(131, '2027-07-05', '2027-07-12', '2027-07-12', 'open', '', NULL, NULL, NULL, '', NULL, 14),
	(132, '2027-07-12', '2027-07-19', '2027-07-19', 'open', '', NULL, NULL, NULL, '', NULL, 14),
	(133, '2027-07-19', '2027-07-26', '2027-07-26', 'open', '', NULL, NULL, NULL, '', NULL, 14),
	(134, '2027-07-26', '2027-08-02', '2027-08-02', 'open', '', NULL, NULL, NULL, '', NULL, 14),
	(135, '2027-08-02', '2027-08-09', '2027-08-09', 'open', '', NULL, NULL, NULL, '', NULL, 14),
	(136, '2027-08-09', '2027-08-16', '2027-08-16', 'open', '', NULL, NULL, NULL, '', NULL, 14),
	(137, '2027-08-16', '2027-08-23', '2027-08-23', 'open', '', NULL, NULL, NULL, '', NULL, 14),
	(138, '2027-08-23', '2027-08-30', '2027-08-30', 'open', '', NULL, NULL, NULL, '', NULL, 14),
	(139, '2027-08-30', '2027-09-06', '2027-09-06', 'open', '', NULL, NULL, NULL, '', NULL, 14),
	(140, '2027-09-06', '2027-09-13', '2027-09-13', 'open', '', NULL, NULL, NULL, '', NULL, 14),
	(141, '2027-09-13', '2027-09-20', '2027-09-20', 'open', '', NULL, NULL, NULL, '', NULL, 14),
	(142, '2027-09-20', '2027-09-27', '2027-09-27', 'open', '', NULL, NULL, NULL, '', NULL, 14),
	(143, '2027-09-27', '2027-10-04', '2027-10-04', 'open', '', NULL, NULL, NULL, '', NULL, 14),
	(144, '2027-10-04', '2027-10-11', '2027-10-11', 'open', '', NULL, NULL, NULL, '', NULL, 14),
	(145, '2027-10-11', '2027-10-18', '2027-10-18', 'open', '', NULL, NULL, NULL, '', NULL, 14),
	(146, '2027-10-18', '2027-10-25', '2027-10-25', 'open', '', NULL, NULL, NULL, '', NULL, 14),
	(147, '2027-10-25', '2027-11-01', '2027-11-01', 'open', '', NULL, NULL, NULL, '', NULL, 14),
	(148, '2027-11-01', '2027-11-08', '2027-11-08', 'open', '', NULL, NULL, NULL, '', NULL, 14),
	(149, '2027-11-08', '2027-11-15', '2027-11-15', 'open', '', NULL, NULL, NULL, '', NULL, 14),
	(150, '2027-11-15', '2027-11-22', '2027-11-22', 'open', '', NULL, NULL, NULL, '', NULL, 14),
	(151, '2027-11-22', '2027-11-29', '2027-11-29', 'open', '', NULL, NULL, NULL, '', NULL, 14),
	(152, '2027-11-29', '2027-12-06', '2027-12-06', 'open', '', NULL, NULL, NULL, '', NULL, 14),
	(153, '2027-12-06', '2027-12-13', '2027-12-13', 'open', '', NULL, NULL, NULL, '', NULL, 14),
	(154, '2027-12-13', '2027-12-20', '2027-12-20', 'open', '', NULL, NULL, NULL, '', NULL, 14),
	(155, '2027-12-20', '2027-12-27', '2027-12-27', 'open', '', NULL, NULL, NULL, '', NULL, 14),
	(156, '2027-12-27', '2028-01-03', '2028-01-03', 'open', '', NULL, NULL, NULL, '', NULL, 14),
	(157, '2028-01-03', '2028-01-10', '2028-01-10', 'open', '', NULL, NULL, NULL, '', NULL, 14),
	(158, '2026-12-01', '2027-01-01', '2027-01-03', 'open', '', NULL, NULL, NULL, '', NULL, 15),
	(159, '2027-01-01', '2027-02-01', '2027-02-03', 'open', '', NULL, NULL, NULL, '', NULL, 15),
	(160, '2027-02-01', '2027-03-01', '2027-03-03', 'open', '', NULL, NULL, NULL, '', NULL, 15),
	(161, '2027-03-01', '2027-04-01', '2027-04-03', 'open', '', NULL, NULL, NULL, '', NULL, 15),
	(162, '2027-04-01', '2027-05-01', '2027-05-03', 'open', '', NULL, NULL, NULL, '', NULL, 15),
	(163, '2027-05-01', '2027-06-01', '2027-06-03', 'open', '', NULL, NULL, NULL, '', NULL, 15),
	(164, '2027-06-01', '2027-07-01', '2027-07-03', 'open', '', NULL, NULL, NULL, '', NULL, 15),
	(165, '2027-07-01', '2027-08-01', '2027-08-03', 'open', '', NULL, NULL, NULL, '', NULL, 15),
	(166, '2027-08-01', '2027-09-01', '2027-09-03', 'open', '', NULL, NULL, NULL, '', NULL, 15),
	(167, '2027-09-01', '2027-10-01', '2027-10-03', 'open', '', NULL, NULL, NULL, '', NULL, 15),
	(168, '2027-10-01', '2027-11-01', '2027-11-03', 'open', '', NULL, NULL, NULL, '', NULL, 15),
	(169, '2027-11-01', '2027-12-01', '2027-12-03', 'open', '', NULL, NULL, NULL, '', NULL, 15),
	(170, '2027-12-01', '2028-01-01', '2028-01-03', 'open', '', NULL, NULL, NULL, '', NULL, 15),
	(171, '2028-01-01', '2028-02-01', '2028-02-03', 'open', '', NULL, NULL, NULL, '', NULL, 15),
	(172, '2027-01-01', '2027-04-01', '2027-04-07', 'open', '', NULL, NULL, NULL, '', NULL, 16),
	(173, '2027-04-01', '2027-07-01', '2027-07-07', 'open', '', NULL, NULL, NULL, '', NULL, 16),
	(174, '2027-07-01', '2027-10-01', '2027-10-07', 'open', '', NULL, NULL, NULL, '', NULL, 16),
	(175, '2027-10-01', '2028-01-01', '2028-01-07', 'open', '', NULL, NULL, NULL, '', NULL, 16),
	(176, '2028-01-01', '2028-04-01', '2028-04-07', 'open', '', NULL, NULL, NULL, '', NULL, 16),
	(177, '2027-01-01', '2027-04-01', '2027-04-15', 'open', '', NULL, NULL, NULL, '', NULL, 17),
	(178, '2027-04-01', '2027-07-01', '2027-07-15', 'open', '', NULL, NULL, NULL, '', NULL, 17),
	(179, '2027-07-01', '2027-10-01', '2027-10-15', 'open', '', NULL, NULL, NULL, '', NULL, 17),
	(180, '2027-10-01', '2028-01-01', '2028-01-15', 'open', '', NULL, NULL, NULL, '', NULL, 17),
	(181, '2028-01-01', '2028-04-01', '2028-04-15', 'open', '', NULL, NULL, NULL, '', NULL, 17),
	(182, '2026-12-01', '2027-01-01', '2027-01-05', 'open', '', NULL, NULL, NULL, '', NULL, 18),
	(183, '2027-01-01', '2027-02-01', '2027-02-05', 'open', '', NULL, NULL, NULL, '', NULL, 18),
	(184, '2027-02-01', '2027-03-01', '2027-03-05', 'open', '', NULL, NULL, NULL, '', NULL, 18),
	(185, '2027-03-01', '2027-04-01', '2027-04-05', 'open', '', NULL, NULL, NULL, '', NULL, 18),
	(186, '2027-04-01', '2027-05-01', '2027-05-05', 'open', '', NULL, NULL, NULL, '', NULL, 18),
	(187, '2027-05-01', '2027-06-01', '2027-06-05', 'open', '', NULL, NULL, NULL, '', NULL, 18),
	(188, '2027-06-01', '2027-07-01', '2027-07-05', 'open', '', NULL, NULL, NULL, '', NULL, 18),
	(189, '2027-07-01', '2027-08-01', '2027-08-05', 'open', '', NULL, NULL, NULL, '', NULL, 18),
	(190, '2027-08-01', '2027-09-01', '2027-09-05', 'open', '', NULL, NULL, NULL, '', NULL, 18),
	(191, '2027-09-01', '2027-10-01', '2027-10-05', 'open', '', NULL, NULL, NULL, '', NULL, 18),
	(192, '2027-10-01', '2027-11-01', '2027-11-05', 'open', '', NULL, NULL, NULL, '', NULL, 18),
	(193, '2027-11-01', '2027-12-01', '2027-12-05', 'open', '', NULL, NULL, NULL, '', NULL, 18),
	(194, '2027-12-01', '2028-01-01', '2028-01-05', 'open', '', NULL, NULL, NULL, '', NULL, 18),
	(195, '2028-01-01', '2028-02-01', '2028-02-05', 'open', '', NULL, NULL, NULL, '', NULL, 18),
	(196, '2027-01-01', '2027-07-01', '2027-07-15', 'open', '', NULL, NULL, NULL, '', NULL, 19),
	(197, '2027-07-01', '2028-01-01', '2028-01-15', 'open', '', NULL, NULL, NULL, '', NULL, 19),
	(198, '2028-01-01', '2028-07-01', '2028-07-15', 'open', '', NULL, NULL, NULL, '', NULL, 19),
	(199, '2026-12-01', '2027-01-01', '2027-01-03', 'open', '', NULL, NULL, NULL, '', NULL, 20),
	(200, '2027-01-01', '2027-02-01', '2027-02-03', 'open', '', NULL, NULL, NULL, '', NULL, 20),
	(201, '2027-02-01', '2027-03-01', '2027-03-03', 'open', '', NULL, NULL, NULL, '', NULL, 20);
INSERT INTO public.governance_duty_occurrence VALUES
	(202, '2027-03-01', '2027-04-01', '2027-04-03', 'open', '', NULL, NULL, NULL, '', NULL, 20),
	(203, '2027-04-01', '2027-05-01', '2027-05-03', 'open', '', NULL, NULL, NULL, '', NULL, 20),
	(204, '2027-05-01', '2027-06-01', '2027-06-03', 'open', '', NULL, NULL, NULL, '', NULL, 20),
	(205, '2027-06-01', '2027-07-01', '2027-07-03', 'open', '', NULL, NULL, NULL, '', NULL, 20),
	(206, '2027-07-01', '2027-08-01', '2027-08-03', 'open', '', NULL, NULL, NULL, '', NULL, 20),
	(207, '2027-08-01', '2027-09-01', '2027-09-03', 'open', '', NULL, NULL, NULL, '', NULL, 20),
	(208, '2027-09-01', '2027-10-01', '2027-10-03', 'open', '', NULL, NULL, NULL, '', NULL, 20),
	(209, '2027-10-01', '2027-11-01', '2027-11-03', 'open', '', NULL, NULL, NULL, '', NULL, 20),
	(210, '2027-11-01', '2027-12-01', '2027-12-03', 'open', '', NULL, NULL, NULL, '', NULL, 20),
	(211, '2027-12-01', '2028-01-01', '2028-01-03', 'open', '', NULL, NULL, NULL, '', NULL, 20),
	(212, '2028-01-01', '2028-02-01', '2028-02-03', 'open', '', NULL, NULL, NULL, '', NULL, 20),
	(213, '2026-11-30', '2026-12-07', '2026-12-08', 'open', '', NULL, NULL, NULL, '', NULL, 21),
	(214, '2026-12-07', '2026-12-14', '2026-12-15', 'open', '', NULL, NULL, NULL, '', NULL, 21),
	(215, '2026-12-14', '2026-12-21', '2026-12-22', 'open', '', NULL, NULL, NULL, '', NULL, 21),
	(216, '2026-12-21', '2026-12-28', '2026-12-29', 'open', '', NULL, NULL, NULL, '', NULL, 21),
	(217, '2026-12-28', '2027-01-04', '2027-01-05', 'open', '', NULL, NULL, NULL, '', NULL, 21),
	(218, '2027-01-04', '2027-01-11', '2027-01-12', 'open', '', NULL, NULL, NULL, '', NULL, 21),
	(219, '2027-01-11', '2027-01-18', '2027-01-19', 'open', '', NULL, NULL, NULL, '', NULL, 21),
	(220, '2027-01-18', '2027-01-25', '2027-01-26', 'open', '', NULL, NULL, NULL, '', NULL, 21),
	(221, '2027-01-25', '2027-02-01', '2027-02-02', 'open', '', NULL, NULL, NULL, '', NULL, 21),
	(222, '2027-02-01', '2027-02-08', '2027-02-09', 'open', '', NULL, NULL, NULL, '', NULL, 21),
	(223, '2027-02-08', '2027-02-15', '2027-02-16', 'open', '', NULL, NULL, NULL, '', NULL, 21),
	(224, '2027-02-15', '2027-02-22', '2027-02-23', 'open', '', NULL, NULL, NULL, '', NULL, 21),
	(225, '2027-02-22', '2027-03-01', '2027-03-02', 'open', '', NULL, NULL, NULL, '', NULL, 21),
	(226, '2027-03-01', '2027-03-08', '2027-03-09', 'open', '', NULL, NULL, NULL, '', NULL, 21),
	(227, '2027-03-08', '2027-03-15', '2027-03-16', 'open', '', NULL, NULL, NULL, '', NULL, 21),
	(228, '2027-03-15', '2027-03-22', '2027-03-23', 'open', '', NULL, NULL, NULL, '', NULL, 21),
	(229, '2027-03-22', '2027-03-29', '2027-03-30', 'open', '', NULL, NULL, NULL, '', NULL, 21),
	(230, '2027-03-29', '2027-04-05', '2027-04-06', 'open', '', NULL, NULL, NULL, '', NULL, 21),
	(231, '2027-04-05', '2027-04-12', '2027-04-13', 'open', '', NULL, NULL, NULL, '', NULL, 21),
	(232, '2027-04-12', '2027-04-19', '2027-04-20', 'open', '', NULL, NULL, NULL, '', NULL, 21),
	(233, '2027-04-19', '2027-04-26', '2027-04-27', 'open', '', NULL, NULL, NULL, '', NULL, 21),
	(234, '2027-04-26', '2027-05-03', '2027-05-04', 'open', '', NULL, NULL, NULL, '', NULL, 21),
	(235, '2027-05-03', '2027-05-10', '2027-05-11', 'open', '', NULL, NULL, NULL, '', NULL, 21),
	(236, '2027-05-10', '2027-05-17', '2027-05-18', 'open', '', NULL, NULL, NULL, '', NULL, 21),
	(237, '2027-05-17', '2027-05-24', '2027-05-25', 'open', '', NULL, NULL, NULL, '', NULL, 21),
	(238, '2027-05-24', '2027-05-31', '2027-06-01', 'open', '', NULL, NULL, NULL, '', NULL, 21),
	(239, '2027-05-31', '2027-06-07', '2027-06-08', 'open', '', NULL, NULL, NULL, '', NULL, 21),
	(240, '2027-06-07', '2027-06-14', '2027-06-15', 'open', '', NULL, NULL, NULL, '', NULL, 21),
	(241, '2027-06-14', '2027-06-21', '2027-06-22', 'open', '', NULL, NULL, NULL, '', NULL, 21),
	(242, '2027-06-21', '2027-06-28', '2027-06-29', 'open', '', NULL, NULL, NULL, '', NULL, 21),
	(243, '2027-06-28', '2027-07-05', '2027-07-06', 'open', '', NULL, NULL, NULL, '', NULL, 21),
	(244, '2027-07-05', '2027-07-12', '2027-07-13', 'open', '', NULL, NULL, NULL, '', NULL, 21),
	(245, '2027-07-12', '2027-07-19', '2027-07-20', 'open', '', NULL, NULL, NULL, '', NULL, 21),
	(246, '2027-07-19', '2027-07-26', '2027-07-27', 'open', '', NULL, NULL, NULL, '', NULL, 21),
	(247, '2027-07-26', '2027-08-02', '2027-08-03', 'open', '', NULL, NULL, NULL, '', NULL, 21),
	(248, '2027-08-02', '2027-08-09', '2027-08-10', 'open', '', NULL, NULL, NULL, '', NULL, 21),
	(249, '2027-08-09', '2027-08-16', '2027-08-17', 'open', '', NULL, NULL, NULL, '', NULL, 21),
	(250, '2027-08-16', '2027-08-23', '2027-08-24', 'open', '', NULL, NULL, NULL, '', NULL, 21),
	(251, '2027-08-23', '2027-08-30', '2027-08-31', 'open', '', NULL, NULL, NULL, '', NULL, 21),
	(252, '2027-08-30', '2027-09-06', '2027-09-07', 'open', '', NULL, NULL, NULL, '', NULL, 21),
	(253, '2027-09-06', '2027-09-13', '2027-09-14', 'open', '', NULL, NULL, NULL, '', NULL, 21),
	(254, '2027-09-13', '2027-09-20', '2027-09-21', 'open', '', NULL, NULL, NULL, '', NULL, 21),
	(255, '2027-09-20', '2027-09-27', '2027-09-28', 'open', '', NULL, NULL, NULL, '', NULL, 21),
	(256, '2027-09-27', '2027-10-04', '2027-10-05', 'open', '', NULL, NULL, NULL, '', NULL, 21),
	(257, '2027-10-04', '2027-10-11', '2027-10-12', 'open', '', NULL, NULL, NULL, '', NULL, 21),
	(258, '2027-10-11', '2027-10-18', '2027-10-19', 'open', '', NULL, NULL, NULL, '', NULL, 21),
	(259, '2027-10-18', '2027-10-25', '2027-10-26', 'open', '', NULL, NULL, NULL, '', NULL, 21),
	(260, '2027-10-25', '2027-11-01', '2027-11-02', 'open', '', NULL, NULL, NULL, '', NULL, 21),
	(261, '2027-11-01', '2027-11-08', '2027-11-09', 'open', '', NULL, NULL, NULL, '', NULL, 21),
	(262, '2027-11-08', '2027-11-15', '2027-11-16', 'open', '', NULL, NULL, NULL, '', NULL, 21),
	(263, '2027-11-15', '2027-11-22', '2027-11-23', 'open', '', NULL, NULL, NULL, '', NULL, 21),
	(264, '2027-11-22', '2027-11-29', '2027-11-30', 'open', '', NULL, NULL, NULL, '', NULL, 21),
	(265, '2027-11-29', '2027-12-06', '2027-12-07', 'open', '', NULL, NULL, NULL, '', NULL, 21),
	(266, '2027-12-06', '2027-12-13', '2027-12-14', 'open', '', NULL, NULL, NULL, '', NULL, 21),
	(267, '2027-12-13', '2027-12-20', '2027-12-21', 'open', '', NULL, NULL, NULL, '', NULL, 21),
	(268, '2027-12-20', '2027-12-27', '2027-12-28', 'open', '', NULL, NULL, NULL, '', NULL, 21),
	(269, '2027-12-27', '2028-01-03', '2028-01-04', 'open', '', NULL, NULL, NULL, '', NULL, 21),
	(270, '2028-01-03', '2028-01-10', '2028-01-11', 'open', '', NULL, NULL, NULL, '', NULL, 21),
	(271, '2027-01-01', '2028-01-01', '2028-01-15', 'open', '', NULL, NULL, NULL, '', NULL, 22),
	(272, '2028-01-01', '2029-01-01', '2029-01-15', 'open', '', NULL, NULL, NULL, '', NULL, 22),
	(273, '2027-01-01', '2027-04-01', '2027-04-07', 'open', '', NULL, NULL, NULL, '', NULL, 23),
	(274, '2027-04-01', '2027-07-01', '2027-07-07', 'open', '', NULL, NULL, NULL, '', NULL, 23),
	(275, '2027-07-01', '2027-10-01', '2027-10-07', 'open', '', NULL, NULL, NULL, '', NULL, 23),
	(276, '2027-10-01', '2028-01-01', '2028-01-07', 'open', '', NULL, NULL, NULL, '', NULL, 23),
	(277, '2028-01-01', '2028-04-01', '2028-04-07', 'open', '', NULL, NULL, NULL, '', NULL, 23),
	(100, '2026-11-30', '2026-12-07', '2026-12-07', 'done', '', NULL, '2026-12-02', '2026-12-02 03:43:53.395569+00', 'Report 7', '01a224f9-0766-7000-8f03-1b02b6149133', 14);
INSERT INTO public.governance_duty_template VALUES
	(1, 'policy-review', '复审信息保护制度', 'Review the protection policies', 'security_admin', 'yearly', '2026-11-29', 0, 1, 'M1', NULL),
	(2, 'committee-meeting', '召开信息安全委员会会议', 'Hold the security committee''s meeting', 'security_admin', 'quarterly', '2026-11-29', 7, 1, 'M1', NULL),
	(3, 'isms-assessment', '开展体系年度评估', 'Do the yearly assessment', 'security_admin', 'yearly', '2026-11-29', 0, 1, 'M1', NULL),
	(4, 'risk-review', '复核风险登记册', 'Go through the risk register', 'security_admin', 'quarterly', '2026-11-29', 7, 1, 'M1', NULL),
	(5, 'rights-review', '复核岗位与权限', 'Review posts and rights', 'system_admin', 'quarterly', '2026-11-29', 7, 2, 'M2', NULL),
	(6, 'log-review', '抽查访问留痕', 'Sample the access trail', 'system_admin', 'monthly', '2026-11-29', 3, 2, 'M2', NULL),
	(7, 'leavers-check', '核对离岗人员账号', 'Check the accounts of leavers', 'system_admin', 'monthly', '2026-11-29', 3, 2, 'M2', NULL),
	(8, 'key-check', '检查密钥与轮换', 'Check keys and their rotation', 'system_admin', 'quarterly', '2026-11-29', 7, 3, 'M3', NULL),
	(9, 'encryption-check', '核对加密率', 'Check the encrypted share', 'system_admin', 'monthly', '2026-11-29', 3, 3, 'M3', NULL),
	(10, 'tls-check', '检查传输加密', 'Check encrypted transmission', 'system_admin', 'monthly', '2026-11-29', 3, 3, 'M3', NULL),
	(11, 'awareness-training', '组织安全意识培训', 'Hold an awareness training', 'hr_trainer', 'half_yearly', '2026-11-29', 0, 4, 'M4', NULL),
	(12, 'leak-drill', '组织泄露应急演练', 'Run the leak drill', 'hr_trainer', 'yearly', '2026-11-29', 0, 4, 'M4', NULL),
	(13, 'newcomers', '新员工保密培训', 'Train newcomers in confidentiality', 'hr_trainer', 'monthly', '2026-11-29', 5, 4, 'M4', NULL),
	(14, 'weekly-backup', '核验每周备份', 'Verify the week''s backup', 'system_admin', 'weekly', '2026-11-29', 1, 2, 'M5', NULL),
	(15, 'offsite-check', '检查异地副本', 'Check the offsite copy', 'system_admin', 'monthly', '2026-11-29', 3, 2, 'M5', NULL),
	(16, 'restore-test', '开展恢复测试', 'Run the restore test', 'system_admin', 'quarterly', '2026-11-29', 7, 2, 'M5', NULL),
	(17, 'compliance-audit', '开展合规审计', 'Do the compliance audit', 'compliance_officer', 'quarterly', '2026-11-29', 15, 5, 'M6', NULL),
	(18, 'law-watch', '跟踪法规变化', 'Follow changes of the law', 'compliance_officer', 'monthly', '2026-11-29', 5, 5, 'M6', NULL),
	(19, 'third-parties', '检查第三方', 'Check third parties', 'compliance_officer', 'half_yearly', '2026-11-29', 15, 5, 'M6', NULL),
	(20, 'findings-follow-up', '跟踪问题整改', 'Follow up on findings', 'compliance_officer', 'monthly', '2026-11-29', 3, 5, 'M6', NULL),
	(21, 'complaint-review', '复盘投诉处理时限', 'Look through the week''s complaints', '', 'weekly', '2026-11-29', 2, 6, 'M7', NULL),
	(22, 'satisfaction-survey', '开展客户满意度调查', 'Survey customers'' satisfaction', '', 'yearly', '2026-11-29', 15, 6, 'M7', NULL),
	(23, 'channel-check', '测试投诉渠道', 'Test the complaint channel', '', 'quarterly', '2026-11-29', 7, 6, 'M7', NULL);
INSERT INTO public.governance_measure VALUES
	('M1', '信息安全管理体系', 'Information security management system', '制度、组织与职责、委员会、实施；每年评估一次。', 'Policy, organisation and duties, committee, implementation; assessed every year.', 6, '', 1),
	('M2', '数据访问控制', 'Data access control', '按岗位授权，仅授权人员可访问；每次访问都留痕、可追溯。', 'Rights by post, authorised staff only; every access logged and traceable.', 3, '', 2),
	('M3', '加密与安全传输', 'Encryption and safe transmission', '敏感数据存储与传输均加密，传输采用 TLS。', 'Sensitive data encrypted in store and on the way, over TLS.', 3, '', 3),
	('M4', '培训与演练', 'Training and drills', '全员安全意识培训；模拟泄露演练，检验应急处置。', 'Awareness for all staff; a simulated leak every year that tests the response.', 12, 'yearly', 4),
	('M5', '备份与恢复', 'Backup and recovery', '定期备份、异地存放；恢复流程经过检验。', 'Regular backups kept offsite; a recovery procedure that is tested.', 1, '', 2),
	('M6', '合规管理', 'Compliance', '跟踪法规变化，开展审计，发现问题并整改。', 'Follow changes of the law, audit, find and mend.', 3, 'quarterly', 5),
	('M7', '客户反馈', 'Customer feedback', '投诉渠道、意见建议、客户信任。', 'A complaint channel, suggestions, the customers'' trust.', 3, '', 6);
INSERT INTO public.governance_programme VALUES
	(1, '2026-11-29', '2026-11-29 01:43:43.147827+00');
INSERT INTO public.governance_target VALUES
	('isms-built', 0, '体系建成', 'System built', 'at_least', 'percent', 92, 6, '', '', 'M1'),
	('isms-assessed', 1, '体系年度评估', 'System assessed every year', 'at_least', 'count', 365, 12, '', '', 'M1'),
	('access-system', 2, '访问控制系统上线', 'Access control in place', 'at_least', 'percent', 31, 3, '', '', 'M2'),
	('access-log-kept', 3, '访问日志留存', 'Access log kept', 'at_least', 'days', 7, 12, '《网络安全法》要求网络日志留存不少于六个月', 'Cybersecurity Law: network logs kept at least six months', 'M2'),
	('encryption-rate', 4, '敏感数据加密率', 'Sensitive values encrypted', 'at_least', 'percent', 7, 3, '', '', 'M3'),
	('tls-share', 5, 'TLS 传输占比', 'Transmissions over TLS', 'at_least', 'percent', 31, 3, '通过外部网络传输个人信息须全部加密', 'Personal data on outside networks: all of it encrypted', 'M3'),
	('trainings', 6, '安全培训次数', 'Trainings in a year', 'at_least', 'count', 365, 12, '', '', 'M4'),
	('leak-drill', 7, '泄露演练次数', 'Leak drills in a year', 'at_least', 'count', 365, 12, '《个人信息保护法》要求制定并组织实施应急预案', 'Personal Information Protection Law: emergency plans made and practised', 'M4'),
	('backup-weekly', 8, '每周备份', 'Weekly backup, verified', 'at_least', 'count', 7, 1, '', '', 'M5'),
	('restore-test', 9, '每季恢复测试', 'Restore test every quarter', 'at_least', 'count', 92, 3, '', '', 'M5'),
	('audit-quarterly', 10, '每季合规审计', 'Compliance audit every quarter', 'at_least', 'count', 92, 3, '', '', 'M6'),
	('remediation', 11, '问题整改率', 'Findings mended', 'at_least', 'percent', 92, 3, '', '', 'M6'),
	('complaint-48h', 12, '投诉 48 小时办结', 'Complaints handled within 48 hours', 'at_least', 'percent', 31, 3, '', '', 'M7'),
	('satisfaction', 13, '客户满意度', 'Customer satisfaction', 'at_least', 'percent', 365, 12, '', '', 'M7');
INSERT INTO public.governance_target_rule VALUES
	(1, 1, '2026-11-29', 100.00, '', '2026-11-29 01:43:43.321088+00', '2026-11-29 01:43:43.321088+00', NULL, NULL, 'isms-built'),
	(2, 1, '2026-11-29', 1.00, '', '2026-11-29 01:43:43.327612+00', '2026-11-29 01:43:43.327612+00', NULL, NULL, 'isms-assessed'),
	(3, 1, '2026-11-29', 100.00, '', '2026-11-29 01:43:43.342829+00', '2026-11-29 01:43:43.342829+00', NULL, NULL, 'access-system'),
	(4, 1, '2026-11-29', 365.00, '', '2026-11-29 01:43:43.349694+00', '2026-11-29 01:43:43.349694+00', NULL, NULL, 'access-log-kept'),
	(5, 1, '2026-11-29', 100.00, '', '2026-11-29 01:43:43.361176+00', '2026-11-29 01:43:43.361176+00', NULL, NULL, 'encryption-rate'),
	(6, 1, '2026-11-29', 95.00, '', '2026-11-29 01:43:43.372974+00', '2026-11-29 01:43:43.372974+00', NULL, NULL, 'tls-share'),
	(7, 1, '2026-11-29', 2.00, '', '2026-11-29 01:43:43.385184+00', '2026-11-29 01:43:43.385184+00', NULL, NULL, 'trainings'),
	(8, 1, '2026-11-29', 1.00, '', '2026-11-29 01:43:43.406265+00', '2026-11-29 01:43:43.406265+00', NULL, NULL, 'leak-drill'),
	(9, 1, '2026-11-29', 1.00, '', '2026-11-29 01:43:43.420999+00', '2026-11-29 01:43:43.420999+00', NULL, NULL, 'backup-weekly'),
	(10, 1, '2026-11-29', 1.00, '', '2026-11-29 01:43:43.449317+00', '2026-11-29 01:43:43.449317+00', NULL, NULL, 'restore-test'),
	(11, 1, '2026-11-29', 1.00, '', '2026-11-29 01:43:43.462494+00', '2026-11-29 01:43:43.462494+00', NULL, NULL, 'audit-quarterly'),
	(12, 1, '2026-11-29', 100.00, '', '2026-11-29 01:43:43.487004+00', '2026-11-29 01:43:43.487004+00', NULL, NULL, 'remediation'),
	(13, 1, '2026-11-29', 100.00, '', '2026-11-29 01:43:43.492695+00', '2026-11-29 01:43:43.492695+00', NULL, NULL, 'complaint-48h'),
	(14, 1, '2026-11-29', 85.00, '', '2026-11-29 01:43:43.504906+00', '2026-11-29 01:43:43.504906+00', NULL, NULL, 'satisfaction'),
	(15, 2, '2026-11-30', 97.00, 'Law asks more', '2026-11-29 03:43:53.395569+00', NULL, '01a224f9-0732-7000-a93d-8d58e23711a9', NULL, 'tls-share');
INSERT INTO public.governance_task VALUES
	('01a224f9-15e6-7000-a9c6-5683473b519c', 'Renew the notice', 'Renew the notice', 'system_admin', '2026-12-08', 'todo', 'resolution', '01a224f9-15c3-7000-815c-a07bdccce4e4', '2026-11-29 03:43:53.395569+00', NULL, NULL, '01a224f9-06fd-7000-8953-6cefd30cb64d', NULL),
	('01a224f9-1a31-7000-b3c8-7a3e4c246fea', 'Look at the log', '', '', '2026-11-29', 'todo', '', '', '2026-11-29 03:43:53.395569+00', NULL, NULL, '01a224f9-06fd-7000-8953-6cefd30cb64d', 2);
INSERT INTO public.notices_notice VALUES
	('01a224f9-1517-7000-a57e-1a75db96462a', 'meeting_called', '{"day": "2026-11-29"}', '/committee/meetings/01a224f9-089c-7000-aa65-aaf845fa8f3b/', '2026-11-29 01:43:53.367038+00', NULL, '01a224f9-06fd-7000-8953-6cefd30cb64d'),
	('01a224f9-1517-7001-9c9b-e85670abc1e5', 'meeting_called', '{"day": "2026-11-29"}', '/committee/meetings/01a224f9-089c-7000-aa65-aaf845fa8f3b/', '2026-11-29 01:43:53.367038+00', NULL, '01a224f9-0732-7000-a93d-8d58e23711a9'),
	('01a224f9-1517-7002-b2b4-227e97c61db0', 'meeting_called', '{"day": "2026-11-29"}', '/committee/meetings/01a224f9-089c-7000-aa65-aaf845fa8f3b/', '2026-11-29 01:43:53.367038+00', NULL, '01a224f9-0766-7000-8f03-1b02b6149133'),
	('01a224f9-160e-7000-bec6-7fa9196753e6', 'resolution_given', '{"due": "2026-12-08"}', '/tasks/01a224f9-15e6-7000-a9c6-5683473b519c/', '2026-11-29 03:43:53.395569+00', NULL, '01a224f9-0766-7000-8f03-1b02b6149133'),
	('01a224f9-16ec-7000-a5d3-223a718b3d47', 'approval_wanted', '{"version": "1", "document": "access-control"}', '/documents/01a224f9-168a-7000-b5e9-edd103ace3ca/', '2026-11-29 03:43:53.395569+00', '2026-11-29 03:43:53.395569+00', '01a224f9-0732-7000-a93d-8d58e23711a9'),
	('01a224f9-16ec-7001-a4a7-1ffe21543e3f', 'approval_wanted', '{"version": "1", "document": "access-control"}', '/documents/01a224f9-168a-7000-b5e9-edd103ace3ca/', '2026-11-29 03:43:53.395569+00', '2026-11-29 03:43:53.395569+00', '01a224f9-0766-7000-8f03-1b02b6149133'),
	('01a224f9-1831-7000-a087-ec8377f075ef', 'document_approved', '{"version": "1", "document": "access-control"}', '/documents/01a224f9-168a-7000-b5e9-edd103ace3ca/', '2026-11-29 03:43:53.395569+00', '2026-11-29 03:43:53.395569+00', '01a224f9-06fd-7000-8953-6cefd30cb64d'),
	('01a224f9-1899-7000-80bc-9715e352fbe8', 'document_published', '{"version": "1", "document": "access-control"}', '/documents/01a224f9-168a-7000-b5e9-edd103ace3ca/', '2026-11-29 03:43:53.395569+00', NULL, '01a224f9-06fd-7000-8953-6cefd30cb64d'),
	('01a224f9-1899-7001-9de2-29b664690a20', 'document_published', '{"version": "1", "document": "access-control"}', '/documents/01a224f9-168a-7000-b5e9-edd103ace3ca/', '2026-11-29 03:43:53.395569+00', NULL, '01a224f9-0732-7000-a93d-8d58e23711a9'),
	('01a224f9-1899-7003-9a2a-02452bca2ccc', 'document_published', '{"version": "1", "document": "access-control"}', '/documents/01a224f9-168a-7000-b5e9-edd103ace3ca/', '2026-11-29 03:43:53.395569+00', NULL, '01a224f9-07b1-7000-83bb-4108820be4ca'),
	('01a224f9-1899-7004-a149-23c4f650aa5b', 'document_published', '{"version": "1", "document": "access-control"}', '/documents/01a224f9-168a-7000-b5e9-edd103ace3ca/', '2026-11-29 03:43:53.395569+00', NULL, '01a224f9-1727-7000-a025-566562472e3c'),
	('01a224f9-1899-7005-a364-525aa783566b', 'document_published', '{"version": "1", "document": "access-control"}', '/documents/01a224f9-168a-7000-b5e9-edd103ace3ca/', '2026-11-29 03:43:53.395569+00', NULL, '01a224f9-176b-7000-88de-07f30057acc8'),
	('01a224f9-1899-7006-aa12-ee2c5442571f', 'document_published', '{"version": "1", "document": "access-control"}', '/documents/01a224f9-168a-7000-b5e9-edd103ace3ca/', '2026-11-29 03:43:53.395569+00', NULL, '01a224f9-17a1-7000-9355-712769e16df4'),
	('01a224f9-1899-7002-8a81-c57333c9ddf2', 'document_published', '{"version": "1", "document": "access-control"}', '/documents/01a224f9-168a-7000-b5e9-edd103ace3ca/', '2026-11-29 03:43:53.395569+00', '2026-11-29 03:43:53.395569+00', '01a224f9-0766-7000-8f03-1b02b6149133'),
	('01a224f9-1910-7000-b392-6096d42ae6cf', 'assessment_opened', '{"year": 2026}', '/assessments/2026/', '2026-11-29 03:43:53.395569+00', NULL, '01a224f9-06fd-7000-8953-6cefd30cb64d'),
	('01a224f9-1911-7000-b5e1-f98e6da9af91', 'assessment_opened', '{"year": 2026}', '/assessments/2026/', '2026-11-29 03:43:53.395569+00', NULL, '01a224f9-0732-7000-a93d-8d58e23711a9'),
	('01a224f9-1911-7001-8d52-538da3c76aba', 'assessment_opened', '{"year": 2026}', '/assessments/2026/', '2026-11-29 03:43:53.395569+00', NULL, '01a224f9-0766-7000-8f03-1b02b6149133'),
	('01a224f9-1911-7002-b6e9-c5d7df7809e4', 'assessment_opened', '{"year": 2026}', '/assessments/2026/', '2026-11-29 03:43:53.395569+00', NULL, '01a224f9-17a1-7000-9355-712769e16df4'),
	('01a224f9-1ad4-7000-b32c-6c3363109a0e', 'signature_wanted', '{"target": "tls-share"}', '/programme/targets/tls-share/', '2026-11-29 03:43:53.395569+00', NULL, '01a224f9-06fd-7000-8953-6cefd30cb64d'),
	('01a224f9-1ad4-7001-b5b5-126f941dc07c', 'signature_wanted', '{"target": "tls-share"}', '/programme/targets/tls-share/', '2026-11-29 03:43:53.395569+00', NULL, '01a224f9-17a1-7000-9355-712769e16df4');
INSERT INTO trail.leaf_2026_11 VALUES
	('2026-11-29 01:43:42.891+00', '01a224f8-ec2b-7000-b620-60c8b31dd588', '01a224f8-ec2b-7000-b620-60c8b31dd588', 1, '964', 'access.matrix.published', 'system', 'system', '', 'allow', '\x8b32eff8bd5807bd1124eedcd2b8a9c37b226163746f72223a7b226368616e6e656c223a226a6f62222c226964223a2273797374656d222c226b696e64223a2273797374656d222c227365636f6e645f666163746f72223a302c2273657373696f6e223a22222c22736f75726365223a22227d2c22636c6173736573223a5b5d2c226465636973696f6e223a7b226f7574636f6d65223a22616c6c6f77227d2c2264657461696c223a7b2263656c6c73223a3237322c2265706f6368223a312c226d6174726978223a2263306363646431376261336230306165656638343664306331393761623337626564653761633133666263343634383962376335333763323230343661346337227d2c226576656e74223a226163636573732e6d61747269782e7075626c6973686564222c226578706f73757265223a226e6f6e65222c226669656c6473223a5b5d2c226964223a2230316132323466382d656332622d373030302d623632302d363063386233316464353838222c226e6f7465223a22222c22707572706f7365223a22222c227375626a65637473223a5b5d2c22745f6d73223a313739353931363632323839312c2276223a312c22776f726b5f6974656d223a22222c22777269746572223a2230316132323466382d656332622d373030302d623632302d363063386233316464353838222c227772697465725f70726576696f7573223a2230303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030222c227772697465725f736571223a317d', '\x6af91a331274f9e000f58dc7a84371d892dee6c40044c8783934bb6089e3c317', '\x0000000000000000000000000000000000000000000000000000000000000000'),
	('2026-11-29 01:43:42.977+00', '01a224f8-ec81-7000-828a-d676f1dbccd6', '01a224f8-ec81-7000-828a-d676f1dbccd6', 1, '965', 'access.staff.created', 'system', 'system', '', 'allow', '\x9fd9dd903e7957bad679597e281552727b226163746f72223a7b226368616e6e656c223a226a6f62222c226964223a2273797374656d222c226b696e64223a2273797374656d222c227365636f6e645f666163746f72223a302c2273657373696f6e223a22222c22736f75726365223a22227d2c22636c6173736573223a5b5d2c226465636973696f6e223a7b226f7574636f6d65223a22616c6c6f77222c227065726d697373696f6e223a226163636573732e73746166662e6d616e616765227d2c2264657461696c223a7b7d2c226576656e74223a226163636573732e73746166662e63726561746564222c226578706f73757265223a226e6f6e65222c226669656c6473223a5b5d2c226964223a2230316132323466382d656338312d373030302d383238612d643637366631646263636436222c226e6f7465223a22222c22707572706f7365223a22222c227375626a65637473223a5b5b227374616666222c2230316132323466382d656337352d373030302d396635662d393339303734653136326339225d5d2c22745f6d73223a313739353931363632323937372c2276223a312c22776f726b5f6974656d223a22222c22777269746572223a2230316132323466382d656338312d373030302d383238612d643637366631646263636436222c227772697465725f70726576696f7573223a2230303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030222c227772697465725f736571223a317d', '\x39bb7841dbc04dc2afdcfb2a801671aa8bf0180261e22efed7e9cb9647804e4d', '\x0000000000000000000000000000000000000000000000000000000000000000'),
	('2026-11-29 01:43:43.045+00', '01a224f8-ecc5-7000-9e17-2ba6b42820d3', '01a224f8-ecc5-7000-9e17-2ba6b42820d3', 1, '965', 'access.assignment.changed', 'system', 'system', '', 'allow', '\x183de519cc6553de07fc0716bf0939ef7b226163746f72223a7b226368616e6e656c223a226a6f62222c226964223a2273797374656d222c226b696e64223a2273797374656d222c227365636f6e645f666163746f72223a302c2273657373696f6e223a22222c22736f75726365223a22227d2c22636c6173736573223a5b5d2c226465636973696f6e223a7b226f7574636f6d65223a22616c6c6f77222c227065726d697373696f6e223a226163636573732e73746166662e6d616e616765227d2c2264657461696c223a7b22706f7374223a226d616368696e65227d2c226576656e74223a226163636573732e61737369676e6d656e742e6368616e676564222c226578706f73757265223a226e6f6e65222c226669656c6473223a5b5d2c226964223a2230316132323466382d656363352d373030302d396531372d326261366234323832306433222c226e6f7465223a22222c22707572706f7365223a22222c227375626a65637473223a5b5b227374616666222c2230316132323466382d656337352d373030302d396635662d393339303734653136326339225d5d2c22745f6d73223a313739353931363632333034352c2276223a312c22776f726b5f6974656d223a22222c22777269746572223a2230316132323466382d656363352d373030302d396531372d326261366234323832306433222c227772697465725f70726576696f7573223a2230303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030222c227772697465725f736571223a317d', '\x8b335fc954fb8fd1b03bf960191c22876bfddb158890cf756c34ce13e0c59e77', '\x0000000000000000000000000000000000000000000000000000000000000000'),
	('2026-11-29 01:43:43.097+00', '01a224f8-ecf9-7000-8df4-98fe172f2fd9', '01a224f8-ecf9-7000-8df4-98fe172f2fd9', 1, '969', 'keys.root_key.created', 'system', 'system', '', 'allow', '\x39b9dee5906cec2b900f8eae19fe13457b226163746f72223a7b226368616e6e656c223a226a6f62222c226964223a2273797374656d222c226b696e64223a2273797374656d222c227365636f6e645f666163746f72223a302c2273657373696f6e223a22222c22736f75726365223a22227d2c22636c6173736573223a5b5d2c226465636973696f6e223a7b226f7574636f6d65223a22616c6c6f77227d2c2264657461696c223a7b226c6f636b6564223a302c2270726f7669646572223a2266696c65227d2c226576656e74223a226b6579732e726f6f745f6b65792e63726561746564222c226578706f73757265223a226e6f6e65222c226669656c6473223a5b5d2c226964223a2230316132323466382d656366392d373030302d386466342d393866653137326632666439222c226e6f7465223a22222c22707572706f7365223a22222c227375626a65637473223a5b5d2c22745f6d73223a313739353931363632333039372c2276223a312c22776f726b5f6974656d223a22222c22777269746572223a2230316132323466382d656366392d373030302d386466342d393866653137326632666439222c227772697465725f70726576696f7573223a2230303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030222c227772697465725f736571223a317d', '\x1effe2002c3fbe1602ee2bf141611f6408a49d6fd35663127285debee6d2774a', '\x0000000000000000000000000000000000000000000000000000000000000000'),
	('2026-11-29 01:43:43.122+00', '01a224f8-ed12-7000-a8f2-4e6cd3526363', '01a224f8-ed12-7000-a8f2-4e6cd3526363', 1, '969', 'keys.kek.created', 'system', 'system', '', 'allow', '\x47b2823b9c3f8ac4dbd7ab91d4043aa37b226163746f72223a7b226368616e6e656c223a226a6f62222c226964223a2273797374656d222c226b696e64223a2273797374656d222c227365636f6e645f666163746f72223a302c2273657373696f6e223a22222c22736f75726365223a22227d2c22636c6173736573223a5b5d2c226465636973696f6e223a7b226f7574636f6d65223a22616c6c6f77227d2c2264657461696c223a7b226b656b223a312c227375697465223a312c2276657273696f6e223a317d2c226576656e74223a226b6579732e6b656b2e63726561746564222c226578706f73757265223a226e6f6e65222c226669656c6473223a5b5d2c226964223a2230316132323466382d656431322d373030302d613866322d346536636433353236333633222c226e6f7465223a22222c22707572706f7365223a22222c227375626a65637473223a5b5d2c22745f6d73223a313739353931363632333132322c2276223a312c22776f726b5f6974656d223a22222c22777269746572223a2230316132323466382d656431322d373030302d613866322d346536636433353236333633222c227772697465725f70726576696f7573223a2230303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030222c227772697465725f736571223a317d', '\xd2f1b2fa7621c57b35e224849432ee5497f8ceb1544e8b532fc32fcd01ade519', '\x0000000000000000000000000000000000000000000000000000000000000000'),
	('2026-11-29 01:43:43.13+00', '01a224f8-ed1a-7000-b4d7-b56b8e8e16f0', '01a224f8-ed1a-7000-b4d7-b56b8e8e16f0', 1, '969', 'keys.index_root.created', 'system', 'system', '', 'allow', '\xe0e14ca271ea5afc6d10b9307035e6347b226163746f72223a7b226368616e6e656c223a226a6f62222c226964223a2273797374656d222c226b696e64223a2273797374656d222c227365636f6e645f666163746f72223a302c2273657373696f6e223a22222c22736f75726365223a22227d2c22636c6173736573223a5b5d2c226465636973696f6e223a7b226f7574636f6d65223a22616c6c6f77227d2c2264657461696c223a7b226b656b223a312c226e616d65223a22696e646578222c2276657273696f6e223a317d2c226576656e74223a226b6579732e696e6465785f726f6f742e63726561746564222c226578706f73757265223a226e6f6e65222c226669656c6473223a5b5d2c226964223a2230316132323466382d656431612d373030302d623464372d623536623865386531366630222c226e6f7465223a22222c22707572706f7365223a22222c227375626a65637473223a5b5d2c22745f6d73223a313739353931363632333133302c2276223a312c22776f726b5f6974656d223a22222c22777269746572223a2230316132323466382d656431612d373030302d623464372d623536623865386531366630222c227772697465725f70726576696f7573223a2230303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030222c227772697465725f736571223a317d', '\x351c3e478e4af3d63239dbf19866f4102c8a6c392604727f17c05d1ac0ecda94', '\x0000000000000000000000000000000000000000000000000000000000000000'),
	('2026-11-29 01:43:43.133+00', '01a224f8-ed1d-7000-bf0c-a2cd50d7125f', '01a224f8-ed1d-7000-bf0c-a2cd50d7125f', 1, '969', 'keys.side_root.created', 'system', 'system', '', 'allow', '\x873f8d1e725f002aef880e9728604a8b7b226163746f72223a7b226368616e6e656c223a226a6f62222c226964223a2273797374656d222c226b696e64223a2273797374656d222c227365636f6e645f666163746f72223a302c2273657373696f6e223a22222c22736f75726365223a22227d2c22636c6173736573223a5b5d2c226465636973696f6e223a7b226f7574636f6d65223a22616c6c6f77227d2c2264657461696c223a7b226b656b223a312c226e616d65223a226e6f7465222c2276657273696f6e223a317d2c226576656e74223a226b6579732e736964655f726f6f742e63726561746564222c226578706f73757265223a226e6f6e65222c226669656c6473223a5b5d2c226964223a2230316132323466382d656431642d373030302d626630632d613263643530643731323566222c226e6f7465223a22222c22707572706f7365223a22222c227375626a65637473223a5b5d2c22745f6d73223a313739353931363632333133332c2276223a312c22776f726b5f6974656d223a22222c22777269746572223a2230316132323466382d656431642d373030302d626630632d613263643530643731323566222c227772697465725f70726576696f7573223a2230303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030222c227772697465725f736571223a317d', '\x2d325aca38569910688b3b789f0e6f20830dd8ba387b48f974e43ff1235485c5', '\x0000000000000000000000000000000000000000000000000000000000000000'),
	('2026-11-29 01:43:43.137+00', '01a224f8-ed21-7000-bc06-0cff750fe7ff', '01a224f8-ed21-7000-bc06-0cff750fe7ff', 1, '969', 'keys.side_root.created', 'system', 'system', '', 'allow', '\x15405e90cadf6886dc13130385cbc3977b226163746f72223a7b226368616e6e656c223a226a6f62222c226964223a2273797374656d222c226b696e64223a2273797374656d222c227365636f6e645f666163746f72223a302c2273657373696f6e223a22222c22736f75726365223a22227d2c22636c6173736573223a5b5d2c226465636973696f6e223a7b226f7574636f6d65223a22616c6c6f77227d2c2264657461696c223a7b226b656b223a312c226e616d65223a22736563726574222c2276657273696f6e223a317d2c226576656e74223a226b6579732e736964655f726f6f742e63726561746564222c226578706f73757265223a226e6f6e65222c226669656c6473223a5b5d2c226964223a2230316132323466382d656432312d373030302d626330362d306366663735306665376666222c226e6f7465223a22222c22707572706f7365223a22222c227375626a65637473223a5b5d2c22745f6d73223a313739353931363632333133372c2276223a312c22776f726b5f6974656d223a22222c22777269746572223a2230316132323466382d656432312d373030302d626330362d306366663735306665376666222c227772697465725f70726576696f7573223a2230303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030222c227772697465725f736571223a317d', '\x630b20ad5a30426134a4d8e92bf89195977e76658050eca970bc28d8e12b08db', '\x0000000000000000000000000000000000000000000000000000000000000000'),
	('2026-11-29 01:43:43.79+00', '01a224f8-efae-7000-8faa-c0580e434c2e', '01a224f8-efae-7000-8faa-c0580e434c2e', 1, '972', 'governance.occurrences.made', 'system', 'system', '', 'allow', '\x05561c0f1cb1e15da74f79df9a8c87be7b226163746f72223a7b226368616e6e656c223a226a6f62222c226964223a2273797374656d222c226b696e64223a2273797374656d222c227365636f6e645f666163746f72223a302c2273657373696f6e223a22222c22736f75726365223a22227d2c22636c6173736573223a5b5d2c226465636973696f6e223a7b226f7574636f6d65223a22616c6c6f77222c227065726d697373696f6e223a22676f7665726e616e63652e647574792e6d616b65227d2c2264657461696c223a7b22726f7773223a3237377d2c226576656e74223a22676f7665726e616e63652e6f6363757272656e6365732e6d616465222c226578706f73757265223a226e6f6e65222c226669656c6473223a5b5d2c226964223a2230316132323466382d656661652d373030302d386661612d633035383065343334633265222c226e6f7465223a22222c22707572706f7365223a22222c227375626a65637473223a5b5d2c22745f6d73223a313739353931363632333739302c2276223a312c22776f726b5f6974656d223a22222c22777269746572223a2230316132323466382d656661652d373030302d386661612d633035383065343334633265222c227772697465725f70726576696f7573223a2230303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030222c227772697465725f736571223a317d', '\x7792c43d71f06a81bd05f8d8af2967378318170c05ed9f57a94962f1b30659cb', '\x0000000000000000000000000000000000000000000000000000000000000000'),
	('2026-11-29 01:43:49.701+00', '01a224f9-06c5-7000-b1de-ea2f39e612f6', '01a224f9-06c5-7000-b1de-ea2f39e612f6', 1, '974', 'access.branches.imported', 'system', 'system', '', 'allow', '\x567e91429c9e4bfe7dd6f2ec25077c627b226163746f72223a7b226368616e6e656c223a226a6f62222c226964223a2273797374656d222c226b696e64223a2273797374656d222c227365636f6e645f666163746f72223a302c2273657373696f6e223a22222c22736f75726365223a22227d2c22636c6173736573223a5b5d2c226465636973696f6e223a7b226f7574636f6d65223a22616c6c6f77222c227065726d697373696f6e223a226163636573732e6272616e63682e6d616e616765227d2c2264657461696c223a7b226368616e676564223a302c2263726561746564223a337d2c226576656e74223a226163636573732e6272616e636865732e696d706f72746564222c226578706f73757265223a226e6f6e65222c226669656c6473223a5b5d2c226964223a2230316132323466392d303663352d373030302d623164652d656132663339653631326636222c226e6f7465223a22222c22707572706f7365223a22222c227375626a65637473223a5b5d2c22745f6d73223a313739353931363632393730312c2276223a312c22776f726b5f6974656d223a22222c22777269746572223a2230316132323466392d303663352d373030302d623164652d656132663339653631326636222c227772697465725f70726576696f7573223a2230303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030222c227772697465725f736571223a317d', '\x8266b39da069445104f41a0e1c342ea90f3598c120d40f33edae02286a90d443', '\x0000000000000000000000000000000000000000000000000000000000000000'),
	('2026-11-29 01:43:49.761+00', '01a224f9-0701-7000-ab2d-43c1dee5c446', '01a224f9-0701-7000-ab2d-43c1dee5c446', 1, '978', 'access.staff.created', 'system', 'system', '', 'allow', '\x2cfa34acf113f20d379a0f587e332bae7b226163746f72223a7b226368616e6e656c223a226a6f62222c226964223a2273797374656d222c226b696e64223a2273797374656d222c227365636f6e645f666163746f72223a302c2273657373696f6e223a22222c22736f75726365223a22227d2c22636c6173736573223a5b5d2c226465636973696f6e223a7b226f7574636f6d65223a22616c6c6f77222c227065726d697373696f6e223a226163636573732e73746166662e6d616e616765227d2c2264657461696c223a7b7d2c226576656e74223a226163636573732e73746166662e63726561746564222c226578706f73757265223a226e6f6e65222c226669656c6473223a5b5d2c226964223a2230316132323466392d303730312d373030302d616232642d343363316465653563343436222c226e6f7465223a22222c22707572706f7365223a22222c227375626a65637473223a5b5b227374616666222c2230316132323466392d303666642d373030302d383935332d366365666433306362363464225d5d2c22745f6d73223a313739353931363632393736312c2276223a312c22776f726b5f6974656d223a22222c22777269746572223a2230316132323466392d303730312d373030302d616232642d343363316465653563343436222c227772697465725f70726576696f7573223a2230303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030222c227772697465725f736571223a317d', '\x476cea9204b6bd493c31b34e712bc6a98061bb27b3b856ee6df48064b05721fc', '\x0000000000000000000000000000000000000000000000000000000000000000'),
	('2026-11-29 01:43:49.778+00', '01a224f9-0712-7000-9260-de5992fdf0fe', '01a224f9-0712-7000-9260-de5992fdf0fe', 1, '978', 'access.assignment.changed', 'system', 'system', '', 'allow', '\x633d036f53388b583b4082407ef455717b226163746f72223a7b226368616e6e656c223a226a6f62222c226964223a2273797374656d222c226b696e64223a2273797374656d222c227365636f6e645f666163746f72223a302c2273657373696f6e223a22222c22736f75726365223a22227d2c22636c6173736573223a5b5d2c226465636973696f6e223a7b226f7574636f6d65223a22616c6c6f77222c227065726d697373696f6e223a226163636573732e73746166662e6d616e616765227d2c2264657461696c223a7b226272616e6368223a312c22706f7374223a2273656375726974795f61646d696e227d2c226576656e74223a226163636573732e61737369676e6d656e742e6368616e676564222c226578706f73757265223a226e6f6e65222c226669656c6473223a5b5d2c226964223a2230316132323466392d303731322d373030302d393236302d646535393932666466306665222c226e6f7465223a22222c22707572706f7365223a22222c227375626a65637473223a5b5b227374616666222c2230316132323466392d303666642d373030302d383935332d366365666433306362363464225d5d2c22745f6d73223a313739353931363632393737382c2276223a312c22776f726b5f6974656d223a22222c22777269746572223a2230316132323466392d303731322d373030302d393236302d646535393932666466306665222c227772697465725f70726576696f7573223a2230303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030222c227772697465725f736571223a317d', '\xe30adcb28c8e4a468e26df743cf30605c57731cb5ca9578240932ecfcada839a', '\x0000000000000000000000000000000000000000000000000000000000000000'),
	('2026-11-29 01:43:49.812+00', '01a224f9-0734-7000-bd17-1c1e230e9dae', '01a224f9-0734-7000-bd17-1c1e230e9dae', 1, '982', 'access.staff.created', 'system', 'system', '', 'allow', '\x6fa8d5ee2566b4f69f7dccedc407b2277b226163746f72223a7b226368616e6e656c223a226a6f62222c226964223a2273797374656d222c226b696e64223a2273797374656d222c227365636f6e645f666163746f72223a302c2273657373696f6e223a22222c22736f75726365223a22227d2c22636c6173736573223a5b5d2c226465636973696f6e223a7b226f7574636f6d65223a22616c6c6f77222c227065726d697373696f6e223a226163636573732e73746166662e6d616e616765227d2c2264657461696c223a7b7d2c226576656e74223a226163636573732e73746166662e63726561746564222c226578706f73757265223a226e6f6e65222c226669656c6473223a5b5d2c226964223a2230316132323466392d303733342d373030302d626431372d316331653233306539646165222c226e6f7465223a22222c22707572706f7365223a22222c227375626a65637473223a5b5b227374616666222c2230316132323466392d303733322d373030302d613933642d386435386532333731316139225d5d2c22745f6d73223a313739353931363632393831322c2276223a312c22776f726b5f6974656d223a22222c22777269746572223a2230316132323466392d303733342d373030302d626431372d316331653233306539646165222c227772697465725f70726576696f7573223a2230303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030222c227772697465725f736571223a317d', '\x157bef875f604395b31fd37b007f7b0b24a8fd725dd2069dab82cd854b2d0c69', '\x0000000000000000000000000000000000000000000000000000000000000000'),
	('2026-11-29 01:43:49.828+00', '01a224f9-0744-7000-aba0-79bc8f487170', '01a224f9-0744-7000-aba0-79bc8f487170', 1, '982', 'access.assignment.changed', 'system', 'system', '', 'allow', '\x0d8ddcce57f48c25a64bc1ca6fcf56f97b226163746f72223a7b226368616e6e656c223a226a6f62222c226964223a2273797374656d222c226b696e64223a2273797374656d222c227365636f6e645f666163746f72223a302c2273657373696f6e223a22222c22736f75726365223a22227d2c22636c6173736573223a5b5d2c226465636973696f6e223a7b226f7574636f6d65223a22616c6c6f77222c227065726d697373696f6e223a226163636573732e73746166662e6d616e616765227d2c2264657461696c223a7b226272616e6368223a312c22706f7374223a22636f6d706c69616e63655f6f666669636572227d2c226576656e74223a226163636573732e61737369676e6d656e742e6368616e676564222c226578706f73757265223a226e6f6e65222c226669656c6473223a5b5d2c226964223a2230316132323466392d303734342d373030302d616261302d373962633866343837313730222c226e6f7465223a22222c22707572706f7365223a22222c227375626a65637473223a5b5b227374616666222c2230316132323466392d303733322d373030302d613933642d386435386532333731316139225d5d2c22745f6d73223a313739353931363632393832382c2276223a312c22776f726b5f6974656d223a22222c22777269746572223a2230316132323466392d303734342d373030302d616261302d373962633866343837313730222c227772697465725f70726576696f7573223a2230303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030222c227772697465725f736571223a317d', '\x2c26a12cb8e12d801ccf9c211e44e757d43fa08e2ca50ff8801ba5e6e8336b09', '\x0000000000000000000000000000000000000000000000000000000000000000'),
	('2026-11-29 01:43:49.871+00', '01a224f9-076f-7000-87d5-305430e30106', '01a224f9-076f-7000-87d5-305430e30106', 1, '986', 'access.staff.created', 'system', 'system', '', 'allow', '\x7f23b2181fba1de5569d1b26caac76a97b226163746f72223a7b226368616e6e656c223a226a6f62222c226964223a2273797374656d222c226b696e64223a2273797374656d222c227365636f6e645f666163746f72223a302c2273657373696f6e223a22222c22736f75726365223a22227d2c22636c6173736573223a5b5d2c226465636973696f6e223a7b226f7574636f6d65223a22616c6c6f77222c227065726d697373696f6e223a226163636573732e73746166662e6d616e616765227d2c2264657461696c223a7b7d2c226576656e74223a226163636573732e73746166662e63726561746564222c226578706f73757265223a226e6f6e65222c226669656c6473223a5b5d2c226964223a2230316132323466392d303736662d373030302d383764352d333035343330653330313036222c226e6f7465223a22222c22707572706f7365223a22222c227375626a65637473223a5b5b227374616666222c2230316132323466392d303736362d373030302d386630332d316230326236313439313333225d5d2c22745f6d73223a313739353931363632393837312c2276223a312c22776f726b5f6974656d223a22222c22777269746572223a2230316132323466392d303736662d373030302d383764352d333035343330653330313036222c227772697465725f70726576696f7573223a2230303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030222c227772697465725f736571223a317d', '\x9c6c0a8254bef6fa311ad33f2e2ea6eaa82bb1d4a89ce0a28ff34454eda38e4e', '\x0000000000000000000000000000000000000000000000000000000000000000'),
	('2026-11-29 01:43:49.896+00', '01a224f9-0788-7000-8693-a3486c3dc738', '01a224f9-0788-7000-8693-a3486c3dc738', 1, '986', 'access.assignment.changed', 'system', 'system', '', 'allow', '\xfa6e8160da110803126b7e4b9b3ebebe7b226163746f72223a7b226368616e6e656c223a226a6f62222c226964223a2273797374656d222c226b696e64223a2273797374656d222c227365636f6e645f666163746f72223a302c2273657373696f6e223a22222c22736f75726365223a22227d2c22636c6173736573223a5b5d2c226465636973696f6e223a7b226f7574636f6d65223a22616c6c6f77222c227065726d697373696f6e223a226163636573732e73746166662e6d616e616765227d2c2264657461696c223a7b226272616e6368223a312c22706f7374223a2273797374656d5f61646d696e227d2c226576656e74223a226163636573732e61737369676e6d656e742e6368616e676564222c226578706f73757265223a226e6f6e65222c226669656c6473223a5b5d2c226964223a2230316132323466392d303738382d373030302d383639332d613334383663336463373338222c226e6f7465223a22222c22707572706f7365223a22222c227375626a65637473223a5b5b227374616666222c2230316132323466392d303736362d373030302d386630332d316230326236313439313333225d5d2c22745f6d73223a313739353931363632393839362c2276223a312c22776f726b5f6974656d223a22222c22777269746572223a2230316132323466392d303738382d373030302d383639332d613334383663336463373338222c227772697465725f70726576696f7573223a2230303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030222c227772697465725f736571223a317d', '\x3a4bf9adb38219bc76eb8561b59a0c17e5d4288d18171059c9e95b428f84f9ec', '\x0000000000000000000000000000000000000000000000000000000000000000'),
	('2026-11-29 01:43:49.942+00', '01a224f9-07b6-7000-9c6a-e861494d01c2', '01a224f9-07b6-7000-9c6a-e861494d01c2', 1, '990', 'access.staff.created', 'system', 'system', '', 'allow', '\xf0d09a4348f60d7f5ae06fdb6c39ac0b7b226163746f72223a7b226368616e6e656c223a226a6f62222c226964223a2273797374656d222c226b696e64223a2273797374656d222c227365636f6e645f666163746f72223a302c2273657373696f6e223a22222c22736f75726365223a22227d2c22636c6173736573223a5b5d2c226465636973696f6e223a7b226f7574636f6d65223a22616c6c6f77222c227065726d697373696f6e223a226163636573732e73746166662e6d616e616765227d2c2264657461696c223a7b7d2c226576656e74223a226163636573732e73746166662e63726561746564222c226578706f73757265223a226e6f6e65222c226669656c6473223a5b5d2c226964223a2230316132323466392d303762362d373030302d396336612d653836313439346430316332222c226e6f7465223a22222c22707572706f7365223a22222c227375626a65637473223a5b5b227374616666222c2230316132323466392d303762312d373030302d383362622d343130383832306265346361225d5d2c22745f6d73223a313739353931363632393934322c2276223a312c22776f726b5f6974656d223a22222c22777269746572223a2230316132323466392d303762362d373030302d396336612d653836313439346430316332222c227772697465725f70726576696f7573223a2230303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030222c227772697465725f736571223a317d', '\xcf0b931c5326c99a7d1dd38cb33f55bd92a09dec8dbf4342d99a98bc2697d558', '\x0000000000000000000000000000000000000000000000000000000000000000'),
	('2026-11-29 01:43:49.967+00', '01a224f9-07cf-7000-8690-0bb4d6ff0206', '01a224f9-07cf-7000-8690-0bb4d6ff0206', 1, '990', 'access.assignment.changed', 'system', 'system', '', 'allow', '\x6dd6a044a5fe9ab23ad42fc28bb949e77b226163746f72223a7b226368616e6e656c223a226a6f62222c226964223a2273797374656d222c226b696e64223a2273797374656d222c227365636f6e645f666163746f72223a302c2273657373696f6e223a22222c22736f75726365223a22227d2c22636c6173736573223a5b5d2c226465636973696f6e223a7b226f7574636f6d65223a22616c6c6f77222c227065726d697373696f6e223a226163636573732e73746166662e6d616e616765227d2c2264657461696c223a7b226272616e6368223a312c22706f7374223a22736572766963655f6167656e74227d2c226576656e74223a226163636573732e61737369676e6d656e742e6368616e676564222c226578706f73757265223a226e6f6e65222c226669656c6473223a5b5d2c226964223a2230316132323466392d303763662d373030302d383639302d306262346436666630323036222c226e6f7465223a22222c22707572706f7365223a22222c227375626a65637473223a5b5b227374616666222c2230316132323466392d303762312d373030302d383362622d343130383832306265346361225d5d2c22745f6d73223a313739353931363632393936372c2276223a312c22776f726b5f6974656d223a22222c22777269746572223a2230316132323466392d303763662d373030302d383639302d306262346436666630323036222c227772697465725f70726576696f7573223a2230303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030222c227772697465725f736571223a317d', '\xe01b8131dd0d0dcb7752926b1e32c381cb9aed928324ac1746bce1ca3917d5fc', '\x0000000000000000000000000000000000000000000000000000000000000000'),
	('2026-11-29 01:43:50.049+00', '01a224f9-0821-7000-8f3f-8338596dda8a', '01a224f9-0821-7000-8f3f-8338596dda8a', 1, '994', 'governance.charter.changed', 'staff', '01a224f9-06fd-7000-8953-6cefd30cb64d', '', 'allow', '\x865a193b1d252d13bce9ef73cf4341437b226163746f72223a7b226368616e6e656c223a2270616765222c226964223a2230316132323466392d303666642d373030302d383935332d366365666433306362363464222c226b696e64223a227374616666222c227365636f6e645f666163746f72223a302c2273657373696f6e223a22222c22736f75726365223a22227d2c22636c6173736573223a5b5d2c226465636973696f6e223a7b226f7574636f6d65223a22616c6c6f77222c227065726d697373696f6e223a22676f7665726e616e63652e636f6d6d69747465652e6d616e616765227d2c2264657461696c223a7b22636f6d6d6974746565223a22637573746f6d65722d696e666f726d6174696f6e2d70726f74656374696f6e222c226e756d626572223a317d2c226576656e74223a22676f7665726e616e63652e636861727465722e6368616e676564222c226578706f73757265223a226e6f6e65222c226669656c6473223a5b5d2c226964223a2230316132323466392d303832312d373030302d386633662d383333383539366464613861222c226e6f7465223a22222c22707572706f7365223a22222c227375626a65637473223a5b5b22636f6d6d6974746565222c2230316132323466392d303830342d373030302d626235372d633337363631613164383261225d5d2c22745f6d73223a313739353931363633303034392c2276223a312c22776f726b5f6974656d223a22222c22777269746572223a2230316132323466392d303832312d373030302d386633662d383333383539366464613861222c227772697465725f70726576696f7573223a2230303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030222c227772697465725f736571223a317d', '\xce4f6042f6cf359850b3c768029149e9b481bf31f1cc4dd9ba6728599716e7c8', '\x0000000000000000000000000000000000000000000000000000000000000000'),
	('2026-11-29 01:43:50.102+00', '01a224f9-0856-7000-a637-38d421ba6bd5', '01a224f9-0856-7000-a637-38d421ba6bd5', 1, '996', 'governance.seat.named', 'staff', '01a224f9-06fd-7000-8953-6cefd30cb64d', '', 'allow', '\x91fce68cbb0d9f9a0ac9a755170889737b226163746f72223a7b226368616e6e656c223a2270616765222c226964223a2230316132323466392d303666642d373030302d383935332d366365666433306362363464222c226b696e64223a227374616666222c227365636f6e645f666163746f72223a302c2273657373696f6e223a22222c22736f75726365223a22227d2c22636c6173736573223a5b5d2c226465636973696f6e223a7b226f7574636f6d65223a22616c6c6f77222c227065726d697373696f6e223a22676f7665726e616e63652e636f6d6d69747465652e6d616e616765227d2c2264657461696c223a7b22636f6d6d6974746565223a22637573746f6d65722d696e666f726d6174696f6e2d70726f74656374696f6e222c22706f7374223a2273656375726974795f61646d696e222c2273656174223a317d2c226576656e74223a22676f7665726e616e63652e736561742e6e616d6564222c226578706f73757265223a226e6f6e65222c226669656c6473223a5b5d2c226964223a2230316132323466392d303835362d373030302d613633372d333864343231626136626435222c226e6f7465223a22222c22707572706f7365223a22222c227375626a65637473223a5b5b22636f6d6d6974746565222c2230316132323466392d303830342d373030302d626235372d633337363631613164383261225d5d2c22745f6d73223a313739353931363633303130322c2276223a312c22776f726b5f6974656d223a22222c22777269746572223a2230316132323466392d303835362d373030302d613633372d333864343231626136626435222c227772697465725f70726576696f7573223a2230303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030222c227772697465725f736571223a317d', '\x241e01e25a5d359abf499c2bc1989dd8cddfe1f4ce0a19e913ca1093a7bc1c72', '\x0000000000000000000000000000000000000000000000000000000000000000'),
	('2026-11-29 01:43:50.127+00', '01a224f9-086f-7000-a436-324077d974b3', '01a224f9-086f-7000-a436-324077d974b3', 1, '998', 'governance.seat.named', 'staff', '01a224f9-06fd-7000-8953-6cefd30cb64d', '', 'allow', '\xbd638d6cceb6ca173d8cf127d094320b7b226163746f72223a7b226368616e6e656c223a2270616765222c226964223a2230316132323466392d303666642d373030302d383935332d366365666433306362363464222c226b696e64223a227374616666222c227365636f6e645f666163746f72223a302c2273657373696f6e223a22222c22736f75726365223a22227d2c22636c6173736573223a5b5d2c226465636973696f6e223a7b226f7574636f6d65223a22616c6c6f77222c227065726d697373696f6e223a22676f7665726e616e63652e636f6d6d69747465652e6d616e616765227d2c2264657461696c223a7b22636f6d6d6974746565223a22637573746f6d65722d696e666f726d6174696f6e2d70726f74656374696f6e222c22706f7374223a22636f6d706c69616e63655f6f666669636572222c2273656174223a327d2c226576656e74223a22676f7665726e616e63652e736561742e6e616d6564222c226578706f73757265223a226e6f6e65222c226669656c6473223a5b5d2c226964223a2230316132323466392d303836662d373030302d613433362d333234303737643937346233222c226e6f7465223a22222c22707572706f7365223a22222c227375626a65637473223a5b5b22636f6d6d6974746565222c2230316132323466392d303830342d373030302d626235372d633337363631613164383261225d5d2c22745f6d73223a313739353931363633303132372c2276223a312c22776f726b5f6974656d223a22222c22777269746572223a2230316132323466392d303836662d373030302d613433362d333234303737643937346233222c227772697465725f70726576696f7573223a2230303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030222c227772697465725f736571223a317d', '\x0722978153c8a2c74acba451af6515f021ec30e0ea2fae9d0f1435efe7842431', '\x0000000000000000000000000000000000000000000000000000000000000000'),
	('2026-11-29 01:43:50.148+00', '01a224f9-0884-7000-a3db-bd5f39db8449', '01a224f9-0884-7000-a3db-bd5f39db8449', 1, '1000', 'governance.seat.named', 'staff', '01a224f9-06fd-7000-8953-6cefd30cb64d', '', 'allow', '\xf3f7a11b5d76c3c89951ec5eb074c6077b226163746f72223a7b226368616e6e656c223a2270616765222c226964223a2230316132323466392d303666642d373030302d383935332d366365666433306362363464222c226b696e64223a227374616666222c227365636f6e645f666163746f72223a302c2273657373696f6e223a22222c22736f75726365223a22227d2c22636c6173736573223a5b5d2c226465636973696f6e223a7b226f7574636f6d65223a22616c6c6f77222c227065726d697373696f6e223a22676f7665726e616e63652e636f6d6d69747465652e6d616e616765227d2c2264657461696c223a7b22636f6d6d6974746565223a22637573746f6d65722d696e666f726d6174696f6e2d70726f74656374696f6e222c22706f7374223a2273797374656d5f61646d696e222c2273656174223a337d2c226576656e74223a22676f7665726e616e63652e736561742e6e616d6564222c226578706f73757265223a226e6f6e65222c226669656c6473223a5b5d2c226964223a2230316132323466392d303838342d373030302d613364622d626435663339646238343439222c226e6f7465223a22222c22707572706f7365223a22222c227375626a65637473223a5b5b22636f6d6d6974746565222c2230316132323466392d303830342d373030302d626235372d633337363631613164383261225d5d2c22745f6d73223a313739353931363633303134382c2276223a312c22776f726b5f6974656d223a22222c22777269746572223a2230316132323466392d303838342d373030302d613364622d626435663339646238343439222c227772697465725f70726576696f7573223a2230303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030222c227772697465725f736571223a317d', '\x8f66565517ae82492603fab76bca52f823d4aae4a780478a11af73e05839b3b1', '\x0000000000000000000000000000000000000000000000000000000000000000'),
	('2026-11-29 01:43:50.181+00', '01a224f9-08a5-7000-a4fa-4fc3f74ac757', '01a224f9-08a5-7000-a4fa-4fc3f74ac757', 1, '1002', 'governance.meeting.called', 'staff', '01a224f9-06fd-7000-8953-6cefd30cb64d', '', 'allow', '\xf4dfd5f801d4742c2c69f88e7db479397b226163746f72223a7b226368616e6e656c223a2270616765222c226964223a2230316132323466392d303666642d373030302d383935332d366365666433306362363464222c226b696e64223a227374616666222c227365636f6e645f666163746f72223a302c2273657373696f6e223a22222c22736f75726365223a22227d2c22636c6173736573223a5b5d2c226465636973696f6e223a7b226f7574636f6d65223a22616c6c6f77222c227065726d697373696f6e223a22676f7665726e616e63652e636f6d6d69747465652e6d616e616765227d2c2264657461696c223a7b226167656e6461223a322c22636f6d6d6974746565223a22637573746f6d65722d696e666f726d6174696f6e2d70726f74656374696f6e227d2c226576656e74223a22676f7665726e616e63652e6d656574696e672e63616c6c6564222c226578706f73757265223a226e6f6e65222c226669656c6473223a5b5d2c226964223a2230316132323466392d303861352d373030302d613466612d346663336637346163373537222c226e6f7465223a22222c22707572706f7365223a22222c227375626a65637473223a5b5b226d656574696e67222c2230316132323466392d303839632d373030302d616136352d616166383435666138663362225d5d2c22745f6d73223a313739353931363633303138312c2276223a312c22776f726b5f6974656d223a22222c22777269746572223a2230316132323466392d303861352d373030302d613466612d346663336637346163373537222c227772697465725f70726576696f7573223a2230303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030222c227772697465725f736571223a317d', '\x5b7e5155665c98284488c9463d1b67aa6276cf89e25818e8fcb58b3e6998be22', '\x0000000000000000000000000000000000000000000000000000000000000000'),
	('2026-11-29 01:43:53.485+00', '01a224f9-158d-7000-801b-1efc2a086430', '01a224f9-158d-7000-801b-1efc2a086430', 1, '1004', 'governance.meeting.held', 'staff', '01a224f9-06fd-7000-8953-6cefd30cb64d', '', 'allow', '\x15de7d5cbe1ed472584ed4d9efef2c337b226163746f72223a7b226368616e6e656c223a2270616765222c226964223a2230316132323466392d303666642d373030302d383935332d366365666433306362363464222c226b696e64223a227374616666222c227365636f6e645f666163746f72223a302c2273657373696f6e223a22222c22736f75726365223a22227d2c22636c6173736573223a5b5d2c226465636973696f6e223a7b226f7574636f6d65223a22616c6c6f77222c227065726d697373696f6e223a22676f7665726e616e63652e636f6d6d69747465652e6d616e616765227d2c2264657461696c223a7b22636f6d6d6974746565223a22637573746f6d65722d696e666f726d6174696f6e2d70726f74656374696f6e222c2270726573656e74223a322c2271756f72756d223a322c227365617473223a337d2c226576656e74223a22676f7665726e616e63652e6d656574696e672e68656c64222c226578706f73757265223a226e6f6e65222c226669656c6473223a5b5d2c226964223a2230316132323466392d313538642d373030302d383031622d316566633261303836343330222c226e6f7465223a22222c22707572706f7365223a22222c227375626a65637473223a5b5b226d656574696e67222c2230316132323466392d303839632d373030302d616136352d616166383435666138663362225d5d2c22745f6d73223a313739353931363633333438352c2276223a312c22776f726b5f6974656d223a22222c22777269746572223a2230316132323466392d313538642d373030302d383031622d316566633261303836343330222c227772697465725f70726576696f7573223a2230303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030222c227772697465725f736571223a317d', '\xa9bca16d166e11f5e569eacffa81d127028bf6bd010ef2d0ad7f9b55e36b3fc3', '\x0000000000000000000000000000000000000000000000000000000000000000'),
	('2026-11-29 01:43:53.576+00', '01a224f9-15e8-7000-81c6-74217a46324e', '01a224f9-15e8-7000-81c6-74217a46324e', 1, '1005', 'governance.task.created', 'staff', '01a224f9-06fd-7000-8953-6cefd30cb64d', '', 'allow', '\xb22b7b133bcc2642562d16b35d2917bc7b226163746f72223a7b226368616e6e656c223a2270616765222c226964223a2230316132323466392d303666642d373030302d383935332d366365666433306362363464222c226b696e64223a227374616666222c227365636f6e645f666163746f72223a302c2273657373696f6e223a22222c22736f75726365223a22227d2c22636c6173736573223a5b5d2c226465636973696f6e223a7b226f7574636f6d65223a22616c6c6f77222c227065726d697373696f6e223a22676f7665726e616e63652e7461736b2e776f726b227d2c2264657461696c223a7b226f726967696e223a227265736f6c7574696f6e222c227374617465223a22746f646f222c227461736b223a2230316132323466392d313565362d373030302d613963362d353638333437336235313963227d2c226576656e74223a22676f7665726e616e63652e7461736b2e63726561746564222c226578706f73757265223a226e6f6e65222c226669656c6473223a5b5d2c226964223a2230316132323466392d313565382d373030302d383163362d373432313761343633323465222c226e6f7465223a22222c22707572706f7365223a22222c227375626a65637473223a5b5b227461736b222c2230316132323466392d313565362d373030302d613963362d353638333437336235313963225d5d2c22745f6d73223a313739353931363633333537362c2276223a312c22776f726b5f6974656d223a22222c22777269746572223a2230316132323466392d313565382d373030302d383163362d373432313761343633323465222c227772697465725f70726576696f7573223a2230303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030222c227772697465725f736571223a317d', '\x8f5edff5821d035195a014dc8f19e87cc4e6c86b169be0c90c0e9a82c45e7658', '\x0000000000000000000000000000000000000000000000000000000000000000'),
	('2026-11-29 01:43:53.596+00', '01a224f9-15fc-7000-a75a-512ec8738d1b', '01a224f9-15fc-7000-a75a-512ec8738d1b', 1, '1005', 'governance.resolution.passed', 'staff', '01a224f9-06fd-7000-8953-6cefd30cb64d', '', 'allow', '\x50a9ac5eb171ce60cb11db1cd1dade007b226163746f72223a7b226368616e6e656c223a2270616765222c226964223a2230316132323466392d303666642d373030302d383935332d366365666433306362363464222c226b696e64223a227374616666222c227365636f6e645f666163746f72223a302c2273657373696f6e223a22222c22736f75726365223a22227d2c22636c6173736573223a5b5d2c226465636973696f6e223a7b226f7574636f6d65223a22616c6c6f77222c227065726d697373696f6e223a22676f7665726e616e63652e636f6d6d69747465652e6d616e616765227d2c2264657461696c223a7b22636f6d6d6974746565223a22637573746f6d65722d696e666f726d6174696f6e2d70726f74656374696f6e222c22647565223a22323032362d31322d3038222c226e756d626572223a312c22706f7374223a2273797374656d5f61646d696e227d2c226576656e74223a22676f7665726e616e63652e7265736f6c7574696f6e2e706173736564222c226578706f73757265223a226e6f6e65222c226669656c6473223a5b5d2c226964223a2230316132323466392d313566632d373030302d613735612d353132656338373338643162222c226e6f7465223a22222c22707572706f7365223a22222c227375626a65637473223a5b5b226d656574696e67222c2230316132323466392d303839632d373030302d616136352d616166383435666138663362225d5d2c22745f6d73223a313739353931363633333539362c2276223a312c22776f726b5f6974656d223a22222c22777269746572223a2230316132323466392d313566632d373030302d613735612d353132656338373338643162222c227772697465725f70726576696f7573223a2230303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030222c227772697465725f736571223a317d', '\xd9f945a21c440c3370e738d5c4934fa10f0ee266a6fdb6054d398e4d69fc50af', '\x0000000000000000000000000000000000000000000000000000000000000000'),
	('2026-11-29 01:43:53.65+00', '01a224f9-1632-7000-821f-a559802ebd4c', '01a224f9-1632-7000-821f-a559802ebd4c', 1, '1008', 'governance.meeting.minuted', 'staff', '01a224f9-06fd-7000-8953-6cefd30cb64d', '', 'allow', '\xe05bc99514206bae696c92bba58bbd287b226163746f72223a7b226368616e6e656c223a2270616765222c226964223a2230316132323466392d303666642d373030302d383935332d366365666433306362363464222c226b696e64223a227374616666222c227365636f6e645f666163746f72223a302c2273657373696f6e223a22222c22736f75726365223a22227d2c22636c6173736573223a5b5d2c226465636973696f6e223a7b226f7574636f6d65223a22616c6c6f77222c227065726d697373696f6e223a22676f7665726e616e63652e636f6d6d69747465652e6d616e616765227d2c2264657461696c223a7b22636f6d6d6974746565223a22637573746f6d65722d696e666f726d6174696f6e2d70726f74656374696f6e227d2c226576656e74223a22676f7665726e616e63652e6d656574696e672e6d696e75746564222c226578706f73757265223a226e6f6e65222c226669656c6473223a5b5d2c226964223a2230316132323466392d313633322d373030302d383231662d613535393830326562643463222c226e6f7465223a22222c22707572706f7365223a22222c227375626a65637473223a5b5b226d656574696e67222c2230316132323466392d303839632d373030302d616136352d616166383435666138663362225d5d2c22745f6d73223a313739353931363633333635302c2276223a312c22776f726b5f6974656d223a22222c22777269746572223a2230316132323466392d313633322d373030302d383231662d613535393830326562643463222c227772697465725f70726576696f7573223a2230303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030222c227772697465725f736571223a317d', '\xdf7a532ab27598e42fdf3b97365a026f7234a5e756de124a0541510a9b0d23ce', '\x0000000000000000000000000000000000000000000000000000000000000000'),
	('2026-11-29 01:43:53.685+00', '01a224f9-1655-7000-a76b-3d087549559f', '01a224f9-1655-7000-a76b-3d087549559f', 1, '1009', 'governance.meeting.closed', 'staff', '01a224f9-06fd-7000-8953-6cefd30cb64d', '', 'allow', '\x3582080f71ca2550b440281f9ee312a67b226163746f72223a7b226368616e6e656c223a2270616765222c226964223a2230316132323466392d303666642d373030302d383935332d366365666433306362363464222c226b696e64223a227374616666222c227365636f6e645f666163746f72223a302c2273657373696f6e223a22222c22736f75726365223a22227d2c22636c6173736573223a5b5d2c226465636973696f6e223a7b226f7574636f6d65223a22616c6c6f77222c227065726d697373696f6e223a22676f7665726e616e63652e636f6d6d69747465652e6d616e616765227d2c2264657461696c223a7b22636f6d6d6974746565223a22637573746f6d65722d696e666f726d6174696f6e2d70726f74656374696f6e227d2c226576656e74223a22676f7665726e616e63652e6d656574696e672e636c6f736564222c226578706f73757265223a226e6f6e65222c226669656c6473223a5b5d2c226964223a2230316132323466392d313635352d373030302d613736622d336430383735343935353966222c226e6f7465223a22222c22707572706f7365223a22222c227375626a65637473223a5b5b226d656574696e67222c2230316132323466392d303839632d373030302d616136352d616166383435666138663362225d5d2c22745f6d73223a313739353931363633333638352c2276223a312c22776f726b5f6974656d223a22222c22777269746572223a2230316132323466392d313635352d373030302d613736622d336430383735343935353966222c227772697465725f70726576696f7573223a2230303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030222c227772697465725f736571223a317d', '\x70bf65d8f1aecdf473f1b1b0635dad61c29dca20e656c208dd8e6ef983677429', '\x0000000000000000000000000000000000000000000000000000000000000000'),
	('2026-11-29 01:43:53.755+00', '01a224f9-169b-7000-a6ef-b0c541b39931', '01a224f9-169b-7000-a6ef-b0c541b39931', 1, '1010', 'governance.document.adopted', 'staff', '01a224f9-06fd-7000-8953-6cefd30cb64d', '', 'allow', '\x8c109cb814dd60b4e9b721a8b3abd1717b226163746f72223a7b226368616e6e656c223a2270616765222c226964223a2230316132323466392d303666642d373030302d383935332d366365666433306362363464222c226b696e64223a227374616666222c227365636f6e645f666163746f72223a302c2273657373696f6e223a22222c22736f75726365223a22227d2c22636c6173736573223a5b5d2c226465636973696f6e223a7b226f7574636f6d65223a22616c6c6f77222c227065726d697373696f6e223a22676f7665726e616e63652e646f63756d656e742e6472616674227d2c2264657461696c223a7b2266696c655f68617368223a2264373138313664393039363733326136356164663563363333336263643438356234653862396534353464643366373766303838303062393735386365363937222c2276657273696f6e223a317d2c226576656e74223a22676f7665726e616e63652e646f63756d656e742e61646f70746564222c226578706f73757265223a226e6f6e65222c226669656c6473223a5b5d2c226964223a2230316132323466392d313639622d373030302d613665662d623063353431623339393331222c226e6f7465223a22222c22707572706f7365223a22222c227375626a65637473223a5b5b22646f63756d656e74222c2230316132323466392d313638612d373030302d623565392d656464313033616365336361225d5d2c22745f6d73223a313739353931363633333735352c2276223a312c22776f726b5f6974656d223a22222c22777269746572223a2230316132323466392d313639622d373030302d613665662d623063353431623339393331222c227772697465725f70726576696f7573223a2230303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030222c227772697465725f736571223a317d', '\x374e60fe4c1e1cd151f6122ad2a6e3e90856da117bf3a7741351e2033aebe357', '\x0000000000000000000000000000000000000000000000000000000000000000'),
	('2026-11-29 01:43:53.806+00', '01a224f9-16ce-7000-83c1-5a548cd60c24', '01a224f9-16ce-7000-83c1-5a548cd60c24', 1, '1012', 'governance.document.submitted', 'staff', '01a224f9-06fd-7000-8953-6cefd30cb64d', '', 'allow', '\x74099a0a904df235109eec9017941dcc7b226163746f72223a7b226368616e6e656c223a2270616765222c226964223a2230316132323466392d303666642d373030302d383935332d366365666433306362363464222c226b696e64223a227374616666222c227365636f6e645f666163746f72223a302c2273657373696f6e223a22222c22736f75726365223a22227d2c22636c6173736573223a5b5d2c226465636973696f6e223a7b226f7574636f6d65223a22616c6c6f77222c227065726d697373696f6e223a22676f7665726e616e63652e646f63756d656e742e6472616674227d2c2264657461696c223a7b2266696c655f68617368223a2264373138313664393039363733326136356164663563363333336263643438356234653862396534353464643366373766303838303062393735386365363937222c2276657273696f6e223a317d2c226576656e74223a22676f7665726e616e63652e646f63756d656e742e7375626d6974746564222c226578706f73757265223a226e6f6e65222c226669656c6473223a5b5d2c226964223a2230316132323466392d313663652d373030302d383363312d356135343863643630633234222c226e6f7465223a22222c22707572706f7365223a22222c227375626a65637473223a5b5b22646f63756d656e74222c2230316132323466392d313638612d373030302d623565392d656464313033616365336361225d5d2c22745f6d73223a313739353931363633333830362c2276223a312c22776f726b5f6974656d223a22222c22777269746572223a2230316132323466392d313663652d373030302d383363312d356135343863643630633234222c227772697465725f70726576696f7573223a2230303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030222c227772697465725f736571223a317d', '\x77ce8a5e3e90b32b360ef96e13e25d06b2f98a039ed9e83b53798b3e474925e8', '\x0000000000000000000000000000000000000000000000000000000000000000'),
	('2026-11-29 01:43:53.885+00', '01a224f9-171d-7000-b6ce-b531b5ff65fe', '01a224f9-171d-7000-b6ce-b531b5ff65fe', 1, '1014', 'governance.document.approved', 'staff', '01a224f9-0732-7000-a93d-8d58e23711a9', '', 'allow', '\x96b19e6f913e8ca59489c0224e86f1ab7b226163746f72223a7b226368616e6e656c223a2270616765222c226964223a2230316132323466392d303733322d373030302d613933642d386435386532333731316139222c226b696e64223a227374616666222c227365636f6e645f666163746f72223a302c2273657373696f6e223a22222c22736f75726365223a22227d2c22636c6173736573223a5b5d2c226465636973696f6e223a7b226f7574636f6d65223a22616c6c6f77222c227065726d697373696f6e223a22676f7665726e616e63652e646f63756d656e742e617070726f7665227d2c2264657461696c223a7b22617070726f76616c223a312c2266696c655f68617368223a2264373138313664393039363733326136356164663563363333336263643438356234653862396534353464643366373766303838303062393735386365363937222c2276657273696f6e223a317d2c226576656e74223a22676f7665726e616e63652e646f63756d656e742e617070726f766564222c226578706f73757265223a226e6f6e65222c226669656c6473223a5b5d2c226964223a2230316132323466392d313731642d373030302d623663652d623533316235666636356665222c226e6f7465223a22222c22707572706f7365223a22222c227375626a65637473223a5b5b22646f63756d656e74222c2230316132323466392d313638612d373030302d623565392d656464313033616365336361225d5d2c22745f6d73223a313739353931363633333838352c2276223a312c22776f726b5f6974656d223a22222c22777269746572223a2230316132323466392d313731642d373030302d623663652d623533316235666636356665222c227772697465725f70726576696f7573223a2230303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030222c227772697465725f736571223a317d', '\x17333905efb96fc6ab337b3199ad15adf84ad63b3626b2e1e966da7156c0fa28', '\x0000000000000000000000000000000000000000000000000000000000000000'),
	('2026-11-29 01:43:53.897+00', '01a224f9-1729-7000-bb95-2dfd5b402d4d', '01a224f9-1729-7000-bb95-2dfd5b402d4d', 1, '1015', 'access.staff.created', 'system', 'system', '', 'allow', '\x5769dc7ee279aa30f45ae7d2133529d07b226163746f72223a7b226368616e6e656c223a226a6f62222c226964223a2273797374656d222c226b696e64223a2273797374656d222c227365636f6e645f666163746f72223a302c2273657373696f6e223a22222c22736f75726365223a22227d2c22636c6173736573223a5b5d2c226465636973696f6e223a7b226f7574636f6d65223a22616c6c6f77222c227065726d697373696f6e223a226163636573732e73746166662e6d616e616765227d2c2264657461696c223a7b7d2c226576656e74223a226163636573732e73746166662e63726561746564222c226578706f73757265223a226e6f6e65222c226669656c6473223a5b5d2c226964223a2230316132323466392d313732392d373030302d626239352d326466643562343032643464222c226e6f7465223a22222c22707572706f7365223a22222c227375626a65637473223a5b5b227374616666222c2230316132323466392d313732372d373030302d613032352d353636353632343732653363225d5d2c22745f6d73223a313739353931363633333839372c2276223a312c22776f726b5f6974656d223a22222c22777269746572223a2230316132323466392d313732392d373030302d626239352d326466643562343032643464222c227772697465725f70726576696f7573223a2230303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030222c227772697465725f736571223a317d', '\x89322896d8ddc8e2f89e75601bc9255e9d63a2c08c0b69fcdb01c500bfb81502', '\x0000000000000000000000000000000000000000000000000000000000000000'),
	('2026-11-29 01:43:53.92+00', '01a224f9-1740-7000-b602-7d1e3138fd49', '01a224f9-1740-7000-b602-7d1e3138fd49', 1, '1015', 'access.assignment.changed', 'system', 'system', '', 'allow', '\x6c17644e060b8e8e55aba68c6117ae897b226163746f72223a7b226368616e6e656c223a226a6f62222c226964223a2273797374656d222c226b696e64223a2273797374656d222c227365636f6e645f666163746f72223a302c2273657373696f6e223a22222c22736f75726365223a22227d2c22636c6173736573223a5b5d2c226465636973696f6e223a7b226f7574636f6d65223a22616c6c6f77222c227065726d697373696f6e223a226163636573732e73746166662e6d616e616765227d2c2264657461696c223a7b226272616e6368223a312c22706f7374223a2261756469746f72227d2c226576656e74223a226163636573732e61737369676e6d656e742e6368616e676564222c226578706f73757265223a226e6f6e65222c226669656c6473223a5b5d2c226964223a2230316132323466392d313734302d373030302d623630322d376431653331333866643439222c226e6f7465223a22222c22707572706f7365223a22222c227375626a65637473223a5b5b227374616666222c2230316132323466392d313732372d373030302d613032352d353636353632343732653363225d5d2c22745f6d73223a313739353931363633333932302c2276223a312c22776f726b5f6974656d223a22222c22777269746572223a2230316132323466392d313734302d373030302d623630322d376431653331333866643439222c227772697465725f70726576696f7573223a2230303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030222c227772697465725f736571223a317d', '\xd543f824619c542220478cfef8ca9fbf7fb9737dfaa838e5c86af134ab9374ed', '\x0000000000000000000000000000000000000000000000000000000000000000'),
	('2026-11-29 01:43:53.965+00', '01a224f9-176d-7000-8fb2-21ddcba0c3ae', '01a224f9-176d-7000-8fb2-21ddcba0c3ae', 1, '1019', 'access.staff.created', 'system', 'system', '', 'allow', '\xb7a3806e37fbdecc8c9a2861aba02fa47b226163746f72223a7b226368616e6e656c223a226a6f62222c226964223a2273797374656d222c226b696e64223a2273797374656d222c227365636f6e645f666163746f72223a302c2273657373696f6e223a22222c22736f75726365223a22227d2c22636c6173736573223a5b5d2c226465636973696f6e223a7b226f7574636f6d65223a22616c6c6f77222c227065726d697373696f6e223a226163636573732e73746166662e6d616e616765227d2c2264657461696c223a7b7d2c226576656e74223a226163636573732e73746166662e63726561746564222c226578706f73757265223a226e6f6e65222c226669656c6473223a5b5d2c226964223a2230316132323466392d313736642d373030302d386662322d323164646362613063336165222c226e6f7465223a22222c22707572706f7365223a22222c227375626a65637473223a5b5b227374616666222c2230316132323466392d313736622d373030302d383864652d303766333030353761636338225d5d2c22745f6d73223a313739353931363633333936352c2276223a312c22776f726b5f6974656d223a22222c22777269746572223a2230316132323466392d313736642d373030302d386662322d323164646362613063336165222c227772697465725f70726576696f7573223a2230303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030222c227772697465725f736571223a317d', '\x61c499704e184861a5bc76000f328acb3285b806b31f34ea9b930e5075d7f33c', '\x0000000000000000000000000000000000000000000000000000000000000000'),
	('2026-11-29 01:43:53.987+00', '01a224f9-1783-7000-b3ac-751b8b2408a1', '01a224f9-1783-7000-b3ac-751b8b2408a1', 1, '1019', 'access.assignment.changed', 'system', 'system', '', 'allow', '\x3aa891abfe37b03ae41684aef4c66a877b226163746f72223a7b226368616e6e656c223a226a6f62222c226964223a2273797374656d222c226b696e64223a2273797374656d222c227365636f6e645f666163746f72223a302c2273657373696f6e223a22222c22736f75726365223a22227d2c22636c6173736573223a5b5d2c226465636973696f6e223a7b226f7574636f6d65223a22616c6c6f77222c227065726d697373696f6e223a226163636573732e73746166662e6d616e616765227d2c2264657461696c223a7b226272616e6368223a312c22706f7374223a226272616e63685f6d616e61676572227d2c226576656e74223a226163636573732e61737369676e6d656e742e6368616e676564222c226578706f73757265223a226e6f6e65222c226669656c6473223a5b5d2c226964223a2230316132323466392d313738332d373030302d623361632d373531623862323430386131222c226e6f7465223a22222c22707572706f7365223a22222c227375626a65637473223a5b5b227374616666222c2230316132323466392d313736622d373030302d383864652d303766333030353761636338225d5d2c22745f6d73223a313739353931363633333938372c2276223a312c22776f726b5f6974656d223a22222c22777269746572223a2230316132323466392d313738332d373030302d623361632d373531623862323430386131222c227772697465725f70726576696f7573223a2230303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030222c227772697465725f736571223a317d', '\x673627c2b90b9c017a75473a02fb772d458d4ba001399a33be87663aa31e5e24', '\x0000000000000000000000000000000000000000000000000000000000000000'),
	('2026-11-29 01:43:54.02+00', '01a224f9-17a4-7000-9e96-b154850f2af5', '01a224f9-17a4-7000-9e96-b154850f2af5', 1, '1023', 'access.staff.created', 'system', 'system', '', 'allow', '\xa68bb6043aca925e64bf5aa4da7e8f1e7b226163746f72223a7b226368616e6e656c223a226a6f62222c226964223a2273797374656d222c226b696e64223a2273797374656d222c227365636f6e645f666163746f72223a302c2273657373696f6e223a22222c22736f75726365223a22227d2c22636c6173736573223a5b5d2c226465636973696f6e223a7b226f7574636f6d65223a22616c6c6f77222c227065726d697373696f6e223a226163636573732e73746166662e6d616e616765227d2c2264657461696c223a7b7d2c226576656e74223a226163636573732e73746166662e63726561746564222c226578706f73757265223a226e6f6e65222c226669656c6473223a5b5d2c226964223a2230316132323466392d313761342d373030302d396539362d623135343835306632616635222c226e6f7465223a22222c22707572706f7365223a22222c227375626a65637473223a5b5b227374616666222c2230316132323466392d313761312d373030302d393335352d373132373639653136646634225d5d2c22745f6d73223a313739353931363633343032302c2276223a312c22776f726b5f6974656d223a22222c22777269746572223a2230316132323466392d313761342d373030302d396539362d623135343835306632616635222c227772697465725f70726576696f7573223a2230303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030222c227772697465725f736571223a317d', '\x201f269e3726fce3011cfee588307a00ef635872c8650bd250309ad380d38e70', '\x0000000000000000000000000000000000000000000000000000000000000000'),
	('2026-11-29 01:43:54.039+00', '01a224f9-17b7-7000-b3eb-94064677269d', '01a224f9-17b7-7000-b3eb-94064677269d', 1, '1023', 'access.assignment.changed', 'system', 'system', '', 'allow', '\x53a5d1633fbdd6a7e216647d7e64ad057b226163746f72223a7b226368616e6e656c223a226a6f62222c226964223a2273797374656d222c226b696e64223a2273797374656d222c227365636f6e645f666163746f72223a302c2273657373696f6e223a22222c22736f75726365223a22227d2c22636c6173736573223a5b5d2c226465636973696f6e223a7b226f7574636f6d65223a22616c6c6f77222c227065726d697373696f6e223a226163636573732e73746166662e6d616e616765227d2c2264657461696c223a7b226272616e6368223a312c22706f7374223a22636f6d706c69616e63655f6f666669636572227d2c226576656e74223a226163636573732e61737369676e6d656e742e6368616e676564222c226578706f73757265223a226e6f6e65222c226669656c6473223a5b5d2c226964223a2230316132323466392d313762372d373030302d623365622d393430363436373732363964222c226e6f7465223a22222c22707572706f7365223a22222c227375626a65637473223a5b5b227374616666222c2230316132323466392d313761312d373030302d393335352d373132373639653136646634225d5d2c22745f6d73223a313739353931363633343033392c2276223a312c22776f726b5f6974656d223a22222c22777269746572223a2230316132323466392d313762372d373030302d623365622d393430363436373732363964222c227772697465725f70726576696f7573223a2230303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030222c227772697465725f736571223a317d', '\xb6fcab5e3016bda3dbbd4b84ed9a7cb597896c6b8cc3b2463782dbc10d6acc7c', '\x0000000000000000000000000000000000000000000000000000000000000000'),
	('2026-11-29 01:43:54.17+00', '01a224f9-183a-7000-80c1-87e3c7a4c7d5', '01a224f9-183a-7000-80c1-87e3c7a4c7d5', 1, '1027', 'governance.document.approved', 'staff', '01a224f9-17a1-7000-9355-712769e16df4', '', 'allow', '\x8f568ac012f976f9e11565b75e465a017b226163746f72223a7b226368616e6e656c223a2270616765222c226964223a2230316132323466392d313761312d373030302d393335352d373132373639653136646634222c226b696e64223a227374616666222c227365636f6e645f666163746f72223a302c2273657373696f6e223a22222c22736f75726365223a22227d2c22636c6173736573223a5b5d2c226465636973696f6e223a7b226f7574636f6d65223a22616c6c6f77222c227065726d697373696f6e223a22676f7665726e616e63652e646f63756d656e742e617070726f7665227d2c2264657461696c223a7b22617070726f76616c223a322c2266696c655f68617368223a2264373138313664393039363733326136356164663563363333336263643438356234653862396534353464643366373766303838303062393735386365363937222c2276657273696f6e223a317d2c226576656e74223a22676f7665726e616e63652e646f63756d656e742e617070726f766564222c226578706f73757265223a226e6f6e65222c226669656c6473223a5b5d2c226964223a2230316132323466392d313833612d373030302d383063312d383765336337613463376435222c226e6f7465223a22222c22707572706f7365223a22222c227375626a65637473223a5b5b22646f63756d656e74222c2230316132323466392d313638612d373030302d623565392d656464313033616365336361225d5d2c22745f6d73223a313739353931363633343137302c2276223a312c22776f726b5f6974656d223a22222c22777269746572223a2230316132323466392d313833612d373030302d383063312d383765336337613463376435222c227772697465725f70726576696f7573223a2230303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030222c227772697465725f736571223a317d', '\xba6188a2b807f8b278f615ce62c6ece94b20d1629d36112623273053c472604c', '\x0000000000000000000000000000000000000000000000000000000000000000'),
	('2026-11-29 01:43:54.234+00', '01a224f9-187a-7000-92bb-099266c2e14f', '01a224f9-187a-7000-92bb-099266c2e14f', 1, '1029', 'governance.document.published', 'staff', '01a224f9-0732-7000-a93d-8d58e23711a9', '', 'allow', '\xa712507db43bbcc9d83213e0b7d1a0307b226163746f72223a7b226368616e6e656c223a2270616765222c226964223a2230316132323466392d303733322d373030302d613933642d386435386532333731316139222c226b696e64223a227374616666222c227365636f6e645f666163746f72223a302c2273657373696f6e223a22222c22736f75726365223a22227d2c22636c6173736573223a5b5d2c226465636973696f6e223a7b226f7574636f6d65223a22616c6c6f77222c227065726d697373696f6e223a22676f7665726e616e63652e646f63756d656e742e7075626c697368227d2c2264657461696c223a7b2266696c655f68617368223a2264373138313664393039363733326136356164663563363333336263643438356234653862396534353464643366373766303838303062393735386365363937222c2276657273696f6e223a317d2c226576656e74223a22676f7665726e616e63652e646f63756d656e742e7075626c6973686564222c226578706f73757265223a226e6f6e65222c226669656c6473223a5b5d2c226964223a2230316132323466392d313837612d373030302d393262622d303939323636633265313466222c226e6f7465223a22222c22707572706f7365223a22222c227375626a65637473223a5b5b22646f63756d656e74222c2230316132323466392d313638612d373030302d623565392d656464313033616365336361225d5d2c22745f6d73223a313739353931363633343233342c2276223a312c22776f726b5f6974656d223a22222c22777269746572223a2230316132323466392d313837612d373030302d393262622d303939323636633265313466222c227772697465725f70726576696f7573223a2230303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030222c227772697465725f736571223a317d', '\xab9e7edd2af8b76887e8640f1d7758d9903bd279596404cf53f2f7ba17843a14', '\x0000000000000000000000000000000000000000000000000000000000000000'),
	('2026-11-29 01:43:54.33+00', '01a224f9-18da-7000-b6f8-7cf01b913118', '01a224f9-18da-7000-b6f8-7cf01b913118', 1, '1031', 'governance.document.attested', 'staff', '01a224f9-0766-7000-8f03-1b02b6149133', '', 'allow', '\xa4c11dad6f0fe5db6e6bcc799d4b8c717b226163746f72223a7b226368616e6e656c223a2270616765222c226964223a2230316132323466392d303736362d373030302d386630332d316230326236313439313333222c226b696e64223a227374616666222c227365636f6e645f666163746f72223a302c2273657373696f6e223a22222c22736f75726365223a22227d2c22636c6173736573223a5b5d2c226465636973696f6e223a7b226f7574636f6d65223a22616c6c6f77227d2c2264657461696c223a7b2266696c655f68617368223a2264373138313664393039363733326136356164663563363333336263643438356234653862396534353464643366373766303838303062393735386365363937222c2276657273696f6e223a317d2c226576656e74223a22676f7665726e616e63652e646f63756d656e742e6174746573746564222c226578706f73757265223a226e6f6e65222c226669656c6473223a5b5d2c226964223a2230316132323466392d313864612d373030302d623666382d376366303162393133313138222c226e6f7465223a22222c22707572706f7365223a22222c227375626a65637473223a5b5b22646f63756d656e74222c2230316132323466392d313638612d373030302d623565392d656464313033616365336361225d5d2c22745f6d73223a313739353931363633343333302c2276223a312c22776f726b5f6974656d223a22222c22777269746572223a2230316132323466392d313864612d373030302d623666382d376366303162393133313138222c227772697465725f70726576696f7573223a2230303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030222c227772697465725f736571223a317d', '\x549ea1c31bf9d761a1925ef8eecfdfc1972235e82fff378c5719d88b37790772', '\x0000000000000000000000000000000000000000000000000000000000000000'),
	('2026-11-29 01:43:54.368+00', '01a224f9-1900-7000-ad95-2bab844be1f9', '01a224f9-1900-7000-ad95-2bab844be1f9', 1, '1033', 'governance.assessment.opened', 'staff', '01a224f9-0732-7000-a93d-8d58e23711a9', '', 'allow', '\x4db36f57bd32f7b557352c627e96ca457b226163746f72223a7b226368616e6e656c223a2270616765222c226964223a2230316132323466392d303733322d373030302d613933642d386435386532333731316139222c226b696e64223a227374616666222c227365636f6e645f666163746f72223a302c2273657373696f6e223a22222c22736f75726365223a22227d2c22636c6173736573223a5b5d2c226465636973696f6e223a7b226f7574636f6d65223a22616c6c6f77222c227065726d697373696f6e223a22676f7665726e616e63652e6173736573736d656e742e6f70656e227d2c2264657461696c223a7b22636f6e74726f6c73223a36322c2279656172223a323032367d2c226576656e74223a22676f7665726e616e63652e6173736573736d656e742e6f70656e6564222c226578706f73757265223a226e6f6e65222c226669656c6473223a5b5d2c226964223a2230316132323466392d313930302d373030302d616439352d326261623834346265316639222c226e6f7465223a22222c22707572706f7365223a22222c227375626a65637473223a5b5b226173736573736d656e74222c2230316132323466392d313865332d373030302d626536332d633233386463643937626533225d5d2c22745f6d73223a313739353931363633343336382c2276223a312c22776f726b5f6974656d223a22222c22777269746572223a2230316132323466392d313930302d373030302d616439352d326261623834346265316639222c227772697465725f70726576696f7573223a2230303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030222c227772697465725f736571223a317d', '\x2d56ead3af3bede738a304b93c6cb4fc3bbf72f3777ecb663baaf3ced4b36d22', '\x0000000000000000000000000000000000000000000000000000000000000000'),
	('2026-11-29 01:43:54.497+00', '01a224f9-1981-7000-aeda-a17ffc29d2e1', '01a224f9-1981-7000-aeda-a17ffc29d2e1', 1, '1036', 'governance.attachment.added', 'staff', '01a224f9-0732-7000-a93d-8d58e23711a9', '', 'allow', '\xf27915bf18e3fe46ce07928d2d6fc64e7b226163746f72223a7b226368616e6e656c223a2270616765222c226964223a2230316132323466392d303733322d373030302d613933642d386435386532333731316139222c226b696e64223a227374616666222c227365636f6e645f666163746f72223a302c2273657373696f6e223a22222c22736f75726365223a22227d2c22636c6173736573223a5b5d2c226465636973696f6e223a7b226f7574636f6d65223a22616c6c6f77222c227065726d697373696f6e223a22676f7665726e616e63652e6173736573736d656e742e72617465227d2c2264657461696c223a7b226174746163686d656e74223a2230316132323466392d313934392d373030302d613235382d333335356330383631373734222c226279746573223a332c2266696c655f68617368223a2237363932633361643335343062623830336330323062336165653636636438383837313233323334656130633665373134336330616464373366663433316564227d2c226576656e74223a22676f7665726e616e63652e6174746163686d656e742e6164646564222c226578706f73757265223a226e6f6e65222c226669656c6473223a5b5d2c226964223a2230316132323466392d313938312d373030302d616564612d613137666663323964326531222c226e6f7465223a22222c22707572706f7365223a22222c227375626a65637473223a5b5d2c22745f6d73223a313739353931363633343439372c2276223a312c22776f726b5f6974656d223a22222c22777269746572223a2230316132323466392d313938312d373030302d616564612d613137666663323964326531222c227772697465725f70726576696f7573223a2230303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030222c227772697465725f736571223a317d', '\x106c40a903a250e652624afe9f1a15b5159a6989a539fa33154ddab00d960c9a', '\x0000000000000000000000000000000000000000000000000000000000000000'),
	('2026-11-29 01:43:54.595+00', '01a224f9-19e3-7000-bb23-693f104d747c', '01a224f9-19e3-7000-bb23-693f104d747c', 1, '1038', 'governance.assessment.rated', 'staff', '01a224f9-0732-7000-a93d-8d58e23711a9', '', 'allow', '\x2e786ffa4ea0618b7da9f879f8fb16397b226163746f72223a7b226368616e6e656c223a2270616765222c226964223a2230316132323466392d303733322d373030302d613933642d386435386532333731316139222c226b696e64223a227374616666222c227365636f6e645f666163746f72223a302c2273657373696f6e223a22222c22736f75726365223a22227d2c22636c6173736573223a5b5d2c226465636973696f6e223a7b226f7574636f6d65223a22616c6c6f77222c227065726d697373696f6e223a22676f7665726e616e63652e6173736573736d656e742e72617465227d2c2264657461696c223a7b22636f6e74726f6c223a2249534d532d3033222c2276657264696374223a226d6574222c2279656172223a323032367d2c226576656e74223a22676f7665726e616e63652e6173736573736d656e742e7261746564222c226578706f73757265223a226e6f6e65222c226669656c6473223a5b5d2c226964223a2230316132323466392d313965332d373030302d626232332d363933663130346437343763222c226e6f7465223a22222c22707572706f7365223a22222c227375626a65637473223a5b5b226173736573736d656e74222c2230316132323466392d313865332d373030302d626536332d633233386463643937626533225d5d2c22745f6d73223a313739353931363633343539352c2276223a312c22776f726b5f6974656d223a22222c22777269746572223a2230316132323466392d313965332d373030302d626232332d363933663130346437343763222c227772697465725f70726576696f7573223a2230303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030222c227772697465725f736571223a317d', '\x21f11797789b3daf88836004c5bfe51377b7a99d8081644cb307da26411591b1', '\x0000000000000000000000000000000000000000000000000000000000000000'),
	('2026-11-29 01:43:54.645+00', '01a224f9-1a15-7000-af46-1c5ca2aac93c', '01a224f9-1a15-7000-af46-1c5ca2aac93c', 1, '1039', 'governance.risk.registered', 'staff', '01a224f9-06fd-7000-8953-6cefd30cb64d', '', 'allow', '\xfc46ccddfc94e69be57a5be2370835fa7b226163746f72223a7b226368616e6e656c223a2270616765222c226964223a2230316132323466392d303666642d373030302d383935332d366365666433306362363464222c226b696e64223a227374616666222c227365636f6e645f666163746f72223a302c2273657373696f6e223a22222c22736f75726365223a22227d2c22636c6173736573223a5b5d2c226465636973696f6e223a7b226f7574636f6d65223a22616c6c6f77222c227065726d697373696f6e223a22676f7665726e616e63652e7269736b2e6d616e616765227d2c2264657461696c223a7b22696d70616374223a342c226c696b656c69686f6f64223a332c2274726561746d656e74223a22726564756365227d2c226576656e74223a22676f7665726e616e63652e7269736b2e72656769737465726564222c226578706f73757265223a226e6f6e65222c226669656c6473223a5b5d2c226964223a2230316132323466392d316131352d373030302d616634362d316335636132616163393363222c226e6f7465223a22222c22707572706f7365223a22222c227375626a65637473223a5b5b227269736b222c2230316132323466392d316130352d373030302d393066332d396232336637323639306438225d5d2c22745f6d73223a313739353931363633343634352c2276223a312c22776f726b5f6974656d223a22222c22777269746572223a2230316132323466392d316131352d373030302d616634362d316335636132616163393363222c227772697465725f70726576696f7573223a2230303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030222c227772697465725f736571223a317d', '\xb220ea4f03a8d34151875f5a8356d4ffbaf3fca620dea9d09cc0d2f14a60700e', '\x0000000000000000000000000000000000000000000000000000000000000000'),
	('2026-11-29 01:43:54.677+00', '01a224f9-1a35-7000-aa63-e0c4b3e57175', '01a224f9-1a35-7000-aa63-e0c4b3e57175', 1, '1040', 'governance.task.created', 'staff', '01a224f9-06fd-7000-8953-6cefd30cb64d', '', 'allow', '\x22198b44e37cdfb0dacd6b3c08fd13247b226163746f72223a7b226368616e6e656c223a2270616765222c226964223a2230316132323466392d303666642d373030302d383935332d366365666433306362363464222c226b696e64223a227374616666222c227365636f6e645f666163746f72223a302c2273657373696f6e223a22222c22736f75726365223a22227d2c22636c6173736573223a5b5d2c226465636973696f6e223a7b226f7574636f6d65223a22616c6c6f77222c227065726d697373696f6e223a22676f7665726e616e63652e7461736b2e776f726b227d2c2264657461696c223a7b227374617465223a22746f646f222c227461736b223a2230316132323466392d316133312d373030302d623363382d376133653463323436666561227d2c226576656e74223a22676f7665726e616e63652e7461736b2e63726561746564222c226578706f73757265223a226e6f6e65222c226669656c6473223a5b5d2c226964223a2230316132323466392d316133352d373030302d616136332d653063346233653537313735222c226e6f7465223a22222c22707572706f7365223a22222c227375626a65637473223a5b5b227461736b222c2230316132323466392d316133312d373030302d623363382d376133653463323436666561225d5d2c22745f6d73223a313739353931363633343637372c2276223a312c22776f726b5f6974656d223a22222c22777269746572223a2230316132323466392d316133352d373030302d616136332d653063346233653537313735222c227772697465725f70726576696f7573223a2230303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030222c227772697465725f736571223a317d', '\x28241d6572560c576a7279b235bde3b8569cb3a063be8a3d5d6a5e15f3c09d5f', '\x0000000000000000000000000000000000000000000000000000000000000000'),
	('2026-11-29 01:43:54.742+00', '01a224f9-1a76-7000-b8ee-c66ee82a1bd6', '01a224f9-1a76-7000-b8ee-c66ee82a1bd6', 1, '1041', 'governance.task.commented', 'staff', '01a224f9-06fd-7000-8953-6cefd30cb64d', '', 'allow', '\x772543587c17f397436a708d825bfda87b226163746f72223a7b226368616e6e656c223a2270616765222c226964223a2230316132323466392d303666642d373030302d383935332d366365666433306362363464222c226b696e64223a227374616666222c227365636f6e645f666163746f72223a302c2273657373696f6e223a22222c22736f75726365223a22227d2c22636c6173736573223a5b5d2c226465636973696f6e223a7b226f7574636f6d65223a22616c6c6f77222c227065726d697373696f6e223a22676f7665726e616e63652e7461736b2e776f726b227d2c2264657461696c223a7b227374617465223a22746f646f222c227461736b223a2230316132323466392d316133312d373030302d623363382d376133653463323436666561227d2c226576656e74223a22676f7665726e616e63652e7461736b2e636f6d6d656e746564222c226578706f73757265223a226e6f6e65222c226669656c6473223a5b5d2c226964223a2230316132323466392d316137362d373030302d623865652d633636656538326131626436222c226e6f7465223a22222c22707572706f7365223a22222c227375626a65637473223a5b5b227461736b222c2230316132323466392d316133312d373030302d623363382d376133653463323436666561225d5d2c22745f6d73223a313739353931363633343734322c2276223a312c22776f726b5f6974656d223a22222c22777269746572223a2230316132323466392d316137362d373030302d623865652d633636656538326131626436222c227772697465725f70726576696f7573223a2230303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030222c227772697465725f736571223a317d', '\x4dfd4ec820ac078a95cfc78596118267d1d88820874fd740d75a6e345d8255a5', '\x0000000000000000000000000000000000000000000000000000000000000000'),
	('2026-11-29 01:43:54.767+00', '01a224f9-1a8f-7000-bfd0-e3dbbebcecdb', '01a224f9-1a8f-7000-bfd0-e3dbbebcecdb', 1, '1042', 'governance.attachment.added', 'staff', '01a224f9-06fd-7000-8953-6cefd30cb64d', '', 'allow', '\x3c9aa958a4ae7a337044fbba8a4e1c197b226163746f72223a7b226368616e6e656c223a2270616765222c226964223a2230316132323466392d303666642d373030302d383935332d366365666433306362363464222c226b696e64223a227374616666222c227365636f6e645f666163746f72223a302c2273657373696f6e223a22222c22736f75726365223a22227d2c22636c6173736573223a5b5d2c226465636973696f6e223a7b226f7574636f6d65223a22616c6c6f77222c227065726d697373696f6e223a22676f7665726e616e63652e7461736b2e776f726b227d2c2264657461696c223a7b226174746163686d656e74223a2230316132323466392d316138332d373030302d393864622d353238623163323634613239222c226279746573223a332c2266696c655f68617368223a2233666334636366653734353837306532633064393966373166333066663036353663386465646434316363316437643364333736623064626536383565326633227d2c226576656e74223a22676f7665726e616e63652e6174746163686d656e742e6164646564222c226578706f73757265223a226e6f6e65222c226669656c6473223a5b5d2c226964223a2230316132323466392d316138662d373030302d626664302d653364626265626365636462222c226e6f7465223a22222c22707572706f7365223a22222c227375626a65637473223a5b5d2c22745f6d73223a313739353931363633343736372c2276223a312c22776f726b5f6974656d223a22222c22777269746572223a2230316132323466392d316138662d373030302d626664302d653364626265626365636462222c227772697465725f70726576696f7573223a2230303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030222c227772697465725f736571223a317d', '\x9999a2cf079d1fca8f6b84e1ce7e1b0b7bff900dea83d6df8fde4c4c806a1917', '\x0000000000000000000000000000000000000000000000000000000000000000'),
	('2026-11-29 01:43:54.816+00', '01a224f9-1ac0-7000-951a-c67658121315', '01a224f9-1ac0-7000-951a-c67658121315', 1, '1043', 'governance.target.drafted', 'staff', '01a224f9-0732-7000-a93d-8d58e23711a9', '', 'allow', '\x53061cfc699a8f7cef2244ca1c04df777b226163746f72223a7b226368616e6e656c223a2270616765222c226964223a2230316132323466392d303733322d373030302d613933642d386435386532333731316139222c226b696e64223a227374616666222c227365636f6e645f666163746f72223a302c2273657373696f6e223a22222c22736f75726365223a22227d2c22636c6173736573223a5b5d2c226465636973696f6e223a7b226f7574636f6d65223a22616c6c6f77222c227065726d697373696f6e223a22676f7665726e616e63652e7461726765742e6472616674227d2c2264657461696c223a7b22746172676574223a22746c732d7368617265222c2276657273696f6e223a327d2c226576656e74223a22676f7665726e616e63652e7461726765742e64726166746564222c226578706f73757265223a226e6f6e65222c226669656c6473223a5b5d2c226964223a2230316132323466392d316163302d373030302d393531612d633637363538313231333135222c226e6f7465223a22222c22707572706f7365223a22222c227375626a65637473223a5b5d2c22745f6d73223a313739353931363633343831362c2276223a312c22776f726b5f6974656d223a22222c22777269746572223a2230316132323466392d316163302d373030302d393531612d633637363538313231333135222c227772697465725f70726576696f7573223a2230303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030222c227772697465725f736571223a317d', '\x6ed76fc037d76322928bba03350c8339996378a6f2c17f7d1499534cac75076c', '\x0000000000000000000000000000000000000000000000000000000000000000'),
	('2026-11-29 01:43:54.896+00', '01a224f9-1b10-7000-a419-7b030325d147', '01a224f9-1b10-7000-a419-7b030325d147', 1, '1045', 'governance.occurrence.closed', 'staff', '01a224f9-0766-7000-8f03-1b02b6149133', '', 'allow', '\x571b5a42cc2c36ac652f478ad2bb50397b226163746f72223a7b226368616e6e656c223a2270616765222c226964223a2230316132323466392d303736362d373030302d386630332d316230326236313439313333222c226b696e64223a227374616666222c227365636f6e645f666163746f72223a302c2273657373696f6e223a22222c22736f75726365223a22227d2c22636c6173736573223a5b5d2c226465636973696f6e223a7b226f7574636f6d65223a22616c6c6f77222c227065726d697373696f6e223a22676f7665726e616e63652e647574792e636c6f7365227d2c2264657461696c223a7b22626567696e73223a22323032362d31312d3330222c22647565223a22323032362d31322d3037222c2264757479223a227765656b6c792d6261636b7570222c226f6363757272656e6365223a3130302c227374617465223a22646f6e65227d2c226576656e74223a22676f7665726e616e63652e6f6363757272656e63652e636c6f736564222c226578706f73757265223a226e6f6e65222c226669656c6473223a5b5d2c226964223a2230316132323466392d316231302d373030302d613431392d376230333033323564313437222c226e6f7465223a22222c22707572706f7365223a22222c227375626a65637473223a5b5b2264757479222c22313030225d5d2c22745f6d73223a313739353931363633343839362c2276223a312c22776f726b5f6974656d223a22222c22777269746572223a2230316132323466392d316231302d373030302d613431392d376230333033323564313437222c227772697465725f70726576696f7573223a2230303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030222c227772697465725f736571223a317d', '\x2daeb92683aa000cbebfc3803a03e14a4f8f89a7e2fee1ec34f7f3329a11405c', '\x0000000000000000000000000000000000000000000000000000000000000000');
INSERT INTO trail.subject_2026_11 VALUES
	('staff', '01a224f8-ec75-7000-9f5f-939074e162c9', '2026-11-29 01:43:42.977+00', '01a224f8-ec81-7000-828a-d676f1dbccd6'),
	('staff', '01a224f8-ec75-7000-9f5f-939074e162c9', '2026-11-29 01:43:43.045+00', '01a224f8-ecc5-7000-9e17-2ba6b42820d3'),
	('staff', '01a224f9-06fd-7000-8953-6cefd30cb64d', '2026-11-29 01:43:49.761+00', '01a224f9-0701-7000-ab2d-43c1dee5c446'),
	('staff', '01a224f9-06fd-7000-8953-6cefd30cb64d', '2026-11-29 01:43:49.778+00', '01a224f9-0712-7000-9260-de5992fdf0fe'),
	('staff', '01a224f9-0732-7000-a93d-8d58e23711a9', '2026-11-29 01:43:49.812+00', '01a224f9-0734-7000-bd17-1c1e230e9dae'),
	('staff', '01a224f9-0732-7000-a93d-8d58e23711a9', '2026-11-29 01:43:49.828+00', '01a224f9-0744-7000-aba0-79bc8f487170'),
	('staff', '01a224f9-0766-7000-8f03-1b02b6149133', '2026-11-29 01:43:49.871+00', '01a224f9-076f-7000-87d5-305430e30106'),
	('staff', '01a224f9-0766-7000-8f03-1b02b6149133', '2026-11-29 01:43:49.896+00', '01a224f9-0788-7000-8693-a3486c3dc738'),
	('staff', '01a224f9-07b1-7000-83bb-4108820be4ca', '2026-11-29 01:43:49.942+00', '01a224f9-07b6-7000-9c6a-e861494d01c2'),
	('staff', '01a224f9-07b1-7000-83bb-4108820be4ca', '2026-11-29 01:43:49.967+00', '01a224f9-07cf-7000-8690-0bb4d6ff0206'),
	('committee', '01a224f9-0804-7000-bb57-c37661a1d82a', '2026-11-29 01:43:50.049+00', '01a224f9-0821-7000-8f3f-8338596dda8a'),
	('committee', '01a224f9-0804-7000-bb57-c37661a1d82a', '2026-11-29 01:43:50.102+00', '01a224f9-0856-7000-a637-38d421ba6bd5'),
	('committee', '01a224f9-0804-7000-bb57-c37661a1d82a', '2026-11-29 01:43:50.127+00', '01a224f9-086f-7000-a436-324077d974b3'),
	('committee', '01a224f9-0804-7000-bb57-c37661a1d82a', '2026-11-29 01:43:50.148+00', '01a224f9-0884-7000-a3db-bd5f39db8449'),
	('meeting', '01a224f9-089c-7000-aa65-aaf845fa8f3b', '2026-11-29 01:43:50.181+00', '01a224f9-08a5-7000-a4fa-4fc3f74ac757'),
	('meeting', '01a224f9-089c-7000-aa65-aaf845fa8f3b', '2026-11-29 01:43:53.485+00', '01a224f9-158d-7000-801b-1efc2a086430'),
	('task', '01a224f9-15e6-7000-a9c6-5683473b519c', '2026-11-29 01:43:53.576+00', '01a224f9-15e8-7000-81c6-74217a46324e'),
	('meeting', '01a224f9-089c-7000-aa65-aaf845fa8f3b', '2026-11-29 01:43:53.596+00', '01a224f9-15fc-7000-a75a-512ec8738d1b'),
	('meeting', '01a224f9-089c-7000-aa65-aaf845fa8f3b', '2026-11-29 01:43:53.65+00', '01a224f9-1632-7000-821f-a559802ebd4c'),
	('meeting', '01a224f9-089c-7000-aa65-aaf845fa8f3b', '2026-11-29 01:43:53.685+00', '01a224f9-1655-7000-a76b-3d087549559f'),
	('document', '01a224f9-168a-7000-b5e9-edd103ace3ca', '2026-11-29 01:43:53.755+00', '01a224f9-169b-7000-a6ef-b0c541b39931'),
	('document', '01a224f9-168a-7000-b5e9-edd103ace3ca', '2026-11-29 01:43:53.806+00', '01a224f9-16ce-7000-83c1-5a548cd60c24'),
	('document', '01a224f9-168a-7000-b5e9-edd103ace3ca', '2026-11-29 01:43:53.885+00', '01a224f9-171d-7000-b6ce-b531b5ff65fe'),
	('staff', '01a224f9-1727-7000-a025-566562472e3c', '2026-11-29 01:43:53.897+00', '01a224f9-1729-7000-bb95-2dfd5b402d4d'),
	('staff', '01a224f9-1727-7000-a025-566562472e3c', '2026-11-29 01:43:53.92+00', '01a224f9-1740-7000-b602-7d1e3138fd49'),
	('staff', '01a224f9-176b-7000-88de-07f30057acc8', '2026-11-29 01:43:53.965+00', '01a224f9-176d-7000-8fb2-21ddcba0c3ae'),
	('staff', '01a224f9-176b-7000-88de-07f30057acc8', '2026-11-29 01:43:53.987+00', '01a224f9-1783-7000-b3ac-751b8b2408a1'),
	('staff', '01a224f9-17a1-7000-9355-712769e16df4', '2026-11-29 01:43:54.02+00', '01a224f9-17a4-7000-9e96-b154850f2af5'),
	('staff', '01a224f9-17a1-7000-9355-712769e16df4', '2026-11-29 01:43:54.039+00', '01a224f9-17b7-7000-b3eb-94064677269d'),
	('document', '01a224f9-168a-7000-b5e9-edd103ace3ca', '2026-11-29 01:43:54.17+00', '01a224f9-183a-7000-80c1-87e3c7a4c7d5'),
	('document', '01a224f9-168a-7000-b5e9-edd103ace3ca', '2026-11-29 01:43:54.234+00', '01a224f9-187a-7000-92bb-099266c2e14f'),
	('document', '01a224f9-168a-7000-b5e9-edd103ace3ca', '2026-11-29 01:43:54.33+00', '01a224f9-18da-7000-b6f8-7cf01b913118'),
	('assessment', '01a224f9-18e3-7000-be63-c238dcd97be3', '2026-11-29 01:43:54.368+00', '01a224f9-1900-7000-ad95-2bab844be1f9'),
	('assessment', '01a224f9-18e3-7000-be63-c238dcd97be3', '2026-11-29 01:43:54.595+00', '01a224f9-19e3-7000-bb23-693f104d747c'),
	('risk', '01a224f9-1a05-7000-90f3-9b23f72690d8', '2026-11-29 01:43:54.645+00', '01a224f9-1a15-7000-af46-1c5ca2aac93c'),
	('task', '01a224f9-1a31-7000-b3c8-7a3e4c246fea', '2026-11-29 01:43:54.677+00', '01a224f9-1a35-7000-aa63-e0c4b3e57175'),
	('task', '01a224f9-1a31-7000-b3c8-7a3e4c246fea', '2026-11-29 01:43:54.742+00', '01a224f9-1a76-7000-b8ee-c66ee82a1bd6'),
	('duty', '100', '2026-11-29 01:43:54.896+00', '01a224f9-1b10-7000-a419-7b030325d147');
SELECT pg_catalog.setval('keys.kek_id_seq', 1, true);
SELECT pg_catalog.setval('public.access_assignment_id_seq', 8, true);
SELECT pg_catalog.setval('public.access_branch_id_seq', 4, true);
SELECT pg_catalog.setval('public.access_department_id_seq', 12, true);
SELECT pg_catalog.setval('public.access_matrix_version_id_seq', 1, true);
SELECT pg_catalog.setval('public.access_quota_use_id_seq', 1, false);
SELECT pg_catalog.setval('public.account_emailaddress_id_seq', 1, false);
SELECT pg_catalog.setval('public.account_emailconfirmation_id_seq', 1, false);
SELECT pg_catalog.setval('public.assessment_acceptance_id_seq', 1, false);
SELECT pg_catalog.setval('public.assessment_rating_id_seq', 62, true);
SELECT pg_catalog.setval('public.auth_group_id_seq', 1, false);
SELECT pg_catalog.setval('public.auth_group_permissions_id_seq', 1, false);
SELECT pg_catalog.setval('public.auth_permission_id_seq', 224, true);
SELECT pg_catalog.setval('public.committee_agendaitem_id_seq', 2, true);
SELECT pg_catalog.setval('public.committee_attendance_id_seq', 2, true);
SELECT pg_catalog.setval('public.committee_charter_id_seq', 1, true);
SELECT pg_catalog.setval('public.committee_correction_id_seq', 1, false);
SELECT pg_catalog.setval('public.committee_seat_id_seq', 3, true);
SELECT pg_catalog.setval('public.django_content_type_id_seq', 56, true);
SELECT pg_catalog.setval('public.django_migrations_id_seq', 103, true);
SELECT pg_catalog.setval('public.documents_approval_id_seq', 2, true);
SELECT pg_catalog.setval('public.documents_attestation_id_seq', 1, true);
SELECT pg_catalog.setval('public.documents_opening_id_seq', 1, false);
SELECT pg_catalog.setval('public.governance_attachment_part_id_seq', 2, true);
SELECT pg_catalog.setval('public.governance_comment_id_seq', 1, true);
SELECT pg_catalog.setval('public.governance_duty_occurrence_id_seq', 277, true);
SELECT pg_catalog.setval('public.governance_duty_template_id_seq', 23, true);
SELECT pg_catalog.setval('public.governance_former_name_id_seq', 1, false);
SELECT pg_catalog.setval('public.governance_target_rule_id_seq', 15, true);
SELECT pg_catalog.setval('public.mfa_authenticator_id_seq', 1, false);
SELECT pg_catalog.setval('public.notices_channel_id_seq', 1, false);
SELECT pg_catalog.setval('public.notices_delivery_id_seq', 1, false);
SELECT pg_catalog.setval('public.notices_preference_id_seq', 1, false);
SELECT pg_catalog.setval('public.procrastinate_events_id_seq', 1, false);
SELECT pg_catalog.setval('public.procrastinate_jobs_id_seq', 1, false);
SELECT pg_catalog.setval('public.procrastinate_periodic_defers_id_seq', 1, false);
SELECT pg_catalog.setval('public.procrastinate_workers_id_seq', 1, false);
ALTER TABLE ONLY keys.customer_root
    ADD CONSTRAINT customer_root_pkey PRIMARY KEY (customer_id, generation);
ALTER TABLE ONLY keys.installation
    ADD CONSTRAINT installation_pkey PRIMARY KEY (one);
ALTER TABLE ONLY keys.kek
    ADD CONSTRAINT kek_pkey PRIMARY KEY (id);
ALTER TABLE ONLY keys.kek
    ADD CONSTRAINT kek_version_suite_key UNIQUE (version, suite);
ALTER TABLE ONLY keys.side_root
    ADD CONSTRAINT side_root_pkey PRIMARY KEY (name, version);
ALTER TABLE ONLY public.access_api_key
    ADD CONSTRAINT access_api_key_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.access_api_key
    ADD CONSTRAINT access_api_key_public_id_key UNIQUE (public_id);
ALTER TABLE ONLY public.access_assignment
    ADD CONSTRAINT access_assignment_once UNIQUE NULLS NOT DISTINCT (staff_id, post_id, branch_id, starts);
ALTER TABLE ONLY public.access_assignment
    ADD CONSTRAINT access_assignment_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.access_attempt
    ADD CONSTRAINT access_attempt_pkey PRIMARY KEY (key);
ALTER TABLE ONLY public.access_branch
    ADD CONSTRAINT access_branch_code_key UNIQUE (code);
ALTER TABLE ONLY public.access_branch
    ADD CONSTRAINT access_branch_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.access_department
    ADD CONSTRAINT access_department_code_key UNIQUE (code);
ALTER TABLE ONLY public.access_department
    ADD CONSTRAINT access_department_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.access_epoch
    ADD CONSTRAINT access_epoch_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.access_matrix_version
    ADD CONSTRAINT access_matrix_version_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.access_post
    ADD CONSTRAINT access_post_pkey PRIMARY KEY (code);
ALTER TABLE ONLY public.access_quota_use
    ADD CONSTRAINT access_quota_once UNIQUE (staff_id, day);
ALTER TABLE ONLY public.access_quota_use
    ADD CONSTRAINT access_quota_use_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.access_staff
    ADD CONSTRAINT access_staff_customer_id_key UNIQUE (customer_id);
ALTER TABLE ONLY public.access_staff
    ADD CONSTRAINT access_staff_login_key UNIQUE (login);
ALTER TABLE ONLY public.access_staff
    ADD CONSTRAINT access_staff_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.access_staff
    ADD CONSTRAINT access_staff_staff_no_key UNIQUE (staff_no);
ALTER TABLE ONLY public.account_emailaddress
    ADD CONSTRAINT account_emailaddress_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.account_emailaddress
    ADD CONSTRAINT account_emailaddress_user_id_email_987c8728_uniq UNIQUE (user_id, email);
ALTER TABLE ONLY public.account_emailconfirmation
    ADD CONSTRAINT account_emailconfirmation_key_key UNIQUE (key);
ALTER TABLE ONLY public.account_emailconfirmation
    ADD CONSTRAINT account_emailconfirmation_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.api_idempotency
    ADD CONSTRAINT api_idempotency_pkey PRIMARY KEY (key);
ALTER TABLE ONLY public.api_upload
    ADD CONSTRAINT api_upload_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.assessment_acceptance
    ADD CONSTRAINT assessment_acceptance_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.assessment_assessment
    ADD CONSTRAINT assessment_assessment_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.assessment_assessment
    ADD CONSTRAINT assessment_assessment_year_key UNIQUE (year);
ALTER TABLE ONLY public.assessment_rating
    ADD CONSTRAINT assessment_rating_once UNIQUE (assessment_id, control);
ALTER TABLE ONLY public.assessment_rating
    ADD CONSTRAINT assessment_rating_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.assessment_risk
    ADD CONSTRAINT assessment_risk_number_key UNIQUE (number);
ALTER TABLE ONLY public.assessment_risk
    ADD CONSTRAINT assessment_risk_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.auth_group
    ADD CONSTRAINT auth_group_name_key UNIQUE (name);
ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_group_id_permission_id_0cd325b0_uniq UNIQUE (group_id, permission_id);
ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.auth_group
    ADD CONSTRAINT auth_group_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_content_type_id_codename_01ab375a_uniq UNIQUE (content_type_id, codename);
ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.committee_agendaitem
    ADD CONSTRAINT committee_agenda_number UNIQUE (meeting_id, number);
ALTER TABLE ONLY public.committee_agendaitem
    ADD CONSTRAINT committee_agendaitem_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.committee_attendance
    ADD CONSTRAINT committee_attendance_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.committee_charter
    ADD CONSTRAINT committee_charter_number UNIQUE (committee_id, number);
ALTER TABLE ONLY public.committee_charter
    ADD CONSTRAINT committee_charter_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.committee_committee
    ADD CONSTRAINT committee_committee_code_key UNIQUE (code);
ALTER TABLE ONLY public.committee_committee
    ADD CONSTRAINT committee_committee_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.committee_correction
    ADD CONSTRAINT committee_correction_number UNIQUE (meeting_id, number);
ALTER TABLE ONLY public.committee_correction
    ADD CONSTRAINT committee_correction_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.committee_meeting
    ADD CONSTRAINT committee_meeting_number UNIQUE (committee_id, number);
ALTER TABLE ONLY public.committee_meeting
    ADD CONSTRAINT committee_meeting_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.committee_attendance
    ADD CONSTRAINT committee_one_seat_each UNIQUE (meeting_id, number, staff_id);
ALTER TABLE ONLY public.committee_resolution
    ADD CONSTRAINT committee_resolution_number UNIQUE (meeting_id, number);
ALTER TABLE ONLY public.committee_resolution
    ADD CONSTRAINT committee_resolution_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.committee_attendance
    ADD CONSTRAINT committee_seat_filled_once UNIQUE (meeting_id, number, seat_id);
ALTER TABLE ONLY public.committee_seat
    ADD CONSTRAINT committee_seat_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.django_content_type
    ADD CONSTRAINT django_content_type_app_label_model_76bd3d3b_uniq UNIQUE (app_label, model);
ALTER TABLE ONLY public.django_content_type
    ADD CONSTRAINT django_content_type_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.django_migrations
    ADD CONSTRAINT django_migrations_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.django_session
    ADD CONSTRAINT django_session_pkey PRIMARY KEY (session_key);
ALTER TABLE ONLY public.documents_approval
    ADD CONSTRAINT documents_approval_once UNIQUE (version_id, round, staff_id, verdict);
ALTER TABLE ONLY public.documents_approval
    ADD CONSTRAINT documents_approval_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.documents_attestation
    ADD CONSTRAINT documents_attestation_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.documents_attestation
    ADD CONSTRAINT documents_attested_once UNIQUE (version_id, staff_id);
ALTER TABLE ONLY public.documents_document
    ADD CONSTRAINT documents_document_code_key UNIQUE (code);
ALTER TABLE ONLY public.documents_document
    ADD CONSTRAINT documents_document_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.documents_opening
    ADD CONSTRAINT documents_opened_once UNIQUE (version_id, staff_id);
ALTER TABLE ONLY public.documents_opening
    ADD CONSTRAINT documents_opening_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.documents_version
    ADD CONSTRAINT documents_version_number UNIQUE (document_id, number);
ALTER TABLE ONLY public.documents_version
    ADD CONSTRAINT documents_version_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.governance_attachment_part
    ADD CONSTRAINT governance_attachment_part_once UNIQUE (attachment_id, number);
ALTER TABLE ONLY public.governance_attachment_part
    ADD CONSTRAINT governance_attachment_part_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.governance_attachment
    ADD CONSTRAINT governance_attachment_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.governance_attachment_withdrawal
    ADD CONSTRAINT governance_attachment_withdrawal_pkey PRIMARY KEY (attachment_id);
ALTER TABLE ONLY public.governance_comment
    ADD CONSTRAINT governance_comment_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.governance_duty_occurrence
    ADD CONSTRAINT governance_duty_occurrence_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.governance_duty_template
    ADD CONSTRAINT governance_duty_template_code_key UNIQUE (code);
ALTER TABLE ONLY public.governance_duty_template
    ADD CONSTRAINT governance_duty_template_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.governance_former_name
    ADD CONSTRAINT governance_former_name_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.governance_measure
    ADD CONSTRAINT governance_measure_pkey PRIMARY KEY (code);
ALTER TABLE ONLY public.governance_duty_occurrence
    ADD CONSTRAINT governance_occurrence_once UNIQUE (template_id, begins);
ALTER TABLE ONLY public.governance_programme
    ADD CONSTRAINT governance_programme_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.governance_target_rule
    ADD CONSTRAINT governance_rule_version UNIQUE (target_id, version);
ALTER TABLE ONLY public.governance_target
    ADD CONSTRAINT governance_target_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.governance_target_rule
    ADD CONSTRAINT governance_target_rule_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.governance_task
    ADD CONSTRAINT governance_task_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.mfa_authenticator
    ADD CONSTRAINT mfa_authenticator_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.notices_channel
    ADD CONSTRAINT notices_channel_name_key UNIQUE (name);
ALTER TABLE ONLY public.notices_channel
    ADD CONSTRAINT notices_channel_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.notices_delivery
    ADD CONSTRAINT notices_delivery_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.notices_notice
    ADD CONSTRAINT notices_notice_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.notices_preference
    ADD CONSTRAINT notices_preference_once UNIQUE (staff_id, kind);
ALTER TABLE ONLY public.notices_preference
    ADD CONSTRAINT notices_preference_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.notices_reader
    ADD CONSTRAINT notices_reader_pkey PRIMARY KEY (staff_id);
ALTER TABLE ONLY public.procrastinate_events
    ADD CONSTRAINT procrastinate_events_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.procrastinate_jobs
    ADD CONSTRAINT procrastinate_jobs_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.procrastinate_periodic_defers
    ADD CONSTRAINT procrastinate_periodic_defers_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.procrastinate_periodic_defers
    ADD CONSTRAINT procrastinate_periodic_defers_unique UNIQUE (task_name, periodic_id, defer_timestamp);
ALTER TABLE ONLY public.procrastinate_workers
    ADD CONSTRAINT procrastinate_workers_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.scorecard_custom_measure
    ADD CONSTRAINT scorecard_custom_measure_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.scorecard_outside_evidence
    ADD CONSTRAINT scorecard_outside_evidence_corrects_key UNIQUE (corrects);
ALTER TABLE ONLY public.scorecard_outside_evidence
    ADD CONSTRAINT scorecard_outside_evidence_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.scorecard_pack
    ADD CONSTRAINT scorecard_pack_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.scorecard_signing_key
    ADD CONSTRAINT scorecard_signing_key_pkey PRIMARY KEY (number);
ALTER TABLE ONLY trail.leaf
    ADD CONSTRAINT leaf_pkey PRIMARY KEY (at, id);
ALTER TABLE ONLY trail.leaf_2026_11
    ADD CONSTRAINT leaf_2026_11_pkey PRIMARY KEY (at, id);
ALTER TABLE ONLY trail.leaf
    ADD CONSTRAINT leaf_writer_seq_at_key UNIQUE (writer, seq, at);
ALTER TABLE ONLY trail.leaf_2026_11
    ADD CONSTRAINT leaf_2026_11_writer_seq_at_key UNIQUE (writer, seq, at);
ALTER TABLE ONLY trail.leaf_2026_12
    ADD CONSTRAINT leaf_2026_12_pkey PRIMARY KEY (at, id);
ALTER TABLE ONLY trail.leaf_2026_12
    ADD CONSTRAINT leaf_2026_12_writer_seq_at_key UNIQUE (writer, seq, at);
ALTER TABLE ONLY trail.leaf_2027_01
    ADD CONSTRAINT leaf_2027_01_pkey PRIMARY KEY (at, id);
ALTER TABLE ONLY trail.leaf_2027_01
    ADD CONSTRAINT leaf_2027_01_writer_seq_at_key UNIQUE (writer, seq, at);
ALTER TABLE ONLY trail.leaf_2027_02
    ADD CONSTRAINT leaf_2027_02_pkey PRIMARY KEY (at, id);
ALTER TABLE ONLY trail.leaf_2027_02
    ADD CONSTRAINT leaf_2027_02_writer_seq_at_key UNIQUE (writer, seq, at);
ALTER TABLE ONLY trail.subject
    ADD CONSTRAINT subject_pkey PRIMARY KEY (kind, id, at, leaf_id);
ALTER TABLE ONLY trail.subject_2026_11
    ADD CONSTRAINT subject_2026_11_pkey PRIMARY KEY (kind, id, at, leaf_id);
ALTER TABLE ONLY trail.subject_2026_12
    ADD CONSTRAINT subject_2026_12_pkey PRIMARY KEY (kind, id, at, leaf_id);
ALTER TABLE ONLY trail.subject_2027_01
    ADD CONSTRAINT subject_2027_01_pkey PRIMARY KEY (kind, id, at, leaf_id);
ALTER TABLE ONLY trail.subject_2027_02
    ADD CONSTRAINT subject_2027_02_pkey PRIMARY KEY (kind, id, at, leaf_id);
ALTER TABLE ONLY vault.customer
    ADD CONSTRAINT customer_identity_tag_key UNIQUE (identity_tag);
ALTER TABLE ONLY vault.customer
    ADD CONSTRAINT customer_pkey PRIMARY KEY (customer_id);
ALTER TABLE ONLY vault.encryption_count
    ADD CONSTRAINT encryption_count_pkey PRIMARY KEY (counted_at);
ALTER TABLE ONLY vault.import_batch
    ADD CONSTRAINT import_batch_pkey PRIMARY KEY (batch_id);
ALTER TABLE ONLY vault.import_chunk
    ADD CONSTRAINT import_chunk_pkey PRIMARY KEY (batch_id, chunk);
ALTER TABLE ONLY vault.mapping
    ADD CONSTRAINT mapping_pkey PRIMARY KEY (name, collection);
ALTER TABLE ONLY vault.record_history
    ADD CONSTRAINT record_history_pkey PRIMARY KEY (customer_id, record_id, version);
ALTER TABLE ONLY vault.record
    ADD CONSTRAINT record_pkey PRIMARY KEY (customer_id, record_id);
ALTER TABLE ONLY vault.work_item
    ADD CONSTRAINT work_item_number_tag_kind_key UNIQUE (number_tag, kind);
ALTER TABLE ONLY vault.work_item
    ADD CONSTRAINT work_item_pkey PRIMARY KEY (work_item_id);
CREATE UNIQUE INDEX kek_active ON keys.kek USING btree (suite) WHERE (state = 1);
CREATE UNIQUE INDEX side_root_active ON keys.side_root USING btree (name) WHERE (state = 1);
CREATE INDEX access_api_key_public_id_726395fe_like ON public.access_api_key USING btree (public_id varchar_pattern_ops);
CREATE INDEX access_api_key_staff_id_7c51b05b ON public.access_api_key USING btree (staff_id);
CREATE INDEX access_assignment_branch_id_7be00044 ON public.access_assignment USING btree (branch_id);
CREATE INDEX access_assignment_post_id_567894db ON public.access_assignment USING btree (post_id);
CREATE INDEX access_assignment_post_id_567894db_like ON public.access_assignment USING btree (post_id varchar_pattern_ops);
CREATE INDEX access_assignment_staff_id_a1676046 ON public.access_assignment USING btree (staff_id);
CREATE INDEX access_branch_code_7cb8517a_like ON public.access_branch USING btree (code varchar_pattern_ops);
CREATE INDEX access_branch_parent_id_d28c0a23 ON public.access_branch USING btree (parent_id);
CREATE INDEX access_department_code_bc0ff689_like ON public.access_department USING btree (code varchar_pattern_ops);
CREATE INDEX access_post_code_46747f39_like ON public.access_post USING btree (code varchar_pattern_ops);
CREATE INDEX access_quota_use_staff_id_5a572ced ON public.access_quota_use USING btree (staff_id);
CREATE INDEX access_staff_branch_id_18651a0e ON public.access_staff USING btree (branch_id);
CREATE INDEX access_staff_department_id_6156fd72 ON public.access_staff USING btree (department_id);
CREATE INDEX access_staff_login_daee04d5_like ON public.access_staff USING btree (login varchar_pattern_ops);
CREATE INDEX access_staff_staff_no_2b7689f9_like ON public.access_staff USING btree (staff_no varchar_pattern_ops);
CREATE INDEX account_emailaddress_email_03be32b2 ON public.account_emailaddress USING btree (email);
CREATE INDEX account_emailaddress_email_03be32b2_like ON public.account_emailaddress USING btree (email varchar_pattern_ops);
CREATE INDEX account_emailaddress_user_id_2c513194 ON public.account_emailaddress USING btree (user_id);
CREATE INDEX account_emailconfirmation_email_address_id_5b7f8c58 ON public.account_emailconfirmation USING btree (email_address_id);
CREATE INDEX account_emailconfirmation_key_f43612bd_like ON public.account_emailconfirmation USING btree (key varchar_pattern_ops);
CREATE INDEX api_idempotency_created_at_be47a5dc ON public.api_idempotency USING btree (created_at);
CREATE INDEX assessment_acceptance_accepted_by_id_70f15788 ON public.assessment_acceptance USING btree (accepted_by_id);
CREATE INDEX assessment_acceptance_due ON public.assessment_acceptance USING btree (until) WHERE (ended_at IS NULL);
CREATE INDEX assessment_acceptance_risk_id_e5abb49b ON public.assessment_acceptance USING btree (risk_id);
CREATE INDEX assessment_assessment_closed_by_id_b673f514 ON public.assessment_assessment USING btree (closed_by_id);
CREATE INDEX assessment_assessment_opened_by_id_9114748e ON public.assessment_assessment USING btree (opened_by_id);
CREATE INDEX assessment_assessment_returned_by_id_8ce2532a ON public.assessment_assessment USING btree (returned_by_id);
CREATE INDEX assessment_assessment_submitted_by_id_15eaaa20 ON public.assessment_assessment USING btree (submitted_by_id);
CREATE INDEX assessment_rating_assessment_id_22176769 ON public.assessment_rating USING btree (assessment_id);
CREATE INDEX assessment_rating_rated_by_id_cb7bda73 ON public.assessment_rating USING btree (rated_by_id);
CREATE INDEX assessment_risk_owner_id_deb96b7f ON public.assessment_risk USING btree (owner_id);
CREATE INDEX assessment_risk_owner_id_deb96b7f_like ON public.assessment_risk USING btree (owner_id varchar_pattern_ops);
CREATE INDEX assessment_risk_registered_by_id_697aa4b0 ON public.assessment_risk USING btree (registered_by_id);
CREATE INDEX auth_group_name_a6ea08ec_like ON public.auth_group USING btree (name varchar_pattern_ops);
CREATE INDEX auth_group_permissions_group_id_b120cbf9 ON public.auth_group_permissions USING btree (group_id);
CREATE INDEX auth_group_permissions_permission_id_84c5c92e ON public.auth_group_permissions USING btree (permission_id);
CREATE INDEX auth_permission_content_type_id_2f476e4b ON public.auth_permission USING btree (content_type_id);
CREATE INDEX committee_agendaitem_meeting_id_96523b45 ON public.committee_agendaitem USING btree (meeting_id);
CREATE INDEX committee_attendance_meeting_id_eaa0c4fd ON public.committee_attendance USING btree (meeting_id);
CREATE INDEX committee_attendance_seat_id_0cd71d44 ON public.committee_attendance USING btree (seat_id);
CREATE INDEX committee_attendance_staff_id_02572360 ON public.committee_attendance USING btree (staff_id);
CREATE INDEX committee_charter_committee_id_d8a9cb23 ON public.committee_charter USING btree (committee_id);
CREATE INDEX committee_charter_written_by_id_cc5c6e99 ON public.committee_charter USING btree (written_by_id);
CREATE INDEX committee_committee_code_f53bf5a3_like ON public.committee_committee USING btree (code varchar_pattern_ops);
CREATE INDEX committee_correction_by_id_227df7c9 ON public.committee_correction USING btree (by_id);
CREATE INDEX committee_correction_dropped_by_id_588fd14f ON public.committee_correction USING btree (dropped_by_id);
CREATE INDEX committee_correction_meeting_id_5840a58a ON public.committee_correction USING btree (meeting_id);
CREATE INDEX committee_correction_signed_by_id_0ca32a90 ON public.committee_correction USING btree (signed_by_id);
CREATE INDEX committee_meeting_called_by_id_c3c788a2 ON public.committee_meeting USING btree (called_by_id);
CREATE INDEX committee_meeting_closed_by_id_a58469fb ON public.committee_meeting USING btree (closed_by_id);
CREATE INDEX committee_meeting_committee_id_808e5b82 ON public.committee_meeting USING btree (committee_id);
CREATE UNIQUE INDEX committee_one_chair ON public.committee_seat USING btree (committee_id) WHERE ((ends IS NULL) AND ((role)::text = 'chair'::text));
CREATE INDEX committee_resolution_department_id_9cae0231 ON public.committee_resolution USING btree (department_id);
CREATE INDEX committee_resolution_meeting_id_7275693b ON public.committee_resolution USING btree (meeting_id);
CREATE INDEX committee_resolution_owner_id_d39f05ff ON public.committee_resolution USING btree (owner_id);
CREATE INDEX committee_resolution_owner_id_d39f05ff_like ON public.committee_resolution USING btree (owner_id varchar_pattern_ops);
CREATE INDEX committee_seat_committee_id_f4029efe ON public.committee_seat USING btree (committee_id);
CREATE UNIQUE INDEX committee_seat_once ON public.committee_seat USING btree (committee_id, post_id) WHERE (ends IS NULL);
CREATE INDEX committee_seat_post_id_4238873d ON public.committee_seat USING btree (post_id);
CREATE INDEX committee_seat_post_id_4238873d_like ON public.committee_seat USING btree (post_id varchar_pattern_ops);
CREATE INDEX django_session_expire_date_a5c62663 ON public.django_session USING btree (expire_date);
CREATE INDEX django_session_session_key_c0390e0f_like ON public.django_session USING btree (session_key varchar_pattern_ops);
CREATE INDEX documents_approval_staff_id_e2f46be5 ON public.documents_approval USING btree (staff_id);
CREATE INDEX documents_approval_version_id_4e551f3e ON public.documents_approval USING btree (version_id);
CREATE INDEX documents_attestation_staff_id_445d9f5c ON public.documents_attestation USING btree (staff_id);
CREATE INDEX documents_attestation_version_id_4afa867a ON public.documents_attestation USING btree (version_id);
CREATE INDEX documents_document_code_06f0bf8e_like ON public.documents_document USING btree (code varchar_pattern_ops);
CREATE INDEX documents_document_owner_id_04d2b723 ON public.documents_document USING btree (owner_id);
CREATE INDEX documents_document_owner_id_04d2b723_like ON public.documents_document USING btree (owner_id varchar_pattern_ops);
CREATE UNIQUE INDEX documents_one_open ON public.documents_version USING btree (document_id) WHERE ((state)::text = ANY ((ARRAY['draft'::character varying, 'in_review'::character varying, 'approved'::character varying])::text[]));
CREATE UNIQUE INDEX documents_one_published ON public.documents_version USING btree (document_id) WHERE ((state)::text = 'published'::text);
CREATE INDEX documents_opening_staff_id_3bb64529 ON public.documents_opening USING btree (staff_id);
CREATE INDEX documents_opening_version_id_9e281178 ON public.documents_opening USING btree (version_id);
CREATE INDEX documents_version_document_id_2745de5b ON public.documents_version USING btree (document_id);
CREATE INDEX documents_version_drafted_by_id_2067ab7e ON public.documents_version USING btree (drafted_by_id);
CREATE INDEX documents_version_published_by_id_754134df ON public.documents_version USING btree (published_by_id);
CREATE INDEX governance_attachment_by_id_02b62d99 ON public.governance_attachment USING btree (by_id);
CREATE INDEX governance_attachment_holder ON public.governance_attachment USING btree (holder_kind, holder_id) WHERE (NOT ((holder_kind)::text = ''::text));
CREATE INDEX governance_attachment_occurrence_id_cce50223 ON public.governance_attachment USING btree (occurrence_id);
CREATE INDEX governance_attachment_part_attachment_id_4045a74d ON public.governance_attachment_part USING btree (attachment_id);
CREATE INDEX governance_attachment_task_id_d02504ad ON public.governance_attachment USING btree (task_id);
CREATE INDEX governance_attachment_withdrawal_by_id_3c1b82ec ON public.governance_attachment_withdrawal USING btree (by_id);
CREATE INDEX governance_comment_by_id_069cf2f5 ON public.governance_comment USING btree (by_id);
CREATE INDEX governance_comment_task_id_cf7937bc ON public.governance_comment USING btree (task_id);
CREATE INDEX governance_duty_occurrence_done_by_id_a8d51df8 ON public.governance_duty_occurrence USING btree (done_by_id);
CREATE INDEX governance_duty_occurrence_template_id_0b621c33 ON public.governance_duty_occurrence USING btree (template_id);
CREATE INDEX governance_duty_template_code_156105c7_like ON public.governance_duty_template USING btree (code varchar_pattern_ops);
CREATE INDEX governance_duty_template_department_id_3ebed5fb ON public.governance_duty_template USING btree (department_id);
CREATE INDEX governance_duty_template_measure_id_98a7288c ON public.governance_duty_template USING btree (measure_id);
CREATE INDEX governance_duty_template_measure_id_98a7288c_like ON public.governance_duty_template USING btree (measure_id varchar_pattern_ops);
CREATE INDEX governance_former_name_changed_by_id_c033fa60 ON public.governance_former_name USING btree (changed_by_id);
CREATE INDEX governance_former_name_department_4d5e2132 ON public.governance_former_name USING btree (department);
CREATE INDEX governance_former_name_department_4d5e2132_like ON public.governance_former_name USING btree (department varchar_pattern_ops);
CREATE INDEX governance_measure_code_314e8fb1_like ON public.governance_measure USING btree (code varchar_pattern_ops);
CREATE INDEX governance_measure_department_id_8c7c0f85 ON public.governance_measure USING btree (department_id);
CREATE INDEX governance_occurrence_due ON public.governance_duty_occurrence USING btree (due, state);
CREATE UNIQUE INDEX governance_rule_start_once ON public.governance_target_rule USING btree (target_id, starts) WHERE (signed_at IS NOT NULL);
CREATE INDEX governance_target_id_7e2518b4_like ON public.governance_target USING btree (id varchar_pattern_ops);
CREATE INDEX governance_target_measure_id_1e3ae6d4 ON public.governance_target USING btree (measure_id);
CREATE INDEX governance_target_measure_id_1e3ae6d4_like ON public.governance_target USING btree (measure_id varchar_pattern_ops);
CREATE INDEX governance_target_rule_drafted_by_id_7ea3740b ON public.governance_target_rule USING btree (drafted_by_id);
CREATE INDEX governance_target_rule_signed_by_id_4030ad07 ON public.governance_target_rule USING btree (signed_by_id);
CREATE INDEX governance_target_rule_target_id_8e23a3e1 ON public.governance_target_rule USING btree (target_id);
CREATE INDEX governance_target_rule_target_id_8e23a3e1_like ON public.governance_target_rule USING btree (target_id varchar_pattern_ops);
CREATE INDEX governance_task_assignee_id_1915cd41 ON public.governance_task USING btree (assignee_id);
CREATE INDEX governance_task_created_by_id_8ae7a389 ON public.governance_task USING btree (created_by_id);
CREATE INDEX governance_task_department_id_c0c4d09c ON public.governance_task USING btree (department_id);
CREATE INDEX governance_task_state_due ON public.governance_task USING btree (state, due);
CREATE INDEX idx_procrastinate_jobs_worker_not_null ON public.procrastinate_jobs USING btree (worker_id) WHERE ((worker_id IS NOT NULL) AND (status = 'doing'::public.procrastinate_job_status));
CREATE INDEX idx_procrastinate_workers_last_heartbeat ON public.procrastinate_workers USING btree (last_heartbeat);
CREATE INDEX mfa_authenticator_user_id_0c3a50c0 ON public.mfa_authenticator USING btree (user_id);
CREATE INDEX notices_channel_name_9fe549f6_like ON public.notices_channel USING btree (name varchar_pattern_ops);
CREATE INDEX notices_delivery_channel_id_b28acf13 ON public.notices_delivery USING btree (channel_id);
CREATE INDEX notices_delivery_due ON public.notices_delivery USING btree (next_try) WHERE ((state)::text = 'waiting'::text);
CREATE INDEX notices_delivery_notice_id_2d5dfa0c ON public.notices_delivery USING btree (notice_id);
CREATE INDEX notices_delivery_settled ON public.notices_delivery USING btree (way, settled_at DESC);
CREATE INDEX notices_notice_inbox ON public.notices_notice USING btree (recipient_id, ((read_at IS NULL)) DESC, created_at DESC, id DESC);
CREATE INDEX notices_notice_recipient_id_fd0027f8 ON public.notices_notice USING btree (recipient_id);
CREATE INDEX notices_notice_unread ON public.notices_notice USING btree (recipient_id, kind) WHERE (read_at IS NULL);
CREATE INDEX notices_preference_staff_id_2c051137 ON public.notices_preference USING btree (staff_id);
CREATE INDEX procrastinate_events_job_id_fkey_v1 ON public.procrastinate_events USING btree (job_id);
CREATE INDEX procrastinate_jobs_id_lock_idx_v1 ON public.procrastinate_jobs USING btree (id, lock) WHERE (status = ANY (ARRAY['todo'::public.procrastinate_job_status, 'doing'::public.procrastinate_job_status]));
CREATE UNIQUE INDEX procrastinate_jobs_lock_idx_v1 ON public.procrastinate_jobs USING btree (lock) WHERE (status = 'doing'::public.procrastinate_job_status);
CREATE INDEX procrastinate_jobs_priority_idx_v1 ON public.procrastinate_jobs USING btree (priority DESC, id) WHERE (status = 'todo'::public.procrastinate_job_status);
CREATE INDEX procrastinate_jobs_queue_name_idx_v1 ON public.procrastinate_jobs USING btree (queue_name);
CREATE UNIQUE INDEX procrastinate_jobs_queueing_lock_idx_v1 ON public.procrastinate_jobs USING btree (queueing_lock) WHERE (status = 'todo'::public.procrastinate_job_status);
CREATE INDEX procrastinate_periodic_defers_job_id_fkey_v1 ON public.procrastinate_periodic_defers USING btree (job_id);
CREATE INDEX scorecard_custom_target ON public.scorecard_custom_measure USING btree (target, starts);
CREATE INDEX scorecard_outside_target ON public.scorecard_outside_evidence USING btree (target, ends);
CREATE INDEX scorecard_pack_days ON public.scorecard_pack USING btree (begins, ends, written_at);
CREATE UNIQUE INDEX unique_authenticator_type ON public.mfa_authenticator USING btree (user_id, type) WHERE ((type)::text = ANY ((ARRAY['totp'::character varying, 'recovery_codes'::character varying])::text[]));
CREATE UNIQUE INDEX unique_primary_email ON public.account_emailaddress USING btree (user_id, "primary") WHERE "primary";
CREATE UNIQUE INDEX unique_verified_email ON public.account_emailaddress USING btree (email) WHERE verified;
CREATE INDEX leaf_actor ON ONLY trail.leaf USING btree (actor_id, at, id);
CREATE INDEX leaf_2026_11_actor_id_at_id_idx ON trail.leaf_2026_11 USING btree (actor_id, at, id);
CREATE INDEX leaf_event ON ONLY trail.leaf USING btree (event, at, id);
CREATE INDEX leaf_2026_11_event_at_id_idx ON trail.leaf_2026_11 USING btree (event, at, id);
CREATE INDEX leaf_xid ON ONLY trail.leaf USING btree (xid);
CREATE INDEX leaf_2026_11_xid_idx ON trail.leaf_2026_11 USING btree (xid);
CREATE INDEX leaf_2026_12_actor_id_at_id_idx ON trail.leaf_2026_12 USING btree (actor_id, at, id);
CREATE INDEX leaf_2026_12_event_at_id_idx ON trail.leaf_2026_12 USING btree (event, at, id);
CREATE INDEX leaf_2026_12_xid_idx ON trail.leaf_2026_12 USING btree (xid);
CREATE INDEX leaf_2027_01_actor_id_at_id_idx ON trail.leaf_2027_01 USING btree (actor_id, at, id);
CREATE INDEX leaf_2027_01_event_at_id_idx ON trail.leaf_2027_01 USING btree (event, at, id);
CREATE INDEX leaf_2027_01_xid_idx ON trail.leaf_2027_01 USING btree (xid);
CREATE INDEX leaf_2027_02_actor_id_at_id_idx ON trail.leaf_2027_02 USING btree (actor_id, at, id);
CREATE INDEX leaf_2027_02_event_at_id_idx ON trail.leaf_2027_02 USING btree (event, at, id);
CREATE INDEX leaf_2027_02_xid_idx ON trail.leaf_2027_02 USING btree (xid);
CREATE INDEX customer_branch ON vault.customer USING btree (branch_id, customer_id);
CREATE UNIQUE INDEX record_source ON vault.record USING btree (source_tag, collection);
CREATE INDEX tag_tag ON vault.tag USING btree (tag);
CREATE INDEX work_item_assignee ON vault.work_item USING btree (assignee, customer_id);
CREATE INDEX work_item_customer ON vault.work_item USING btree (customer_id);
ALTER INDEX trail.leaf_actor ATTACH PARTITION trail.leaf_2026_11_actor_id_at_id_idx;
ALTER INDEX trail.leaf_event ATTACH PARTITION trail.leaf_2026_11_event_at_id_idx;
ALTER INDEX trail.leaf_pkey ATTACH PARTITION trail.leaf_2026_11_pkey;
ALTER INDEX trail.leaf_writer_seq_at_key ATTACH PARTITION trail.leaf_2026_11_writer_seq_at_key;
ALTER INDEX trail.leaf_xid ATTACH PARTITION trail.leaf_2026_11_xid_idx;
ALTER INDEX trail.leaf_actor ATTACH PARTITION trail.leaf_2026_12_actor_id_at_id_idx;
ALTER INDEX trail.leaf_event ATTACH PARTITION trail.leaf_2026_12_event_at_id_idx;
ALTER INDEX trail.leaf_pkey ATTACH PARTITION trail.leaf_2026_12_pkey;
ALTER INDEX trail.leaf_writer_seq_at_key ATTACH PARTITION trail.leaf_2026_12_writer_seq_at_key;
ALTER INDEX trail.leaf_xid ATTACH PARTITION trail.leaf_2026_12_xid_idx;
ALTER INDEX trail.leaf_actor ATTACH PARTITION trail.leaf_2027_01_actor_id_at_id_idx;
ALTER INDEX trail.leaf_event ATTACH PARTITION trail.leaf_2027_01_event_at_id_idx;
ALTER INDEX trail.leaf_pkey ATTACH PARTITION trail.leaf_2027_01_pkey;
ALTER INDEX trail.leaf_writer_seq_at_key ATTACH PARTITION trail.leaf_2027_01_writer_seq_at_key;
ALTER INDEX trail.leaf_xid ATTACH PARTITION trail.leaf_2027_01_xid_idx;
ALTER INDEX trail.leaf_actor ATTACH PARTITION trail.leaf_2027_02_actor_id_at_id_idx;
ALTER INDEX trail.leaf_event ATTACH PARTITION trail.leaf_2027_02_event_at_id_idx;
ALTER INDEX trail.leaf_pkey ATTACH PARTITION trail.leaf_2027_02_pkey;
ALTER INDEX trail.leaf_writer_seq_at_key ATTACH PARTITION trail.leaf_2027_02_writer_seq_at_key;
ALTER INDEX trail.leaf_xid ATTACH PARTITION trail.leaf_2027_02_xid_idx;
ALTER INDEX trail.subject_pkey ATTACH PARTITION trail.subject_2026_11_pkey;
ALTER INDEX trail.subject_pkey ATTACH PARTITION trail.subject_2026_12_pkey;
ALTER INDEX trail.subject_pkey ATTACH PARTITION trail.subject_2027_01_pkey;
ALTER INDEX trail.subject_pkey ATTACH PARTITION trail.subject_2027_02_pkey;
CREATE TRIGGER tell AFTER DELETE OR UPDATE ON keys.customer_root FOR EACH STATEMENT EXECUTE FUNCTION keys.tell();
CREATE TRIGGER tell AFTER DELETE OR UPDATE ON keys.kek FOR EACH STATEMENT EXECUTE FUNCTION keys.tell();
CREATE TRIGGER tell AFTER DELETE OR UPDATE ON keys.side_root FOR EACH STATEMENT EXECUTE FUNCTION keys.tell();
CREATE TRIGGER assessment_keep_rating BEFORE UPDATE ON public.assessment_rating FOR EACH ROW EXECUTE FUNCTION public.assessment_keep_rating();
CREATE TRIGGER assessment_keep_year BEFORE UPDATE ON public.assessment_assessment FOR EACH ROW EXECUTE FUNCTION public.assessment_keep_year();
CREATE TRIGGER committee_keep_closed BEFORE UPDATE ON public.committee_meeting FOR EACH ROW EXECUTE FUNCTION public.committee_keep_closed();
CREATE TRIGGER committee_keep_correction BEFORE INSERT OR UPDATE ON public.committee_correction FOR EACH ROW EXECUTE FUNCTION public.committee_keep_correction();
CREATE TRIGGER committee_keep_first_record BEFORE INSERT ON public.committee_attendance FOR EACH ROW WHEN ((new.number <= 0)) EXECUTE FUNCTION public.committee_keep_first_record();
CREATE TRIGGER committee_keep_record BEFORE INSERT ON public.committee_attendance FOR EACH ROW WHEN ((new.number > 0)) EXECUTE FUNCTION public.committee_keep_record();
CREATE TRIGGER documents_begin_open BEFORE INSERT ON public.documents_version FOR EACH ROW EXECUTE FUNCTION public.documents_begin_open();
CREATE TRIGGER documents_keep_promises BEFORE UPDATE ON public.documents_version FOR EACH ROW EXECUTE FUNCTION public.documents_keep_promises();
CREATE TRIGGER documents_keep_versions BEFORE DELETE ON public.documents_version FOR EACH ROW EXECUTE FUNCTION public.documents_keep_versions();
CREATE TRIGGER governance_keep_occurrence BEFORE UPDATE ON public.governance_duty_occurrence FOR EACH ROW EXECUTE FUNCTION public.governance_keep_occurrence();
CREATE TRIGGER governance_keep_rule BEFORE DELETE OR UPDATE ON public.governance_target_rule FOR EACH ROW EXECUTE FUNCTION public.governance_keep_rule();
CREATE TRIGGER procrastinate_jobs_notify_queue_job_aborted_v1 AFTER UPDATE OF abort_requested ON public.procrastinate_jobs FOR EACH ROW WHEN (((old.abort_requested = false) AND (new.abort_requested = true) AND (new.status = 'doing'::public.procrastinate_job_status))) EXECUTE FUNCTION public.procrastinate_notify_queue_abort_job_v1();
CREATE TRIGGER procrastinate_jobs_notify_queue_job_inserted_v1 AFTER INSERT ON public.procrastinate_jobs FOR EACH ROW WHEN ((new.status = 'todo'::public.procrastinate_job_status)) EXECUTE FUNCTION public.procrastinate_notify_queue_job_inserted_v1();
CREATE TRIGGER procrastinate_trigger_abort_requested_events_v1 AFTER UPDATE OF abort_requested ON public.procrastinate_jobs FOR EACH ROW WHEN ((new.abort_requested = true)) EXECUTE FUNCTION public.procrastinate_trigger_abort_requested_events_procedure_v1();
CREATE TRIGGER procrastinate_trigger_delete_jobs_v1 BEFORE DELETE ON public.procrastinate_jobs FOR EACH ROW EXECUTE FUNCTION public.procrastinate_unlink_periodic_defers_v1();
CREATE TRIGGER procrastinate_trigger_scheduled_events_v1 AFTER INSERT OR UPDATE ON public.procrastinate_jobs FOR EACH ROW WHEN (((new.scheduled_at IS NOT NULL) AND (new.status = 'todo'::public.procrastinate_job_status))) EXECUTE FUNCTION public.procrastinate_trigger_function_scheduled_events_v1();
CREATE TRIGGER procrastinate_trigger_status_events_insert_v1 AFTER INSERT ON public.procrastinate_jobs FOR EACH ROW WHEN ((new.status = 'todo'::public.procrastinate_job_status)) EXECUTE FUNCTION public.procrastinate_trigger_function_status_events_insert_v1();
CREATE TRIGGER procrastinate_trigger_status_events_update_v1 AFTER UPDATE OF status ON public.procrastinate_jobs FOR EACH ROW EXECUTE FUNCTION public.procrastinate_trigger_function_status_events_update_v1();
CREATE TRIGGER refuse_row BEFORE DELETE OR UPDATE ON trail.leaf FOR EACH ROW EXECUTE FUNCTION trail.refuse();
CREATE TRIGGER refuse_row BEFORE DELETE OR UPDATE ON trail.subject FOR EACH ROW EXECUTE FUNCTION trail.refuse();
CREATE TRIGGER refuse_statement BEFORE DELETE OR UPDATE OR TRUNCATE ON trail.leaf FOR EACH STATEMENT EXECUTE FUNCTION trail.refuse();
CREATE TRIGGER refuse_statement BEFORE DELETE OR UPDATE OR TRUNCATE ON trail.leaf_2026_11 FOR EACH STATEMENT EXECUTE FUNCTION trail.refuse();
CREATE TRIGGER refuse_statement BEFORE DELETE OR UPDATE OR TRUNCATE ON trail.leaf_2026_12 FOR EACH STATEMENT EXECUTE FUNCTION trail.refuse();
CREATE TRIGGER refuse_statement BEFORE DELETE OR UPDATE OR TRUNCATE ON trail.leaf_2027_01 FOR EACH STATEMENT EXECUTE FUNCTION trail.refuse();
CREATE TRIGGER refuse_statement BEFORE DELETE OR UPDATE OR TRUNCATE ON trail.leaf_2027_02 FOR EACH STATEMENT EXECUTE FUNCTION trail.refuse();
CREATE TRIGGER refuse_statement BEFORE DELETE OR UPDATE OR TRUNCATE ON trail.subject FOR EACH STATEMENT EXECUTE FUNCTION trail.refuse();
CREATE TRIGGER refuse_statement BEFORE DELETE OR UPDATE OR TRUNCATE ON trail.subject_2026_11 FOR EACH STATEMENT EXECUTE FUNCTION trail.refuse();
CREATE TRIGGER refuse_statement BEFORE DELETE OR UPDATE OR TRUNCATE ON trail.subject_2026_12 FOR EACH STATEMENT EXECUTE FUNCTION trail.refuse();
CREATE TRIGGER refuse_statement BEFORE DELETE OR UPDATE OR TRUNCATE ON trail.subject_2027_01 FOR EACH STATEMENT EXECUTE FUNCTION trail.refuse();
CREATE TRIGGER refuse_statement BEFORE DELETE OR UPDATE OR TRUNCATE ON trail.subject_2027_02 FOR EACH STATEMENT EXECUTE FUNCTION trail.refuse();
ALTER TABLE ONLY keys.side_root
    ADD CONSTRAINT side_root_kek_id_fkey FOREIGN KEY (kek_id) REFERENCES keys.kek(id);
ALTER TABLE ONLY public.access_api_key
    ADD CONSTRAINT access_api_key_staff_id_7c51b05b_fk_access_staff_id FOREIGN KEY (staff_id) REFERENCES public.access_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.access_assignment
    ADD CONSTRAINT access_assignment_branch_id_7be00044_fk_access_branch_id FOREIGN KEY (branch_id) REFERENCES public.access_branch(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.access_assignment
    ADD CONSTRAINT access_assignment_post_id_567894db_fk_access_post_code FOREIGN KEY (post_id) REFERENCES public.access_post(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.access_assignment
    ADD CONSTRAINT access_assignment_staff_id_a1676046_fk_access_staff_id FOREIGN KEY (staff_id) REFERENCES public.access_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.access_branch
    ADD CONSTRAINT access_branch_parent_id_d28c0a23_fk_access_branch_id FOREIGN KEY (parent_id) REFERENCES public.access_branch(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.access_quota_use
    ADD CONSTRAINT access_quota_use_staff_id_5a572ced_fk_access_staff_id FOREIGN KEY (staff_id) REFERENCES public.access_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.access_staff
    ADD CONSTRAINT access_staff_branch_id_18651a0e_fk_access_branch_id FOREIGN KEY (branch_id) REFERENCES public.access_branch(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.access_staff
    ADD CONSTRAINT access_staff_department_id_6156fd72_fk_access_department_id FOREIGN KEY (department_id) REFERENCES public.access_department(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.account_emailaddress
    ADD CONSTRAINT account_emailaddress_user_id_2c513194_fk_access_staff_id FOREIGN KEY (user_id) REFERENCES public.access_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.account_emailconfirmation
    ADD CONSTRAINT account_emailconfirm_email_address_id_5b7f8c58_fk_account_e FOREIGN KEY (email_address_id) REFERENCES public.account_emailaddress(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.assessment_acceptance
    ADD CONSTRAINT assessment_acceptanc_accepted_by_id_70f15788_fk_access_st FOREIGN KEY (accepted_by_id) REFERENCES public.access_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.assessment_acceptance
    ADD CONSTRAINT assessment_acceptance_risk_id_e5abb49b_fk_assessment_risk_id FOREIGN KEY (risk_id) REFERENCES public.assessment_risk(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.assessment_assessment
    ADD CONSTRAINT assessment_assessmen_returned_by_id_8ce2532a_fk_access_st FOREIGN KEY (returned_by_id) REFERENCES public.access_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.assessment_assessment
    ADD CONSTRAINT assessment_assessmen_submitted_by_id_15eaaa20_fk_access_st FOREIGN KEY (submitted_by_id) REFERENCES public.access_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.assessment_assessment
    ADD CONSTRAINT assessment_assessment_closed_by_id_b673f514_fk_access_staff_id FOREIGN KEY (closed_by_id) REFERENCES public.access_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.assessment_assessment
    ADD CONSTRAINT assessment_assessment_opened_by_id_9114748e_fk_access_staff_id FOREIGN KEY (opened_by_id) REFERENCES public.access_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.assessment_rating
    ADD CONSTRAINT assessment_rating_assessment_id_22176769_fk_assessmen FOREIGN KEY (assessment_id) REFERENCES public.assessment_assessment(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.assessment_rating
    ADD CONSTRAINT assessment_rating_rated_by_id_cb7bda73_fk_access_staff_id FOREIGN KEY (rated_by_id) REFERENCES public.access_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.assessment_risk
    ADD CONSTRAINT assessment_risk_owner_id_deb96b7f_fk_access_post_code FOREIGN KEY (owner_id) REFERENCES public.access_post(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.assessment_risk
    ADD CONSTRAINT assessment_risk_registered_by_id_697aa4b0_fk_access_staff_id FOREIGN KEY (registered_by_id) REFERENCES public.access_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissio_permission_id_84c5c92e_fk_auth_perm FOREIGN KEY (permission_id) REFERENCES public.auth_permission(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_group_id_b120cbf9_fk_auth_group_id FOREIGN KEY (group_id) REFERENCES public.auth_group(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_content_type_id_2f476e4b_fk_django_co FOREIGN KEY (content_type_id) REFERENCES public.django_content_type(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.committee_agendaitem
    ADD CONSTRAINT committee_agendaitem_meeting_id_96523b45_fk_committee FOREIGN KEY (meeting_id) REFERENCES public.committee_meeting(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.committee_attendance
    ADD CONSTRAINT committee_attendance_meeting_id_eaa0c4fd_fk_committee FOREIGN KEY (meeting_id) REFERENCES public.committee_meeting(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.committee_attendance
    ADD CONSTRAINT committee_attendance_seat_id_0cd71d44_fk_committee_seat_id FOREIGN KEY (seat_id) REFERENCES public.committee_seat(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.committee_attendance
    ADD CONSTRAINT committee_attendance_staff_id_02572360_fk_access_staff_id FOREIGN KEY (staff_id) REFERENCES public.access_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.committee_charter
    ADD CONSTRAINT committee_charter_committee_id_d8a9cb23_fk_committee FOREIGN KEY (committee_id) REFERENCES public.committee_committee(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.committee_charter
    ADD CONSTRAINT committee_charter_written_by_id_cc5c6e99_fk_access_staff_id FOREIGN KEY (written_by_id) REFERENCES public.access_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.committee_correction
    ADD CONSTRAINT committee_correction_by_id_227df7c9_fk_access_staff_id FOREIGN KEY (by_id) REFERENCES public.access_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.committee_correction
    ADD CONSTRAINT committee_correction_dropped_by_id_588fd14f_fk_access_staff_id FOREIGN KEY (dropped_by_id) REFERENCES public.access_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.committee_correction
    ADD CONSTRAINT committee_correction_meeting_id_5840a58a_fk_committee FOREIGN KEY (meeting_id) REFERENCES public.committee_meeting(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.committee_correction
    ADD CONSTRAINT committee_correction_signed_by_id_0ca32a90_fk_access_staff_id FOREIGN KEY (signed_by_id) REFERENCES public.access_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.committee_meeting
    ADD CONSTRAINT committee_meeting_called_by_id_c3c788a2_fk_access_staff_id FOREIGN KEY (called_by_id) REFERENCES public.access_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.committee_meeting
    ADD CONSTRAINT committee_meeting_closed_by_id_a58469fb_fk_access_staff_id FOREIGN KEY (closed_by_id) REFERENCES public.access_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.committee_meeting
    ADD CONSTRAINT committee_meeting_committee_id_808e5b82_fk_committee FOREIGN KEY (committee_id) REFERENCES public.committee_committee(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.committee_resolution
    ADD CONSTRAINT committee_resolution_department_id_9cae0231_fk_access_de FOREIGN KEY (department_id) REFERENCES public.access_department(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.committee_resolution
    ADD CONSTRAINT committee_resolution_meeting_id_7275693b_fk_committee FOREIGN KEY (meeting_id) REFERENCES public.committee_meeting(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.committee_resolution
    ADD CONSTRAINT committee_resolution_owner_id_d39f05ff_fk_access_post_code FOREIGN KEY (owner_id) REFERENCES public.access_post(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.committee_seat
    ADD CONSTRAINT committee_seat_committee_id_f4029efe_fk_committee_committee_id FOREIGN KEY (committee_id) REFERENCES public.committee_committee(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.committee_seat
    ADD CONSTRAINT committee_seat_post_id_4238873d_fk_access_post_code FOREIGN KEY (post_id) REFERENCES public.access_post(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.documents_approval
    ADD CONSTRAINT documents_approval_staff_id_e2f46be5_fk_access_staff_id FOREIGN KEY (staff_id) REFERENCES public.access_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.documents_approval
    ADD CONSTRAINT documents_approval_version_id_4e551f3e_fk_documents_version_id FOREIGN KEY (version_id) REFERENCES public.documents_version(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.documents_attestation
    ADD CONSTRAINT documents_attestatio_version_id_4afa867a_fk_documents FOREIGN KEY (version_id) REFERENCES public.documents_version(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.documents_attestation
    ADD CONSTRAINT documents_attestation_staff_id_445d9f5c_fk_access_staff_id FOREIGN KEY (staff_id) REFERENCES public.access_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.documents_document
    ADD CONSTRAINT documents_document_owner_id_04d2b723_fk_access_post_code FOREIGN KEY (owner_id) REFERENCES public.access_post(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.documents_opening
    ADD CONSTRAINT documents_opening_staff_id_3bb64529_fk_access_staff_id FOREIGN KEY (staff_id) REFERENCES public.access_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.documents_opening
    ADD CONSTRAINT documents_opening_version_id_9e281178_fk_documents_version_id FOREIGN KEY (version_id) REFERENCES public.documents_version(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.documents_version
    ADD CONSTRAINT documents_version_document_id_2745de5b_fk_documents_document_id FOREIGN KEY (document_id) REFERENCES public.documents_document(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.documents_version
    ADD CONSTRAINT documents_version_drafted_by_id_2067ab7e_fk_access_staff_id FOREIGN KEY (drafted_by_id) REFERENCES public.access_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.documents_version
    ADD CONSTRAINT documents_version_published_by_id_754134df_fk_access_staff_id FOREIGN KEY (published_by_id) REFERENCES public.access_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.governance_attachment_part
    ADD CONSTRAINT governance_attachmen_attachment_id_4045a74d_fk_governanc FOREIGN KEY (attachment_id) REFERENCES public.governance_attachment(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.governance_attachment_withdrawal
    ADD CONSTRAINT governance_attachmen_attachment_id_f23480e3_fk_governanc FOREIGN KEY (attachment_id) REFERENCES public.governance_attachment(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.governance_attachment_withdrawal
    ADD CONSTRAINT governance_attachmen_by_id_3c1b82ec_fk_access_st FOREIGN KEY (by_id) REFERENCES public.access_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.governance_attachment
    ADD CONSTRAINT governance_attachmen_occurrence_id_cce50223_fk_governanc FOREIGN KEY (occurrence_id) REFERENCES public.governance_duty_occurrence(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.governance_attachment
    ADD CONSTRAINT governance_attachment_by_id_02b62d99_fk_access_staff_id FOREIGN KEY (by_id) REFERENCES public.access_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.governance_attachment
    ADD CONSTRAINT governance_attachment_task_id_d02504ad_fk_governance_task_id FOREIGN KEY (task_id) REFERENCES public.governance_task(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.governance_comment
    ADD CONSTRAINT governance_comment_by_id_069cf2f5_fk_access_staff_id FOREIGN KEY (by_id) REFERENCES public.access_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.governance_comment
    ADD CONSTRAINT governance_comment_task_id_cf7937bc_fk_governance_task_id FOREIGN KEY (task_id) REFERENCES public.governance_task(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.governance_duty_occurrence
    ADD CONSTRAINT governance_duty_occu_done_by_id_a8d51df8_fk_access_st FOREIGN KEY (done_by_id) REFERENCES public.access_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.governance_duty_occurrence
    ADD CONSTRAINT governance_duty_occu_template_id_0b621c33_fk_governanc FOREIGN KEY (template_id) REFERENCES public.governance_duty_template(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.governance_duty_template
    ADD CONSTRAINT governance_duty_temp_department_id_3ebed5fb_fk_access_de FOREIGN KEY (department_id) REFERENCES public.access_department(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.governance_duty_template
    ADD CONSTRAINT governance_duty_temp_measure_id_98a7288c_fk_governanc FOREIGN KEY (measure_id) REFERENCES public.governance_measure(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.governance_former_name
    ADD CONSTRAINT governance_former_na_changed_by_id_c033fa60_fk_access_st FOREIGN KEY (changed_by_id) REFERENCES public.access_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.governance_measure
    ADD CONSTRAINT governance_measure_department_id_8c7c0f85_fk_access_de FOREIGN KEY (department_id) REFERENCES public.access_department(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.governance_target
    ADD CONSTRAINT governance_target_measure_id_1e3ae6d4_fk_governanc FOREIGN KEY (measure_id) REFERENCES public.governance_measure(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.governance_target_rule
    ADD CONSTRAINT governance_target_ru_drafted_by_id_7ea3740b_fk_access_st FOREIGN KEY (drafted_by_id) REFERENCES public.access_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.governance_target_rule
    ADD CONSTRAINT governance_target_ru_target_id_8e23a3e1_fk_governanc FOREIGN KEY (target_id) REFERENCES public.governance_target(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.governance_target_rule
    ADD CONSTRAINT governance_target_rule_signed_by_id_4030ad07_fk_access_staff_id FOREIGN KEY (signed_by_id) REFERENCES public.access_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.governance_task
    ADD CONSTRAINT governance_task_assignee_id_1915cd41_fk_access_staff_id FOREIGN KEY (assignee_id) REFERENCES public.access_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.governance_task
    ADD CONSTRAINT governance_task_created_by_id_8ae7a389_fk_access_staff_id FOREIGN KEY (created_by_id) REFERENCES public.access_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.governance_task
    ADD CONSTRAINT governance_task_department_id_c0c4d09c_fk_access_department_id FOREIGN KEY (department_id) REFERENCES public.access_department(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.mfa_authenticator
    ADD CONSTRAINT mfa_authenticator_user_id_0c3a50c0_fk_access_staff_id FOREIGN KEY (user_id) REFERENCES public.access_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.notices_delivery
    ADD CONSTRAINT notices_delivery_channel_id_b28acf13_fk_notices_channel_id FOREIGN KEY (channel_id) REFERENCES public.notices_channel(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.notices_delivery
    ADD CONSTRAINT notices_delivery_notice_id_2d5dfa0c_fk_notices_notice_id FOREIGN KEY (notice_id) REFERENCES public.notices_notice(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.notices_notice
    ADD CONSTRAINT notices_notice_recipient_id_fd0027f8_fk_access_staff_id FOREIGN KEY (recipient_id) REFERENCES public.access_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.notices_preference
    ADD CONSTRAINT notices_preference_staff_id_2c051137_fk_access_staff_id FOREIGN KEY (staff_id) REFERENCES public.access_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.notices_reader
    ADD CONSTRAINT notices_reader_staff_id_4255821e_fk_access_staff_id FOREIGN KEY (staff_id) REFERENCES public.access_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.procrastinate_events
    ADD CONSTRAINT procrastinate_events_job_id_fkey FOREIGN KEY (job_id) REFERENCES public.procrastinate_jobs(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.procrastinate_jobs
    ADD CONSTRAINT procrastinate_jobs_worker_id_fkey FOREIGN KEY (worker_id) REFERENCES public.procrastinate_workers(id) ON DELETE SET NULL;
ALTER TABLE ONLY public.procrastinate_periodic_defers
    ADD CONSTRAINT procrastinate_periodic_defers_job_id_fkey FOREIGN KEY (job_id) REFERENCES public.procrastinate_jobs(id);
ALTER TABLE ONLY public.scorecard_outside_evidence
    ADD CONSTRAINT scorecard_outside_evidence_corrects_fkey FOREIGN KEY (corrects) REFERENCES public.scorecard_outside_evidence(id);
ALTER TABLE ONLY vault.import_chunk
    ADD CONSTRAINT import_chunk_batch_id_fkey FOREIGN KEY (batch_id) REFERENCES vault.import_batch(batch_id);
GRANT USAGE ON SCHEMA keys TO tutela_app;
REVOKE USAGE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO tutela_app;
GRANT USAGE ON SCHEMA trail TO tutela_app;
GRANT USAGE ON SCHEMA trail TO tutela_auditor;
GRANT USAGE ON SCHEMA vault TO tutela_app;
REVOKE ALL ON FUNCTION keys.tell() FROM PUBLIC;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.procrastinate_jobs TO tutela_app;
REVOKE ALL ON FUNCTION trail.make_partition(parent text, first timestamp with time zone) FROM PUBLIC;
REVOKE ALL ON FUNCTION trail.make_partitions(ahead integer) FROM PUBLIC;
GRANT ALL ON FUNCTION trail.make_partitions(ahead integer) TO tutela_app;
REVOKE ALL ON FUNCTION trail.refuse() FROM PUBLIC;
GRANT SELECT,INSERT,UPDATE ON TABLE keys.customer_root TO tutela_app;
GRANT SELECT,INSERT ON TABLE keys.installation TO tutela_app;
GRANT SELECT,INSERT,UPDATE ON TABLE keys.kek TO tutela_app;
GRANT SELECT,USAGE ON SEQUENCE keys.kek_id_seq TO tutela_app;
GRANT SELECT,INSERT,UPDATE ON TABLE keys.side_root TO tutela_app;
GRANT SELECT,INSERT,UPDATE ON TABLE public.access_api_key TO tutela_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.access_assignment TO tutela_app;
GRANT SELECT,USAGE ON SEQUENCE public.access_assignment_id_seq TO tutela_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.access_attempt TO tutela_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.access_branch TO tutela_app;
GRANT SELECT,USAGE ON SEQUENCE public.access_branch_id_seq TO tutela_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.access_department TO tutela_app;
GRANT SELECT,USAGE ON SEQUENCE public.access_department_id_seq TO tutela_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.access_epoch TO tutela_app;
GRANT SELECT,INSERT ON TABLE public.access_matrix_version TO tutela_app;
GRANT SELECT,USAGE ON SEQUENCE public.access_matrix_version_id_seq TO tutela_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.access_post TO tutela_app;
GRANT SELECT,INSERT,UPDATE ON TABLE public.access_quota_use TO tutela_app;
GRANT SELECT,USAGE ON SEQUENCE public.access_quota_use_id_seq TO tutela_app;
GRANT SELECT,INSERT,UPDATE ON TABLE public.access_staff TO tutela_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.account_emailaddress TO tutela_app;
GRANT SELECT,USAGE ON SEQUENCE public.account_emailaddress_id_seq TO tutela_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.account_emailconfirmation TO tutela_app;
GRANT SELECT,USAGE ON SEQUENCE public.account_emailconfirmation_id_seq TO tutela_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.api_idempotency TO tutela_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.api_upload TO tutela_app;
GRANT SELECT,INSERT,UPDATE ON TABLE public.assessment_acceptance TO tutela_app;
GRANT SELECT,USAGE ON SEQUENCE public.assessment_acceptance_id_seq TO tutela_app;
GRANT SELECT,INSERT,UPDATE ON TABLE public.assessment_assessment TO tutela_app;
GRANT SELECT,INSERT,UPDATE ON TABLE public.assessment_rating TO tutela_app;
GRANT SELECT,USAGE ON SEQUENCE public.assessment_rating_id_seq TO tutela_app;
GRANT SELECT,INSERT,UPDATE ON TABLE public.assessment_risk TO tutela_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.auth_group TO tutela_app;
GRANT SELECT,USAGE ON SEQUENCE public.auth_group_id_seq TO tutela_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.auth_group_permissions TO tutela_app;
GRANT SELECT,USAGE ON SEQUENCE public.auth_group_permissions_id_seq TO tutela_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.auth_permission TO tutela_app;
GRANT SELECT,USAGE ON SEQUENCE public.auth_permission_id_seq TO tutela_app;
GRANT SELECT,INSERT ON TABLE public.committee_agendaitem TO tutela_app;
GRANT SELECT,USAGE ON SEQUENCE public.committee_agendaitem_id_seq TO tutela_app;
GRANT SELECT,INSERT ON TABLE public.committee_attendance TO tutela_app;
GRANT SELECT,USAGE ON SEQUENCE public.committee_attendance_id_seq TO tutela_app;
GRANT SELECT,INSERT ON TABLE public.committee_charter TO tutela_app;
GRANT SELECT,USAGE ON SEQUENCE public.committee_charter_id_seq TO tutela_app;
GRANT SELECT,INSERT,UPDATE ON TABLE public.committee_committee TO tutela_app;
GRANT SELECT,INSERT ON TABLE public.committee_correction TO tutela_app;
GRANT UPDATE(signed_at) ON TABLE public.committee_correction TO tutela_app;
GRANT UPDATE(dropped_at) ON TABLE public.committee_correction TO tutela_app;
GRANT UPDATE(dropped_by_id) ON TABLE public.committee_correction TO tutela_app;
GRANT UPDATE(signed_by_id) ON TABLE public.committee_correction TO tutela_app;
GRANT SELECT,USAGE ON SEQUENCE public.committee_correction_id_seq TO tutela_app;
GRANT SELECT,INSERT,UPDATE ON TABLE public.committee_meeting TO tutela_app;
GRANT SELECT,INSERT ON TABLE public.committee_resolution TO tutela_app;
GRANT SELECT,INSERT,UPDATE ON TABLE public.committee_seat TO tutela_app;
GRANT SELECT,USAGE ON SEQUENCE public.committee_seat_id_seq TO tutela_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.django_content_type TO tutela_app;
GRANT SELECT,USAGE ON SEQUENCE public.django_content_type_id_seq TO tutela_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.django_migrations TO tutela_app;
GRANT SELECT,USAGE ON SEQUENCE public.django_migrations_id_seq TO tutela_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.django_session TO tutela_app;
GRANT SELECT,INSERT ON TABLE public.documents_approval TO tutela_app;
GRANT SELECT,USAGE ON SEQUENCE public.documents_approval_id_seq TO tutela_app;
GRANT SELECT,INSERT ON TABLE public.documents_attestation TO tutela_app;
GRANT SELECT,USAGE ON SEQUENCE public.documents_attestation_id_seq TO tutela_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.documents_document TO tutela_app;
GRANT SELECT,INSERT ON TABLE public.documents_opening TO tutela_app;
GRANT SELECT,USAGE ON SEQUENCE public.documents_opening_id_seq TO tutela_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.documents_version TO tutela_app;
GRANT SELECT,INSERT ON TABLE public.governance_attachment TO tutela_app;
GRANT SELECT,INSERT ON TABLE public.governance_attachment_part TO tutela_app;
GRANT SELECT,USAGE ON SEQUENCE public.governance_attachment_part_id_seq TO tutela_app;
GRANT SELECT,INSERT ON TABLE public.governance_attachment_withdrawal TO tutela_app;
GRANT SELECT,INSERT ON TABLE public.governance_comment TO tutela_app;
GRANT SELECT,USAGE ON SEQUENCE public.governance_comment_id_seq TO tutela_app;
GRANT SELECT,INSERT,UPDATE ON TABLE public.governance_duty_occurrence TO tutela_app;
GRANT SELECT,USAGE ON SEQUENCE public.governance_duty_occurrence_id_seq TO tutela_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.governance_duty_template TO tutela_app;
GRANT SELECT,USAGE ON SEQUENCE public.governance_duty_template_id_seq TO tutela_app;
GRANT SELECT,INSERT ON TABLE public.governance_former_name TO tutela_app;
GRANT SELECT,USAGE ON SEQUENCE public.governance_former_name_id_seq TO tutela_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.governance_measure TO tutela_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.governance_programme TO tutela_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.governance_target TO tutela_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.governance_target_rule TO tutela_app;
GRANT SELECT,USAGE ON SEQUENCE public.governance_target_rule_id_seq TO tutela_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.governance_task TO tutela_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.mfa_authenticator TO tutela_app;
GRANT SELECT,USAGE ON SEQUENCE public.mfa_authenticator_id_seq TO tutela_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.notices_channel TO tutela_app;
GRANT SELECT,USAGE ON SEQUENCE public.notices_channel_id_seq TO tutela_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.notices_delivery TO tutela_app;
GRANT SELECT,USAGE ON SEQUENCE public.notices_delivery_id_seq TO tutela_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.notices_notice TO tutela_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.notices_preference TO tutela_app;
GRANT SELECT,USAGE ON SEQUENCE public.notices_preference_id_seq TO tutela_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.notices_reader TO tutela_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.procrastinate_events TO tutela_app;
GRANT SELECT,USAGE ON SEQUENCE public.procrastinate_events_id_seq TO tutela_app;
GRANT SELECT,USAGE ON SEQUENCE public.procrastinate_jobs_id_seq TO tutela_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.procrastinate_periodic_defers TO tutela_app;
GRANT SELECT,USAGE ON SEQUENCE public.procrastinate_periodic_defers_id_seq TO tutela_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.procrastinate_workers TO tutela_app;
GRANT SELECT,USAGE ON SEQUENCE public.procrastinate_workers_id_seq TO tutela_app;
GRANT SELECT,INSERT ON TABLE public.scorecard_custom_measure TO tutela_app;
GRANT SELECT,INSERT ON TABLE public.scorecard_outside_evidence TO tutela_app;
GRANT SELECT,INSERT ON TABLE public.scorecard_pack TO tutela_app;
GRANT SELECT,INSERT ON TABLE public.scorecard_signing_key TO tutela_app;
GRANT SELECT ON TABLE trail.leaf TO tutela_app;
GRANT SELECT ON TABLE trail.leaf TO tutela_auditor;
GRANT INSERT(at) ON TABLE trail.leaf TO tutela_app;
GRANT INSERT(id) ON TABLE trail.leaf TO tutela_app;
GRANT INSERT(writer) ON TABLE trail.leaf TO tutela_app;
GRANT INSERT(seq) ON TABLE trail.leaf TO tutela_app;
GRANT INSERT(event) ON TABLE trail.leaf TO tutela_app;
GRANT INSERT(actor_kind) ON TABLE trail.leaf TO tutela_app;
GRANT INSERT(actor_id) ON TABLE trail.leaf TO tutela_app;
GRANT INSERT(purpose) ON TABLE trail.leaf TO tutela_app;
GRANT INSERT(outcome) ON TABLE trail.leaf TO tutela_app;
GRANT INSERT(leaf) ON TABLE trail.leaf TO tutela_app;
GRANT INSERT(leaf_hash) ON TABLE trail.leaf TO tutela_app;
GRANT INSERT(previous) ON TABLE trail.leaf TO tutela_app;
GRANT SELECT,INSERT ON TABLE trail.subject TO tutela_app;
GRANT SELECT ON TABLE trail.subject TO tutela_auditor;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE vault.customer TO tutela_app;
GRANT SELECT,INSERT ON TABLE vault.encryption_count TO tutela_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE vault.import_batch TO tutela_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE vault.import_chunk TO tutela_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE vault.mapping TO tutela_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE vault.record TO tutela_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE vault.record_history TO tutela_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE vault.tag TO tutela_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE vault.work_item TO tutela_app;
ALTER DEFAULT PRIVILEGES FOR ROLE tutela_owner IN SCHEMA keys GRANT SELECT,USAGE ON SEQUENCES TO tutela_app;
ALTER DEFAULT PRIVILEGES FOR ROLE tutela_owner IN SCHEMA keys GRANT SELECT,INSERT,UPDATE ON TABLES TO tutela_app;
ALTER DEFAULT PRIVILEGES FOR ROLE tutela_owner IN SCHEMA public GRANT SELECT,USAGE ON SEQUENCES TO tutela_app;
ALTER DEFAULT PRIVILEGES FOR ROLE tutela_owner IN SCHEMA public GRANT SELECT,INSERT,DELETE,UPDATE ON TABLES TO tutela_app;
ALTER DEFAULT PRIVILEGES FOR ROLE tutela_owner IN SCHEMA trail GRANT SELECT,USAGE ON SEQUENCES TO tutela_app;
ALTER DEFAULT PRIVILEGES FOR ROLE tutela_owner IN SCHEMA trail GRANT SELECT,INSERT ON TABLES TO tutela_app;
ALTER DEFAULT PRIVILEGES FOR ROLE tutela_owner IN SCHEMA trail GRANT SELECT ON TABLES TO tutela_auditor;
ALTER DEFAULT PRIVILEGES FOR ROLE tutela_owner IN SCHEMA vault GRANT SELECT,USAGE ON SEQUENCES TO tutela_app;
ALTER DEFAULT PRIVILEGES FOR ROLE tutela_owner IN SCHEMA vault GRANT SELECT,INSERT,DELETE,UPDATE ON TABLES TO tutela_app;
