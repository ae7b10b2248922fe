"""The pages of the question sets: who may, what each shows, what each button does, and how many queries it takes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from reviews.actions.question_set_versions import begin_version, import_set, publish
from reviews.enums import QuestionSetStatus, Stage
from reviews.models import Question, QuestionSet, Section, SelfAssessment
from reviews.question_files.plain import PlainQuestion, PlainSection, PlainSet
from tests import factories
from tests.cast import Cast, make_cast

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.django_db
JSON = {"accept": "application/json"}


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast(Stage.PLANNING)


def plain(sections: int = 2, questions: int = 2) -> PlainSet:
    """A set with all that a question can have; question `q1` is rated, the last waits for it."""
    numbers = iter(range(1, sections * questions + 1))
    made = tuple(
        PlainSection(
            title=f"Section {section}",
            help_text="Help.",
            questions=tuple(
                PlainQuestion(
                    key=f"q{number}",
                    text=f"Question {number}?",
                    prompts="One?\nTwo?",
                    is_rated=number == 1,
                    condition="rated" if number == sections * questions > 1 else "always",
                    condition_value="q1:starting" if number == sections * questions > 1 else "",
                )
                for number in (next(numbers) for _ in range(questions))
            ),
        )
        for section in range(1, sections + 1)
    )
    return PlainSet(slug="ageing", name="Ageing in place", sections=made)


def draft(cast: Cast, content: PlainSet | None = None) -> QuestionSet:
    return import_set(content or plain(), by=cast.secretariat)


def send(cast: Cast, name: str, /, *args: object, **fields: object) -> Any:
    """Post as the secretariat does without scripts."""
    return cast.client(cast.secretariat).post(reverse(f"reviews:{name}", args=args), fields)


def get(cast: Cast, name: str, *args: object) -> str:
    answer = cast.client(cast.secretariat).get(reverse(f"reviews:{name}", args=args))
    assert answer.status_code == 200
    return answer.content.decode()


def texts(question_set: QuestionSet) -> list[tuple[int, str]]:
    rows = Question.objects.filter(section__question_set=question_set).order_by("number")
    return [(row.section.position, row.text) for row in rows.select_related("section")]


# --- Who ------------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", ["lead", "coordinator", "friend", "stranger"])
def test_only_the_secretariat_keeps_question_sets(cast: Cast, name: str) -> None:
    found = draft(cast)
    client = cast.client(cast.people[name])
    for address in (reverse("reviews:question_sets"), reverse("reviews:question_set", args=(found.pk,))):
        answer = client.get(address)
        assert (answer.status_code, "kept by the secretariat" in answer.content.decode()) == (403, True)
    assert client.post(reverse("reviews:question_set_step", args=(found.pk, "publish"))).status_code == 403
    assert QuestionSet.objects.get(pk=found.pk).status == QuestionSetStatus.DRAFT


def test_only_the_secretariat_finds_them_in_the_navigation(cast: Cast) -> None:
    address = f'href="{reverse("reviews:question_sets")}"'

    assert address in cast.client(cast.secretariat).get(reverse("reviews:tasks")).content.decode()
    assert address not in cast.client(cast.coordinator).get(reverse("reviews:tasks")).content.decode()


# --- The list -------------------------------------------------------------------------------------
def test_list_says_status_languages_questions_and_use(cast: Cast) -> None:
    found = draft(cast, replace(plain(), languages=("ro",)))
    publish(found, by=cast.secretariat)
    SelfAssessment.objects.filter(case=cast.case).update(question_set=found)

    page = get(cast, "question_sets")

    row = page[page.index("Ageing in place") :]
    assert "Published" in row
    assert "English, Romanian" in row
    assert '<td data-label="Questions:" class="num">4</td>' in row
    assert '<td data-label="Reviews that use it:" class="num">1</td>' in row
    assert page.count("For new reviews") == 1


@pytest.mark.parametrize("number", [1, 3])
def test_list_asks_the_same_number_of_queries_however_many_sets(
    cast: Cast, number: int, django_assert_num_queries: Callable[..., Any]
) -> None:
    for _ in range(number):
        draft(cast)
    client = cast.client(cast.secretariat)
    client.get(reverse("reviews:question_sets"))

    with django_assert_num_queries(9):
        client.get(reverse("reviews:question_sets"))


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(("name", "queries"), [("question_set", 8), ("question_set_edit", 7)])
def test_page_of_a_set_asks_the_same_number_of_queries_however_many_questions(
    cast: Cast, name: str, queries: int, number: int, django_assert_num_queries: Callable[..., Any]
) -> None:
    found = draft(cast, plain(number, number))
    client = cast.client(cast.secretariat)
    client.get(reverse(f"reviews:{name}", args=(found.pk,)))

    with django_assert_num_queries(queries):
        client.get(reverse(f"reviews:{name}", args=(found.pk,)))


@pytest.mark.parametrize("number", [1, 3])
def test_page_of_a_section_asks_the_same_number_of_queries_however_many_questions(
    cast: Cast, number: int, django_assert_num_queries: Callable[..., Any]
) -> None:
    found = draft(cast, plain(1, number))
    client = cast.client(cast.secretariat)
    address = reverse("reviews:question_set_section", args=(found.pk, found.sections.get().pk))
    client.get(address)

    with django_assert_num_queries(7):
        client.get(address)


# --- Making and changing a draft ------------------------------------------------------------------
def test_new_set_begins_as_a_draft_with_an_empty_section(cast: Cast) -> None:
    answer = send(cast, "question_set_new", name="Ageing in place", language="ro")

    made = QuestionSet.objects.get(slug="ageing-in-place")
    assert answer["Location"] == reverse("reviews:question_set_edit", args=(made.pk,))
    assert (made.status, made.version, made.language, made.is_current) == ("draft", 1, "ro", False)
    assert (made.sections.count(), made.made_by) == (1, cast.secretariat)


def test_new_set_without_a_name_comes_back_with_the_reason(cast: Cast) -> None:
    answer = send(cast, "question_set_new", name=" ", language="en")

    assert (answer.status_code, "Give the set a name" in answer.content.decode()) == (422, True)


def test_new_set_with_a_name_without_latin_letters_gets_an_address_of_its_own(cast: Cast) -> None:
    for _ in range(2):
        send(cast, "question_set_new", name="Въпроси", language="bg")

    slugs = QuestionSet.objects.filter(language="bg").order_by("pk").values_list("slug", flat=True)
    assert list(slugs) == ["questions", "questions-2"]


def test_added_question_stands_last_in_its_section_and_all_are_numbered_anew(cast: Cast) -> None:
    found = draft(cast)
    first = found.sections.get(position=1)

    answer = send(cast, "question_set_add_question", found.pk, first.pk, text="Who decides?")

    made = Question.objects.get(text="Who decides?")
    assert (made.number, made.key) == (3, "who_decides")
    assert answer["Location"].endswith(f"?open={made.pk}#question-{made.pk}")
    assert [text for _, text in texts(found)] == [
        "Question 1?",
        "Question 2?",
        "Who decides?",
        "Question 3?",
        "Question 4?",
    ]


def test_question_is_saved_with_everything_and_says_its_version(cast: Cast) -> None:
    found = draft(cast)
    row = Question.objects.get(section__question_set=found, number=4)
    fields = {
        "version": 1,
        "text": "Who  decides\nhere?",
        "help_text": "Functions are enough.",
        "prompts": " The council? \n\n Who prepares it?\n",
        "is_required": "on",
        "max_words": "80",
        "condition": "rated",
        "other": "q1",
        "rating_starting": "on",
        "rating_leading": "on",
    }
    address = reverse("reviews:question_set_question", args=(found.pk, row.pk))

    answer = cast.client(cast.secretariat).post(address, fields, headers=JSON)

    row.refresh_from_db()
    assert (answer.status_code, answer.json()["version"], row.saves) == (200, 2, 2)
    assert (row.text, row.prompts) == ("Who decides here?", "The council?\nWho prepares it?")
    assert (row.is_required, row.is_rated, row.max_words) == (True, False, 80)
    assert (row.condition, row.condition_value) == ("rated", "q1:starting,leading")


def test_question_for_themes_keeps_them(cast: Cast) -> None:
    found = draft(cast)
    row = Question.objects.get(section__question_set=found, number=2)

    send(cast, "question_set_question", found.pk, row.pk, version=1, condition="theme", theme_ageing="on")

    row.refresh_from_db()
    assert (row.condition, row.condition_value) == ("theme", "ageing")


def test_second_writer_of_a_question_gets_what_is_stored_and_overwrites_nothing(cast: Cast) -> None:
    found = draft(cast)
    row = Question.objects.get(section__question_set=found, number=4)
    address = reverse("reviews:question_set_question", args=(found.pk, row.pk))
    client = cast.client(cast.secretariat)
    typed = {"version": 1, "text": "Mine?", "condition": "always"}
    Question.objects.filter(pk=row.pk).update(text="Theirs?", saves=2)

    answer = client.post(address, typed, headers=JSON)
    page = client.post(address, typed)

    told = answer.json()
    assert (answer.status_code, told["code"], told["version"]) == (409, "stale", 2)
    assert (told["texts"]["text"], told["texts"]["condition"], told["texts"]["other"]) == ("Theirs?", "rated", "q1")
    assert (told["texts"]["rating_starting"], told["texts"]["rating_leading"]) == ("on", "")
    assert (told["texts"]["is_required"], told["texts"]["max_words"]) == ("on", "120")
    assert page.status_code == 409
    body = page.content.decode()
    assert "<p>Theirs?</p>\n</blockquote>" in body
    assert "Mine?</textarea>" in body
    assert Question.objects.get(pk=row.pk).text == "Theirs?"


def test_html_is_refused_and_what_was_typed_comes_back(cast: Cast) -> None:
    found = draft(cast)
    row = Question.objects.get(section__question_set=found, number=1)
    fields = {"version": 1, "text": "<script>alert(1)</script>", "condition": "always"}

    answer = send(cast, "question_set_question", found.pk, row.pk, **fields)

    body = answer.content.decode()
    assert answer.status_code == 422
    assert "Write plain text" in body
    assert "&lt;script&gt;alert(1)&lt;/script&gt;</textarea>" in body
    assert "<script>alert" not in body


@pytest.mark.parametrize(
    ("number", "way", "expected"),
    [
        (1, "up", [(1, "1"), (1, "2"), (2, "3"), (2, "4")]),
        (1, "down", [(1, "2"), (1, "1"), (2, "3"), (2, "4")]),
        (2, "down", [(1, "1"), (2, "2"), (2, "3"), (2, "4")]),
        (3, "up", [(1, "1"), (1, "2"), (1, "3"), (2, "4")]),
        (4, "down", [(1, "1"), (1, "2"), (2, "3"), (2, "4")]),
        (4, "up", [(1, "1"), (1, "2"), (2, "4"), (2, "3")]),
    ],
)
def test_question_moves_through_its_section_and_over_its_edge(
    cast: Cast, number: int, way: str, expected: list[tuple[int, str]]
) -> None:
    found = draft(cast)
    row = Question.objects.get(section__question_set=found, number=number)

    send(cast, f"question_set_question_{way}", found.pk, row.pk)

    assert [(section, text.removeprefix("Question ")[0]) for section, text in texts(found)] == expected
    numbers = Question.objects.filter(section__question_set=found).order_by("number").values_list("number", flat=True)
    assert list(numbers) == [1, 2, 3, 4]


def test_section_moves_with_its_questions(cast: Cast) -> None:
    found = draft(cast)

    send(cast, "question_set_section_down", found.pk, found.sections.get(position=1).pk)

    assert list(found.sections.values_list("title", flat=True)) == ["Section 2", "Section 1"]
    assert [text for _, text in texts(found)] == ["Question 3?", "Question 4?", "Question 1?", "Question 2?"]


def test_removed_question_is_put_back_where_it_stood(cast: Cast) -> None:
    found = draft(cast)
    before = texts(found)
    row = Question.objects.get(section__question_set=found, number=1)
    client = cast.client(cast.secretariat)

    client.post(reverse("reviews:question_set_remove_question", args=(found.pk, row.pk)))
    without = texts(found)
    page = client.get(reverse("reviews:question_set_section", args=(found.pk, row.section_id)))
    client.post(reverse("reviews:question_set_restore", args=(found.pk,)))

    assert without == [(1, "Question 2?"), (2, "Question 3?"), (2, "Question 4?")]
    assert "You removed the question “Question 1?”." in page.content.decode()
    back = Question.objects.get(section__question_set=found, number=1)
    assert (texts(found), back.key, back.is_rated, back.prompts) == (before, "q1", True, "One?\nTwo?")


def test_removed_section_is_put_back_with_its_questions(cast: Cast) -> None:
    found = draft(cast)
    before = texts(found)
    client = cast.client(cast.secretariat)

    client.post(reverse("reviews:question_set_remove_section", args=(found.pk, found.sections.get(position=1).pk)))
    without = texts(found)
    client.post(reverse("reviews:question_set_restore", args=(found.pk,)))

    assert (without, texts(found)) == ([(1, "Question 3?"), (1, "Question 4?")], before)


# --- Published ------------------------------------------------------------------------------------
def test_gate_says_what_is_missing_with_the_place_and_publishes_nothing(cast: Cast) -> None:
    questions = (
        PlainQuestion(key="a", text=""),
        PlainQuestion(key="b", text="B?", condition="theme"),
        PlainQuestion(key="c", text="C?", condition="answered", condition_value="d"),
        PlainQuestion(key="d", text="D?", condition="answered", condition_value="gone"),
        PlainQuestion(key="e", text="E?", condition="rated", condition_value="a:starting"),
    )
    content = PlainSet(slug="s", name="S", sections=(PlainSection(title="One", questions=questions), PlainSection()))
    found = draft(cast, content)

    answer = send(cast, "question_set_step", found.pk, "publish")

    body = answer.content.decode()
    assert answer.status_code == 422
    for sentence in (
        "Section 2 has no title",
        "Section 2 has no question",
        "Question 1: its text is missing",
        "Question 2: choose the themes",
        "Question 3: it waits for question 4, which comes later",
        "Question 4: choose the question that it waits for",
        "Question 5: it waits for a rating of question 1, which is not rated",
    ):
        assert sentence in body
    assert QuestionSet.objects.get(pk=found.pk).status == QuestionSetStatus.DRAFT


def test_gate_wants_a_section_and_keys_of_their_own(cast: Cast) -> None:
    empty = draft(cast, PlainSet(slug="empty", name="Empty"))
    twice = draft(cast)
    Question.objects.filter(section__question_set=twice).update(key="same")

    assert "Add at least one section" in get(cast, "question_set", empty.pk)
    assert get(cast, "question_set", twice.pk).count("its key “same” is not its own") == 4


def test_published_version_becomes_the_current_one_of_its_set(cast: Cast) -> None:
    first = publish(draft(cast), by=cast.secretariat)
    second = begin_version(first, by=cast.secretariat)

    send(cast, "question_set_step", second.pk, "publish")

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.is_current, second.is_current, second.version, second.status) == (False, True, 2, "published")
    assert second.published_at is not None


def test_new_version_has_the_same_questions_under_the_same_keys(cast: Cast) -> None:
    first = publish(draft(cast), by=cast.secretariat)

    send(cast, "question_set_step", first.pk, "new-version")

    second = QuestionSet.objects.get(slug=first.slug, version=2)
    names = ("number", "key", "text", "prompts", "condition", "condition_value", "is_rated", "max_words")
    of = [list(Question.objects.filter(section__question_set=one).values_list(*names)) for one in (first, second)]
    assert (second.status, of[0]) == ("draft", of[1])


ROW_ADDRESSES = [
    ("question_set_edit", "set", {"version": 1, "name": "Other"}),
    ("question_set_section", "section", {"version": 1, "title": "Other"}),
    ("question_set_question", "question", {"version": 1, "text": "Other?", "condition": "always"}),
    ("question_set_add_section", "set", {"title": "More"}),
    ("question_set_add_question", "section", {"text": "More?"}),
    ("question_set_section_up", "section", {}),
    ("question_set_section_down", "section", {}),
    ("question_set_question_up", "question", {}),
    ("question_set_question_down", "question", {}),
    ("question_set_remove_section", "section", {}),
    ("question_set_remove_question", "question", {}),
    ("question_set_add_language", "set", {"language": "ro"}),
    ("question_set_delete", "set", {}),
]


@pytest.mark.parametrize(("name", "of", "fields"), ROW_ADDRESSES, ids=[name for name, _, _ in ROW_ADDRESSES])
@pytest.mark.parametrize("status", [QuestionSetStatus.PUBLISHED, QuestionSetStatus.RETIRED])
def test_published_version_never_changes(
    cast: Cast, name: str, of: str, fields: dict[str, object], status: QuestionSetStatus
) -> None:
    found = draft(cast)
    QuestionSet.objects.filter(pk=found.pk).update(status=status)
    section = Section.objects.get(question_set=found, position=2)
    row = {"set": [], "section": [section.pk], "question": [section.questions.all()[0].pk]}[of]
    before = (QuestionSet.objects.filter(pk=found.pk).values().get(), texts(found))

    answer = send(cast, name, found.pk, *row, **fields)

    assert (answer.status_code, "it never changes" in answer.content.decode()) == (409, True)
    assert (QuestionSet.objects.filter(pk=found.pk).values().get(), texts(found)) == before


def test_retired_version_is_offered_no_more_and_can_come_back(cast: Cast) -> None:
    first = publish(draft(cast), by=cast.secretariat)
    second = publish(begin_version(first, by=cast.secretariat), by=cast.secretariat)

    send(cast, "question_set_step", second.pk, "retire")
    after_retiring = {one.version: (one.status, one.is_current) for one in QuestionSet.objects.filter(slug="ageing")}
    send(cast, "question_set_step", second.pk, "reinstate")
    after_all = {one.version: (one.status, one.is_current) for one in QuestionSet.objects.filter(slug="ageing")}

    assert after_retiring == {1: ("published", True), 2: ("retired", False)}
    assert after_all == {1: ("published", True), 2: ("published", False)}


def test_version_with_which_new_reviews_begin_cannot_be_retired(cast: Cast) -> None:
    get(cast, "question_sets")
    builtin = QuestionSet.objects.get(slug="inclusion-through-education")

    answer = send(cast, "question_set_step", builtin.pk, "retire")

    assert (answer.status_code, "New reviews begin with this version" in answer.content.decode()) == (422, True)


def test_draft_is_deleted_after_a_question(cast: Cast) -> None:
    found = draft(cast)
    page = get(cast, "question_set_delete", found.pk)

    answer = send(cast, "question_set_delete", found.pk)

    assert "This cannot be undone" in page
    assert (answer["Location"], QuestionSet.objects.filter(pk=found.pk).exists()) == (
        reverse("reviews:question_sets"),
        False,
    )


def test_editor_of_a_published_version_leads_to_its_page(cast: Cast) -> None:
    found = publish(draft(cast), by=cast.secretariat)
    client = cast.client(cast.secretariat)

    answer = client.get(reverse("reviews:question_set_edit", args=(found.pk,)))

    assert (answer.status_code, answer["Location"]) == (303, reverse("reviews:question_set", args=(found.pk,)))


def test_step_that_does_not_exist_is_not_there(cast: Cast) -> None:
    assert send(cast, "question_set_step", draft(cast).pk, "explode").status_code == 404


def test_row_of_another_set_is_not_there(cast: Cast) -> None:
    other = factories.make_question_set()
    found = draft(cast)
    section = other.sections.all()[0]

    assert send(cast, "question_set_remove_section", found.pk, section.pk).status_code == 404
    assert send(cast, "question_set_question", found.pk, section.questions.all()[0].pk).status_code == 404


# --- The texts of the set and of a section --------------------------------------------------------
def test_name_and_changes_are_saved_and_an_older_page_is_told(cast: Cast) -> None:
    found = draft(cast)
    address = reverse("reviews:question_set_edit", args=(found.pk,))
    client = cast.client(cast.secretariat)
    typed = {"version": 1, "name": "Ageing at home", "changes": "Shorter."}

    first, again = client.post(address, typed, headers=JSON), client.post(address, typed, headers=JSON)
    stale = client.post(address, {**typed, "name": "Old age"}, headers=JSON)
    page = client.post(address, {**typed, "name": "Old age"})

    found.refresh_from_db()
    assert (first.json()["version"], again.json()["version"], stale.status_code, page.status_code) == (2, 2, 409, 409)
    assert stale.json()["texts"] == {"name": "Ageing at home", "changes": "Shorter."}
    assert 'value="Old age"' in page.content.decode()
    assert (found.name, found.changes, found.saves) == ("Ageing at home", "Shorter.", 2)


def test_section_is_saved_and_an_older_page_is_told(cast: Cast) -> None:
    found = draft(cast)
    section = found.sections.get(position=1)
    address = reverse("reviews:question_set_section", args=(found.pk, section.pk))
    client = cast.client(cast.secretariat)

    first = client.post(address, {"version": 1, "title": "At home", "help_text": "Two\r\nlines."}, headers=JSON)
    page = client.post(address, {"version": 1, "title": "Mine", "help_text": ""})

    section.refresh_from_db()
    assert (first.json()["version"], page.status_code) == (2, 409)
    assert "<p>At home</p>\n</blockquote>" in page.content.decode()
    assert (section.title, section.help_text) == ("At home", "Two\nlines.")


def test_draft_demands_nothing_while_it_is_written(cast: Cast) -> None:
    found = draft(cast)
    row = Question.objects.get(section__question_set=found, number=1)

    send(cast, "question_set_question", found.pk, row.pk, version=1, text="", condition="rated", max_words="")

    row.refresh_from_db()
    assert (row.text, row.condition, row.condition_value, row.max_words) == ("", "rated", ":", 0)


def test_section_without_a_title_is_not_added(cast: Cast) -> None:
    found = draft(cast)

    answer = send(cast, "question_set_add_section", found.pk, title="  ")

    assert (answer.status_code, found.sections.count()) == (422, 2)


def test_set_holds_no_more_sections_and_questions_than_a_file(cast: Cast) -> None:
    sections = tuple(
        PlainSection(title=str(number), questions=(PlainQuestion(text="Who?"),) * 5) for number in range(40)
    )
    found = draft(cast, replace(plain(), sections=sections))

    section = send(cast, "question_set_add_section", found.pk, title="One more")
    question = send(cast, "question_set_add_question", found.pk, found.sections.all()[0].pk, text="One more?")

    assert (section.status_code, question.status_code) == (422, 422)
    assert (found.sections.count(), Question.objects.filter(section__question_set=found).count()) == (40, 200)


@pytest.mark.parametrize("number", [1, 3])
def test_saving_a_question_asks_the_same_number_of_queries_however_many_questions(
    cast: Cast, number: int, django_assert_num_queries: Callable[..., Any]
) -> None:
    found = draft(cast, plain(1, number))
    row = Question.objects.get(section__question_set=found, number=1)
    address = reverse("reviews:question_set_question", args=(found.pk, row.pk))
    client = cast.client(cast.secretariat)
    client.post(address, {"version": 1, "text": "One?", "condition": "always"}, headers=JSON)

    with django_assert_num_queries(10):
        client.post(address, {"version": 2, "text": "Two?", "condition": "always"}, headers=JSON)
