"""Whose a session is, resets by two people, and a number by which an account's failed sign-ins begin anew.

Sessions that are open while this runs are noted at their next request.
"""

from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import tutela.base.ids

_STAFF: dict[str, Any] = {
    "on_delete": django.db.models.deletion.PROTECT,
    "related_name": "+",
    "to": settings.AUTH_USER_MODEL,
}
_ID = models.UUIDField(
    default=tutela.base.ids.uuid7, editable=False, primary_key=True, serialize=False
)


class Migration(migrations.Migration):
    dependencies = [("access", "0005_temporary_access"), ("sessions", "0001_initial")]
    operations = [
        migrations.AddField(
            model_name="staff", name="attempts_epoch", field=models.IntegerField(default=0)
        ),
        migrations.CreateModel(
            name="SignedIn",
            fields=[
                ("id", _ID),
                ("row", models.CharField(db_collation="C", max_length=40, unique=True)),
                ("epoch", models.IntegerField()),
                ("second_factor", models.BooleanField(default=False)),
                ("source", models.CharField(blank=True, default="", max_length=45)),
                ("started_at", models.DateTimeField()),
                ("seen_at", models.DateTimeField()),
                ("staff", models.ForeignKey(**_STAFF)),
            ],
            options={"db_table": "access_signed_in"},
        ),
        migrations.CreateModel(
            name="Reset",
            fields=[
                ("id", _ID.clone()),
                (
                    "kind",
                    models.CharField(
                        choices=[("password", "Password"), ("second_factor", "Second Factor")],
                        db_collation="C",
                        max_length=20,
                    ),
                ),
                ("ground", models.CharField(db_collation="C", max_length=20)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("confirmed", "Confirmed"),
                            ("rejected", "Rejected"),
                            ("expired", "Expired"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("proposed_at", models.DateTimeField()),
                ("decided_at", models.DateTimeField(null=True)),
                ("decided_by", models.ForeignKey(null=True, **_STAFF)),
                ("proposed_by", models.ForeignKey(**_STAFF)),
                ("staff", models.ForeignKey(**_STAFF)),
            ],
            options={"db_table": "access_reset"},
        ),
        migrations.AddConstraint(
            model_name="reset",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "waiting")),
                fields=("staff", "kind"),
                name="access_reset_waiting",
            ),
        ),
        migrations.AddConstraint(
            model_name="reset",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decided_by__isnull", True),
                    models.Q(("decided_by", models.F("proposed_by")), _negated=True),
                    ("state", "rejected"),
                    _connector="OR",
                ),
                name="access_reset_two_people",
            ),
        ),
        # Kept for good: who reset whose sign-in is never taken away.
        migrations.RunSQL(
            "REVOKE DELETE, TRUNCATE ON access_reset FROM tutela_app;"
            "REVOKE TRUNCATE ON access_signed_in FROM tutela_app",
            reverse_sql=migrations.RunSQL.noop,
        ),
    ]
