"""What a worker does about people."""

from celery import shared_task
from django.utils import timezone

from people.mail import send_notification
from people.models import Heartbeat, Notification


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
