"""Forms that bring too much: what is too large is dropped on the way, told by name, and the rest is kept."""

from __future__ import annotations

import http.client
from contextlib import closing, suppress
from io import BytesIO
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings as project
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from reviews.actions.evidence import Described, add_evidence
from reviews.enums import Stage
from reviews.models import Evidence
from tests.cast import Cast, make_cast

if TYPE_CHECKING:
    from pytest_django import Settings

    from tests.stack import Stack

SAID = {"kind": "other", "access_class": "team"}
MB = 1024 * 1024


@pytest.fixture
def small(settings: Settings) -> None:
    settings.EVIDENCE_MAX_BYTES = MB
    settings.UPLOAD_REQUEST_BYTES = 4 * MB


def sent(cast: Cast, *contents: tuple[str, bytes], **headers: str) -> Any:
    files = [SimpleUploadedFile(name, content) for name, content in contents]
    url = reverse("reviews:evidence", args=(cast.case.slug,))
    return cast.client(cast.coordinator).post(url, {**SAID, "file": files}, headers=headers or None, follow=True)


@pytest.mark.django_db
@pytest.mark.usefixtures("small")
def test_file_that_is_too_large_is_told_and_the_others_are_kept() -> None:
    cast = make_cast(Stage.SELF_ASSESSMENT)

    page = sent(cast, ("one.txt", b"One"), ("film.txt", b"Long. " * (MB // 3)), ("two.txt", b"Two")).content.decode()

    assert "film.txt: This file is too large: at most 1 MB." in page
    assert sorted(Evidence.objects.values_list("title", flat=True)) == ["one", "two"]


@pytest.mark.django_db
@pytest.mark.usefixtures("small")
def test_only_file_that_is_too_large_is_told_by_its_name() -> None:
    cast = make_cast(Stage.SELF_ASSESSMENT)

    page = sent(cast, ("film.txt", b"Long. " * (MB // 3))).content.decode()

    assert "film.txt: This file is too large: at most 1 MB." in page
    assert "Please choose a file" not in page
    assert not Evidence.objects.exists()


@pytest.mark.django_db
@pytest.mark.usefixtures("small")
def test_newer_version_that_is_too_large_is_told_by_its_name() -> None:
    cast = make_cast(Stage.SELF_ASSESSMENT)
    row = add_evidence(cast.seat(cast.coordinator), BytesIO(b"One"), "one.txt", Described())
    url = reverse("reviews:evidence_bring", args=(cast.case.slug, row.pk))
    film = SimpleUploadedFile("film.txt", b"Long. " * (MB // 3))

    page = cast.client(cast.coordinator).post(url, {"file": film}, follow=True).content.decode()

    assert "film.txt: This file is too large: at most 1 MB." in page
    assert row.versions.count() == 0


@pytest.mark.django_db
@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("accept", ["text/html", "application/json"])
def test_far_too_large_form_is_answered_before_it_is_read(accept: str) -> None:
    cast = make_cast(Stage.SELF_ASSESSMENT)

    answer = sent(cast, ("film.txt", bytes(5 * MB)), accept=accept)

    assert answer.status_code == 413
    assert "one form takes 4 MB" in answer.content.decode()
    assert not Evidence.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_server_answers_a_huge_form_without_waiting_for_it(live_stack: Stack) -> None:
    """The browser announces ten gigabytes and sends one piece: the answer comes, and nothing lies on the disk."""
    cast = make_cast(Stage.SELF_ASSESSMENT)
    client = Client()
    client.force_login(cast.coordinator, backend="django.contrib.auth.backends.ModelBackend")
    session = client.cookies[project.SESSION_COOKIE_NAME].value
    with closing(http.client.HTTPConnection(str(urlsplit(live_stack.url).netloc), timeout=60)) as connection:
        connection.putrequest("POST", f"/cases/{cast.case.slug}/self-assessment/evidence/")
        connection.putheader("Content-Type", "multipart/form-data; boundary=x")
        connection.putheader("Content-Length", str(10 * 1024 * MB))
        connection.putheader("Cookie", f"{project.SESSION_COOKIE_NAME}={session}")
        connection.endheaders()
        with suppress(BrokenPipeError, ConnectionResetError):  # it may have answered and closed before all is sent
            connection.send(
                b'--x\r\nContent-Disposition: form-data; name="file"; filename="film.txt"\r\n\r\n' + bytes(MB)
            )
        answer = connection.getresponse()

        assert answer.status == 413
        assert b"Nothing was kept" in answer.read()
