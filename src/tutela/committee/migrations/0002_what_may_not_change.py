"""What the actions promise, the database keeps: charters and attendance stay, closed minutes too."""

from django.db import migrations

_FUNCTION = """
CREATE FUNCTION committee_keep_closed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state IN ('closed', 'cancelled') THEN
        RAISE EXCEPTION 'a closed or cancelled meeting cannot be changed';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER committee_keep_closed BEFORE UPDATE ON committee_meeting
    FOR EACH ROW EXECUTE FUNCTION committee_keep_closed();
REVOKE UPDATE, DELETE, TRUNCATE
    ON committee_charter, committee_agendaitem, committee_attendance, committee_resolution
    FROM tutela_app;
REVOKE DELETE, TRUNCATE ON committee_committee, committee_meeting, committee_seat FROM tutela_app;
"""


class Migration(migrations.Migration):
    dependencies = [("committee", "0001_committee")]
    operations = [migrations.RunSQL(_FUNCTION, reverse_sql=migrations.RunSQL.noop)]
