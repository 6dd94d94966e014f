"""A duty can end: from that day on no new period of it is made."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("governance", "0002_keep")]
    operations = [
        migrations.AddField(
            model_name="dutytemplate",
            name="retired_on",
            field=models.DateField(null=True),
        ),
    ]
