"""Words of the team for a piece can be given up and taken again; earlier ones are kept."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (
        ("reports", "0006_approval"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    )

    operations = (
        migrations.AddField(
            model_name="piecetext",
            name="label",
            field=models.CharField(blank=True, help_text="What it was called when it was last drawn.", max_length=160),
        ),
        migrations.AddField(
            model_name="piecetext",
            name="is_used",
            field=models.BooleanField(default=True, help_text="Whether the report shows these words."),
        ),
        migrations.CreateModel(
            name="PieceVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField()),
                (
                    "at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, help_text="When these words were last changed."
                    ),
                ),
                ("kept_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "piece",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="versions", to="reports.piecetext"
                    ),
                ),
            ],
            options={"ordering": ("-kept_at", "-pk")},
        ),
    )
