"""A seat is a person's, named for a post and days. Seats of before name a post only, and stay as they are:
nobody was appointed to them, so nobody is entered; naming a person ends such a seat.

A seat that was named is not changed into another's: only its end is written.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

_NAMED = """
CREATE FUNCTION committee_seat_is_named() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.staff_id IS NULL THEN
        RAISE EXCEPTION 'a seat is given to a person' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER committee_seat_is_named BEFORE INSERT ON committee_seat
    FOR EACH ROW EXECUTE FUNCTION committee_seat_is_named();
REVOKE UPDATE ON committee_seat FROM tutela_app;
GRANT UPDATE (ends) ON committee_seat TO tutela_app;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("committee", "0004_first_record"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.AddField(
            model_name="seat",
            name="staff",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.RemoveConstraint(model_name="seat", name="committee_seat_once"),
        migrations.AddConstraint(
            model_name="seat",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ends__isnull", True)),
                fields=("committee", "staff"),
                name="committee_seat_person",
            ),
        ),
        migrations.RunSQL([(_NAMED, None)], reverse_sql=migrations.RunSQL.noop),
    ]
