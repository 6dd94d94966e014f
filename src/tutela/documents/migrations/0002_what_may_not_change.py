"""What the actions promise, the database keeps: published texts stay, two people approve."""

from django.db import migrations

_FUNCTION = """
CREATE FUNCTION documents_keep_promises() RETURNS trigger LANGUAGE plpgsql AS $$
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
CREATE TRIGGER documents_keep_promises BEFORE UPDATE ON documents_version
    FOR EACH ROW EXECUTE FUNCTION documents_keep_promises();
CREATE FUNCTION documents_begin_open() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.state <> 'draft' THEN
        RAISE EXCEPTION 'a version begins as a draft';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER documents_begin_open BEFORE INSERT ON documents_version
    FOR EACH ROW EXECUTE FUNCTION documents_begin_open();
REVOKE UPDATE, DELETE, TRUNCATE ON documents_approval, documents_attestation FROM tutela_app;
REVOKE DELETE, TRUNCATE ON documents_document, documents_version FROM tutela_app;
"""


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_documents")]
    operations = [migrations.RunSQL(_FUNCTION, reverse_sql=migrations.RunSQL.noop)]
