"""What a worker does about documents. Tasks carry ids only; the work is in jobs.py."""

from celery import shared_task

from reports import consent_clock, fact_check_clock, jobs, sweeping
from reports.reminding import remind_owner, sections_to_remind_of
from reports.rendering import worker  # noqa: F401 - its signals get a worker's processes ready for their first document


@shared_task(name="reports.make_document")
def make_document(document_id: int) -> None:
    """Make one document that waits."""
    jobs.make(document_id)


@shared_task(name="reports.remind_of_sections")
def remind_of_sections() -> int:
    """Remind those who were given a section; returns how many. Safe at any time and twice at once."""
    return sum(remind_owner(rows) for rows in sections_to_remind_of())


@shared_task(name="reports.sweep_documents", expires=14)
def sweep_documents() -> None:
    """Send again what no worker has picked up, and free what a dead worker left."""
    for document_id in jobs.sweep():
        make_document.delay(document_id)


@shared_task(name="reports.sweep_archives", expires=3000)
def sweep_archives() -> None:
    """Delete archives after their days."""
    sweeping.sweep_archives()


@shared_task(name="reports.sweep_files_without_row")
def sweep_files_without_row() -> int:
    """Delete files of documents that no row names; returns how many."""
    return sweeping.sweep_files_without_row()


@shared_task(name="reports.mind_fact_checks")
def mind_fact_checks() -> int:
    """Remind hosts whose time for comments ends soon, and tell where it is over; returns how many fact checks."""
    return fact_check_clock.mind_fact_checks()


@shared_task(name="reports.mind_consents", expires=590)
def mind_consents() -> int:
    """Note where a final text has outrun the consent of the host or the word of somebody in the team, and tell them.

    Returns how many have lapsed.
    """
    return consent_clock.mind_consents()
