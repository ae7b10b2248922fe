from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="report",
            name="consent_hash",
            field=models.CharField(
                blank=True, default="", help_text="SHA-256 of what the host consented to.", max_length=64
            ),
            preserve_default=False,
        ),
    ]
