"""Asking for documents, making them, and who may have them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from celery.exceptions import SoftTimeLimitExceeded
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone
from kombu.exceptions import OperationalError

from people.errors import AlreadyDone, NotAllowed
from people.models import Notification
from reports import jobs
from reports.actions import documents as actions
from reports.enums import DocumentKind, DocumentStatus, Edition
from reports.models import Document, Report, SentDraft
from reports.rendering import RenderError, content_hash, serialise
from reviews.enums import EventKind, SelfAssessmentStatus, Stage
from reviews.models import Case, SelfAssessment
from tests.cast import Cast
from tests.factories import make_case
from tests.reports.conftest import Paper

pytestmark = pytest.mark.usefixtures("paper")

Capture = Callable[..., Any]
ALL = {
    "secretariat",
    "lead",
    "friend",
    "rapporteur",
    "observer",
    "coordinator",
    "sponsor",
    "contributor",
}
TEAM = {"secretariat", "lead", "friend", "rapporteur", "observer"}


def ask(cast: Cast, edition: str = "host", kind: str = "handbook", by: str = "lead") -> Document:
    return actions.request_document(cast.case, kind, edition, by=getattr(cast, by))


def asked_and_made(cast: Cast, edition: str = "host", by: str = "lead") -> Document:
    row = ask(cast, edition, by=by)
    jobs.make(row.pk)
    return Document.objects.get(pk=row.pk)


def file_of(document: Document) -> bytes:
    with document.file.open("rb") as file:
        content: bytes = file.read()
        return content


def status_of(answer: Any) -> int:
    """The status, after the file was read to its end as a browser does."""
    if answer.streaming:
        b"".join(answer.streaming_content)
    status: int = answer.status_code
    return status


def address(cast: Cast, name: str, document: Document | None = None) -> str:
    return reverse(f"reports:{name}", args=(cast.case.slug, *([document.pk] if document else [])))


# --- Asking ----------------------------------------------------------------------------------------
def test_request_makes_a_waiting_row_and_sends_it_after_commit(
    cast: Cast, django_capture_on_commit_callbacks: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[int] = []
    monkeypatch.setattr("reports.actions.documents.make_document.delay", sent.append)
    with django_capture_on_commit_callbacks(execute=True):
        row = ask(cast)
        assert sent == []
    assert (row.status, row.number, row.requested_by, sent) == (DocumentStatus.QUEUED, 1, cast.lead, [row.pk])


def test_request_survives_a_dead_broker(
    cast: Cast, django_capture_on_commit_callbacks: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: int) -> None:
        raise OperationalError("no broker")

    monkeypatch.setattr("reports.actions.documents.make_document.delay", refuse)
    with django_capture_on_commit_callbacks(execute=True):
        row = ask(cast)
    Document.objects.filter(pk=row.pk).update(queued_at=timezone.now() - timedelta(seconds=21))
    assert jobs.sweep() == [row.pk]


def test_same_content_is_the_same_row_and_is_rendered_once(cast: Cast, paper: Paper) -> None:
    first = asked_and_made(cast)
    again = ask(cast, by="coordinator")
    jobs.make(again.pk)
    assert again.pk == first.pk
    assert paper.made == ["<p>What we found</p>"]


def test_other_content_is_the_next_version(cast: Cast, paper: Paper) -> None:
    asked_and_made(cast)
    paper.text = "More"
    assert asked_and_made(cast).number == 2


def test_request_makes_a_document_anew_when_its_file_is_gone(cast: Cast) -> None:
    row = asked_and_made(cast)
    default_storage.delete(str(row.file.name))
    assert ask(cast).status == DocumentStatus.QUEUED
    jobs.make(row.pk)
    assert file_of(Document.objects.get(pk=row.pk)) == b"%PDF-1.7 <p>What we found</p>"


def test_request_twice_while_it_waits_changes_nothing(cast: Cast) -> None:
    assert ask(cast).pk == ask(cast).pk
    assert Document.objects.count() == 1


# --- Making ----------------------------------------------------------------------------------------
def test_made_document_has_its_figures_its_event_and_tells_who_asked(cast: Cast) -> None:
    row = asked_and_made(cast)
    assert (row.status, row.pages, row.size, row.attempts) == (DocumentStatus.READY, 3, 29, 1)
    assert row.warnings == ["No photo."]
    assert str(row.file.name).startswith(f"documents/{cast.case.pk}/handbook-host-{row.content_hash}")
    event = cast.case.events.get(kind=EventKind.DOCUMENT)
    assert (event.text, event.actor, event.team_only) == (
        "Handbook, host edition, version 1 made",
        cast.lead,
        False,
    )
    told = Notification.objects.get()
    assert (told.user, told.text) == (
        cast.lead,
        "Timișoara: local action plan for Roma inclusion: Handbook, host edition, version 1 is ready",
    )
    assert told.url == f"/cases/timisoara/documents/#document-{row.pk}"


def test_team_edition_is_not_told_to_the_host(cast: Cast) -> None:
    asked_and_made(cast, Edition.TEAM)
    assert cast.case.events.get(kind=EventKind.DOCUMENT).team_only


def test_nobody_is_notified_of_what_they_are_watching(cast: Cast) -> None:
    row = ask(cast)
    actions.note_watching(row, by=cast.lead)
    jobs.make(row.pk)
    assert Notification.objects.count() == 0


def test_somebody_else_watching_does_not_count(cast: Cast) -> None:
    row = ask(cast)
    actions.note_watching(row, by=cast.friend)
    jobs.make(row.pk)
    assert Notification.objects.count() == 1


def test_second_worker_leaves(cast: Cast, paper: Paper) -> None:
    row = ask(cast)
    paper.before = lambda: jobs.make(row.pk)
    jobs.make(row.pk)
    assert len(paper.made) == 1
    assert Document.objects.get().attempts == 1


def test_progress_is_told_in_pages(cast: Cast, paper: Paper) -> None:
    row, seen = ask(cast), []
    paper.before = lambda: seen.append(Document.objects.values_list("pages_done", "pages_expected").get())
    jobs.make(row.pk)
    assert seen == [(1, 3), (2, 3), (3, 3)]


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (RenderError("The document has too many pages."), "The document has too many pages."),
        (SoftTimeLimitExceeded(), jobs.TOO_SLOW),
        (OSError(28, "No space left on device"), jobs.NOT_STORED),
        (ZeroDivisionError(), jobs.SERVER_FAULT),
    ],
)
def test_failure_says_why_to_people(cast: Cast, paper: Paper, error: Exception, sentence: str) -> None:
    paper.fails = error
    row = asked_and_made(cast)
    assert (row.status, row.error) == (DocumentStatus.FAILED, sentence)
    assert Notification.objects.get().text.endswith("Handbook, host edition, version 1 could not be made")


def test_cancelled_document_stops_and_leaves_no_file(cast: Cast, paper: Paper) -> None:
    row = ask(cast)
    paper.before = lambda: actions.cancel_document(row, by=cast.lead) if not Document.objects.get().is_final else None
    jobs.make(row.pk)
    row = Document.objects.get()
    assert (row.status, bool(row.file), paper.made) == (DocumentStatus.CANCELLED, False, [])
    with pytest.raises(AlreadyDone):
        actions.cancel_document(row, by=cast.lead)


def test_retry_after_failure_makes_it(cast: Cast, paper: Paper) -> None:
    paper.fails = ZeroDivisionError()
    row = asked_and_made(cast)
    paper.fails = None
    actions.retry_document(row, by=cast.friend)
    jobs.make(row.pk)
    row = Document.objects.get()
    assert (row.status, row.error, row.attempts, row.requested_by) == (DocumentStatus.READY, "", 1, cast.friend)
    with pytest.raises(AlreadyDone):
        actions.retry_document(row, by=cast.friend)


def test_content_that_changed_before_it_was_made_is_made_as_it_is_now(cast: Cast, paper: Paper) -> None:
    row = ask(cast)
    paper.text = "Newer"
    jobs.make(row.pk)
    made = Document.objects.get()
    assert made.content_hash != row.content_hash
    assert file_of(made) == b"%PDF-1.7 <p>Newer</p>"
    assert ask(cast).pk == row.pk


def test_content_that_changed_gives_way_to_the_row_that_has_it(cast: Cast, paper: Paper) -> None:
    old = ask(cast)
    paper.text = "Newer"
    new = ask(cast)
    jobs.make(old.pk)
    jobs.make(new.pk)
    old.refresh_from_db()
    assert old.status == DocumentStatus.CANCELLED
    assert old.error == "The content changed before this version was made. Version 2 shows the newer content."
    assert paper.made == ["<p>Newer</p>"]


# --- Sweeping --------------------------------------------------------------------------------------
def lose_worker(row: Document, *, attempts: int = 1) -> None:
    """What the database shows half a minute after a worker was killed."""
    longer_ago = timezone.now() - jobs.STALE_AFTER - timedelta(seconds=1)
    Document.objects.filter(pk=row.pk).update(
        status=DocumentStatus.RENDERING, attempts=attempts, started_at=longer_ago, heartbeat_at=longer_ago
    )


def test_sweep_frees_what_a_dead_worker_left_and_a_late_worker_changes_nothing(cast: Cast) -> None:
    row = ask(cast)
    late = jobs._start(row.pk)
    assert late is not None
    lose_worker(row)
    assert jobs.sweep() == [row.pk]
    jobs.make(row.pk)
    with pytest.raises(jobs.Stopped):
        jobs._make(late)
    made = Document.objects.get()
    assert (made.status, made.attempts) == (DocumentStatus.READY, 2)
    assert default_storage.exists(str(made.file.name))


def test_sweep_gives_up_after_three_attempts(cast: Cast) -> None:
    row = ask(cast)
    lose_worker(row, attempts=3)
    assert jobs.sweep() == []
    row = Document.objects.get()
    assert (row.status, row.error) == (DocumentStatus.FAILED, jobs.GAVE_UP)


def test_sweep_leaves_alone_what_is_fresh(cast: Cast) -> None:
    row = ask(cast)
    assert jobs.sweep() == []
    jobs._start(row.pk)
    assert jobs.sweep() == []
    assert Document.objects.get().status == DocumentStatus.RENDERING


# --- Who may have it -------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("kind", "edition", "who"),
    [
        ("handbook", "team", TEAM),
        ("handbook", "host", ALL),
        ("self_assessment", "team", ALL),
        ("self_assessment", "host", {"secretariat", "coordinator", "sponsor", "contributor"}),
        ("report", "team", TEAM),
        ("report", "host", ALL - {"contributor"}),
        ("report", "public", ALL - {"contributor"}),
        ("report", "nonsense", set()),
        ("programme", "team", TEAM),
        ("programme", "host", ALL),
        ("slides", "host", TEAM),
        ("progress", "host", TEAM),
        ("progress", "public", set()),
        ("certificate", "team", set()),
    ],
)
def test_each_edition_is_for_its_readers(cast: Cast, kind: str, edition: str, who: set[str]) -> None:
    cast.at(Stage.REPORTING)
    SelfAssessment.objects.filter(case=cast.case).update(status=SelfAssessmentStatus.ACCEPTED)
    Report.objects.create(case=cast.case)
    Report.objects.update(status="final")
    if edition == "host":
        make_sent_draft(cast)
    got = set()
    for name, user in cast.people.items():
        try:
            actions.request_document(Case.objects.get(pk=cast.case.pk), kind, edition, by=user)
        except NotAllowed:
            continue
        got.add(name)
    assert got == who


def test_host_gets_slides_and_progress_once_findings_are_released(cast: Cast) -> None:
    cast.at(Stage.FOLLOW_UP, findings_shared_at=timezone.now())
    Report.objects.create(case=cast.case)
    Report.objects.update(status="published")
    for kind, edition in (("slides", "host"), ("progress", "host"), ("progress", "public")):
        assert actions.request_document(cast.case, kind, edition, by=cast.coordinator).kind == kind


def make_sent_draft(cast: Cast) -> None:
    content = Paper().compose("report", "host", cast.case.pk)
    SentDraft.objects.create(
        report=cast.case.report, number=1, content=serialise(content), sha256=content_hash(content)
    )


def test_host_never_gets_a_team_edition(cast: Cast) -> None:
    row = asked_and_made(cast, Edition.TEAM)
    for user in (cast.coordinator, cast.sponsor, cast.contributor):
        client = cast.client(user)
        for name in ("document", "download"):
            assert client.get(address(cast, name, row)).status_code == 403
        for name in ("cancel_document", "retry_document"):
            assert client.post(address(cast, name, row)).status_code == 403
        assert f"document-{row.pk}" not in client.get(address(cast, "documents")).content.decode()


def test_the_hosts_ratings_in_a_handbook_need_cleared_interests(cast: Cast) -> None:
    made = asked_and_made(cast)
    cast.case.declarations.filter(user=cast.friend).delete()
    assert status_of(cast.client(cast.friend).get(address(cast, "download", made))) == 403
    with pytest.raises(NotAllowed):
        ask(cast, by="friend")


def test_documents_of_another_case_are_not_there(cast: Cast) -> None:
    row = asked_and_made(cast)
    other = make_second_case(cast)
    client = cast.client(cast.secretariat)
    for name in ("document", "download"):
        assert client.get(reverse(f"reports:{name}", args=(other.slug, row.pk))).status_code == 404
    for name in ("cancel_document", "retry_document"):
        assert client.post(reverse(f"reports:{name}", args=(other.slug, row.pk))).status_code == 404


def make_second_case(cast: Cast) -> Case:
    return make_case(host_city=cast.case.host_city, working_group=cast.case.working_group)


def test_strangers_find_nothing(cast: Cast) -> None:
    row = asked_and_made(cast)
    client = cast.client(cast.stranger)
    assert client.get(address(cast, "documents")).status_code == 404
    assert client.get(address(cast, "download", row)).status_code == 404


def test_who_leaves_the_team_loses_its_editions(cast: Cast) -> None:
    row = asked_and_made(cast, Edition.TEAM, by="friend")
    client = cast.client(cast.friend)
    assert status_of(client.get(address(cast, "download", row))) == 200
    cast.case.memberships.filter(user=cast.friend).update(role="host_contributor")
    assert client.get(address(cast, "download", row)).status_code == 403


# --- Pages -----------------------------------------------------------------------------------------
def test_download_hands_over_the_file_under_a_good_name(cast: Cast) -> None:
    row = asked_and_made(cast)
    answer: Any = cast.client(cast.contributor).get(address(cast, "download", row))
    year = f"{cast.case.visit_start:%Y}"
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == f'attachment; filename="timisoara-{year}-handbook-host-v1.pdf"'
    assert answer["Cache-Control"] == "private, no-store"
    assert b"".join(answer.streaming_content) == b"%PDF-1.7 <p>What we found</p>"
    event = cast.case.events.get(kind=EventKind.DOWNLOADED)
    assert (event.actor, event.text) == (cast.contributor, "Handbook, host edition, version 1 downloaded")


def test_download_of_an_unfinished_document_says_so(cast: Cast) -> None:
    answer = cast.client(cast.lead).get(address(cast, "download", ask(cast)))
    assert answer.status_code == 422


def test_page_polls_until_the_document_is_final(cast: Cast) -> None:
    row = ask(cast)
    client = cast.client(cast.lead)
    waiting = client.get(address(cast, "document", row), headers={"HX-Request": "true"}).content.decode()
    jobs.make(row.pk)
    done = client.get(address(cast, "document", row), headers={"HX-Request": "true"}).content.decode()
    assert 'hx-trigger="every 1s"' in waiting
    assert "hx-trigger" not in done
    assert "3 pages" in done
    assert Notification.objects.count() == 0


def test_page_says_that_a_document_waits_long(cast: Cast) -> None:
    row = ask(cast)
    Document.objects.filter(pk=row.pk).update(requested_at=timezone.now() - timedelta(seconds=60))
    page = cast.client(cast.lead).get(address(cast, "documents")).content.decode()
    assert "Your document waits safely" in page


def test_page_says_when_the_server_had_stopped(cast: Cast) -> None:
    row = ask(cast)
    lose_worker(row)
    jobs.sweep()
    jobs.make(row.pk)
    page = cast.client(cast.lead).get(address(cast, "documents")).content.decode()
    assert "finished at attempt 2" in page


def test_request_button_answers_with_the_list(cast: Cast) -> None:
    client = cast.client(cast.lead)
    answer = client.post(address(cast, "request_document"), {"kind": "handbook", "edition": "host"})
    row = Document.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, f"/cases/timisoara/documents/#document-{row.pk}")
    jobs.make(row.pk)
    again = client.post(address(cast, "request_document"), {"kind": "handbook", "edition": "host"}, follow=True)
    assert "Nothing has changed since Handbook, host edition, version 1 was made." in again.content.decode()


def test_request_of_nonsense_is_refused(cast: Cast) -> None:
    client = cast.client(cast.lead)
    answer = client.post(address(cast, "request_document"), {"kind": "novel", "edition": "host"})
    assert (answer.status_code, Document.objects.count()) == (422, 0)


def test_cancel_and_retry_by_their_buttons(cast: Cast) -> None:
    row = ask(cast)
    client = cast.client(cast.lead)
    assert client.post(address(cast, "cancel_document", row)).status_code == 303
    assert client.post(address(cast, "cancel_document", row)).status_code == 409
    assert client.post(address(cast, "retry_document", row)).status_code == 303
    assert Document.objects.get().status == DocumentStatus.QUEUED


@pytest.mark.parametrize("number", [1, 3])
def test_list_costs_the_same_queries_for_any_number(
    cast: Cast, paper: Paper, number: int, django_assert_num_queries: Capture
) -> None:
    for count in range(number):
        paper.text = f"Text {count}"
        asked_and_made(cast)
    client = cast.client(cast.lead)
    with django_assert_num_queries(10):
        assert client.get(address(cast, "documents")).status_code == 200


def test_long_list_comes_in_pages_of_what_one_may_have(cast: Cast) -> None:
    Document.objects.bulk_create(
        Document(
            case=cast.case,
            kind=DocumentKind.HANDBOOK,
            edition=edition,
            number=number,
            content_hash=f"{edition}{number}",
        )
        for edition in (Edition.TEAM, Edition.HOST)
        for number in range(1, 36)
    )
    client = cast.client(cast.coordinator)
    first, second = (client.get(address(cast, "documents"), {"page": page}).content.decode() for page in (1, 2))
    assert [page.count('class="document"') for page in (first, second)] == [30, 5]
    assert ("1–30 of 35 documents" in first, "Handbook, team edition, version" in first + second) == (True, False)


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("", {1, 2, 3}),
        ("?state=ready", {1}),
        ("?state=under_way", {2, 3}),
        ("?state=under_way&by=me", {3}),
        ("?kind=self_assessment", set()),
        ("?kind=novel", {1, 2, 3}),
    ],
)
def test_list_shows_what_the_filter_asks_for(cast: Cast, paper: Paper, asked: str, shown: set[int]) -> None:
    asked_and_made(cast)
    for number, who in ((2, "lead"), (3, "coordinator")):
        paper.text = f"Text {number}"
        ask(cast, by=who)
    page = cast.client(cast.coordinator).get(f"{address(cast, 'documents')}{asked}").content.decode()
    assert {
        number for number in range(1, 4) if f"<strong>Handbook, host edition, version {number}</strong>" in page
    } == shown
    assert ("No document fits" in page) == (not shown)


def test_ready_document_is_compared_with_the_case_when_asked(cast: Cast, paper: Paper) -> None:
    row = asked_and_made(cast)
    client = cast.client(cast.lead)
    url = f"{address(cast, 'document', row)}?compare=1"

    def found() -> str:
        page: str = client.get(url, headers={"HX-Request": "true"}).content.decode()
        assert "It shows the case" in page or "has changed since" in page
        return page

    assert "It shows the case as it is now." in found()
    paper.text = "More"
    assert "Make version 2" in found()
    ask(cast)
    assert "Version 2 shows it as it is now." in found()
    assert client.get(url)["Location"] == f"/cases/timisoara/documents/?compare={row.pk}#document-{row.pk}"
    assert "Version 2 shows it as it is now." in client.get(url, follow=True).content.decode()


def test_document_of_the_other_side_is_not_compared(cast: Cast) -> None:
    row = asked_and_made(cast, Edition.TEAM)
    client = cast.client(cast.coordinator)
    assert client.get(f"{address(cast, 'documents')}?compare={row.pk}").status_code == 403
