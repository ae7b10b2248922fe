"""Where the newest version of a report was withdrawn, the newest one that still stands is the current one."""

from typing import Any

from django.db import migrations


def let_stand(apps: Any, _editor: Any) -> None:
    """Give their place back. Their entries are made anew after the migration (actions/shelving.py: fill)."""
    publications = apps.get_model("reports", "Publication").objects
    for gone in publications.filter(is_current=True, withdrawn_at__isnull=False).only("case_id"):
        own = publications.filter(case_id=gone.case_id)
        standing = own.filter(withdrawn_at=None).order_by("-version").values_list("pk", flat=True).first()
        if standing is not None:
            own.filter(is_current=True).update(is_current=False)
            own.filter(pk=standing).update(is_current=True)
            apps.get_model("reports", "LibraryEntry").objects.filter(publication_id=standing).delete()


class Migration(migrations.Migration):
    dependencies = (("reports", "0001_squashed"),)

    operations = (migrations.RunPython(let_stand, migrations.RunPython.noop),)
