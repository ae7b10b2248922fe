"""Files of a case: who adds them, who may read them, how they are handed out, taken away and brought back."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from people.errors import NotAllowed, NotReady, NotThere
from reviews.actions.evidence import Described, add_evidence, describe_evidence, remove_evidence, restore_evidence
from reviews.enums import EventKind, EvidenceClass, Role, SelfAssessmentStatus, Stage
from reviews.evidence_access import evidence_for, evidence_named
from reviews.models import CaseEvent, Evidence, Section, SelfAssessment
from tests import factories
from tests.cast import Cast, make_cast
from tests.reviews import files

if TYPE_CHECKING:
    from collections.abc import Callable

    from people.models import User

pytestmark = pytest.mark.django_db
JSON = {"accept": "application/json"}
_numbers = iter(range(10_000))


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast(Stage.SELF_ASSESSMENT)


def added(cast: Cast, name: str = "", **described: Any) -> Evidence:
    content = f"Text number {next(_numbers)}".encode()
    return add_evidence(cast.seat(cast.coordinator), BytesIO(content), name or "notes.txt", Described(**described))


def upload(cast: Cast, user: User, *contents: tuple[str, bytes], json: bool = True, **fields: Any) -> Any:
    sent = [SimpleUploadedFile(name, content, "application/x-claimed") for name, content in contents]
    data = {"kind": "other", "access_class": "team", "file": sent, **fields}
    url = reverse("reviews:evidence", args=(cast.case.slug,))
    return cast.client(user).post(url, data, headers=JSON if json else None)


def status(cast: Cast, value: SelfAssessmentStatus) -> None:
    SelfAssessment.objects.filter(case=cast.case).update(status=value)


def url_of(row: Evidence, name: str = "evidence_download") -> str:
    return reverse(f"reviews:{name}", args=(row.case.slug, row.pk))


def stored(row: Evidence) -> bytes:
    """The bytes in the storage."""
    with row.file.open("rb") as content:
        return bytes(content.read())


def fetched(cast: Cast, user: User, row: Evidence) -> tuple[Any, bytes]:
    """What a browser gets: the response and the bytes; closed, as a server does it."""
    response: Any = cast.client(user).get(url_of(row))
    content = b"".join(response)
    return response, content


# --- Adding ---------------------------------------------------------------------------------------
def test_file_is_kept_under_its_hash_with_a_title_from_its_name(cast: Cast) -> None:
    response = upload(cast, cast.contributor, ("Plan_local.exe", files.pdf()), kind="strategy")

    row = Evidence.objects.get()
    assert (response.status_code, response.json()) == (201, {"id": row.pk, "title": "Plan local"})
    assert (row.file_name, row.content_type, row.kind) == ("Plan_local.pdf", "application/pdf", "strategy")
    assert row.file.name == f"evidence/{cast.case.pk}/{row.sha256[:2]}/{row.sha256}"
    assert stored(row) == files.pdf()
    event = CaseEvent.objects.get(kind=EventKind.UPLOADED)
    assert (event.actor, event.text) == (cast.contributor, "added {file}")


def test_refused_file_leaves_nothing_behind(cast: Cast) -> None:
    response = upload(cast, cast.coordinator, ("setup.exe", b"MZ\x90\x00" + bytes(100)))

    assert (response.status_code, response.json()["code"]) == (422, "file_type")
    assert (Evidence.objects.count(), CaseEvent.objects.filter(kind=EventKind.UPLOADED).count()) == (0, 0)


def test_same_file_twice_is_told_by_its_title(cast: Cast) -> None:
    upload(cast, cast.coordinator, ("plan.pdf", files.pdf()))

    response = upload(cast, cast.contributor, ("copy of plan.pdf", files.pdf()))

    assert (response.status_code, response.json()["message"]) == (422, "This file is here already, as “plan”.")
    assert Evidence.objects.count() == 1


def test_same_file_may_belong_to_two_cases(cast: Cast) -> None:
    other = make_other(cast)
    upload(cast, cast.coordinator, ("plan.pdf", files.pdf()))

    row = add_evidence(other, BytesIO(files.pdf()), "plan.pdf", Described())

    assert (Evidence.objects.count(), row.case) == (2, other.case)


def make_other(cast: Cast) -> Any:
    """A second case, in which the coordinator has the same role: the seat in it."""
    case = factories.make_case()
    factories.make_member(case, Role.HOST_COORDINATOR, cast.coordinator)
    other = Cast(**{**cast.__dict__, "case": case})
    return other.seat(cast.coordinator)


def test_several_files_without_script_each_have_their_own_answer(cast: Cast) -> None:
    response = upload(
        cast,
        cast.coordinator,
        ("a.txt", b"One"),
        ("b.exe", b"MZ\x90\x00"),
        ("c.txt", b""),
        ("d.txt", b"Two"),
        json=False,
    )

    assert response.status_code == 303
    page = cast.client(cast.coordinator).get(response["Location"]).content.decode()
    assert list(Evidence.objects.order_by("title").values_list("title", flat=True)) == ["a", "d"]
    assert 'id="file-' in page


def test_upload_without_a_file_is_told_in_the_form(cast: Cast) -> None:
    response = upload(cast, cast.coordinator, json=False)

    assert response.status_code == 422
    assert "Please choose a file." in response.content.decode()


def test_section_of_another_case_is_refused(cast: Cast) -> None:
    foreign = Section.objects.filter(question_set=make_other(cast).case.self_assessment.question_set).first()

    with pytest.raises(NotThere):
        added(cast, section=foreign)
    assert upload(cast, cast.coordinator, ("a.txt", b"A"), section=foreign.pk).status_code == 422  # type: ignore[union-attr]


@pytest.mark.parametrize("name", ["sponsor", "lead", "friend", "secretariat"])
def test_only_coordinator_and_contributors_add_files(cast: Cast, name: str) -> None:
    status(cast, SelfAssessmentStatus.ACCEPTED)

    assert upload(cast, cast.people[name], ("a.txt", b"A")).status_code == 403
    with pytest.raises(NotAllowed):
        add_evidence(cast.seat(cast.people[name]), BytesIO(b"A"), "a.txt", Described())


def test_file_can_be_added_after_release(cast: Cast) -> None:
    status(cast, SelfAssessmentStatus.ACCEPTED)

    assert upload(cast, cast.coordinator, ("a.txt", b"A")).status_code == 201


# --- Handing out ----------------------------------------------------------------------------------
def test_download_is_an_attachment_in_its_own_type_without_rights(cast: Cast) -> None:
    row = add_evidence(cast.seat(cast.coordinator), BytesIO(files.pdf()), "Σχέδιο.pdf", Described())

    response, content = fetched(cast, cast.coordinator, row)

    assert content == files.pdf()
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == "attachment; filename*=utf-8''%CE%A3%CF%87%CE%AD%CE%B4%CE%B9%CE%BF.pdf"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response["Content-Length"] == str(row.size)
    assert response["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    ("name", "state", "codes"),
    [
        ("coordinator", SelfAssessmentStatus.DRAFT, (200, 200)),
        ("contributor", SelfAssessmentStatus.DRAFT, (200, 200)),
        ("sponsor", SelfAssessmentStatus.DRAFT, (200, 200)),
        ("secretariat", SelfAssessmentStatus.DRAFT, (200, 404)),
        ("lead", SelfAssessmentStatus.DRAFT, (403, 403)),
        ("lead", SelfAssessmentStatus.SUBMITTED, (200, 404)),
        ("friend", SelfAssessmentStatus.SUBMITTED, (403, 403)),
        ("friend", SelfAssessmentStatus.ACCEPTED, (200, 404)),
        ("rapporteur", SelfAssessmentStatus.ACCEPTED, (200, 404)),
        ("observer", SelfAssessmentStatus.ACCEPTED, (200, 404)),
        ("stranger", SelfAssessmentStatus.ACCEPTED, (404, 404)),
    ],
)
def test_team_file_and_host_only_file_reach_only_their_readers(
    cast: Cast, name: str, state: SelfAssessmentStatus, codes: tuple[int, int]
) -> None:
    team, host = added(cast), added(cast, access_class=EvidenceClass.HOST, title="Inner minutes")
    status(cast, state)
    user = cast.people[name]

    assert (fetched(cast, user, team)[0].status_code, fetched(cast, user, host)[0].status_code) == codes


@pytest.mark.parametrize("name", ["secretariat", "lead", "friend"])
def test_title_of_a_host_only_file_is_on_no_page_of_the_others(cast: Cast, name: str) -> None:
    added(cast, access_class=EvidenceClass.HOST, title="Inner minutes")
    status(cast, SelfAssessmentStatus.ACCEPTED)
    versions = SelfAssessment.objects.get(case=cast.case).versions
    versions.create(number=1, content={"sections": []}, sha256="")
    client = cast.client(cast.people[name])

    for page in ("evidence", "self_assessment", "self_assessment_reading", "self_assessment_versions", "timeline"):
        response = client.get(reverse(f"reviews:{page}", args=(cast.case.slug,)))
        assert response.status_code == 200
        assert "Inner minutes" not in response.content.decode()


def test_friend_without_a_declaration_gets_no_file(cast: Cast) -> None:
    row = added(cast)
    status(cast, SelfAssessmentStatus.ACCEPTED)
    cast.case.declarations.filter(user=cast.friend).delete()

    assert cast.client(cast.friend).get(url_of(row)).status_code == 403
    assert not evidence_for(cast.seat(cast.friend)).exists()


def test_file_of_another_case_is_not_there(cast: Cast) -> None:
    row = added(cast)
    other = make_other(cast)

    with pytest.raises(NotThere):
        evidence_named(other, row.pk)
    client = cast.client(cast.coordinator)
    for name in ("evidence_download", "evidence_edit"):
        assert client.get(reverse(f"reviews:{name}", args=(other.case.slug, row.pk))).status_code == 404
    for name in ("evidence_remove", "evidence_restore"):
        assert client.post(reverse(f"reviews:{name}", args=(other.case.slug, row.pk))).status_code == 404
    row.refresh_from_db()
    assert row.removed_at is None


def test_download_by_the_team_is_one_event_a_day_and_by_the_host_none(cast: Cast) -> None:
    row = added(cast, title="Plan")
    status(cast, SelfAssessmentStatus.ACCEPTED)
    for user in (cast.friend, cast.friend, cast.coordinator):
        fetched(cast, user, row)

    events = CaseEvent.objects.filter(kind=EventKind.DOWNLOADED)
    assert [(event.actor, event.text) for event in events] == [(cast.friend, "downloaded {file}")]


def test_file_that_the_storage_lost_is_said_to_be_missing(cast: Cast) -> None:
    row = added(cast)
    row.file.storage.delete(str(row.file.name))

    response = cast.client(cast.coordinator).get(url_of(row))

    assert response.status_code == 404
    assert "Please tell the secretariat." in response.content.decode()


# --- Taking away and bringing back ----------------------------------------------------------------
def test_removed_file_is_out_of_sight_and_comes_back(cast: Cast) -> None:
    row = added(cast, title="Plan")
    client = cast.client(cast.coordinator)

    client.post(url_of(row, "evidence_remove"))

    assert client.get(url_of(row)).status_code == 404
    page = client.get(reverse("reviews:evidence", args=(cast.case.slug,))).content.decode()
    assert url_of(row, "evidence_restore") in page
    client.post(url_of(row, "evidence_restore"))
    assert fetched(cast, cast.sponsor, row)[0].status_code == 200
    kinds = CaseEvent.objects.filter(case=cast.case, kind__in=("removed", "restored")).order_by("pk")
    assert [(event.kind, event.text) for event in kinds] == [
        ("removed", "removed {file}"),
        ("restored", "brought back {file}"),
    ]


def test_second_click_on_remove_is_told(cast: Cast) -> None:
    row = added(cast)
    seat = cast.seat(cast.coordinator)
    remove_evidence(seat, row.pk)

    with pytest.raises(Exception, match="already removed"):
        remove_evidence(seat, row.pk)
    restore_evidence(seat, row.pk)
    with pytest.raises(Exception, match="already back"):
        restore_evidence(seat, row.pk)


def test_file_that_was_removed_can_be_added_again(cast: Cast) -> None:
    seat = cast.seat(cast.coordinator)
    first = add_evidence(seat, BytesIO(b"One"), "a.txt", Described())
    remove_evidence(seat, first.pk)

    second = add_evidence(seat, BytesIO(b"One"), "a.txt", Described())

    assert second.file.name == first.file.name
    assert stored(second) == b"One"
    with pytest.raises(NotReady):
        add_evidence(seat, BytesIO(b"One"), "a.txt", Described())


# --- Describing -----------------------------------------------------------------------------------
def test_what_is_said_of_a_file_can_be_changed(cast: Cast) -> None:
    row = added(cast)
    section = Section.objects.filter(question_set=cast.case.self_assessment.question_set).first()
    assert section
    fields = {
        "title": "Council decision", "kind": "decision", "access_class": "public",
        "language": "ro", "dated": "2017-03-01", "section": section.pk, "version": 1,
    }  # fmt: skip

    response = cast.client(cast.contributor).post(url_of(row, "evidence_edit"), fields)

    row.refresh_from_db()
    assert response.status_code == 303
    assert (row.title, row.kind, row.language, str(row.dated)) == ("Council decision", "decision", "ro", "2017-03-01")
    assert (row.section, row.language_words, row.extension) == (section, "Romanian", "TXT")
    event = CaseEvent.objects.filter(kind=EventKind.EDITED).get()
    assert event.text == "changed who may read {file}: public"


def test_file_that_becomes_host_only_is_gone_for_the_team(cast: Cast) -> None:
    row = added(cast, title="Plan")
    status(cast, SelfAssessmentStatus.ACCEPTED)

    describe_evidence(cast.seat(cast.coordinator), row.pk, Described(access_class=EvidenceClass.HOST), version=1)

    assert cast.client(cast.friend).get(url_of(row)).status_code == 404
    row.refresh_from_db()
    assert row.title == "Plan"


def test_title_may_not_be_empty(cast: Cast) -> None:
    row = added(cast)

    response = cast.client(cast.coordinator).post(
        url_of(row, "evidence_edit"), {"title": " ", "kind": "other", "access_class": "team", "version": 1}
    )

    assert response.status_code == 422


# --- The page -------------------------------------------------------------------------------------
@pytest.mark.parametrize("number", [1, 3])
def test_page_of_files_asks_the_same_number_of_queries(
    cast: Cast, number: int, django_assert_num_queries: Callable[..., Any]
) -> None:
    sections = list(Section.objects.filter(question_set=cast.case.self_assessment.question_set))
    for at in range(number):
        added(cast, section=sections[at % 2])
    client = cast.client(cast.coordinator)
    url = reverse("reviews:evidence", args=(cast.case.slug,))
    client.get(url)

    with django_assert_num_queries(13):
        page = client.get(url)

    assert page.content.decode().count('id="file-') == number


def test_more_files_than_reviewers_read_are_kept_and_told(cast: Cast) -> None:
    for _ in range(16):
        added(cast)

    page = cast.client(cast.coordinator).get(reverse("reviews:evidence", args=(cast.case.slug,))).content.decode()

    assert "These are more files than reviewers can read." in page
