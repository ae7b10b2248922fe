"""The e-mails about people: a sentence and a link, never content of a case.

Each message is a row. It is claimed before it is sent, so that nobody gets it twice, and let go of when it could not be
sent, so that the sweep tries again.
"""

from __future__ import annotations

import logging
import secrets
from datetime import timedelta
from smtplib import SMTPDataError, SMTPRecipientsRefused
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.mail import send_mail
from django.urls import reverse
from django.utils import timezone

from people.models import Invitation, Notification, hash_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import QuerySet

logger = logging.getLogger(__name__)

ON_ITS_WAY = timedelta(seconds=30)
"""What was written just now is sent by its own task."""

WORTH_SENDING = timedelta(days=3)
"""What could not be sent for so long is given up: it stands in the inbox, and an invitation can be made again."""

_FOR_GOOD = 500
"""A mail server's answer from here on means never; below, not now."""


def deliver(row: Notification | Invitation) -> None:
    """Send one message, unless somebody did. What the server refuses for good is not tried again, and logged.

    Raises OSError when the mail server takes nothing now; the message then waits for the sweep.
    """
    mine: QuerySet[Notification] | QuerySet[Invitation] = type(row)._default_manager.filter(pk=row.pk)
    if not mine.filter(mailed_at__isnull=True).update(mailed_at=timezone.now()):
        return
    try:
        send_invitation(row) if isinstance(row, Invitation) else send_notification(row)
    except (SMTPDataError, SMTPRecipientsRefused) as refused:
        logger.warning("The mail server refused %s %s: %s", row._meta.verbose_name, row.pk, refused)
        if _code(refused) < _FOR_GOOD:
            mine.update(mailed_at=None)
    except BaseException:  # also the end of this task's time
        mine.update(mailed_at=None)
        raise


def unsent() -> tuple[QuerySet[Notification], QuerySet[Invitation]]:
    """What should have been sent by now and is still worth it, oldest first."""
    now = timezone.now()
    written = {"created_at__gt": now - WORTH_SENDING, "created_at__lt": now - ON_ITS_WAY}
    waits = {"mailed_at__isnull": True, "user__is_active": True, **written}
    notifications = Notification.objects.filter(**waits).select_related("user").order_by("created_at")
    invitations = Invitation.objects.filter(**waits, used_at__isnull=True, expires_at__gt=now)
    return notifications, invitations.select_related("user", "invited_by").order_by("created_at")


def left_over() -> Iterator[Notification | Invitation]:
    """Rows that wait to be sent, invitations first: without one, somebody cannot come in at all."""
    notifications, invitations = unsent()
    yield from invitations
    yield from notifications


def send_notification(notification: Notification) -> None:
    """Send one notification by e-mail."""
    address = f"{settings.PUBLIC_URL}{notification.url}"
    send_mail(
        subject=" ".join(notification.text.split())[:120],
        message=f"{notification.text}\n\n{address}\n",
        from_email=None,
        recipient_list=[notification.user.email],
    )


def send_invitation(invitation: Invitation) -> None:
    """Send the personal link with which somebody chooses a password.

    Its secret is made here, each time anew: it stands in the message and nowhere else, and the row holds its hash.
    """
    token = secrets.token_urlsafe(32)
    Invitation.objects.filter(pk=invitation.pk).update(token_hash=hash_of(token))
    inviter, purpose = str(invitation.invited_by or "Critical Friend"), invitation.purpose
    send_mail(
        subject=" ".join(f"{inviter} invites you: {purpose}".split())[:140],
        message=(
            f"Dear {invitation.user.name},\n\n{inviter} invites you to Critical Friend: {purpose}.\n\n"
            "Choose a password here; the link is yours alone, "
            f"works once and for {settings.INVITATION_DAYS} days:\n"
            f"{settings.PUBLIC_URL}{reverse('people:accept_invitation', args=(token,))}\n"
        ),
        from_email=None,
        recipient_list=[invitation.user.email],
    )


def _code(refused: SMTPDataError | SMTPRecipientsRefused) -> int:
    """What the server answered; of several people, the mildest."""
    if isinstance(refused, SMTPDataError):
        return int(refused.smtp_code)
    return min(code for code, _ in refused.recipients.values())
