"""Documents made by a real worker on a real broker, while both are killed and restarted."""

from __future__ import annotations

import os
import shutil
import signal
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone

from reports import jobs
from reports.actions.documents import request_document
from reports.actions.reports import report_of
from reports.enums import DocumentStatus
from reports.models import Document
from reports.tasks import sweep_documents
from reviews.enums import Stage
from tests.cast import Cast, make_cast
from tests.factories import make_visit
from tests.servers import wait_until
from tests.stack import Stack
from tests.stack_tasks import Gate, pages_held

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def reported(celery_worker_process: Stack) -> Cast:
    """A case with a working draft."""
    cast = make_cast(Stage.REPORTING)
    make_visit(cast.case)
    report_of(cast.case)
    shutil.rmtree(folder_of(cast), ignore_errors=True)
    return cast


def folder_of(cast: Cast) -> Path:
    return Path(settings.MEDIA_ROOT) / "documents" / str(cast.case.pk)


def ask(cast: Cast) -> Document:
    return request_document(cast.case, "report", "team", by=cast.lead)


def now(row: Document) -> Document:
    return Document.objects.get(pk=row.pk)


def wait_for_pages(row: Document, pages: int) -> None:
    wait_until(lambda: now(row).pages_done >= pages, f"Page {pages}", seconds=60)


def wait_until_ready(row: Document) -> Document:
    wait_until(lambda: now(row).is_final, "The end of the document", seconds=120)
    assert now(row).status == DocumentStatus.READY, now(row).error
    return now(row)


def half_a_minute_passes(row: Document) -> None:
    """Let the row look as it does when its worker has been dead for longer than STALE_AFTER."""
    Document.objects.filter(pk=row.pk).update(heartbeat_at=timezone.now() - jobs.STALE_AFTER - timedelta(seconds=1))


def waits_long(row: Document) -> None:
    """Let the row look as it does when no worker has heard of it."""
    Document.objects.filter(pk=row.pk).update(queued_at=timezone.now() - jobs.RESEND_AFTER - timedelta(seconds=1))


def files_of(cast: Cast) -> list[Path]:
    return sorted(folder_of(cast).glob("*.pdf"))


def test_document_of_killed_processes_is_finished_later_and_once(reported: Cast, celery_worker_process: Stack) -> None:
    """First the process that makes it dies, as when memory is out; then the whole worker."""
    with pages_held():
        row = ask(reported)
        wait_for_pages(row, 1)
        os.kill(celery_worker_process.children("worker")[0], signal.SIGKILL)
        half_a_minute_passes(row)
        sweep_documents.delay()
        wait_until(lambda: now(row).attempts == 2 and now(row).pages_done > 0, "The second attempt")

        celery_worker_process.kill("worker")
    assert now(row).status == DocumentStatus.RENDERING
    assert files_of(reported) == []
    half_a_minute_passes(row)
    celery_worker_process.start_worker()
    sweep_documents.delay()

    made = wait_until_ready(row)
    assert made.attempts == 3
    assert [file.stat().st_size for file in files_of(reported)] == [made.size]
    assert ask(reported).status == DocumentStatus.READY


def test_document_survives_a_restart_of_the_broker(reported: Cast, celery_worker_process: Stack) -> None:
    with pages_held():
        row = ask(reported)
        wait_for_pages(row, 1)
        celery_worker_process.broker.restart(signal.SIGKILL)

    assert wait_until_ready(row).attempts == 1
    assert len(files_of(reported)) == 1


def test_document_that_a_flushed_broker_lost_is_made_all_the_same(
    reported: Cast, celery_worker_process: Stack, tmp_path: Path
) -> None:
    other = Gate(tmp_path)
    other.give_out()
    wait_until(other.is_in_hand, "A busy worker", seconds=120)
    row = ask(reported)
    celery_worker_process.broker.flush()
    other.let_go()
    wait_until(other.done.exists, "The end of the other work", seconds=120)
    assert now(row).status == DocumentStatus.QUEUED

    waits_long(row)
    sweep_documents.delay()
    assert wait_until_ready(row).attempts == 1


def test_document_asked_for_without_a_broker_is_made_when_it_is_back(
    reported: Cast, celery_worker_process: Stack
) -> None:
    celery_worker_process.broker.stop()
    row = ask(reported)
    assert now(row).status == DocumentStatus.QUEUED
    celery_worker_process.broker.start()
    waits_long(row)
    sweep_documents.delay()

    assert wait_until_ready(row).attempts == 1
