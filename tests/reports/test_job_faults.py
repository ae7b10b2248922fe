"""What goes wrong while a document is made: it ends finished or clearly failed, never in silence, and nothing is left."""

from __future__ import annotations

import errno
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.core import mail
from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage

from people.models import Notification
from people.tasks import mail_notifications
from reports import jobs, storing
from reports.actions import documents as actions
from reports.archive import zipping
from reports.enums import DocumentStatus
from reports.models import Document
from reports.rendering import engine
from tests.cast import Cast
from tests.factories import make_visit
from tests.servers import wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django import DjangoCaptureOnCommitCallbacks

    from tests.reports.conftest import Paper

FULL = OSError(errno.ENOSPC, "No space left on device")


def made(cast: Cast, kind: str = "handbook", edition: str = "team", as_format: str = "pdf") -> Document:
    row = actions.request_document(cast.case, kind, edition, by=cast.lead, as_format=as_format)
    jobs.make(row.pk)
    return Document.objects.get(pk=row.pk)


def files_of(cast: Cast) -> list[Path]:
    return list((Path(settings.MEDIA_ROOT) / "documents" / str(cast.case.pk)).glob("*"))


def test_full_disk_fails_clearly_leaves_nothing_and_can_be_tried_again(
    cast: Cast, paper: Paper, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ten_bytes(_file: File[bytes], _size: int | None = None) -> Iterator[bytes]:
        yield b"%PDF-1.7 h"
        raise FULL

    before = len(files_of(cast))
    with monkeypatch.context() as broken:
        broken.setattr(File, "chunks", ten_bytes)
        row = made(cast)
    assert (row.status, row.error, bool(row.file)) == (DocumentStatus.FAILED, jobs.NOT_STORED, False)
    assert len(files_of(cast)) == before
    assert Notification.objects.get().text.endswith("Handbook, team edition, version 1 could not be made")

    actions.retry_document(row, by=cast.lead)
    jobs.make(row.pk)
    row.refresh_from_db()
    assert row.status == DocumentStatus.READY
    default_storage.delete(str(row.file.name))


def test_full_disk_while_an_archive_is_written_leaves_nothing(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> str:
        raise FULL

    monkeypatch.setattr(zipping._Writer, "_copied", full)
    row = made(cast, "archive", "team", "zip")
    assert (row.status, row.error) == (DocumentStatus.FAILED, jobs.NOT_STORED)
    assert list(settings.WORK_DIR.glob("*")) == []


def test_missing_fonts_fail_with_what_the_operator_can_do(
    cast: Cast, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`manage.py doctor` says the same before (tests/config/test_diagnosis.py)."""
    make_visit(cast.case)
    monkeypatch.setattr(engine, "_kept", [])
    settings.FONTS_DIR = tmp_path
    row = made(cast)
    assert row.status == DocumentStatus.FAILED
    assert row.error == "The fonts for documents are missing on the server. Its operator can run manage.py build_fonts."


def test_a_document_that_needs_too_much_memory_says_so(cast: Cast, paper: Paper) -> None:
    paper.fails = MemoryError()
    row = made(cast)
    assert (row.status, row.error) == (DocumentStatus.FAILED, jobs.TOO_LARGE)


def test_a_file_that_a_killed_worker_was_writing_is_deleted_with_its_attempt(cast: Cast, paper: Paper) -> None:
    row = actions.request_document(cast.case, "handbook", "team", by=cast.lead)
    started = jobs._start(row.pk)
    assert started is not None
    assert started.heartbeat_at is not None
    name = default_storage.save("documents/half.pdf", ContentFile(b"%PDF half"))
    Document.objects.filter(pk=row.pk).update(file=name, heartbeat_at=started.heartbeat_at - 2 * jobs.STALE_AFTER)
    assert jobs.sweep() == [row.pk]
    assert not default_storage.exists(name)
    jobs.make(row.pk)
    row.refresh_from_db()
    assert (row.status, row.attempts) == (DocumentStatus.READY, 2)


def test_a_slow_storage_shows_life(monkeypatch: pytest.MonkeyPatch) -> None:
    """However long the storage takes, the sweeper must not take the work away."""
    beats: list[int] = []
    monkeypatch.setattr(storing, "BEAT_SECONDS", 0.001)

    def slow(name: str, _content: File[bytes]) -> str:
        wait_until(lambda: len(beats) > 2, "Signs of life", seconds=10)
        return name

    monkeypatch.setattr(default_storage, "save", slow)
    assert storing.store("documents/x.pdf", BytesIO(b"%PDF"), beat=lambda: beats.append(1)) == "documents/x.pdf"


@pytest.mark.parametrize("fails", [None, ZeroDivisionError()])
def test_mails_about_documents_bring_a_link_and_never_the_file(
    cast: Cast,
    paper: Paper,
    fails: Exception | None,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    paper.fails = fails
    row = made(cast)
    told = Notification.objects.get()
    mail_notifications([told.pk])
    message = mail.outbox[0]
    assert (message.to, message.attachments) == ([cast.lead.email], [])
    assert f"/cases/timisoara/documents/#document-{row.pk}" in message.body
    assert "%PDF" not in message.message().as_string()
