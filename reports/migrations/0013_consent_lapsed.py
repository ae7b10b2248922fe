"""Reports note when their text has outrun the consent of the host."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("reports", "0012_older_versions_stand_again"),)

    operations = (
        migrations.AddField(
            model_name="report",
            name="consent_lapsed_at",
            field=models.DateTimeField(
                blank=True, null=True, help_text="When the clock found that the text had outrun the consent."
            ),
        ),
    )
