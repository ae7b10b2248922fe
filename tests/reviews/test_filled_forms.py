"""A filled form is brought, read by a worker, and taken over answer by answer: nothing is replaced unasked."""

from __future__ import annotations

import zipfile
from copy import deepcopy
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from docx import Document
from pytest_django import DjangoAssertNumQueries

from people.errors import AlreadyDone, NotAllowed, NotReady, NotThere, StaleText
from reviews.actions import filled_forms as actions
from reviews.actions.answers import Written, save_answer
from reviews.enums import ReadingStatus, Stage, TakeOver
from reviews.filled_forms import FormPage, form_page, forms_for
from reviews.models import Answer, Assignment, CaseEvent, FilledForm, Question, SelfAssessment
from reviews.offline import jobs, reading, safe
from reviews.offline.brought import Unreadable
from reviews.offline.docx_form import docx_form
from reviews.offline.plan import form_for
from tests.cast import Cast, make_cast
from tests.reviews import filling
from tests.reviews.files import REMOTE_TEMPLATE, archive, hostile, office, opendocument

HERE = "/cases/timisoara/self-assessment/offline/"


@pytest.fixture
def cast(db: None) -> Cast:
    made = make_cast(Stage.SELF_ASSESSMENT)
    SelfAssessment.objects.filter(case=made.case).update(question_set=filling.make_translated_set())
    return made


def asked(number: int) -> Question:
    return Question.objects.get(number=number, section__question_set__slug="steering")


def word(cast: Cast, first: str = "", second: str = "", *, rating: str = "") -> bytes:
    """A Word form with answers."""
    document = filling.empty_word(form_for(cast.seat(cast.coordinator), "en", on=None))
    for number, text in ((1, first), (2, second)):
        if text:
            filling.write(document, number, "answer", text)
    if rating:
        filling.choose(document, 1, "rating", rating)
    return filling.saved(document)


def bring(cast: Cast, content: bytes, name: str = "form.docx", *, by: Any = None) -> FilledForm:
    """Bring a form, and let the worker read it."""
    row = actions.bring_form(cast.seat(by or cast.coordinator), BytesIO(content), name)
    jobs.read(row.pk)
    return FilledForm.objects.get(pk=row.pk)


def page_of(cast: Cast, row: FilledForm, *, by: Any = None) -> FormPage:
    return form_page(cast.seat(by or cast.coordinator), row.pk)


def answer(number: int) -> Answer:
    return Answer.objects.get(question=asked(number))


def write_here(cast: Cast, number: int, text: str, **more: str) -> Answer:
    before = Answer.objects.filter(question=asked(number)).first()
    written = Written(text=text, **more)
    return save_answer(cast.seat(cast.coordinator), asked(number).pk, written, version=before.version if before else 0)


# --- taking over ----------------------------------------------------------------------------------
def test_answer_is_taken_over_and_put_back(cast: Cast) -> None:
    write_here(cast, 1, "Before.", rating="leading", rating_reason="Because.", trend="same")
    row = bring(cast, word(cast, "After, as the *form* says.", rating="Starting"))
    line = page_of(cast, row).open[0]
    seat = cast.seat(cast.coordinator)

    actions.take_over(seat, row.pk, line.row.pk, version=line.present.version)

    now = answer(1)
    assert (now.text, now.rating) == ("After, as the \\*form\\* says.", "starting")
    assert (now.rating_reason, now.trend, now.version) == ("Because.", "same", 2)
    assert FilledForm.objects.get(pk=row.pk).closed_at is not None

    actions.put_back(seat, row.pk, line.row.pk, version=2)

    now = answer(1)
    assert (now.text, now.rating, now.rating_reason, now.trend) == ("Before.", "leading", "Because.", "same")
    assert page_of(cast, row).open[0].row.decision == TakeOver.OPEN
    assert FilledForm.objects.get(pk=row.pk).closed_at is None


def test_answer_that_moved_on_is_not_replaced(cast: Cast) -> None:
    row = bring(cast, word(cast, "From the form."))
    line = page_of(cast, row).open[0]
    write_here(cast, 1, "Written meanwhile.")
    with pytest.raises(StaleText) as stale:
        actions.take_over(cast.seat(cast.coordinator), row.pk, line.row.pk, version=line.present.version)
    assert stale.value.texts["text"] == "Written meanwhile."
    assert answer(1).text == "Written meanwhile."
    assert page_of(cast, row).open[0].row.decision == TakeOver.OPEN


def test_form_without_answers_says_what_to_do(cast: Cast) -> None:
    row = bring(cast, word(cast))
    page = cast.client(cast.coordinator).get(f"{HERE}{row.pk}/").content.decode()
    assert "The form is empty" in page
    assert "upload the right one" in page
    assert "Was there already" not in page


def test_answer_is_decided_once(cast: Cast) -> None:
    row = bring(cast, word(cast, "From the form."))
    line = page_of(cast, row).open[0]
    actions.leave(cast.seat(cast.coordinator), row.pk, line.row.pk)
    with pytest.raises(AlreadyDone, match="already decided by Coordinator: left as it is"):
        actions.take_over(cast.seat(cast.coordinator), row.pk, line.row.pk, version=0)
    assert not Answer.objects.exists()


def test_many_are_taken_over_and_one_that_moved_on_stays(cast: Cast) -> None:
    row = bring(cast, word(cast, "One.", "Two."))
    chosen = [(line.row.pk, line.present.version) for line in page_of(cast, row).open]
    write_here(cast, 2, "Meanwhile.")
    taken = actions.take_many(cast.seat(cast.coordinator), row.pk, chosen)
    assert (taken.done, taken.moved_on) == (1, 1)
    assert (answer(1).text, answer(2).text) == ("One.", "Meanwhile.")
    assert [line.question.number for line in page_of(cast, row).open] == [2]


def test_what_is_there_already_is_no_question(cast: Cast) -> None:
    write_here(cast, 1, "* Same\n* words")
    document = filling.opened(docx_form(form_for(cast.seat(cast.coordinator), "en", on=timezone.localdate())))
    row = bring(cast, filling.saved(document))
    page = page_of(cast, row)
    assert ([line.question.number for line in page.same], page.open) == ([1], [])
    assert row.closed_at is not None


def test_same_file_twice_is_one_form_with_one_event(cast: Cast) -> None:
    content = word(cast, "Once.")
    first, second = bring(cast, content), bring(cast, content, "copy.docx")
    assert first.pk == second.pk
    assert [event.text for event in CaseEvent.objects.filter(kind="uploaded")] == [
        "brought a form that was filled in offline"
    ]


def test_forms_of_one_review_are_limited(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "MOST_FORMS", 1)
    content = word(cast, "One.")
    bring(cast, content)
    with pytest.raises(NotReady) as refused:
        bring(cast, word(cast, "Two."))
    assert refused.value.code == "file_no_room"
    assert bring(cast, content).answers.count() == 1


def test_form_of_another_review_is_noticed(cast: Cast) -> None:
    document = filling.opened(word(cast, "Ours."))
    document.core_properties.identifier = "critical-friend:ghent-2018"
    assert bring(cast, filling.saved(document)).message == jobs.OTHER_CASE


def test_nothing_is_taken_over_after_the_submission(cast: Cast) -> None:
    content = word(cast, "One.", "Two.")
    row = bring(cast, content)
    line = page_of(cast, row).open[0]
    SelfAssessment.objects.update(status="submitted")
    with pytest.raises(NotAllowed, match="has been submitted"):
        actions.take_over(cast.seat(cast.coordinator), row.pk, line.row.pk, version=0)
    with pytest.raises(NotAllowed, match="has been submitted"):
        actions.bring_form(cast.seat(cast.coordinator), BytesIO(word(cast, "Three.")), "late.docx")


# --- who may --------------------------------------------------------------------------------------
def test_contributor_takes_over_what_is_assigned_and_sees_own_forms_only(cast: Cast) -> None:
    theirs = bring(cast, word(cast, "Not for everybody."))
    Assignment.objects.all().delete()
    Assignment.objects.create(
        self_assessment=cast.case.self_assessment,
        user=cast.contributor,
        question=asked(2),
    )
    seat = cast.seat(cast.contributor)
    row = bring(cast, word(cast, "One.", "Two."), by=cast.contributor)
    page = form_page(seat, row.pk)

    assert list(forms_for(seat)) == [row]
    with pytest.raises(NotThere):
        form_page(seat, theirs.pk)
    assert ([line.question.number for line in page.open], [line.question.number for line in page.of_others]) == (
        [2],
        [1],
    )
    with pytest.raises(NotAllowed):
        actions.take_over(seat, row.pk, page.of_others[0].row.pk, version=0)
    actions.take_over(seat, row.pk, page.open[0].row.pk, version=0)
    assert [a.text for a in Answer.objects.all()] == ["Two."]
    assert "Who decides" not in " ".join(
        question.text for section in form_for(seat, "en", on=None).sections for question in section.questions
    )


def test_others_get_no_form_and_bring_none(cast: Cast) -> None:
    row = bring(cast, word(cast, "Ours."))
    for name in ("secretariat", "lead", "friend", "sponsor", "stranger"):
        client = cast.client(cast.people[name])
        found = {
            client.get(address).status_code
            for address in (HERE, f"{HERE}form.docx", f"{HERE}{row.pk}/", f"{HERE}{row.pk}/file/")
        }
        found.add(client.post(HERE, {"file": SimpleUploadedFile("f.docx", b"x")}).status_code)
        assert (name, found) == (name, {404 if name == "stranger" else 403})


# --- files that are none of our forms -------------------------------------------------------------
def paper(words: int) -> bytes:
    document = Document()
    paragraph = document.add_paragraph("Our strategy is long and good. " * 17)
    for _ in range(words // 100 - 1):
        paragraph._p.addnext(deepcopy(paragraph._p))
    return filling.saved(document)


def test_paper_of_ones_own_is_offered_as_a_file_and_kept(cast: Cast) -> None:
    row = bring(cast, paper(300), "strategy.docx")
    assert (row.status, row.problem) == (ReadingStatus.FAILED, "free_form")
    assert page_of(cast, row).may_be_evidence
    kept = actions.keep_as_file(cast.seat(cast.coordinator), row.pk, "host")
    assert (kept.title, kept.access_class, kept.sha256) == ("strategy", "host", row.sha256)
    assert not page_of(cast, row).may_be_evidence


def test_book_is_told_to_be_too_long_as_an_answer(cast: Cast) -> None:
    row = bring(cast, paper(160_000), "all-we-know.docx")
    assert (row.status, row.problem) == (ReadingStatus.FAILED, "too_long")
    assert row.message.startswith("This file has about 408 pages. This file is too long to be an answer.")
    assert page_of(cast, row).may_be_evidence


def test_over_long_answer_is_told_and_can_be_taken(cast: Cast) -> None:
    row = bring(cast, word(cast, "word " * 25))
    assert page_of(cast, row).open[0].words_too_many == 5


ENTITIES = (
    '<!DOCTYPE a [<!ENTITY x "lol"><!ENTITY y "&x;&x;&x;&x;&x;&x;&x;&x;">]>'
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>&y;</w:body></w:document>'
)


def with_part(content: bytes, name: str, part: bytes | str) -> bytes:
    """A form in which one part was exchanged."""
    with zipfile.ZipFile(BytesIO(content)) as found:
        parts = {entry: found.read(entry) for entry in found.namelist()}
    return archive({**parts, name: part})


@pytest.mark.parametrize(
    ("part", "content"), [("word/document.xml", "<w:document"), ("word/_rels/document.xml.rels", "")]
)
def test_broken_part_is_told(cast: Cast, part: str, content: str) -> None:
    row = bring(cast, with_part(word(cast, "Fine."), part, content))
    assert (row.status, row.problem, row.message) == (ReadingStatus.FAILED, "broken", safe.BROKEN)


@pytest.mark.parametrize(
    ("part", "content"),
    [
        ("word/document.xml", ENTITIES),
        ("word/document.xml", ENTITIES.encode("utf-16")),
        ("word/styles.xml", ENTITIES),
        ("word/other.xml", "<a>" + "random words " * 4_000_000 + "</a>"),
    ],
)
def test_hostile_part_is_refused_at_both_doors(cast: Cast, part: str, content: bytes | str) -> None:
    found = with_part(word(cast, "Fine."), part, content)
    with pytest.raises(NotReady):
        bring(cast, found)
    with pytest.raises(Unreadable) as refused:
        safe.check(found)
    assert refused.value.code == ("too_long" if part == "word/other.xml" else "hostile")
    assert FilledForm.objects.count() == 0


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (office(parts={"word/document.xml": bytes(60_000_000)}), "file_bomb"),
        (office(parts={"word/_rels/settings.xml.rels": REMOTE_TEMPLATE}), "file_outside"),
        (hostile("macros behind an honest type")[1], "file_macros"),
        (b"%PDF-1.4\n%%EOF", "file_broken"),
        (b"<html><script>1</script></html>", "file_type"),
        (office("pptx"), "file_no_form"),
        (b"", "file_empty"),
    ],
)
def test_file_that_is_no_form_is_refused_with_a_reason(cast: Cast, content: bytes, code: str) -> None:
    with pytest.raises(NotReady) as refused:
        bring(cast, content, "form.docx")
    assert (refused.value.code, FilledForm.objects.count()) == (code, 0)


@pytest.mark.parametrize(("kind", "other"), [("odt", "Word (.docx)"), ("ods", "Excel (.xlsx)")])
def test_files_of_libreoffice_are_told_how_to_become_forms(cast: Cast, kind: str, other: str) -> None:
    with pytest.raises(NotReady, match="choose File, Save As") as refused:
        bring(cast, opendocument(kind), f"form.{kind}")
    assert (refused.value.code, other in refused.value.message) == ("file_no_form", True)


def test_empty_shell_of_word_is_told(cast: Cast) -> None:
    row = bring(cast, office())
    assert (row.status, row.problem) == (ReadingStatus.FAILED, "broken")


# --- the worker -----------------------------------------------------------------------------------
def test_form_is_read_once_however_often_it_is_sent(cast: Cast) -> None:
    row = bring(cast, word(cast, "Once."))
    jobs.read(row.pk)
    assert FilledForm.objects.get(pk=row.pk).attempts == 1
    assert row.answers.count() == 1


def test_form_of_a_killed_worker_is_taken_up_again(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    row = actions.bring_form(cast.seat(cast.coordinator), BytesIO(word(cast, "Twice.")), "form.docx")
    started = jobs._start(row.pk)  # the worker is killed here
    assert started is not None
    assert jobs.sweep() == []
    FilledForm.objects.update(heartbeat_at=timezone.now() - jobs.STALE_AFTER - timedelta(seconds=1))
    assert jobs.sweep() == [row.pk]
    jobs.read(row.pk)
    row.refresh_from_db()
    assert (row.status, row.attempts) == (ReadingStatus.READY, 2)
    with pytest.raises(jobs.Lost):  # the first worker was only slow: it changes nothing any more
        jobs._finish(started, jobs._read(started))
    assert row.answers.count() == 1


def test_form_whose_workers_die_three_times_is_given_up_and_can_be_tried_again(cast: Cast) -> None:
    row = actions.bring_form(cast.seat(cast.coordinator), BytesIO(word(cast, "Thrice.")), "form.docx")
    for _ in range(jobs.MOST_ATTEMPTS):
        jobs._start(row.pk)
        FilledForm.objects.update(heartbeat_at=timezone.now() - jobs.STALE_AFTER - timedelta(seconds=1))
        jobs.sweep()
    row.refresh_from_db()
    assert (row.status, row.message) == (ReadingStatus.FAILED, jobs.GAVE_UP)
    actions.read_again(cast.seat(cast.coordinator), row.pk)
    jobs.read(row.pk)
    row.refresh_from_db()
    assert row.status == ReadingStatus.READY


def test_form_that_no_worker_picked_up_is_sent_again(cast: Cast) -> None:
    row = actions.bring_form(cast.seat(cast.coordinator), BytesIO(word(cast, "Wait.")), "form.docx")
    assert jobs.sweep() == []
    FilledForm.objects.update(queued_at=timezone.now() - jobs.RESEND_AFTER - timedelta(seconds=1))
    assert jobs.sweep() == [row.pk]


def test_fault_of_the_server_is_told_and_can_be_tried_again(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    row = actions.bring_form(cast.seat(cast.coordinator), BytesIO(word(cast, "Fine.")), "form.docx")
    with monkeypatch.context() as broken:
        broken.setattr(reading, "read_form", lambda *_: 1 / 0)
        jobs.read(row.pk)
    row.refresh_from_db()
    assert (row.problem, row.message) == ("server", jobs.SERVER_FAULT)
    assert page_of(cast, row).can_be_read_again


# --- pages ----------------------------------------------------------------------------------------
def test_story_without_scripts(cast: Cast) -> None:
    client: Client = cast.client(cast.coordinator)
    form = client.get(f"{HERE}form.docx?language=bg")
    assert form["Content-Disposition"].startswith('attachment; filename="timisoara-')
    assert form["Content-Disposition"].endswith('-self-assessment-form-bg.docx"')
    document = filling.opened(form.content)
    filling.write(document, 1, "answer", "Ние.")
    content = filling.saved(document)
    brought = client.post(HERE, {"file": SimpleUploadedFile("форма.docx", content)})
    row = FilledForm.objects.get()
    assert (brought.status_code, brought["Location"]) == (303, f"{HERE}{row.pk}/")
    waiting = client.get(f"{HERE}{row.pk}/").content.decode()
    assert "The file is here" in waiting
    assert 'hx-trigger="every 1s"' in waiting
    jobs.read(row.pk)
    shown = client.get(f"{HERE}{row.pk}/").content.decode()
    assert "1 answer to decide" in shown
    assert "every 1s" not in shown
    line = row.answers.get()
    taken = client.post(f"{HERE}{row.pk}/answers/{line.pk}/", {"decision": "take", "version": "0"})
    assert (taken.status_code, taken["Location"]) == (303, f"{HERE}{row.pk}/#answer-{line.pk}")
    assert answer(1).text == "Ние."
    assert "Put the earlier answer back" in client.get(f"{HERE}{row.pk}/").content.decode()
    file = client.get(f"{HERE}{row.pk}/file/")
    assert b"".join(file.streaming_content) == content  # type: ignore[attr-defined]  # a file answer


def test_stale_page_is_answered_with_what_is_there_now(cast: Cast) -> None:
    row = bring(cast, word(cast, "From the form."))
    line = row.answers.get()
    write_here(cast, 1, "Written meanwhile.")
    answered = cast.client(cast.coordinator).post(
        f"{HERE}{row.pk}/answers/{line.pk}/", {"decision": "take", "version": "0"}
    )
    assert answered.status_code == 409
    said = answered.content.decode()
    assert "Coordinator changed this answer in the meantime. Nothing was replaced" in said
    assert "Written meanwhile." in said


def test_many_at_once_without_scripts(cast: Cast) -> None:
    write_here(cast, 2, "Here.")
    row = bring(cast, word(cast, "One.", "Two."))
    client = cast.client(cast.coordinator)
    lines = {line.question.number: line for line in page_of(cast, row).open}
    pairs = {"empty": f"{lines[1].row.pk}:0 ", "all": f"{lines[1].row.pk}:0 {lines[2].row.pk}:1 "}
    assert client.post(f"{HERE}{row.pk}/answers/", {"which": "empty", **pairs}).status_code == 303
    assert (answer(1).text, answer(2).text) == ("One.", "Here.")
    assert client.post(f"{HERE}{row.pk}/answers/", {"which": "leave"}).status_code == 303
    assert [line.row.decision for line in page_of(cast, row).decided] == [TakeOver.TAKEN, TakeOver.LEFT]
    assert client.post(f"{HERE}{row.pk}/answers/", {"which": "all", "all": "x:y"}).status_code == 422


def test_refused_upload_says_why_in_the_page(cast: Cast) -> None:
    answered = cast.client(cast.coordinator).post(HERE, {"file": SimpleUploadedFile("plan.txt", b"Our plan\n")})
    assert answered.status_code == 422
    assert "only Word (.docx) and Excel (.xlsx) files can be read into answers" in answered.content.decode()


def test_queries_do_not_grow_with_the_answers(cast: Cast, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    one, two = bring(cast, word(cast, "One.")), bring(cast, word(cast, "One.", "Two."))
    client = cast.client(cast.coordinator)
    client.get(HERE)
    for row in (one, two):
        with django_assert_num_queries(11):
            client.get(f"{HERE}{row.pk}/")
        with django_assert_num_queries(6):
            form_page(cast.seat(cast.coordinator), row.pk)
    with django_assert_num_queries(10):
        client.get(f"{HERE}form.docx?answers=1")
