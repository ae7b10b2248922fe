"""Reading files in the browser: who may, search with the same results everywhere, pictures, quotes."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse
from PIL import Image

from people.errors import NotAllowed, NotReady, NotThere
from reviews import reading_jobs
from reviews.actions.answers import Written, save_answer
from reviews.actions.evidence import Described, add_evidence, remove_evidence
from reviews.actions.quotes import Quote, as_markdown, quote_for, quote_into
from reviews.enums import EvidenceClass, ReadingStatus, SelfAssessmentStatus, Stage
from reviews.evidence_access import evidence_for
from reviews.extraction import limits
from reviews.hits import around_first_hit, marked
from reviews.models import Answer, Assignment, Evidence, EvidencePage, EvidenceText, Question, SelfAssessment
from reviews.queries.evidence_text import pages_of_files_with
from reviews.reader_pages import file_of, reader_of
from tests.cast import Cast, make_cast
from tests.reviews import files, readable_files

if TYPE_CHECKING:
    from people.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast(Stage.SELF_ASSESSMENT)


def read_file(cast: Cast, *texts: str, title: str = "Plan", **described: Any) -> Evidence:
    """A file with these pages, read already."""
    content = readable_files.pptx([*(texts or ("Every child has a place.",)), title])
    row = add_evidence(cast.seat(cast.coordinator), BytesIO(content), "plan.pptx", Described(title=title, **described))
    reading_jobs.read(row.pk)
    assert EvidenceText.objects.get(evidence=row).status == ReadingStatus.READY
    return row


def url_of(row: Evidence, name: str = "reader_file", *more: int) -> str:
    return reverse(f"reviews:{name}", args=(row.case.slug, row.pk, *more))


def question(cast: Cast, number: int = 1) -> Question:
    return Question.objects.get(section__question_set=cast.case.self_assessment.question_set, number=number)


def found(cast: Cast, user: User, query: str) -> list[tuple[str, int]]:
    pages = pages_of_files_with(evidence_for(cast.seat(user)), query).pages
    return [(page.evidence_text.evidence.title, page.number) for page in pages]


# --- Search ---------------------------------------------------------------------------------------
SEARCHES = [
    ("scoala", ["ro"]),
    ("ȘCOALA își", ["ro"]),
    ("şcoala", ["ro"]),
    ("δημος", ["el"]),
    ("ΓΕΙΤΟΝΙΑΣ σχολεια", ["el"]),
    ("общината", ["bg"]),
    ("ПОДКРЕПЯ", ["bg"]),
    ("المدينة", ["ar"]),
    ('"place in a school"', ["en"]),
    ("place school home", ["en"]),
    ('"school place"', []),
    ("100%", []),
    ("_", []),
    ("\\", []),
]


def the_five_languages_are_found(cast: Cast) -> None:
    languages = list(readable_files.TEXTS)
    read_file(cast, *readable_files.TEXTS.values(), title="Title")

    results = {
        query: [languages[number - 1] for _, number in found(cast, cast.coordinator, query)] for query, _ in SEARCHES
    }

    assert results == dict(SEARCHES)


def test_search_knows_neither_accents_nor_capitals(cast: Cast) -> None:
    the_five_languages_are_found(cast)


@pytest.mark.postgres
def test_search_finds_the_same_on_postgresql(cast: Cast) -> None:
    the_five_languages_are_found(cast)


def test_search_goes_over_all_files_and_not_over_removed_ones(cast: Cast) -> None:
    read_file(cast, "Housing", "Schools and housing", title="First")
    read_file(cast, "Other words", "housing", title="Second")
    remove_evidence(cast.seat(cast.coordinator), read_file(cast, "Housing", title="Third").pk)

    assert found(cast, cast.coordinator, "housing") == [("First", 1), ("First", 2), ("Second", 2)]


def test_text_of_an_older_version_is_not_found(cast: Cast) -> None:
    row = read_file(cast, "Housing")
    Evidence.objects.filter(pk=row.pk).update(sha256="0" * 64)

    assert found(cast, cast.coordinator, "housing") == []
    assert file_of(cast.seat(cast.coordinator), row.pk).page is None


def test_many_hits_are_cut_and_say_so(cast: Cast) -> None:
    row = read_file(cast)
    text = EvidenceText.objects.get(evidence=row)
    EvidencePage.objects.bulk_create(
        EvidencePage(evidence_text=text, number=number, text="Housing", folded="housing") for number in range(5, 75)
    )

    page = reader_of(cast.seat(cast.coordinator), "housing")

    assert (len(page.hits), page.is_more) == (60, True)


@pytest.mark.parametrize(
    ("text", "query", "hits"),
    [
        ("Școala și ȘCOALĂ", "scoala", ["Școala", "ȘCOALĂ"]),
        ("Scoala\u0306 e\u0301te\u0301 ete", "scoala ete", ["Scoala\u0306", "e\u0301te\u0301", "ete"]),
        ("Straße", "strasse", ["Straße"]),
        ("one\n two", '"one two"', ["one\n two"]),
        ("nothing", "else", []),
    ],
)
def test_hits_are_marked_in_the_original(text: str, query: str, hits: list[str]) -> None:
    runs = marked(text, query)

    assert [run.text for run in runs if run.is_hit] == hits
    assert "".join(run.text for run in runs) == text


def test_line_around_a_hit_is_cut_at_words() -> None:
    runs = around_first_hit("before " * 40 + "the hit itself " + "after " * 60, "hit")

    line = "".join(run.text for run in runs)
    assert line.startswith("… before")
    assert line.endswith("after …")
    assert [run.text for run in runs if run.is_hit] == ["hit"]


# --- Who may --------------------------------------------------------------------------------------
def test_files_for_the_host_only_are_neither_listed_nor_found_nor_shown_to_others(cast: Cast) -> None:
    row = read_file(cast, "Secret housing", title="Budget", access_class=EvidenceClass.HOST)
    SelfAssessment.objects.update(status=SelfAssessmentStatus.ACCEPTED)

    for user, sees in ((cast.sponsor, True), (cast.friend, False), (cast.lead, False), (cast.secretariat, False)):
        client = cast.client(user)
        listed = client.get(reverse("reviews:reader", args=("timisoara",)), {"q": "secret"})
        assert (b"Budget" in listed.content) is sees
        assert client.get(url_of(row)).status_code == (200 if sees else 404)
        assert client.get(url_of(row, "page_picture", 1)).status_code == 404
        assert found(cast, user, "secret") == ([("Budget", 1)] if sees else [])


def test_contributor_reads_quotes_and_finds_only_in_their_own_share(cast: Cast) -> None:
    asked, other = question(cast, 1), question(cast, 2)
    Assignment.objects.all().delete()
    Assignment.objects.create(self_assessment=cast.case.self_assessment, user=cast.contributor, question=asked)
    ours = read_file(cast, "Housing", title="Ours", question=asked)
    theirs = read_file(cast, "Housing", title="Theirs", question=other)
    theirs.section = None
    theirs.save()
    client = cast.client(cast.contributor)

    assert [client.get(url_of(row)).status_code for row in (ours, theirs)] == [200, 404]
    assert found(cast, cast.contributor, "housing") == [("Ours", 1)]
    assert file_of(cast.seat(cast.contributor), ours.pk).questions == [asked]
    with pytest.raises(NotAllowed):
        quote_for(cast.seat(cast.contributor), ours.pk, other.pk, Quote(text="Housing", page=1))


def test_team_reads_once_it_is_released(cast: Cast) -> None:
    row = read_file(cast)

    assert cast.client(cast.friend).get(url_of(row)).status_code == 403
    SelfAssessment.objects.update(status=SelfAssessmentStatus.ACCEPTED)
    page = cast.client(cast.friend).get(url_of(row))
    assert page.status_code == 200
    assert b"data-quote " not in page.content


def test_file_of_another_case_is_not_there(cast: Cast) -> None:
    row = read_file(cast)
    remove_evidence(cast.seat(cast.coordinator), row.pk)

    assert cast.client(cast.coordinator).get(url_of(row)).status_code == 404
    assert cast.client(cast.stranger).get(url_of(row)).status_code == 404


# --- The pages ------------------------------------------------------------------------------------
def test_page_shows_its_text_and_where_the_words_stand(cast: Cast) -> None:
    row = read_file(cast, "One", "Școala de lângă casă", "Three", title="Strategy")

    html = cast.client(cast.coordinator).get(url_of(row), {"q": "scoala"}).content.decode()

    assert "<mark>Școala</mark> de lângă casă" in html
    assert "is on 1 slide" in html


@pytest.mark.parametrize("number", ["0", "5", "99999", "x", "9999999999999", "-1"])
def test_page_that_is_not_there(cast: Cast, number: str) -> None:
    row = read_file(cast, "One", "Two", "Three")

    status = cast.client(cast.coordinator).get(url_of(row), {"page": number}).status_code

    assert status == (404 if number.isdecimal() and len(number) < 6 else 200)


def test_long_file_is_told_to_be_too_long_as_an_answer(cast: Cast) -> None:
    row = read_file(cast, "word " * 900, title="Long")

    html = cast.client(cast.coordinator).get(url_of(row)).content.decode()

    assert "Too long as an answer, which may have 250 words at most. It is kept as evidence: quote from it." in html


def test_file_being_read_shows_its_progress_and_asks_again(cast: Cast) -> None:
    row = read_file(cast)
    EvidenceText.objects.update(status=ReadingStatus.READING, pages_done=120, pages_total=400)

    html = cast.client(cast.coordinator).get(url_of(row)).content.decode()

    assert "Being read: slide 120 of 400." in html
    assert 'hx-trigger="every 2s"' in html


def test_failed_file_says_why_and_can_be_read_again(cast: Cast) -> None:
    row = read_file(cast)
    EvidenceText.objects.update(status=ReadingStatus.FAILED, message="Because.")
    client = cast.client(cast.coordinator)
    page = client.get(url_of(row)).content
    assert b"<p>Because.</p>" in page
    assert b"Try to read it again" in page

    answer = client.post(url_of(row, "read_again"))

    assert (answer.status_code, answer["Location"]) == (303, url_of(row))
    assert EvidenceText.objects.get().status == ReadingStatus.QUEUED


def test_scan_is_not_offered_to_be_read_again(cast: Cast) -> None:
    row = read_file(cast)
    EvidenceText.objects.update(status=ReadingStatus.FAILED, message=limits.SCANNED)

    html = cast.client(cast.coordinator).get(url_of(row)).content.decode()

    assert ("These pages are scanned" in html, "Try to read it again" in html) == (True, False)


def test_part_beside_the_form_is_a_fragment_that_leaves_the_address_alone(cast: Cast) -> None:
    row = read_file(cast)

    answer = cast.client(cast.coordinator).get(url_of(row), headers={"HX-Request": "true"})

    assert answer.content.decode().strip().startswith('<div class="reader" id="reader"')
    assert answer["HX-Push-Url"] == "false"


@pytest.mark.parametrize("rows", [1, 3])
def test_list_and_search_cost_the_same_for_many_files(cast: Cast, rows: int, django_assert_num_queries: Any) -> None:
    for number in range(rows):
        read_file(cast, "Housing", title=f"File {number}")
    seat = cast.seat(cast.coordinator)

    with django_assert_num_queries(1):
        assert len(reader_of(seat).files) == rows
    with django_assert_num_queries(2):
        assert len(reader_of(seat, "housing").hits) == rows


@pytest.mark.parametrize("pages", [1, 9])
def test_page_of_a_file_costs_the_same_for_many_pages(cast: Cast, pages: int, django_assert_num_queries: Any) -> None:
    row = read_file(cast, *["Housing"] * pages)
    reader, writer = cast.seat(cast.sponsor), cast.seat(cast.coordinator)

    with django_assert_num_queries(3):
        file_of(reader, row.pk)
    with django_assert_num_queries(4):
        assert len(file_of(reader, row.pk, query="housing").hits) == pages
    with django_assert_num_queries(6):
        assert file_of(writer, row.pk).questions


# --- Pictures -------------------------------------------------------------------------------------
def test_picture_of_a_page_is_drawn_once_and_harmless(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    seat = cast.seat(cast.coordinator)
    row = add_evidence(seat, BytesIO(readable_files.long_pdf(2)), "plan.pdf", Described())
    reading_jobs.read(row.pk)
    client = cast.client(cast.coordinator)

    first = client.get(url_of(row, "page_picture", 2))
    monkeypatch.setattr("reviews.page_pictures.picture_of", None)
    second = client.get(url_of(row, "page_picture", 2))

    assert (first.status_code, first["Content-Type"], first.content) == (200, "image/jpeg", second.content)
    assert Image.open(BytesIO(first.content)).format == "JPEG"
    assert first["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert (first["X-Content-Type-Options"], first["Cache-Control"]) == ("nosniff", "private, max-age=600")
    assert default_storage.exists(f"previews/{cast.case.pk}/{row.sha256[:2]}/{row.sha256}/0002.jpg")
    assert client.get(url_of(row, "page_picture", 3)).status_code == 404


def test_picture_of_a_photo_is_ours_and_never_the_original(cast: Cast) -> None:
    row = add_evidence(cast.seat(cast.coordinator), BytesIO(files.picture()), "school.png", Described())

    answer = cast.client(cast.coordinator).get(url_of(row, "page_picture", 1))

    assert (answer["Content-Type"], answer.content[:3]) == ("image/jpeg", b"\xff\xd8\xff")
    assert b'alt="school"' in cast.client(cast.coordinator).get(url_of(row)).content


# --- Quotes ---------------------------------------------------------------------------------------
def test_quote_is_markdown_with_its_source_and_signs_are_only_signs(cast: Cast) -> None:
    row = read_file(cast, title="Plan *2016*")

    markdown = as_markdown(row, Quote(text="# Not a heading\nstill\n\n1. One <b>\n\n- two", page=3))

    assert markdown == (
        "> \\# Not a heading still\n>\n> 1\\. One \\<b\\>\n>\n> \\- two\n>\n> (Plan \\*2016\\*, slide 3)"
    )


def test_quote_for_an_open_answer_links_the_file_and_saves_nothing(cast: Cast) -> None:
    row = read_file(cast)
    data = {"question": question(cast).pk, "page": 1, "text": "Every child", "is_open": "on"}

    answer = cast.client(cast.coordinator).post(url_of(row, "quote"), data, headers={"Accept": "application/json"})

    assert answer.json() == {"markdown": "> Every child\n>\n> (Plan, slide 1)"}
    assert list(row.questions.all()) == [question(cast)]
    assert not Answer.objects.exists()


def test_quote_without_script_goes_to_the_end_of_the_stored_answer(cast: Cast) -> None:
    row = read_file(cast)
    save_answer(cast.seat(cast.coordinator), question(cast).pk, Written(text="We do.\n"), version=0)
    data = {"question": question(cast).pk, "page": 1, "text": "Every child"}

    answer = cast.client(cast.coordinator).post(url_of(row, "quote"), data)

    assert (answer.status_code, answer["Location"]) == (
        303,
        "/cases/timisoara/self-assessment/sections/1/#question-1",
    )
    stored = Answer.objects.get()
    assert (stored.text, stored.version) == ("We do.\n\n> Every child\n>\n> (Plan, slide 1)\n", 2)
    assert list(row.questions.all()) == [question(cast)]


def test_quote_into_an_empty_answer_keeps_rating_and_reason(cast: Cast) -> None:
    row = read_file(cast)
    rated = Question.objects.filter(is_rated=True).first()
    assert rated
    seat = cast.seat(cast.coordinator)
    save_answer(seat, rated.pk, Written(rating="developing", rating_reason="Two posts"), version=0)

    quote_into(seat, row.pk, rated.pk, Quote(text="Every child", page=1))

    stored = Answer.objects.get()
    assert (stored.rating, stored.rating_reason, stored.text[:13]) == ("developing", "Two posts", "> Every child")


def test_quotes_are_refused_where_nobody_may_write(cast: Cast) -> None:
    row = read_file(cast)
    quote = Quote(text="Every child", page=1)
    with pytest.raises(NotAllowed):
        quote_for(cast.seat(cast.sponsor), row.pk, question(cast).pk, quote)
    with pytest.raises(NotThere):
        quote_for(cast.seat(cast.coordinator), row.pk, 0, quote)
    with pytest.raises(NotReady):
        quote_for(cast.seat(cast.coordinator), row.pk, question(cast).pk, Quote(text=" \n", page=1))
    SelfAssessment.objects.update(status=SelfAssessmentStatus.SUBMITTED)
    with pytest.raises(NotAllowed):
        quote_into(cast.seat(cast.coordinator), row.pk, question(cast).pk, quote)
    assert (Answer.objects.count(), row.questions.count()) == (0, 0)
