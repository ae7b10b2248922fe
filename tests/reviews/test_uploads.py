"""Files that come in pieces: the protocol, whose they are, their limits, and what a lost answer or a crash leaves."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings as project
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from reviews import sweeping
from reviews.actions.announcing import announce_evidence
from reviews.actions.evidence import Described, Promise, remove_evidence
from reviews.enums import EvidenceClass, Role, Stage
from reviews.models import Assignment, CaseEvent, Evidence, Membership, Question, Upload
from reviews.uploads import pieces
from tests import factories
from tests.cast import Cast, make_cast
from tests.reviews import files

if TYPE_CHECKING:
    from pathlib import Path

    from django.test import Client
    from pytest_django import Settings

    from people.models import User

pytestmark = pytest.mark.django_db
TUS = {"tus-resumable": "1.0.0"}
SAID = {"access_class": "team", "kind": "other"}


@pytest.fixture(autouse=True)
def media(settings: Settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast(Stage.SELF_ASSESSMENT)


def stored(media: Path) -> list[str]:
    """The files below the media folder."""
    return sorted(str(path.relative_to(media)) for path in media.rglob("*") if path.is_file())


def encoded(said: dict[str, str]) -> str:
    return ",".join(f"{name} {b64encode(value.encode()).decode()}" for name, value in said.items())


class Tus:
    """What a browser does, as one person."""

    def __init__(self, cast: Cast, user: User) -> None:
        self.slug, self.client = cast.case.slug, cast.client(user)

    def begin(self, size: int, *, name: str = "notes.txt", **said: str) -> Any:
        described = SAID if "evidence" not in said else {}
        metadata = encoded({"filename": name, **described, **said})
        headers = {**TUS, "upload-length": str(size), "upload-metadata": metadata}
        return self.client.post(reverse("reviews:uploads", args=(self.slug,)), headers=headers)

    def piece(self, url: str, content: bytes, offset: int, **headers: str) -> Any:
        kind = "application/offset+octet-stream"
        told = {**TUS, "upload-offset": str(offset), **headers}
        return self.client.patch(url, content, content_type=kind, headers=told)

    def ask(self, url: str, method: str = "head") -> Any:
        return getattr(self.client, method)(url, headers=TUS)

    def send(self, content: bytes, *, name: str = "notes.txt", step: int = 1000, **said: str) -> Any:
        """The whole way; returns the last answer."""
        url = self.begin(len(content), name=name, **said)["Location"]
        for offset in range(0, len(content), step):
            assert self.piece(url, content[offset : offset + step], offset).status_code == 204
        return self.ask(url, "post")


@pytest.fixture
def tus(cast: Cast) -> Tus:
    return Tus(cast, cast.coordinator)


# --- The way of a file ----------------------------------------------------------------------------
def test_file_in_pieces_becomes_evidence_byte_by_byte(tus: Tus, cast: Cast, media: Path) -> None:
    content = files.pdf()

    answer = tus.send(content, name="Plan_local.pdf", step=100)

    row = Evidence.objects.get()
    digest = hashlib.sha256(content).hexdigest()
    assert (answer.status_code, answer.json()) == (201, {"id": row.pk, "title": "Plan local", "sha256": digest})
    assert (row.sha256, row.access_class, row.uploaded_by) == (digest, "team", cast.coordinator)
    assert stored(media) == [f"evidence/{cast.case.pk}/{digest[:2]}/{digest}"]
    assert CaseEvent.objects.get(kind="uploaded").evidence == row


def test_server_says_what_it_speaks(tus: Tus) -> None:
    answer = tus.client.options(reverse("reviews:uploads", args=(tus.slug,)))

    assert answer.status_code == 204
    assert (answer["Tus-Version"], answer["Tus-Extension"]) == ("1.0.0", "creation,termination")
    assert answer["Tus-Max-Size"] == str(project.EVIDENCE_MAX_BYTES)


def test_begin_names_the_address_and_head_says_how_much_is_there(tus: Tus) -> None:
    begun = tus.begin(10)
    tus.piece(begun["Location"], b"Half", 0)

    asked = tus.ask(begun["Location"])

    upload = Upload.objects.get()
    assert (begun.status_code, begun["Tus-Resumable"]) == (201, "1.0.0")
    assert begun["Location"] == reverse("reviews:upload", args=(tus.slug, upload.pk))
    assert (asked.status_code, asked["Upload-Offset"], asked["Upload-Length"]) == (200, "4", "10")
    assert asked["Cache-Control"] == "no-store"


def test_piece_at_a_wrong_place_is_told_where_to_go_on(tus: Tus) -> None:
    url = tus.begin(10)["Location"]
    tus.piece(url, b"Half", 0)

    again, ahead = tus.piece(url, b"Half", 0), tus.piece(url, b"tail", 6)

    assert [(a.status_code, a.json()["code"], a["Upload-Offset"]) for a in (again, ahead)] == [
        (409, "wrong_offset", "4"),
        (409, "wrong_offset", "4"),
    ]
    assert Upload.objects.get().received == 4


def test_piece_that_was_stored_before_a_crash_is_replaced(tus: Tus) -> None:
    content = b"One text and no other."
    url = tus.begin(len(content))["Location"]
    pieces.put(Upload.objects.get().pk, 0, b"Lost with its answer, and longer than the file itself.")

    tus.piece(url, content[:9], 0)
    tus.piece(url, content[9:], 9)

    assert tus.ask(url, "post").json()["sha256"] == hashlib.sha256(content).hexdigest()


def test_same_file_chosen_again_goes_on_where_it_was(tus: Tus) -> None:
    first = tus.begin(10, mark="notes.txt|10|1")
    tus.piece(first["Location"], b"Half", 0)

    again = tus.begin(10, mark="notes.txt|10|1", access_class="host")
    other = tus.begin(10, mark="notes.txt|10|2")

    assert (again["Location"], again["Upload-Offset"]) == (first["Location"], "4")
    assert other["Location"] != first["Location"]
    assert Upload.objects.get(received=4).described["access_class"] == "host"


def test_finish_asked_twice_gives_the_same_file(tus: Tus) -> None:
    url = tus.begin(4)["Location"]
    tus.piece(url, b"Text", 0)

    answers = [tus.ask(url, "post") for _ in range(2)]

    assert [a.status_code for a in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()
    assert Evidence.objects.count() == 1


def test_finish_before_the_end_is_told_where_to_go_on(tus: Tus) -> None:
    url = tus.begin(10)["Location"]
    tus.piece(url, b"Half", 0)

    answer = tus.ask(url, "post")

    assert (answer.status_code, answer["Upload-Offset"]) == (409, "4")
    assert not Evidence.objects.exists()


def test_upload_that_is_given_up_leaves_nothing(tus: Tus, media: Path, django_capture_on_commit_callbacks: Any) -> None:
    url = tus.begin(10)["Location"]
    tus.piece(url, b"Half", 0)

    with django_capture_on_commit_callbacks(execute=True):
        answer = tus.ask(url, "delete")

    assert (answer.status_code, tus.ask(url).status_code) == (204, 404)
    assert (Upload.objects.count(), stored(media)) == (0, [])


def test_unfinished_file_stands_on_the_page_and_can_be_given_up_there(tus: Tus) -> None:
    upload = Upload.objects.get(
        pk=tus.begin(3000, name="../Plan & \u202e<b>\x00.pdf")["Location"].rstrip("/").rpartition("/")[2]
    )
    page = reverse("reviews:evidence", args=(tus.slug,))
    assert "Plan &amp; _b_.pdf <span" in tus.client.get(page).content.decode()

    tus.client.post(reverse("reviews:upload_discard", args=(tus.slug, upload.pk)))

    assert "Begun, not finished" not in tus.client.get(page).content.decode()


# --- Newer versions and announced files -----------------------------------------------------------
def test_newer_version_in_pieces_keeps_the_older_one(tus: Tus) -> None:
    tus.send(b"First")
    row = Evidence.objects.get()

    tus.send(b"Second", name="better.txt", evidence=str(row.pk))

    row.refresh_from_db()
    old = row.versions.get()
    assert (row.number, row.file_name, row.sha256) == (2, "better.txt", hashlib.sha256(b"Second").hexdigest())
    assert (old.number, old.file_name, old.sha256) == (1, "notes.txt", hashlib.sha256(b"First").hexdigest())


def test_contributor_without_a_share_brings_the_file_that_they_promised(cast: Cast) -> None:
    Assignment.objects.filter(user=cast.contributor).delete()
    promise = Promise(cast.contributor, timezone.localdate())
    row = announce_evidence(cast.seat(cast.coordinator), Described(title="Minutes"), promise)
    hers = Tus(cast, cast.contributor)

    assert hers.begin(4).status_code == 403
    assert hers.send(b"Text", evidence=str(row.pk)).status_code == 201

    row.refresh_from_db()
    assert (row.is_announced, row.number, row.uploaded_by) == (False, 1, cast.contributor)


def test_version_of_a_removed_file_is_told(tus: Tus, cast: Cast) -> None:
    tus.send(b"First")
    row = Evidence.objects.get()
    remove_evidence(cast.seat(cast.coordinator), row.pk)

    assert tus.begin(6, evidence=str(row.pk)).status_code == 409


# --- Whose it is ----------------------------------------------------------------------------------
@pytest.mark.parametrize("name", ["sponsor", "lead", "friend", "secretariat", "observer"])
def test_only_writers_of_the_host_begin(cast: Cast, name: str) -> None:
    assert Tus(cast, cast.people[name]).begin(10).status_code == 403
    assert not Upload.objects.exists()


def test_stranger_learns_nothing(cast: Cast) -> None:
    assert Tus(cast, cast.stranger).begin(10).status_code == 404


@pytest.mark.parametrize("method", ["head", "patch", "delete", "post", "discard"])
def test_upload_is_its_owners_alone(cast: Cast, tus: Tus, method: str) -> None:
    url = tus.begin(4)["Location"]
    tus.piece(url, b"Te", 0)
    second = factories.make_member(cast.case, Role.HOST_COORDINATOR).user
    other = Tus(cast, second)

    if method == "patch":
        answer = other.piece(url, b"xt", 2)
    elif method == "discard":
        answer = other.client.post(url + "give-up/")
    else:
        answer = other.ask(url, method)

    assert answer.status_code == 404
    assert Upload.objects.get().received == 2


def test_upload_of_another_case_is_not_there(cast: Cast, tus: Tus) -> None:
    upload = tus.begin(4)["Location"].rstrip("/").rpartition("/")[2]
    case = factories.make_case()
    factories.make_member(case, Role.HOST_COORDINATOR, cast.coordinator)

    assert tus.ask(reverse("reviews:upload", args=(case.slug, upload))).status_code == 404


def test_question_of_another_case_and_foreign_file_are_refused(cast: Cast, tus: Tus) -> None:
    case = factories.make_case()
    question = Question.objects.filter(section__question_set=case.self_assessment.question_set).first()
    foreign = Evidence.objects.create(case=case, title="Theirs")

    assert tus.begin(4, question=str(question.pk)).status_code == 422  # type: ignore[union-attr]
    assert tus.begin(4, evidence=str(foreign.pk)).status_code == 404


def test_who_lost_the_role_meanwhile_finishes_nothing(cast: Cast, tus: Tus) -> None:
    url = tus.begin(4)["Location"]
    tus.piece(url, b"Text", 0)
    Membership.objects.filter(case=cast.case, user=cast.coordinator).update(role=Role.HOST_SPONSOR)

    assert tus.ask(url, "post").status_code == 403
    assert not Evidence.objects.exists()


def test_logged_out_browser_is_told_so(cast: Cast, tus: Tus, client: Client) -> None:
    url = tus.begin(4)["Location"]

    assert client.head(url, headers={**TUS, "accept": "application/json"}).status_code == 401


def test_piece_without_our_token_is_refused(cast: Cast, tus: Tus) -> None:
    url = tus.begin(4)["Location"]
    tus.client.handler.enforce_csrf_checks = True

    assert tus.piece(url, b"Text", 0).status_code == 403
    assert Upload.objects.get().received == 0


# --- Limits ---------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("size", "code"), [(0, "file_empty"), (20 * 1024 * 1024 + 1, "file_too_large")], ids=["empty", "too large"]
)
def test_size_is_refused_before_anything_is_sent(tus: Tus, size: int, code: str) -> None:
    answer = tus.begin(size)

    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert not Upload.objects.exists()


def test_more_bytes_than_announced_are_refused(tus: Tus, media: Path) -> None:
    url = tus.begin(4)["Location"]

    answer = tus.piece(url, b"Texts", 0)

    assert (answer.status_code, answer.json()["code"], stored(media)) == (422, "file_too_large", [])


def test_piece_that_is_too_large_is_not_read(tus: Tus, settings: Settings) -> None:
    settings.UPLOAD_PIECE_BYTES = 3
    url = tus.begin(10)["Location"]

    assert tus.piece(url, b"Four", 0).status_code == 413
    assert Upload.objects.get().received == 0


def test_case_takes_so_many_files(tus: Tus, settings: Settings) -> None:
    settings.EVIDENCE_MAX_FILES = 1
    tus.send(b"First")

    assert tus.begin(4).json()["code"] == "file_no_room"
    assert tus.begin(6, evidence=str(Evidence.objects.get().pk)).status_code == 201


def test_case_takes_so_many_bytes_and_those_on_their_way_count(tus: Tus, settings: Settings) -> None:
    settings.EVIDENCE_CASE_BYTES = 10
    tus.begin(6)

    assert tus.begin(5).json()["code"] == "file_no_room"
    assert tus.begin(4).status_code == 201


def test_one_person_begins_so_many(tus: Tus, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reviews.actions.uploads.MOST_OPEN", 1)
    tus.begin(4)

    assert tus.begin(5).json()["code"] == "too_many_uploads"


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"tus-resumable": "0.2.2", "upload-length": "4"}, 412),
        ({"upload-length": "4"}, 412),
        ({**TUS, "upload-length": "four"}, 422),
        ({**TUS, "upload-length": "-4"}, 422),
        ({**TUS}, 422),
        ({**TUS, "upload-length": "4", "upload-metadata": "filename %%%"}, 422),
        ({**TUS, "upload-length": "4", "upload-metadata": encoded({"filename": "a.txt", "kind": "other"})}, 422),
        ({**TUS, "upload-length": "4", "upload-metadata": encoded({**SAID, "filename": "a", "section": "x"})}, 422),
    ],
    ids=["old", "none", "words", "negative", "nothing", "no base64", "no class", "no section"],
)
def test_what_is_no_tus_is_refused(tus: Tus, headers: dict[str, str], status: int) -> None:
    answer = tus.client.post(reverse("reviews:uploads", args=(tus.slug,)), headers=headers)

    assert (answer.status_code, answer["Tus-Resumable"], Upload.objects.count()) == (status, "1.0.0", 0)


def test_piece_of_another_type_or_without_its_place_is_refused(tus: Tus) -> None:
    url = tus.begin(4)["Location"]

    assert tus.client.patch(url, b"Text", content_type="text/plain", headers=TUS).status_code == 415
    assert tus.piece(url, b"Text", 0, **{"upload-offset": "x"}).status_code == 422


# --- What is refused at the end -------------------------------------------------------------------
def test_refused_file_is_forgotten_with_its_pieces(
    tus: Tus, media: Path, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        answer = tus.send(b"MZ\x90\x00" + bytes(100), name="plan.pdf")

    assert (answer.status_code, answer.json()["code"]) == (422, "file_type")
    assert (Upload.objects.count(), Evidence.objects.count(), stored(media)) == (0, 0, [])


def test_hostile_files_are_refused_one_by_one_in_pieces_and_in_a_form_and_leave_nothing(
    tus: Tus, cast: Cast, media: Path, django_capture_on_commit_callbacks: Any
) -> None:
    """All in one test, for the sake of time; what is wrong is named."""
    wrong = {}
    for case, (name, content, code) in ((case, files.hostile(case)) for case in files.HOSTILE):
        with django_capture_on_commit_callbacks(execute=True):
            answer = tus.begin(len(content), name=name)
            if answer.status_code == 201:
                tus.piece(answer["Location"], content, 0)
                answer = tus.ask(answer["Location"], "post")
        sent = {**SAID, "file": SimpleUploadedFile(name, content, "application/pdf")}
        url = reverse("reviews:evidence", args=(tus.slug,))
        form: Any = tus.client.post(url, sent, headers={"accept": "application/json"})
        told = [(one.status_code, one.json()["code"]) for one in (answer, form)]
        left = (Upload.objects.count(), Evidence.objects.count(), stored(media))
        if (told, left) != ([(422, code)] * 2, (0, 0, [])):
            wrong[case] = (told, left)
    assert wrong == {}
    assert not CaseEvent.objects.filter(case=cast.case, kind="uploaded").exists()


def test_file_waits_for_the_scanner_and_is_finished_later(tus: Tus, settings: Settings) -> None:
    url = tus.begin(4)["Location"]
    tus.piece(url, b"Text", 0)
    settings.CLAMAV_URL = "unix:///nowhere"
    assert (tus.ask(url, "post").status_code, Upload.objects.get().received) == (503, 4)

    settings.CLAMAV_URL = ""

    assert tus.ask(url, "post").status_code == 201


def test_piece_that_the_storage_lost_is_told(tus: Tus) -> None:
    url = tus.begin(4)["Location"]
    tus.piece(url, b"Text", 0)
    pieces.drop(Upload.objects.get().pk)

    assert tus.ask(url, "post").json()["code"] == "file_lost"


def test_same_file_twice_is_told_at_the_end(tus: Tus) -> None:
    tus.send(b"Text")

    assert tus.send(b"Text").json()["code"] == "file_twice"


# --- Sweeping -------------------------------------------------------------------------------------
def test_upload_of_yesterday_is_swept_and_a_younger_one_stays(tus: Tus, media: Path) -> None:
    for name in ("old.txt", "young.txt"):
        tus.piece(tus.begin(10, name=name)["Location"], b"Half", 0)
    Upload.objects.filter(file_name="old.txt").update(touched_at=timezone.now() - timedelta(hours=25))

    assert sweeping.sweep_uploads() == 1

    young = Upload.objects.get()
    assert young.file_name == "young.txt"
    assert stored(media) == [f"uploads/{young.pk}/000000000000"]


def test_pieces_without_a_row_are_swept(tus: Tus, media: Path) -> None:
    tus.piece(tus.begin(10)["Location"], b"Half", 0)
    Upload.objects.all().delete()

    assert (sweeping.sweep_uploads(), stored(media)) == (1, [])


def test_file_without_a_row_is_swept_after_a_day_and_named_ones_stay(tus: Tus, cast: Cast, media: Path) -> None:
    tus.send(b"First")
    row = Evidence.objects.get()
    tus.send(b"Second", evidence=str(row.pk))
    lost = media / f"evidence/{cast.case.pk}/ab/abcd"
    lost.parent.mkdir(parents=True)
    lost.write_bytes(b"A crash left me")

    assert sweeping.sweep_files_without_row() == 0
    assert sweeping.sweep_files_without_row(now=timezone.now() + timedelta(hours=25)) == 1

    row.refresh_from_db()
    assert stored(media) == sorted([str(row.file.name), str(row.versions.get().file.name)])


def test_host_only_stays_host_only_on_the_way(tus: Tus) -> None:
    tus.send(b"Text", access_class="host")

    assert Evidence.objects.get().access_class == EvidenceClass.HOST
