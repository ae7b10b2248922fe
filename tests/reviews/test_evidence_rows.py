"""What is said of a file, its versions, its questions, files still to come, and who learns of which."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from people.errors import NotAllowed, NotReady, NotThere, StaleText
from people.models import Notification
from reviews.actions.announcing import announce_evidence
from reviews.actions.evidence import Described, Promise, describe_evidence, remove_evidence
from reviews.actions.evidence_links import link_question
from reviews.actions.evidence_versions import add_version
from reviews.enums import EvidenceClass, Role, SelfAssessmentStatus, Stage
from reviews.models import CaseEvent, Evidence, Membership, Question, Section, SelfAssessment
from reviews.queries.evidence_gaps import evidence_to_complete
from reviews.queries.tasks import count_tasks, urgent_tasks
from reviews.tasks import remind_of_announced_files
from tests import factories
from tests.cast import Cast, make_cast
from tests.reviews.test_evidence import JSON, added, status, upload, url_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from people.models import User

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast(Stage.SELF_ASSESSMENT)


def version(cast: Cast, row: Evidence, content: bytes, name: str = "better.txt") -> Evidence:
    return add_version(cast.seat(cast.coordinator), row.pk, BytesIO(content), name)


def announced(cast: Cast, owner: User | None = None, *, days: int = 3, **said: Any) -> Evidence:
    promise = Promise(owner or cast.contributor, TODAY() + timedelta(days=days))
    return announce_evidence(cast.seat(cast.coordinator), Described(**{"title": "Minutes", **said}), promise)


def question(cast: Cast, number: int = 1) -> Question:
    return Question.objects.get(section__question_set=cast.case.self_assessment.question_set, number=number)


def page(cast: Cast, user: User, query: str = "") -> str:
    url = reverse("reviews:evidence", args=(cast.case.slug,))
    return str(cast.client(user).get(url + query).content.decode())


# --- Who may read it is a decision ----------------------------------------------------------------
def test_upload_without_a_class_is_asked_for_it(cast: Cast) -> None:
    response = upload(cast, cast.coordinator, ("a.txt", b"A"), access_class="")

    assert (response.status_code, response.json()["message"]) == (422, "Choose who may read it.")
    assert not Evidence.objects.exists()


def test_no_class_is_chosen_beforehand(cast: Cast) -> None:
    assert "checked" not in page(cast, cast.coordinator).split('id="add-files"')[1].split("</form>")[0]


# --- What is said of a file -----------------------------------------------------------------------
def said(**changes: str) -> dict[str, str]:
    return {"title": "Plan", "kind": "other", "access_class": "team", "version": "1", **changes}


def test_description_saves_as_one_types_and_counts(cast: Cast) -> None:
    row = added(cast, title="Plan")
    client = cast.client(cast.coordinator)

    first = client.post(url_of(row, "evidence_edit"), said(note="Page 3."), headers=JSON)
    again = client.post(url_of(row, "evidence_edit"), said(note="Page 3.", version="2"), headers=JSON)

    assert [(a.status_code, a.json()["version"]) for a in (first, again)] == [(200, 2), (200, 2)]
    row.refresh_from_db()
    assert (row.note, row.saves) == ("Page 3.", 2)


def test_second_writer_is_shown_both_and_nothing_is_overwritten(cast: Cast) -> None:
    row = added(cast, title="Plan")
    client = cast.client(cast.coordinator)
    client.post(url_of(row, "evidence_edit"), said(note="Mine"), headers=JSON)

    stale = cast.client(cast.contributor).post(url_of(row, "evidence_edit"), said(note="Theirs"), headers=JSON)
    shown = cast.client(cast.contributor).post(url_of(row, "evidence_edit"), said(note="Theirs"))

    assert (stale.status_code, stale.json()["texts"]["note"], stale.json()["version"]) == (409, "Mine", 2)
    assert shown.status_code == 409
    assert "<blockquote" in shown.content.decode()
    assert "Theirs" in shown.content.decode()
    row.refresh_from_db()
    assert row.note == "Mine"


def test_same_words_sent_twice_are_one_save(cast: Cast) -> None:
    row = added(cast, title="Plan")
    seat = cast.seat(cast.coordinator)
    describe_evidence(seat, row.pk, Described(title="Plan", note="Page 3."), version=1)

    assert describe_evidence(seat, row.pk, Described(title="Plan", note="Page 3."), version=1).saves == 2
    with pytest.raises(StaleText):
        describe_evidence(seat, row.pk, Described(title="Plan", note="Page 4."), version=1)


def test_reader_sees_what_is_said_and_no_form(cast: Cast) -> None:
    row = added(cast, title="Plan", note="Page 3 <b>")
    status(cast, SelfAssessmentStatus.ACCEPTED)

    shown = cast.client(cast.friend).get(url_of(row, "evidence_edit")).content.decode()

    assert "Page 3 &lt;b&gt;" in shown
    assert "data-autosave id=" not in shown
    assert "data-uploads" not in shown
    assert cast.client(cast.friend).post(url_of(row, "evidence_edit"), said()).status_code == 403


# --- Questions ------------------------------------------------------------------------------------
def test_file_stands_at_its_question_and_the_question_at_the_file(cast: Cast) -> None:
    asked = question(cast)
    row = added(cast, title="Council decision", question=asked)
    client = cast.client(cast.coordinator)

    section = client.get(reverse("reviews:self_assessment_section", args=(cast.case.slug, 1))).content.decode()
    at_question = section.split('id="question-1"')[1].split("</section>")[0]
    assert "Council decision" in at_question
    assert row.section == asked.section
    assert asked.text in client.get(url_of(row, "evidence_edit")).content.decode()


def test_link_is_made_and_taken_away_once_however_often(cast: Cast) -> None:
    row, asked = added(cast), question(cast, 3)
    client = cast.client(cast.coordinator)

    for linked in ("yes", "yes"):
        response = client.post(url_of(row, "evidence_link"), {"question": asked.pk, "linked": linked})
        assert response.status_code == 303
    assert list(row.questions.all()) == [asked]
    for _ in range(2):
        client.post(url_of(row, "evidence_link"), {"question": asked.pk, "linked": "no"})
    assert list(row.questions.all()) == []


def test_question_of_another_case_cannot_be_linked(cast: Cast) -> None:
    row = added(cast)
    other = factories.make_case()
    foreign = Question.objects.filter(section__question_set=other.self_assessment.question_set).first()

    with pytest.raises(NotThere):
        link_question(cast.seat(cast.coordinator), row.pk, foreign.pk, is_linked=True)  # type: ignore[union-attr]
    with pytest.raises(NotAllowed):
        link_question(cast.seat(cast.sponsor), row.pk, question(cast).pk, is_linked=True)


def test_link_without_a_question_is_told(cast: Cast) -> None:
    row = added(cast)

    response: Any = cast.client(cast.coordinator).post(url_of(row, "evidence_link"), {"linked": "yes"}, follow=True)

    assert "Choose a question first." in response.content.decode()


# --- Versions -------------------------------------------------------------------------------------
def fetched(cast: Cast, user: User, row: Evidence, number: int) -> tuple[Any, bytes]:
    """What a browser gets: the response, and the bytes read to their end."""
    response: Any = cast.client(user).get(reverse("reviews:evidence_version", args=(cast.case.slug, row.pk, number)))
    return response, b"".join(response)


def code(cast: Cast, user: User, row: Evidence, number: int) -> int:
    return int(fetched(cast, user, row, number)[0].status_code)


def test_older_version_is_kept_listed_and_handed_out(cast: Cast) -> None:
    row = added(cast, "plan.txt")
    first = row.sha256

    version(cast, row, b"Second")

    shown = cast.client(cast.sponsor).get(url_of(row, "evidence_edit")).content.decode()
    assert first in shown
    response, content = fetched(cast, cast.sponsor, row, 1)
    assert content.startswith(b"Text number")
    assert (response["Content-Security-Policy"], response["X-Content-Type-Options"]) == (
        "sandbox; default-src 'none'",
        "nosniff",
    )
    assert code(cast, cast.sponsor, row, 2) == 404
    assert CaseEvent.objects.filter(kind="uploaded").latest("pk").text == "added version 2 of {file}"


@pytest.mark.postgres
def test_newer_version_is_kept_on_postgresql(cast: Cast) -> None:
    """Locking a row together with what its rows are ordered by is refused there, and only there."""
    assert version(cast, added(cast), b"Better").number == 2


def test_version_replaced_before_the_release_is_never_the_teams(cast: Cast) -> None:
    row = added(cast)
    version(cast, row, b"Second")
    SelfAssessment.objects.filter(case=cast.case).update(
        status=SelfAssessmentStatus.ACCEPTED, submitted_at=timezone.now(), accepted_at=timezone.now()
    )
    version(cast, row, b"Third")

    assert code(cast, cast.friend, row, 1) == 404
    assert code(cast, cast.friend, row, 2) == 200
    assert [code(cast, cast.sponsor, row, number) for number in (1, 2)] == [200, 200]


def test_older_version_of_a_host_only_file_is_the_hosts(cast: Cast) -> None:
    SelfAssessment.objects.filter(case=cast.case).update(
        status=SelfAssessmentStatus.ACCEPTED, submitted_at=timezone.now(), accepted_at=timezone.now()
    )
    row = added(cast, access_class=EvidenceClass.HOST)
    version(cast, row, b"Second")

    assert code(cast, cast.friend, row, 1) == 404
    assert code(cast, cast.secretariat, row, 1) == 404


def test_same_bytes_are_no_new_version(cast: Cast) -> None:
    row, other = added(cast), added(cast)
    with row.file.open("rb") as same, other.file.open("rb") as others, pytest.raises(NotReady) as refused:
        version(cast, row, same.read())
    assert refused.value.message == "This is the version that is here already."
    with other.file.open("rb") as others, pytest.raises(NotReady):
        version(cast, row, others.read())
    assert row.versions.count() == 0


# --- Files still to come --------------------------------------------------------------------------
def test_announced_file_stands_in_the_list_and_comes_later(cast: Cast) -> None:
    row = announced(cast, section=question(cast).section)
    assert "Still to come" in page(cast, cast.sponsor)
    assert cast.client(cast.sponsor).get(url_of(row)).status_code == 404

    add_version(cast.seat(cast.contributor), row.pk, BytesIO(b"Minutes of May"), "minutes.txt")

    row.refresh_from_db()
    assert (row.is_announced, row.number, row.title, row.versions.count()) == (False, 1, "Minutes", 0)
    assert "Still to come" not in page(cast, cast.sponsor)
    assert CaseEvent.objects.latest("pk").text == "added {file}, announced before"


def test_form_announces(cast: Cast) -> None:
    url = reverse("reviews:evidence_announce", args=(cast.case.slug,))
    client = cast.client(cast.coordinator)
    sent = {"title": "Minutes", "kind": "other", "access_class": "host", "owner": cast.sponsor.pk, "due": "2031-05-06"}

    assert client.post(url, {}).status_code == 422
    assert client.post(url, {**sent, "owner": cast.friend.pk}).status_code == 422
    assert client.post(url, sent).status_code == 303

    row = Evidence.objects.get()
    assert (row.owner, str(row.due), row.access_class, row.is_announced) == (cast.sponsor, "2031-05-06", "host", True)
    assert Notification.objects.get(user=cast.sponsor).text.endswith("counts on you to bring a file")


def test_somebody_of_the_team_cannot_be_the_owner(cast: Cast) -> None:
    with pytest.raises(NotReady) as refused:
        announced(cast, cast.lead)
    assert refused.value.code == "owner_unknown"


def test_announced_file_for_the_host_only_is_hidden_from_the_team(cast: Cast) -> None:
    announced(cast, title="Inner minutes", access_class=EvidenceClass.HOST)
    announced(cast, title="Open minutes")
    status(cast, SelfAssessmentStatus.ACCEPTED)

    shown = page(cast, cast.friend)

    assert "Open minutes" in shown
    assert "Inner minutes" not in shown


@pytest.mark.parametrize(("days", "is_task"), [(-40, True), (-1, True), (7, True), (8, False)])
def test_promised_file_is_a_task_of_its_owner_from_a_week_before(cast: Cast, days: int, *, is_task: bool) -> None:
    before = count_tasks(cast.sponsor, 99)
    row = announced(cast, cast.sponsor, days=days)

    tasks = [task for task in urgent_tasks(cast.sponsor) if task.text == "Bring “Minutes”"]

    assert [task.url for task in tasks] == ([url_of(row, "evidence_edit")] if is_task else [])
    assert count_tasks(cast.sponsor, 99) - before == len(tasks)
    overview = cast.client(cast.sponsor).get(f"/cases/{cast.case.slug}/").content.decode()
    assert ("Bring “Minutes”" in overview) is is_task


@pytest.mark.parametrize(("days", "words", "tone"), [(-3, "3 days late", "late"), (5, "in 5 days", "muted")])
def test_what_others_wait_for_says_until_when(cast: Cast, days: int, words: str, tone: str) -> None:
    announced(cast, cast.sponsor, days=days)
    shown = cast.client(cast.sponsor).get("/tasks/").content.decode().split("Bring “Minutes”")[1].split("</li>")[0]
    assert (words in shown, f"nowrap {tone}" in shown) == (True, True)


def test_number_of_tasks_is_that_of_the_day(cast: Cast) -> None:
    announced(cast, cast.sponsor, days=8)
    today = count_tasks(cast.sponsor, 99)

    with time_machine.travel(timezone.now() + timedelta(days=1)):
        assert count_tasks(cast.sponsor, 99) == today + 1


@pytest.mark.parametrize("change", ["removed", "rest", "left"])
def test_promised_file_is_no_task_when_it_is_not_awaited_any_more(cast: Cast, change: str) -> None:
    row = announced(cast, cast.sponsor)
    if change == "removed":
        remove_evidence(cast.seat(cast.coordinator), row.pk)
    elif change == "rest":
        cast.at(Stage.POSTPONED)
    else:
        Membership.objects.filter(user=cast.sponsor).update(role=Role.OBSERVER)

    assert [task for task in urgent_tasks(cast.sponsor) if task.text.startswith("Bring")] == []


def test_owner_is_reminded_a_week_before_and_once_when_late(cast: Cast) -> None:
    soon, late = announced(cast, cast.sponsor, days=5), announced(cast, cast.sponsor, days=-2, title="Late")
    announced(cast, cast.sponsor, days=20, title="Far")
    announced(cast, cast.sponsor, days=-40, title="Old news")
    Notification.objects.all().delete()

    assert [remind_of_announced_files(), remind_of_announced_files()] == [2, 0]

    texts = [row.text for row in Notification.objects.filter(user=cast.sponsor).order_by("pk")]
    assert all(title not in text for text in texts for title in ("Minutes", "Late"))
    assert [row.url for row in Notification.objects.order_by("pk")] == [
        url_of(late, "evidence_edit"),
        url_of(soon, "evidence_edit"),
    ]
    Evidence.objects.filter(pk=soon.pk).update(
        due=TODAY() - timedelta(days=1), reminded_at=timezone.now() - timedelta(days=6)
    )
    assert remind_of_announced_files() == 1


# --- What is still missing ------------------------------------------------------------------------
def test_gaps_are_named_one_by_one(cast: Cast) -> None:
    section = Section.objects.filter(question_set=cast.case.self_assessment.question_set).first()
    added(cast, title="Whole", note="Page 3.", section=section)
    added(cast, title="Linked", note="Page 3.", question=question(cast))
    added(cast, title="Bare")
    announced(cast, title="Coming", note="What it will show", section=section)
    remove_evidence(cast.seat(cast.coordinator), added(cast, title="Gone").pk)

    found = {gap.row.title: gap.missing for gap in evidence_to_complete(cast.case)}

    assert found == {
        "Bare": ("a note on what it shows", "the section or question it belongs to"),
        "Coming": ("the file itself",),
    }


def test_gaps_cost_one_query(cast: Cast, django_assert_num_queries: Callable[..., Any]) -> None:
    for _ in range(3):
        added(cast)
    with django_assert_num_queries(1):
        assert len(evidence_to_complete(cast.case)) == 3


# --- The timeline names a file to those who may know of it ----------------------------------------
def timeline(cast: Cast, user: User) -> str:
    return str(cast.client(user).get(reverse("reviews:timeline", args=(cast.case.slug,))).content.decode())


def test_title_leaves_old_lines_when_the_file_becomes_host_only(cast: Cast) -> None:
    row = added(cast, title="Inner minutes")
    status(cast, SelfAssessmentStatus.ACCEPTED)
    assert "added the file “Inner minutes”" in timeline(cast, cast.friend)

    describe_evidence(
        cast.seat(cast.coordinator), row.pk, Described(title="Inner minutes", access_class="host"), version=1
    )

    for user in (cast.friend, cast.lead, cast.secretariat):
        assert "Inner minutes" not in timeline(cast, user)
        assert "added a file" in timeline(cast, user)
        assert "Inner minutes" not in cast.client(user).get(f"/cases/{cast.case.slug}/").content.decode()
    assert "added the file “Inner minutes”" in timeline(cast, cast.sponsor)


def test_title_is_not_told_before_the_release(cast: Cast) -> None:
    added(cast, title="Council decision")

    assert "Council decision" not in timeline(cast, cast.friend)
    assert "Council decision" in timeline(cast, cast.sponsor)


def test_line_follows_the_title(cast: Cast) -> None:
    row = added(cast, title="Scan 0041")
    describe_evidence(cast.seat(cast.coordinator), row.pk, Described(title="Council decision"), version=1)

    assert "added the file “Council decision”" in timeline(cast, cast.sponsor)
    assert "Scan 0041" not in timeline(cast, cast.sponsor)


# --- Two hundred files ----------------------------------------------------------------------------
def fill(cast: Cast, number: int) -> None:
    sections = list(Section.objects.filter(question_set=cast.case.self_assessment.question_set))
    kinds, classes = ("budget", "decision", "other"), ("team", "public", "host", "team")
    rows = Evidence.objects.bulk_create(
        Evidence(
            case=cast.case, title=f"File {at:03}", section=[*sections, None][at % 3], kind=kinds[at % 3],
            access_class=classes[at % 4], note="What it shows" if at % 5 else "", file="" if at % 10 == 9 else f"x/{at}",
            file_name=f"{at}.pdf", size=at * 1000, owner=cast.sponsor, due=TODAY(), uploaded_by=cast.coordinator,
        )
        for at in range(number)
    )  # fmt: skip
    for row in rows[::2]:
        row.questions.add(question(cast, 1), question(cast, 2))


@pytest.mark.parametrize("number", [8, 200])
@pytest.mark.parametrize(("name", "queries"), [("coordinator", 14), ("friend", 10)])
def test_page_of_many_files_asks_the_same_number_of_queries(
    cast: Cast, name: str, queries: int, number: int, django_assert_num_queries: Callable[..., Any]
) -> None:
    fill(cast, number)
    status(cast, SelfAssessmentStatus.ACCEPTED)
    client, url = cast.client(cast.people[name]), reverse("reviews:evidence", args=(cast.case.slug,))
    client.get(url)

    with django_assert_num_queries(queries):
        shown = client.get(url).content.decode()

    hidden = 0 if name == "coordinator" else number // 4
    assert shown.count('id="file-') == number - hidden


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?f-kind=budget", lambda row: row.kind == "budget"),
        ("?f-access_class=host", lambda row: row.access_class == "host"),
        ("?f-state=to_come", lambda row: row.is_announced),
        (
            "?f-state=gaps",
            lambda row: row.is_announced or not row.note or (not row.section and not row.questions.all()),
        ),
        ("?f-kind=decision&f-access_class=public", lambda row: (row.kind, row.access_class) == ("decision", "public")),
        ("?f-kind=nonsense&f-section=x", lambda _: True),
    ],
)
def test_list_is_narrowed(cast: Cast, query: str, expected: Callable[[Evidence], bool]) -> None:
    fill(cast, 60)

    shown = page(cast, cast.coordinator, query)

    wanted = {row.pk for row in Evidence.objects.all() if expected(row)}
    assert {row.pk for row in Evidence.objects.all() if f'id="file-{row.pk}"' in shown} == wanted
    assert len(wanted) > 0


def test_list_is_narrowed_to_a_section(cast: Cast) -> None:
    fill(cast, 12)
    section = Section.objects.filter(question_set=cast.case.self_assessment.question_set, position=2).get()

    shown = page(cast, cast.coordinator, f"?f-section={section.pk}")

    assert shown.count('id="file-') == Evidence.objects.filter(section=section).count()
    assert f"{Evidence.objects.filter(section=section).count()} of 12 files" in shown


def test_narrowed_to_nothing_says_so(cast: Cast) -> None:
    fill(cast, 9)

    assert "No file fits" in page(cast, cast.coordinator, "?f-kind=photo")


def test_reader_of_the_team_cannot_ask_for_host_only(cast: Cast) -> None:
    fill(cast, 12)
    status(cast, SelfAssessmentStatus.ACCEPTED)

    shown = page(cast, cast.friend, "?f-access_class=host")

    assert 'value="host"' not in shown
    assert shown.count('id="file-') == 9
