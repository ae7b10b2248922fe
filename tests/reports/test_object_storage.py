"""Files in an object storage, over the real S3 protocol: the same product, and what happens while the storage is away."""

from __future__ import annotations

import hashlib
import io
import os
import runpy
import zipfile
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ReadTimeoutError
from django.conf import settings as project
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.module_loading import import_string
from PIL import Image

from config import diagnosis, health
from people.errors import StorageAway
from reports import jobs, sweeping
from reports.actions import documents as actions
from reports.enums import DocumentStatus
from reports.models import Document
from reports.rendering.pictures import DocumentFetcher, stored_picture
from reviews import reading_jobs
from reviews import sweeping as reviews_sweeping
from reviews.actions.evidence import Described, add_evidence
from reviews.enums import ReadingStatus, SelfAssessmentStatus, Stage
from reviews.models import Evidence, EvidenceText, FilledForm, SelfAssessment, Upload
from reviews.offline import jobs as form_jobs
from reviews.uploads import pieces
from tests.cast import Cast, make_cast
from tests.object_server import ObjectServer
from tests.reports.test_publication import published
from tests.reports.test_published import ADDRESS, withdraw
from tests.reviews import files, readable_files
from tests.reviews.test_uploads import Tus

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

    from config.object_storage import ObjectStorage
    from tests.reports.conftest import Paper

pytestmark = pytest.mark.django_db
AWAY = "The storage of files does not answer at the moment. Nothing is lost: please try again in a minute."


@pytest.fixture(scope="module")
def server() -> Iterator[ObjectServer]:
    running = ObjectServer()
    running.start()
    yield running
    running.stop()


@pytest.fixture(scope="module")
def configured(server: ObjectServer) -> ObjectStorage:
    """The storage that the settings of a deployment make, with its bucket. Making one costs a third of a second."""
    with pytest.MonkeyPatch.context() as deployment:
        for name, value in {"BUCKET": "files", "ENDPOINT_URL": server.url, "REGION": "eu-west-1"}.items():
            deployment.setenv(f"S3_{name}", value)
        for name in ("S3_ACCESS_KEY", "S3_SECRET_KEY"):
            deployment.setenv(name, "only-for-tests")
        said = runpy.run_path(str(project.BASE_DIR / "config" / "settings.py"))["STORAGES"]["default"]
    made: ObjectStorage = import_string(said["BACKEND"])(**said["OPTIONS"])
    made.bucket.create(CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
    return made


@pytest.fixture(autouse=True)
def storage(configured: ObjectStorage, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """An empty bucket is the storage, and nothing may lie on the disk of this machine."""
    settings.MEDIA_ROOT = tmp_path / "media"
    configured.bucket.objects.all().delete()
    monkeypatch.setattr(default_storage, "_wrapped", configured)
    monkeypatch.setattr("botocore.endpoint.time.sleep", lambda _seconds: None)  # before it asks a second time
    yield configured
    assert not settings.MEDIA_ROOT.exists()


def stored() -> list[str]:
    """The names of all files in the bucket."""
    return sorted(found.key for found in default_storage.bucket.objects.all())  # type: ignore[attr-defined] # see above


def fetched(client: Client, url: str) -> tuple[Any, bytes]:
    """What a browser gets, read to its end: the answer came from us, and names no other address."""
    answer: Any = client.get(url)
    content = b"".join(answer)
    assert "Location" not in answer
    assert not [said for said in answer.headers.values() if "X-Amz" in said or "127.0.0.1" in said]
    return answer, content


def document_url(cast: Cast, name: str, row: Document) -> str:
    return reverse(f"reports:{name}", args=(cast.case.slug, row.pk))


def again(row: Document) -> Document:
    """Let the sweeper send it after its pause, and a worker make it."""
    Document.objects.filter(pk=row.pk).update(queued_at=timezone.now() - 2 * jobs.RESEND_AFTER)
    assert jobs.sweep() == [row.pk]
    jobs.make(row.pk)
    return Document.objects.get(pk=row.pk)


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast(Stage.SELF_ASSESSMENT)


# --- The product on an object storage ----------------------------------------------------------------
def test_evidence_by_form_is_cleaned_drawn_and_handed_out_by_us(cast: Cast) -> None:
    client = cast.client(cast.coordinator)
    sent = SimpleUploadedFile("school.pdf", files.photo_with_place(), "application/pdf")
    data = {"kind": "other", "access_class": "team", "file": sent}
    client.post(reverse("reviews:evidence", args=(cast.case.slug,)), data)

    row = Evidence.objects.get()
    assert (row.file_name, row.content_type) == ("school.jpg", "image/jpeg")
    assert stored() == [f"evidence/{cast.case.pk}/{row.sha256[:2]}/{row.sha256}"]
    url = reverse("reviews:evidence_download", args=(cast.case.slug, row.pk))
    answer, content = fetched(client, url)
    assert (answer.status_code, answer["Content-Disposition"]) == (200, 'attachment; filename="school.jpg"')
    assert answer["Cache-Control"] == "private, no-store"
    with Image.open(BytesIO(content)) as image:
        assert (dict(image.getexif()), hashlib.sha256(content).hexdigest()) == ({}, row.sha256)
    assert cast.client(cast.stranger).get(url).status_code == 404
    with pytest.raises(ValueError, match="every download asks who you are"):
        default_storage.url(str(row.file.name))


def test_file_in_pieces_is_put_together_read_and_previewed(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    content = readable_files.long_pdf(2)
    answer = Tus(cast, cast.coordinator).send(content, name="plan.txt", step=len(content) // 3 + 1)

    row = Evidence.objects.get()
    digest = hashlib.sha256(content).hexdigest()
    name = f"evidence/{cast.case.pk}/{digest[:2]}/{digest}"
    assert (answer.status_code, row.file_name, stored()) == (201, "plan.pdf", [name])
    reading_jobs.read(row.pk)
    text = EvidenceText.objects.get()
    assert (text.status, text.pages.count()) == (ReadingStatus.READY, 2)
    client = cast.client(cast.coordinator)
    url = reverse("reviews:page_picture", args=(cast.case.slug, row.pk, 2))
    first = client.get(url)
    monkeypatch.setattr("reviews.page_pictures.picture_of", None)  # another machine finds what this one drew
    assert (first["Content-Type"], client.get(url).content) == ("image/jpeg", first.content)
    assert stored() == [name, f"previews/{cast.case.pk}/{digest[:2]}/{digest}/0002.jpg"]


def test_document_and_archive_are_made_once_for_all_machines(
    cast: Cast, paper: Paper, settings: Settings, tmp_path: Path
) -> None:
    add_evidence(cast.seat(cast.coordinator), BytesIO(b"What we did"), "notes.txt", Described(access_class="team"))
    SelfAssessment.objects.update(status=SelfAssessmentStatus.ACCEPTED, accepted_at=timezone.now())
    client = cast.client(cast.lead)
    row = actions.request_document(cast.case, "handbook", "team", by=cast.lead)
    jobs.make(row.pk)
    row.refresh_from_db()
    first, other_machine = fetched(client, document_url(cast, "download", row)), tmp_path / "other"
    settings.WORK_DIR, settings.DOCUMENT_PARTS_DIR = other_machine / "work", other_machine / "parts"

    second = fetched(client, document_url(cast, "download", row))
    same = actions.request_document(cast.case, "handbook", "team", by=cast.lead)

    assert (first[1], hashlib.sha256(first[1]).hexdigest()) == (second[1], row.sha256)
    assert first[0]["Content-Disposition"].startswith('attachment; filename="timisoara-')
    assert (same.pk, same.status, len(paper.made)) == (row.pk, DocumentStatus.READY, 1)
    packed = actions.request_document(cast.case, "archive", "team", by=cast.lead, as_format="zip")
    jobs.make(packed.pk)
    packed.refresh_from_db()
    content = fetched(client, document_url(cast, "download", packed))[1]
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        held = {name.partition("/")[2]: archive.read(name) for name in archive.namelist()}
    assert (packed.warnings, len(content), b"What we did" in held.values()) == ([], packed.size, True)
    assert first[1] in held.values()
    Document.objects.filter(pk=packed.pk).update(finished_at=timezone.now() - timedelta(days=project.ARCHIVE_DAYS + 1))
    assert sweeping.sweep_archives() == 1
    assert [name for name in stored() if name.endswith(".zip")] == []
    assert list(settings.WORK_DIR.iterdir()) == []


def test_large_files_go_in_parts_and_through_the_disk(server: ObjectServer) -> None:
    content = os.urandom(1 << 20) * 9  # boto sends more than 8 MB in parts
    name = default_storage.save("documents/1/large.zip", ContentFile(content))

    with default_storage.open(name) as file:
        assert file.file._rolled  # type: ignore[union-attr] # not in memory
        assert file.read() == content
        file.close()
        file.open()
        assert file.read(100) == content[:100]
    assert (default_storage.size(name), default_storage.save(name, ContentFile(b"x")) != name) == (len(content), True)
    with pytest.raises(FileNotFoundError):
        default_storage.open("documents/1/other.zip")


def test_published_pdf_is_frozen_handed_out_and_erased_for_good(
    db: None, paper: Paper, server: ObjectServer, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    cast = make_cast()
    row = published(cast)
    assert row.document_id is not None
    jobs.make(row.document_id)
    frozen = fetched(Client(), f"{ADDRESS}pdf/")
    paper.text = "Written later"

    assert fetched(Client(), f"{ADDRESS}pdf/")[1] == frozen[1] == b"%PDF-1.7 <p>What we found</p>"
    with server.away():
        away = Client().get(f"{ADDRESS}pdf/")
        assert (away.status_code, AWAY in away.content.decode()) == (503, True)
        with django_capture_on_commit_callbacks(execute=True):
            withdraw(cast, erase=True)
    assert Client().get(f"{ADDRESS}pdf/").status_code == 410
    assert len([name for name in stored() if name.startswith("documents/")]) == 1  # it could not be deleted then
    assert sweeping.sweep_files_without_row() == 0
    assert sweeping.sweep_files_without_row(now=timezone.now() + timedelta(hours=25)) == 1
    assert [name for name in stored() if name.startswith("documents/")] == []


def test_what_no_row_names_is_tidied(cast: Cast) -> None:
    tus = Tus(cast, cast.coordinator)
    tus.send(b"First")
    kept = stored()
    tus.piece(tus.begin(10)["Location"], b"Half", 0)
    Upload.objects.all().delete()
    default_storage.save(f"evidence/{cast.case.pk}/ab/abcd", ContentFile(b"A crash left me"))

    assert reviews_sweeping.sweep_uploads() == 1
    assert reviews_sweeping.sweep_files_without_row() == 0
    assert reviews_sweeping.sweep_files_without_row(now=timezone.now() + timedelta(hours=25)) == 1
    assert stored() == kept


# --- The storage is away ---------------------------------------------------------------------------
def test_upload_goes_on_where_it_stopped(cast: Cast, server: ObjectServer) -> None:
    tus = Tus(cast, cast.coordinator)
    url = tus.begin(10)["Location"]
    tus.piece(url, b"Hello", 0)
    with server.away():
        refused = tus.piece(url, b"World", 5)
        assert (refused.status_code, refused.json()["code"], refused.json()["message"]) == (503, "storage_away", AWAY)
        assert tus.ask(url)["Upload-Offset"] == "5"
    tus.piece(url, b"World", 5)
    with server.away():
        assert (tus.ask(url, "post").status_code, Evidence.objects.count()) == (503, 0)

    assert tus.ask(url, "post").status_code == 201
    row = Evidence.objects.get()
    with default_storage.open(str(row.file.name)) as file:
        assert file.read() == b"HelloWorld"
    assert [name for name in stored() if name.startswith(pieces._FOLDER)] == []


def test_file_out_of_reach_is_not_called_lost(cast: Cast, server: ObjectServer) -> None:
    content = b"A page"
    row = add_evidence(cast.seat(cast.coordinator), BytesIO(content), "plan.txt", Described(access_class="team"))
    client = cast.client(cast.coordinator)
    addresses = {
        "download": reverse("reviews:evidence_download", args=(cast.case.slug, row.pk)),
        "form": reverse("reviews:evidence", args=(cast.case.slug,)),
    }
    form = FilledForm.objects.create(
        self_assessment=cast.case.self_assessment, file=row.file.name, file_name="form.docx", size=6
    )
    with server.away():
        answer = client.get(addresses["download"])
        data = {"kind": "other", "access_class": "team", "file": SimpleUploadedFile("a.txt", b"Another")}
        sent = client.post(addresses["form"], data, follow=True)
        assert (answer.status_code, AWAY in answer.content.decode()) == (503, True)
        assert f"a.txt: {AWAY}" in sent.content.decode()
        reading_jobs.read(row.pk)
        form_jobs.read(form.pk)
        form.refresh_from_db()
        assert (form.status, form.attempts, form.message) == (ReadingStatus.QUEUED, 0, "")
    assert Evidence.objects.count() == 1
    text = EvidenceText.objects.get()
    assert (text.status, text.attempts, text.message) == (ReadingStatus.QUEUED, 0, "")
    EvidenceText.objects.update(queued_at=timezone.now() - 2 * reading_jobs.RESEND_AFTER)
    assert reading_jobs.unread() == [row.pk]
    reading_jobs.read(row.pk)
    assert EvidenceText.objects.get().status == ReadingStatus.READY
    assert fetched(client, addresses["download"])[1] == content


def test_storage_that_says_nothing_is_away_too(monkeypatch: pytest.MonkeyPatch) -> None:
    def silent(*_: object) -> None:
        raise ReadTimeoutError(endpoint_url="http://127.0.0.1")

    monkeypatch.setattr("botocore.httpsession.URLLib3Session.send", silent)
    for act in (default_storage.open, default_storage.exists, default_storage.delete, default_storage.size):
        with pytest.raises(StorageAway):
            act("evidence/1/ab/abcd")
    with pytest.raises(StorageAway):
        default_storage.save("evidence/1/ab/abcd", ContentFile(b"x"))


def test_document_is_finished_when_the_storage_is_back(cast: Cast, paper: Paper, server: ObjectServer) -> None:
    row = actions.request_document(cast.case, "handbook", "team", by=cast.lead)
    paper.before, paper.pages = server.stop, 1  # in the middle
    jobs.make(row.pk)
    row.refresh_from_db()
    assert (row.status, row.attempts, bool(row.file)) == (DocumentStatus.QUEUED, 1, False)
    for _ in range(2):
        row = again(row)
    assert (row.status, row.error) == (DocumentStatus.FAILED, jobs.STORAGE_AWAY)

    server.start()
    paper.before = None
    actions.retry_document(row, by=cast.lead)
    jobs.make(row.pk)
    row.refresh_from_db()
    assert (row.status, stored()) == (DocumentStatus.READY, [str(row.file.name)])


def test_nothing_is_left_out_of_a_document_because_it_is_out_of_reach(cast: Cast, server: ObjectServer) -> None:
    name = default_storage.save("photos/school.png", ContentFile(files.picture()))
    add_evidence(cast.seat(cast.coordinator), BytesIO(b"What we did"), "notes.txt", Described(access_class="team"))
    SelfAssessment.objects.update(status=SelfAssessmentStatus.ACCEPTED, accepted_at=timezone.now())
    row = actions.request_document(cast.case, "archive", "team", by=cast.lead, as_format="zip")
    fetcher = DocumentFetcher(stored_picture)
    with server.away():
        with pytest.raises(StorageAway):
            fetcher.picture(f"photo:{name}")
        jobs.make(row.pk)
        row.refresh_from_db()
        assert (row.status, fetcher.broken) == (DocumentStatus.QUEUED, [])

    row = again(row)
    assert (row.status, row.warnings) == (DocumentStatus.READY, [])
    assert fetcher.picture(f"photo:{name}")


# --- Is it well? -----------------------------------------------------------------------------------
def test_readyz_and_doctor_say_what_is_wrong(
    server: ObjectServer, storage: ObjectStorage, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert health.storage() == "The object storage answers."
    assert diagnosis.storage().sentence == "A file was written, read and removed."
    assert stored() == []
    with server.away():
        assert diagnosis.storage().sentence.startswith("The object storage does not answer. Check S3_BUCKET")
    monkeypatch.setattr(storage, "bucket_name", "no-such-bucket")
    with pytest.raises(health.Unwell, match=r"^The object storage does not answer\. Check S3_BUCKET"):
        health.storage()


def test_the_bucket_is_made_once(
    server: ObjectServer, storage: ObjectStorage, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(storage, "bucket_name", "a-new-one")

    call_command("make_bucket")
    call_command("make_bucket")

    assert capsys.readouterr().out == "The bucket a-new-one is made.\nThe bucket a-new-one is there already.\n"
    with server.away(), pytest.raises(CommandError, match=r"^The object storage does not answer"):
        call_command("make_bucket")
