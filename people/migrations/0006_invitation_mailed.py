from django.db import migrations, models
from django.db.models import F


def all_were_mailed(apps, schema_editor):
    """What there is was mailed when it was made: a second mail would end the link of the first."""
    apps.get_model("people", "Invitation").objects.update(mailed_at=F("created_at"))


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0005_removal"),
    ]

    operations = [
        migrations.AddField(
            model_name="invitation",
            name="mailed_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.RunPython(all_were_mailed, migrations.RunPython.noop, elidable=True),
    ]
