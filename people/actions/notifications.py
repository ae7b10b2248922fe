"""Telling people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from people.models import Notification
from people.tasks import mail_notifications

if TYPE_CHECKING:
    from collections.abc import Iterable

    from people.models import User


@transaction.atomic
def notify(users: Iterable[User], *, text: str, url: str, detail: str = "") -> list[Notification]:
    """Put one sentence into the inbox of each person; after commit it also goes out by e-mail (a link, no content).

    `text` is ours; what a person typed belongs into `detail`, which the inbox shows and the mail leaves out.
    """
    rows = Notification.objects.bulk_create(
        Notification(user=user, text=text[:300], url=url, detail=detail) for user in users
    )
    if rows:
        ids = [row.pk for row in rows]
        transaction.on_commit(lambda: mail_notifications.delay(ids), robust=True)
    return rows


def mark_read(user: User) -> int:
    """Mark everything in a person's inbox as read; returns how many there were."""
    return Notification.objects.filter(user=user, read_at__isnull=True).update(read_at=timezone.now())
