"""What a worker does about reviews."""

from celery import shared_task

from reviews import sweeping
from reviews.offline import jobs as form_jobs
from reviews.queries.announced import announced_to_remind
from reviews.queries.late_writers import writing_reminders
from reviews.queries.reminders import due_reminders
from reviews.reading_jobs import HARD_SECONDS, SOFT_SECONDS, read, unread
from reviews.reminding import remind
from reviews.reminding_files import remind_of_file
from reviews.reminding_writers import remind_writer


@shared_task(name="reviews.remind_of_deadlines")
def remind_of_deadlines() -> int:
    """Remind owners of deadlines and writers of what they were given; returns how many reminders.

    Safe to run at any time and twice at once: each reminder is claimed by an update.
    """
    deadlines = sum(remind(reminder) for reminder in due_reminders())
    return deadlines + sum(remind_writer(reminder) for reminder in writing_reminders())


@shared_task(name="reviews.read_evidence", soft_time_limit=SOFT_SECONDS, time_limit=HARD_SECONDS)
def read_evidence(evidence_id: int) -> None:
    """Take the text out of one file that waits. The work is in reading_jobs.py."""
    read(evidence_id)


@shared_task(name="reviews.sweep_readings", expires=14)
def sweep_readings() -> None:
    """Send again what no worker has picked up, and free what a dead worker left."""
    for evidence_id in unread():
        read_evidence.delay(evidence_id)


@shared_task(name="reviews.read_filled_form", soft_time_limit=form_jobs.SOFT_SECONDS, time_limit=form_jobs.HARD_SECONDS)
def read_filled_form(form_id: int) -> None:
    """Read one form that was filled in offline and waits. The work is in offline/jobs.py."""
    form_jobs.read(form_id)


@shared_task(name="reviews.sweep_filled_forms", expires=14)
def sweep_filled_forms() -> None:
    """Send again the forms that no worker has picked up, and free what a dead worker left."""
    for form_id in form_jobs.sweep():
        read_filled_form.delay(form_id)


@shared_task(name="reviews.remind_of_announced_files")
def remind_of_announced_files() -> int:
    """Remind those who promised a file a week before it is due, and once when it is late; returns how many files."""
    return sum(remind_of_file(row) for row in announced_to_remind())


@shared_task(name="reviews.sweep_uploads")
def sweep_uploads() -> int:
    """Forget uploads that nobody went on with for a day; returns how many."""
    return sweeping.sweep_uploads()


@shared_task(name="reviews.sweep_files_without_row")
def sweep_files_without_row() -> int:
    """Delete stored files that no row names; returns how many."""
    return sweeping.sweep_files_without_row()
