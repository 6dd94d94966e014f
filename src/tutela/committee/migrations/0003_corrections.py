"""Attendance can be corrected: another record beside the first, which counts once it is signed."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

_PROTECT = django.db.models.deletion.PROTECT
_KEEP = """
CREATE FUNCTION committee_keep_correction() RETURNS trigger LANGUAGE plpgsql AS $$
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
CREATE TRIGGER committee_keep_correction BEFORE INSERT OR UPDATE ON committee_correction
    FOR EACH ROW EXECUTE FUNCTION committee_keep_correction();

CREATE FUNCTION committee_keep_record() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM committee_correction one WHERE one.meeting_id = NEW.meeting_id
                   AND one.number = NEW.number AND one.signed_at IS NULL AND one.dropped_at IS NULL) THEN
        RAISE EXCEPTION 'attendance is added only to a correction that is not signed yet'
            USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER committee_keep_record BEFORE INSERT ON committee_attendance
    FOR EACH ROW WHEN (NEW.number > 0) EXECUTE FUNCTION committee_keep_record();

REVOKE UPDATE, DELETE, TRUNCATE ON committee_correction FROM tutela_app;
GRANT UPDATE (signed_by_id, signed_at, dropped_by_id, dropped_at) ON committee_correction TO tutela_app;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("committee", "0002_what_may_not_change"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.CreateModel(
            name="Correction",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.IntegerField()),
                ("reason", models.CharField(max_length=300)),
                ("at", models.DateTimeField()),
                ("signed_at", models.DateTimeField(null=True)),
                ("dropped_at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=_PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=_PROTECT, related_name="corrections", to="committee.meeting"
                    ),
                ),
                (
                    "dropped_by",
                    models.ForeignKey(
                        null=True, on_delete=_PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "signed_by",
                    models.ForeignKey(
                        null=True, on_delete=_PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("meeting", "number"), name="committee_correction_number"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(number__gte=1) & ~models.Q(reason=""),
                        name="committee_correction_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(signed_by__isnull=True, signed_at__isnull=True)
                        | models.Q(signed_by__isnull=False, signed_at__isnull=False),
                        name="committee_correction_signed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(dropped_by__isnull=True, dropped_at__isnull=True)
                        | models.Q(
                            dropped_by__isnull=False,
                            dropped_at__isnull=False,
                            signed_at__isnull=True,
                        ),
                        name="committee_correction_dropped",
                    ),
                ],
            },
        ),
        migrations.RemoveConstraint(model_name="attendance", name="committee_seat_filled_once"),
        migrations.RemoveConstraint(model_name="attendance", name="committee_one_seat_each"),
        migrations.AddField(
            model_name="attendance",
            name="number",
            field=models.IntegerField(default=0, db_default=0),
        ),
        migrations.AddConstraint(
            model_name="attendance",
            constraint=models.UniqueConstraint(
                fields=("meeting", "number", "seat"), name="committee_seat_filled_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="attendance",
            constraint=models.UniqueConstraint(
                fields=("meeting", "number", "staff"), name="committee_one_seat_each"
            ),
        ),
        migrations.RunSQL([(_KEEP, None)], reverse_sql=migrations.RunSQL.noop),
    ]
