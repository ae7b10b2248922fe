"""What a worker does about reviews."""

from celery import shared_task

from reviews.queries.reminders import due_reminders
from reviews.reminding import remind


@shared_task(name="reviews.remind_of_deadlines")
def remind_of_deadlines() -> int:
    """Remind owners a week before a deadline, and once when it is late; returns how many deadlines.

    Safe to run at any time and twice at once: each reminder is claimed by an update.
    """
    return sum(remind(reminder) for reminder in due_reminders())
