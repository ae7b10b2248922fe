"""The picture of ratings and trends, and the reading view around it."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest
from django.urls import reverse

from reviews.actions.answers import Written, save_answer
from reviews.actions.evidence import Described, add_evidence
from reviews.enums import Rating, Stage, Trend
from reviews.models import Question
from reviews.queries.frozen import ReadAnswer, ReadSection
from reviews.rendering.ratings import MOST_HEIGHT, rated_sections, rating_pictures
from reviews.self_assessment_reading import reading_of
from tests.cast import Cast, make_cast

if TYPE_CHECKING:
    from collections.abc import Sequence

SVG = "{http://www.w3.org/2000/svg}"


def answer(number: int, rating: str = "", trend: str = "") -> ReadAnswer:
    return ReadAnswer(
        number, f"q{number}", f"Question {number}?", True, "Text", rating, "Because" if rating else "", trend
    )


def pictures(*sections: Sequence[ReadAnswer]) -> list[Any]:
    read = [ReadSection(place, f"Part {place}", tuple(answers)) for place, answers in enumerate(sections, start=1)]
    return [ET.fromstring(svg) for svg in rating_pictures(rated_sections(read))]  # noqa: S314 - our own


def words(picture: Any) -> list[str]:
    return [found.text for found in picture.iter(f"{SVG}text")]


def test_picture_says_its_figures_in_words() -> None:
    (picture,) = pictures(
        [answer(1, Rating.STARTING, Trend.BETTER), answer(2)], [answer(3, Rating.LEADING), answer(4, Rating.LEADING)]
    )

    assert picture.find(f"{SVG}title").text == (
        "How far the host sees itself on 3 questions in 2 sections: 1 starting, 2 leading."
    )
    assert picture.find(f"{SVG}desc").text == (
        "Part 1: question 1 starting, trend better. Part 2: question 3 leading; question 4 leading"
    )
    assert picture.get("role") == "img"


def test_place_says_the_level_and_the_shape_says_the_trend() -> None:
    ratings = [Rating.STARTING, Rating.DEVELOPING, Rating.ESTABLISHED, Rating.LEADING]
    (picture,) = pictures(
        [answer(at, rating, trend) for at, (rating, trend) in enumerate(zip(ratings, [*Trend, ""], strict=True), 1)]
    )

    heads = {found.text: float(found.get("x")) for found in picture.iter(f"{SVG}text") if found.text in Rating.labels}
    boxes = [float(found.get("x")) for found in picture.iter(f"{SVG}rect")]
    signs = [found.get("d") for found in picture.iter(f"{SVG}path") if found.get("class") == "t-sign"]
    assert list(heads) == ["Starting", "Developing", "Established", "Leading"]
    assert [round(x - 0.5) for x in boxes] == [round(x) for x in heads.values()]
    assert len(set(signs)) == 3
    assert len(signs) == 3 + 3  # of three questions, and in the key below


def test_not_applicable_has_a_column_only_where_it_is_said() -> None:
    assert "Not applicable" not in words(pictures([answer(1, Rating.STARTING)])[0])
    assert "Not applicable" in words(pictures([answer(1, Rating.NOT_APPLICABLE)])[0])


def test_without_ratings_there_is_no_picture() -> None:
    assert pictures([answer(1), answer(2)]) == []


def test_66_ratings_are_cut_into_pictures_that_fit_a_page() -> None:
    sections = [[answer(part * 6 + at, Rating.LEADING, Trend.SAME) for at in range(1, 7)] for part in range(11)]

    found = pictures(*sections)

    shown = [word for picture in found for word in words(picture) if word.isdecimal()]
    assert shown == [str(number) for number in range(1, 67)]
    assert len(found) > 1
    assert max(float(picture.get("height")) for picture in found) <= MOST_HEIGHT + 30
    assert len({picture.find(f"{SVG}title").get("id") for picture in found}) == len(found)


def test_titles_of_sections_are_text_and_not_markup() -> None:
    section = ReadSection(1, "<script>", (answer(1, Rating.STARTING),))

    assert "<script>" not in rating_pictures(rated_sections([section]))[0]


# --- The reading view -----------------------------------------------------------------------------
@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast(Stage.SELF_ASSESSMENT)


def read(cast: Cast) -> str:
    page = cast.client(cast.coordinator).get(reverse("reviews:self_assessment_reading", args=("timisoara",)))
    assert page.status_code == 200
    return str(page.content.decode())


def test_reading_view_has_contents_evidence_at_questions_and_the_ratings_twice(cast: Cast) -> None:
    seat = cast.seat(cast.coordinator)
    rated = Question.objects.filter(is_rated=True, section__question_set=cast.case.self_assessment.question_set)[0]
    save_answer(
        seat,
        rated.pk,
        Written(text="We do.", rating=Rating.LEADING, rating_reason="Seen", trend=Trend.WORSE),
        version=0,
    )
    row = add_evidence(seat, BytesIO(b"Figures"), "a.txt", Described(title="Figures of 2017", question=rated))

    html = read(cast)

    assert f'<a href="#answer-{rated.number}">' in html
    assert "<title id=" in html
    table = html[html.index("The same as a table") : html.index("</table>")]
    assert re.findall(r"<td[^>]*>(Leading|Worse)</td>", table) == ["Leading", "Worse"]
    here = html[html.index(f'id="answer-{rated.number}"') :]
    assert "Figures of 2017" in here[: here.index("</article>")]
    assert html.count(">Figures of 2017</a>") == 1
    assert reverse("reviews:reader_file", args=("timisoara", row.pk)) in html


@pytest.mark.parametrize("rows", [1, 3])
def test_reading_view_costs_the_same_for_many_files(cast: Cast, rows: int, django_assert_num_queries: Any) -> None:
    seat = cast.seat(cast.coordinator)
    asked = Question.objects.filter(section__question_set=cast.case.self_assessment.question_set)[0]
    for number in range(rows):
        add_evidence(seat, BytesIO(f"Text {number}".encode()), "a.txt", Described(question=asked))

    with django_assert_num_queries(10):
        assert len(reading_of(seat).parts[0].rows[0][1]) == rows
