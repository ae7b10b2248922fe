"""The texts of the library in a table of their own, and its counts. `reports.apps` fills it after the migration."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0009_sections_say_what_they_draw"),
    ]

    operations = [
        migrations.CreateModel(
            name="EntryText",
            fields=[
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="text",
                        serialize=False,
                        to="reports.libraryentry",
                    ),
                ),
                (
                    "title",
                    models.TextField(blank=True, help_text="The words of the title: what is found there comes first."),
                ),
                ("words", models.TextField(blank=True)),
                (
                    "said",
                    models.TextField(blank=True, help_text="As it was published, without marks: one line a paragraph."),
                ),
            ],
        ),
        migrations.RemoveField(
            model_name="libraryentry",
            name="words",
        ),
        migrations.AddField(
            model_name="libraryentry",
            name="details",
            field=models.JSONField(
                blank=True, default=dict, help_text="Number, addressee, time frame, effort, as published."
            ),
        ),
        migrations.CreateModel(
            name="Shelf",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "audience",
                    models.CharField(
                        choices=[("public", "Everybody"), ("members", "Members of the network only")],
                        help_text="Who reads.",
                        max_length=8,
                        unique=True,
                    ),
                ),
                ("counts", models.JSONField(default=dict)),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "verbose_name_plural": "shelves",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("audience__in", ["public", "members"])), name="shelf_audience_known"
                    )
                ],
            },
        ),
        migrations.DeleteModel(
            name="PublicationText",
        ),
    ]
