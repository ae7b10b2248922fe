"""Who holds a section and since when, when its owner was reminded, why and when a version was kept."""

import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0004_fact_check_deepened"),
    ]

    operations = [
        migrations.AddField(
            model_name="reportsection",
            name="locked_since",
            field=models.DateTimeField(blank=True, help_text="When who holds the lock began.", null=True),
        ),
        migrations.AddField(
            model_name="reportsection",
            name="reminded_at",
            field=models.DateTimeField(blank=True, help_text="When the owner was last reminded.", null=True),
        ),
        migrations.AddField(
            model_name="sectionversion",
            name="kept_at",
            field=models.DateTimeField(default=django.utils.timezone.now),
        ),
        migrations.AddField(
            model_name="sectionversion",
            name="note",
            field=models.CharField(blank=True, max_length=120),
        ),
    ]
