"""Who has opened a file, kept for good; and a draft that nobody was asked about can be thrown away."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

_PROMISES = """
REVOKE UPDATE, DELETE, TRUNCATE ON documents_opening FROM tutela_app;
CREATE FUNCTION documents_keep_versions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state <> 'draft' OR OLD.round > 0 OR OLD.published_at IS NOT NULL THEN
        RAISE EXCEPTION 'only a draft that was never handed in can be thrown away';
    END IF;
    RETURN OLD;
END $$;
CREATE TRIGGER documents_keep_versions BEFORE DELETE ON documents_version
    FOR EACH ROW EXECUTE FUNCTION documents_keep_versions();
GRANT DELETE ON documents_document, documents_version TO tutela_app;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0002_what_may_not_change"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.CreateModel(
            name="Opening",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "staff",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="openings",
                        to="documents.version",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="opening",
            constraint=models.UniqueConstraint(
                fields=("version", "staff"), name="documents_opened_once"
            ),
        ),
        migrations.RunSQL(_PROMISES, reverse_sql=migrations.RunSQL.noop),
    ]
