"""A live control may be at risk, or without data though the date has passed, as the scorecard judges it."""

from django.db import migrations, models

_TYPED = ["", "met", "partly", "not_met", "not_applicable"]


class Migration(migrations.Migration):
    dependencies = [("assessment", "0005_changed_by")]
    operations = [
        migrations.RemoveConstraint(model_name="rating", name="assessment_rating_verdict"),
        migrations.AddConstraint(
            model_name="rating",
            constraint=models.CheckConstraint(
                condition=models.Q(verdict__in=_TYPED)
                | (~models.Q(live="") & models.Q(verdict__in=["no_data", "overdue", "at_risk"])),
                name="assessment_rating_verdict",
            ),
        ),
    ]
