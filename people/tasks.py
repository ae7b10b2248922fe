"""What the worker does for people."""

from celery import shared_task
from django.utils import timezone

from people.models import Heartbeat


@shared_task(name="people.note_worker_alive")
def note_worker_alive() -> None:
    """Write down that a worker took a message from the broker and reached the database (read by `/readyz`)."""
    Heartbeat.objects.update_or_create(name="worker", defaults={"at": timezone.now()})
