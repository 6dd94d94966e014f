"""The first record of a meeting's attendance is written while it is called, and at no other time."""

from django.db import migrations

_KEEP = """
CREATE FUNCTION committee_keep_first_record() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.number < 0 OR NOT EXISTS (
        SELECT FROM committee_meeting one WHERE one.id = NEW.meeting_id AND one.state = 'called') THEN
        RAISE EXCEPTION 'attendance is recorded once; after that it is corrected'
            USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER committee_keep_first_record BEFORE INSERT ON committee_attendance
    FOR EACH ROW WHEN (NEW.number <= 0) EXECUTE FUNCTION committee_keep_first_record();
"""


class Migration(migrations.Migration):
    dependencies = [("committee", "0003_corrections")]
    operations = [migrations.RunSQL([(_KEEP, None)], reverse_sql=migrations.RunSQL.noop)]
