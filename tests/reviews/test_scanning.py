"""The virus scanner: a real one, with signatures of the tests. What it finds, or cannot check, is not kept."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from config import diagnosis
from people.errors import NotNow, NotReady
from reviews.actions.evidence import Described, add_evidence
from reviews.enums import ScanResult, Stage
from reviews.models import Evidence
from tests.cast import Cast, make_cast
from tests.reviews import files
from tests.scanner import HARMLESS, KNOWN, Scanner

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytest_django import Settings

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def running() -> Iterator[Scanner]:
    made = Scanner()
    try:
        made.start()
        yield made
    finally:
        made.remove()


@pytest.fixture
def scanner(running: Scanner, settings: Settings) -> Scanner:
    settings.CLAMAV_URL = running.url
    return running


@pytest.fixture(autouse=True)
def media(settings: Settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast(Stage.SELF_ASSESSMENT)


def add(cast: Cast, content: bytes, name: str = "notes.txt") -> Evidence:
    return add_evidence(cast.seat(cast.coordinator), BytesIO(content), name, Described())


def is_nothing_stored(media: Path) -> bool:
    return not Evidence.objects.exists() and not list(media.rglob("*"))


@pytest.mark.parametrize("address", ["tcp", "unix"])
def test_clean_file_is_kept_with_what_the_scanner_said(
    cast: Cast, running: Scanner, settings: Settings, address: str
) -> None:
    settings.CLAMAV_URL = running.url if address == "tcp" else f"unix://{running.path}"

    row = add(cast, files.pdf(), "plan.pdf")

    row.refresh_from_db()
    assert row.scan == ScanResult.CLEAN
    assert row.scanned_at
    assert abs((timezone.now() - row.scanned_at).total_seconds()) < 60


@pytest.mark.parametrize(("content", "name"), [(HARMLESS, "Test.Harmless"), (KNOWN.encode(), "Test.Known")])
@pytest.mark.usefixtures("scanner")
def test_file_in_which_something_is_found_is_refused_by_its_name(
    cast: Cast, media: Path, content: bytes, name: str
) -> None:
    with pytest.raises(NotReady) as refused:
        add(cast, content)

    assert refused.value.code == "file_virus"
    assert refused.value.message.startswith(f"The virus scanner found “{name}")
    assert is_nothing_stored(media)


@pytest.mark.usefixtures("scanner")
def test_what_hides_inside_an_office_file_is_found(cast: Cast, media: Path) -> None:
    with pytest.raises(NotReady) as refused:
        add(cast, files.office(parts={"word/comments.xml": HARMLESS * 50}), "text.docx")

    assert refused.value.code == "file_virus"
    assert is_nothing_stored(media)


@pytest.mark.usefixtures("scanner")
def test_picture_is_scanned_as_it_came_and_not_as_it_is_kept(cast: Cast) -> None:
    with pytest.raises(NotReady) as refused:
        add(cast, files.picture("JPEG", comment=HARMLESS), "photo.jpg")

    assert refused.value.code == "file_virus"


def test_without_an_answer_nothing_is_kept(cast: Cast, media: Path, settings: Settings) -> None:
    settings.CLAMAV_URL = "unix:///nowhere/clamd.sock"

    with pytest.raises(NotNow) as refused:
        add(cast, files.pdf(), "plan.pdf")

    assert (refused.value.status, refused.value.code) == (503, "file_scanner")
    assert "try again in a minute" in refused.value.message
    assert is_nothing_stored(media)


def test_scanner_that_hangs_is_not_waited_for(cast: Cast, media: Path, scanner: Scanner, settings: Settings) -> None:
    settings.CLAMAV_SECONDS = 1
    scanner.pause()
    try:
        with pytest.raises(NotNow):
            add(cast, files.pdf(), "plan.pdf")
    finally:
        scanner.go_on()
    assert is_nothing_stored(media)


def test_file_that_is_too_large_for_the_scanner_is_not_kept(cast: Cast, media: Path, settings: Settings) -> None:
    small = Scanner()
    try:
        small.start("StreamMaxLength 10K")
        settings.CLAMAV_URL = small.url
        with pytest.raises(NotNow):
            add(cast, b"Long. " * 100_000)
    finally:
        small.remove()
    assert is_nothing_stored(media)


def test_form_says_that_the_scanner_is_away_and_goes_on(cast: Cast, media: Path, settings: Settings) -> None:
    settings.CLAMAV_URL = "tcp://127.0.0.1:1"
    url = reverse("reviews:evidence", args=(cast.case.slug,))
    sent = {"kind": "other", "access_class": "team", "file": SimpleUploadedFile("a.txt", b"Text")}

    response: Any = cast.client(cast.coordinator).post(url, sent, follow=True)

    assert "a.txt: The virus scanner does not answer" in response.content.decode()
    assert is_nothing_stored(media)


def test_without_a_scanner_the_row_says_so(cast: Cast) -> None:
    row = add(cast, files.pdf(), "plan.pdf")

    assert (row.scan, row.scanned_at) == (ScanResult.NOT_SCANNED, None)


@pytest.mark.usefixtures("scanner")
def test_doctor_asks_the_scanner() -> None:
    found = diagnosis.scanner()

    assert (found.verdict, found.about) == (diagnosis.Verdict.WELL, "scanner")
    assert found.sentence.startswith("The virus scanner answers: ClamAV ")


@pytest.mark.parametrize(
    ("url", "verdict"),
    [("", "look"), ("tcp://127.0.0.1:1", "WRONG"), ("unix:///nowhere", "WRONG"), ("127.0.0.1:3310", "WRONG")],
)
def test_doctor_says_what_is_wrong_with_the_scanner(settings: Settings, url: str, verdict: str) -> None:
    settings.CLAMAV_URL = url

    assert diagnosis.scanner().verdict == verdict
