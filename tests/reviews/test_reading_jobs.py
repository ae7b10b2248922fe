"""Files read by a worker: progress, failures in words, versions, killed workers."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from people.errors import AlreadyDone
from reviews import reading_jobs
from reviews.actions.evidence import Described, add_evidence
from reviews.actions.evidence_text import read_again
from reviews.actions.evidence_versions import add_version
from reviews.enums import ReadingStatus, Stage
from reviews.extraction import limits
from reviews.extraction.limits import Part, Refused
from reviews.models import Evidence, EvidencePage, EvidenceText
from reviews.tasks import read_evidence, sweep_readings
from tests.cast import Cast, make_cast
from tests.reviews import files, readable_files
from tests.servers import wait_until
from tests.stack_tasks import pages_held

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import BinaryIO

    from tests.stack import Stack


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast(Stage.SELF_ASSESSMENT)


def added(cast: Cast, content: bytes, name: str = "plan.pdf") -> Evidence:
    return add_evidence(cast.seat(cast.coordinator), BytesIO(content), name, Described())


def text_of(row: Evidence) -> EvidenceText:
    return EvidenceText.objects.get(evidence=row)


def state(row: Evidence) -> tuple[str, int, int, int]:
    text = text_of(row)
    return text.status, text.pages_done, text.pages_total, text.pages.count()


def test_added_file_waits_and_is_sent_to_a_worker_after_commit(
    cast: Cast, django_capture_on_commit_callbacks: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[int] = []
    monkeypatch.setattr(read_evidence, "delay", sent.append)

    with django_capture_on_commit_callbacks(execute=True):
        row = added(cast, readable_files.long_pdf(2))
        assert sent == []

    assert sent == [row.pk]
    assert (state(row), text_of(row).sha256) == ((ReadingStatus.QUEUED, 0, 0, 0), row.sha256)


def test_picture_has_no_text_to_read(cast: Cast) -> None:
    row = added(cast, files.picture(), "photo.png")

    assert not EvidenceText.objects.filter(evidence=row).exists()


def test_file_is_read_page_by_page(cast: Cast) -> None:
    row = added(cast, readable_files.long_pdf(3, lines=2))

    reading_jobs.read(row.pk)

    assert state(row) == (ReadingStatus.READY, 3, 3, 3)
    assert text_of(row).words == 3 * 2 * 7
    page = text_of(row).pages.get(number=2)
    assert page.text == "Page 2, line 0 of the plan\nPage 2, line 1 of the plan"
    assert page.folded == "page 2, line 0 of the plan page 2, line 1 of the plan"


def test_reading_twice_reads_once(cast: Cast) -> None:
    row = added(cast, readable_files.long_pdf(2))
    reading_jobs.read(row.pk)

    reading_jobs.read(row.pk)

    assert (state(row), text_of(row).attempts) == ((ReadingStatus.READY, 2, 2, 2), 1)


@pytest.mark.parametrize(
    ("content", "message"),
    [(readable_files.scanned_pdf(4), limits.SCANNED), (files.pdf(), limits.SCANNED)],
    ids=["scanned", "blank"],
)
def test_file_without_text_says_so_and_keeps_its_pages_to_look_at(cast: Cast, content: bytes, message: str) -> None:
    row = added(cast, content)

    reading_jobs.read(row.pk)

    text = text_of(row)
    assert (text.status, text.message, text.pages.count()) == (ReadingStatus.FAILED, message, 0)
    assert text.pages_total in {1, 4}


def test_file_that_the_storage_has_lost_fails_with_a_sentence(cast: Cast) -> None:
    row = added(cast, readable_files.long_pdf(2))
    row.file.storage.delete(str(row.file.name))

    reading_jobs.read(row.pk)

    assert (text_of(row).status, text_of(row).message) == (ReadingStatus.FAILED, reading_jobs.LOST)


def test_failed_file_keeps_no_half_text(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(*_: object, **__: object) -> Iterator[Part]:
        yield Part(0, "", 9)
        yield from (Part(number, "Text", 9) for number in range(1, 80))
        assert EvidencePage.objects.count() == 50
        raise Refused(limits.TOO_LONG)

    row = added(cast, readable_files.long_pdf(2))
    monkeypatch.setattr(reading_jobs, "read_pages", breaks)

    reading_jobs.read(row.pk)

    assert (text_of(row).status, text_of(row).message, EvidencePage.objects.count()) == ("failed", limits.TOO_LONG, 0)


def test_unforeseen_error_is_a_sentence_too(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(*_: object, **__: object) -> Iterator[Part]:
        raise ZeroDivisionError

    row = added(cast, readable_files.long_pdf(2))
    monkeypatch.setattr(reading_jobs, "read_pages", breaks)

    reading_jobs.read(row.pk)

    assert (text_of(row).status, text_of(row).message) == (ReadingStatus.FAILED, limits.UNREADABLE)


# --- Versions -------------------------------------------------------------------------------------
def test_new_version_is_read_anew(cast: Cast) -> None:
    row = added(cast, readable_files.long_pdf(3))
    reading_jobs.read(row.pk)

    newer = add_version(cast.seat(cast.coordinator), row.pk, BytesIO(readable_files.long_pdf(2)), "plan.pdf")

    assert (state(row), text_of(row).sha256) == ((ReadingStatus.QUEUED, 0, 0, 0), newer.sha256)
    reading_jobs.read(row.pk)
    assert state(row) == (ReadingStatus.READY, 2, 2, 2)


def test_worker_that_still_reads_an_older_version_writes_nothing_more(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(_file: BinaryIO, _extension: str, *, on_cut: Callable[[str], None]) -> Iterator[Part]:
        yield Part(0, "", 90)
        add_version(cast.seat(cast.coordinator), row.pk, BytesIO(readable_files.long_pdf(2)), "plan.pdf")
        yield from (Part(number, "Of the older version", 90) for number in range(1, 91))

    row = added(cast, readable_files.long_pdf(3))
    monkeypatch.setattr(reading_jobs, "read_pages", interrupted)

    reading_jobs.read(row.pk)

    assert state(row) == (ReadingStatus.QUEUED, 0, 0, 0)


# --- Lost workers and messages --------------------------------------------------------------------
def lost(row: Evidence, **changes: object) -> None:
    """Let the row look as it does when its worker has been dead for longer than STALE_AFTER."""
    long_ago = timezone.now() - reading_jobs.STALE_AFTER - timedelta(seconds=1)
    EvidenceText.objects.filter(evidence=row).update(status=ReadingStatus.READING, heartbeat_at=long_ago, **changes)


def test_file_of_a_dead_worker_is_read_by_the_next(cast: Cast) -> None:
    row = added(cast, readable_files.long_pdf(2))
    lost(row, attempts=1)
    EvidencePage.objects.create(evidence_text=text_of(row), number=1, text="Half")

    assert reading_jobs.unread() == [row.pk]
    reading_jobs.read(row.pk)

    assert (state(row), text_of(row).attempts) == ((ReadingStatus.READY, 2, 2, 2), 2)


def test_file_that_kills_every_worker_is_given_up(cast: Cast) -> None:
    row = added(cast, readable_files.long_pdf(2))
    lost(row, attempts=reading_jobs.MOST_ATTEMPTS)

    assert reading_jobs.unread() == []
    assert (text_of(row).status, text_of(row).message) == (ReadingStatus.FAILED, reading_jobs.GAVE_UP)


def test_living_worker_is_left_alone(cast: Cast) -> None:
    row = added(cast, readable_files.long_pdf(2))
    EvidenceText.objects.update(status=ReadingStatus.READING, heartbeat_at=timezone.now())

    assert reading_jobs.unread() == []
    assert text_of(row).status == ReadingStatus.READING


def test_lost_message_is_sent_again_once_in_a_while(cast: Cast) -> None:
    row = added(cast, readable_files.long_pdf(2))
    assert reading_jobs.unread() == []
    EvidenceText.objects.update(queued_at=timezone.now() - reading_jobs.RESEND_AFTER * 2)

    assert (reading_jobs.unread(), reading_jobs.unread()) == ([row.pk], [])


def test_file_from_before_is_found_and_read(cast: Cast) -> None:
    row = added(cast, readable_files.long_pdf(2))
    EvidenceText.objects.all().delete()
    added(cast, files.picture(), "photo.png")

    assert reading_jobs.unread() == [row.pk]


def test_failed_file_is_read_again_when_somebody_asks(cast: Cast) -> None:
    row = added(cast, readable_files.long_pdf(2))
    lost(row, attempts=reading_jobs.MOST_ATTEMPTS)
    reading_jobs.unread()

    read_again(cast.seat(cast.coordinator), row)

    assert (state(row), text_of(row).attempts) == ((ReadingStatus.QUEUED, 0, 0, 0), 0)
    with pytest.raises(AlreadyDone):
        read_again(cast.seat(cast.coordinator), row)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_file_of_a_killed_worker_is_read_later_and_once(celery_worker_process: Stack) -> None:
    with pages_held():
        row = added(make_cast(Stage.SELF_ASSESSMENT), readable_files.long_pdf(200, lines=40))
        wait_until(lambda: text_of(row).pages_done > 0, "Some pages", seconds=60)
        celery_worker_process.kill("worker")
    assert text_of(row).status == ReadingStatus.READING

    lost(row)
    celery_worker_process.start_worker()
    sweep_readings.delay()

    wait_until(lambda: text_of(row).status == ReadingStatus.READY, "The whole text", seconds=120)
    assert (state(row), text_of(row).attempts) == ((ReadingStatus.READY, 200, 200, 200), 2)
