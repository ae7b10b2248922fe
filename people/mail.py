"""The e-mails about people: a sentence and a link, never content of a case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.mail import send_mail

if TYPE_CHECKING:
    from people.models import Notification, User


def send_notification(notification: Notification) -> None:
    """Send one notification by e-mail."""
    address = f"{settings.PUBLIC_URL}{notification.url}"
    send_mail(
        subject=" ".join(notification.text.split())[:120],
        message=f"{notification.text}\n\n{address}\n",
        from_email=None,
        recipient_list=[notification.user.email],
    )


def send_invitation(user: User, *, purpose: str, inviter: str, path: str, days: int) -> None:
    """Send the personal link with which somebody chooses a password."""
    send_mail(
        subject=" ".join(f"{inviter} invites you: {purpose}".split())[:140],
        message=(
            f"Dear {user.name},\n\n{inviter} invites you to Critical Friend: {purpose}.\n\n"
            f"Choose a password here; the link is yours alone, works once and for {days} days:\n"
            f"{settings.PUBLIC_URL}{path}\n"
        ),
        from_email=None,
        recipient_list=[user.email],
    )
