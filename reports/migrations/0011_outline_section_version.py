"""Sections of outlines count their saves, so that nobody overwrites what somebody else wrote."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("reports", "0010_library_entries"),)

    operations = (
        migrations.AddField(
            model_name="outlinesection",
            name="version",
            field=models.PositiveIntegerField(default=1, help_text="Counts the saves of its texts and settings."),
        ),
    )
