"""Reminding whoever promised a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from people.actions.notifications import notify
from people.templatetags.words import dates, due
from reviews.models import Evidence

if TYPE_CHECKING:
    from people.models import User


@transaction.atomic
def remind_of_file(row: Evidence) -> bool:
    """Tell the owner of an announced file when it is due; False when another worker was quicker.

    Effects: the moment is kept on the row, the owner is told. The title stays out: the sentence also goes by mail.
    """
    if row.owner is None or row.due is None:
        return False
    claimed = Evidence.objects.filter(pk=row.pk, reminded_at=row.reminded_at, file="")
    if not claimed.update(reminded_at=timezone.now()):
        return False
    is_late = row.due < timezone.localdate()
    when = f"was due {dates(row.due)}" if is_late else f"is due {due(row.due)}, {dates(row.due)}"
    owner: User = row.owner
    url = reverse("reviews:evidence_edit", args=(row.case.slug, row.pk))
    notify([owner], text=f"{row.case.title}: a file that you bring {when}", url=url)
    return True
