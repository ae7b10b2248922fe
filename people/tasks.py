"""What a worker does about people."""

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from people.mail import send_invitation, send_notification
from people.models import Heartbeat, Invitation, Notification


@shared_task(name="people.mail_notifications", autoretry_for=(OSError,), retry_backoff=True, max_retries=5)
def mail_notifications(ids: list[int]) -> None:
    """Send what has not been sent. A second run sends nothing twice: each row is claimed by an update."""
    for notification in Notification.objects.filter(pk__in=ids, mailed_at__isnull=True).select_related("user"):
        claimed = Notification.objects.filter(pk=notification.pk, mailed_at__isnull=True)
        if claimed.update(mailed_at=timezone.now()):
            try:
                send_notification(notification)
            except OSError:
                Notification.objects.filter(pk=notification.pk).update(mailed_at=None)
                raise


@shared_task(name="people.note_worker_alive")
def note_worker_alive() -> None:
    """Leave the sign of life that /readyz reads."""
    Heartbeat.objects.update_or_create(name="worker", defaults={"at": timezone.now()})


@shared_task(name="people.mail_invitation", autoretry_for=(OSError,), retry_backoff=True, max_retries=5)
def mail_invitation(invitation_id: int, path: str) -> None:
    """Send a personal link. The secret is in `path` only: the database holds its hash."""
    invitation = Invitation.objects.filter(pk=invitation_id).select_related("user", "invited_by").first()
    if invitation is None or not invitation.is_open:
        return
    send_invitation(
        invitation.user,
        purpose=invitation.purpose,
        inviter=str(invitation.invited_by or "Critical Friend"),
        path=path,
        days=settings.INVITATION_DAYS,
    )
