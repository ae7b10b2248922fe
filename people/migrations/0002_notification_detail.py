from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="notification",
            name="detail",
            field=models.TextField(
                blank=True, default="", help_text="What somebody wrote with it: for the inbox, never for e-mail."
            ),
            preserve_default=False,
        ),
    ]
