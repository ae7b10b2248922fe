"""Comments that can be changed and printed; the end of the fact check is told once."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("reports", "0003_report_deepened"),)

    operations = (
        migrations.AddField(
            model_name="report",
            name="fact_check_told",
            field=models.DateField(
                blank=True, help_text="The last day of comments whose end everybody was told of.", null=True
            ),
        ),
        migrations.AddField(
            model_name="factcomment",
            name="is_printed",
            field=models.BooleanField(default=False, help_text="The host has this printed with its response."),
        ),
        migrations.AddField(
            model_name="factcomment",
            name="version",
            field=models.PositiveIntegerField(default=1, help_text="Counts the changes of the host's words."),
        ),
        migrations.AddField(
            model_name="factcomment", name="edited_at", field=models.DateTimeField(blank=True, null=True)
        ),
    )
