"""What a worker does about reviews."""

from celery import shared_task

from reviews.queries.reminders import due_reminders
from reviews.reading_jobs import HARD_SECONDS, SOFT_SECONDS, read, unread
from reviews.reminding import remind


@shared_task(name="reviews.remind_of_deadlines")
def remind_of_deadlines() -> int:
    """Remind owners a week before a deadline, and once when it is late; returns how many deadlines.

    Safe to run at any time and twice at once: each reminder is claimed by an update.
    """
    return sum(remind(reminder) for reminder in due_reminders())


@shared_task(name="reviews.read_evidence", soft_time_limit=SOFT_SECONDS, time_limit=HARD_SECONDS)
def read_evidence(evidence_id: int) -> None:
    """Take the text out of one file that waits. The work is in reading_jobs.py."""
    read(evidence_id)


@shared_task(name="reviews.sweep_readings", expires=14)
def sweep_readings() -> None:
    """Send again what no worker has picked up, and free what a dead worker left."""
    for evidence_id in unread():
        read_evidence.delay(evidence_id)
