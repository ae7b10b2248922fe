"""What a worker does about people."""

import logging
from collections.abc import Iterable

from celery import shared_task

from people import mail
from people.models import Heartbeat, Invitation, Notification

logger = logging.getLogger(__name__)


@shared_task(name="people.mail_notifications")
def mail_notifications(ids: list[int]) -> None:
    """Send what has not been sent. A second run sends nothing twice; what fails is left to the sweep."""
    _deliver(Notification.objects.filter(pk__in=ids, mailed_at__isnull=True).select_related("user"))


@shared_task(name="people.mail_invitation")
def mail_invitation(invitation_id: int) -> None:
    """Send a personal link, if it is still wanted; what fails is left to the sweep."""
    invitation = Invitation.objects.filter(pk=invitation_id).select_related("user", "invited_by").first()
    if invitation is not None and invitation.is_open:
        _deliver([invitation])


@shared_task(name="people.sweep_mail")
def sweep_mail() -> None:
    """Send what could not be sent when it was written: the mail server, the broker or all workers were away."""
    _deliver(mail.left_over())


def _deliver(rows: Iterable[Notification | Invitation]) -> None:
    """Send one after the other; where the server takes nothing, asking it about the next one only costs time."""
    try:
        for row in rows:
            mail.deliver(row)
    except OSError as error:
        logger.warning("The mail server takes nothing now, and is asked again in a minute: %s", error)


@shared_task(name="people.note_worker_alive")
def note_worker_alive() -> None:
    """Leave the sign of life that /readyz reads."""
    Heartbeat.note("worker")
