"""Words of the team note when the text has outrun them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("reports", "0013_consent_lapsed"),)

    operations = (
        migrations.AddField(
            model_name="confirmation",
            name="lapsed_at",
            field=models.DateTimeField(
                blank=True, null=True, help_text="When the clock found that the text had outrun the word."
            ),
        ),
    )
