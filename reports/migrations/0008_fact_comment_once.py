"""A comment that is sent twice is one comment; the host is reminded once of the last day."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("reports", "0007_piece_words"),)

    operations = (
        migrations.AddField(
            model_name="report",
            name="fact_check_reminded",
            field=models.DateField(
                blank=True, help_text="The last day of comments that the host was reminded of.", null=True
            ),
        ),
        migrations.AddField(
            model_name="factcomment",
            name="client_id",
            field=models.UUIDField(blank=True, help_text="Made in the page: sent twice, it is one comment.", null=True),
        ),
        migrations.AddConstraint(
            model_name="factcomment",
            constraint=models.UniqueConstraint(
                fields=("report", "client_id"),
                name="fact_comment_sent_once",
                condition=models.Q(client_id__isnull=False),
            ),
        ),
    )
