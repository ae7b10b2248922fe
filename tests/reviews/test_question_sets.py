import pytest

from reviews import question_bank
from reviews.actions.question_sets import current_question_set, ensure_builtin_set
from reviews.models import Question, QuestionSet, Section

pytestmark = pytest.mark.django_db


def test_builtin_set_has_33_questions_in_10_sections_numbered_through() -> None:
    ensure_builtin_set()

    assert Section.objects.count() == 10
    assert list(Question.objects.order_by("section__position", "number").values_list("number", flat=True)) == list(
        range(1, 34)
    )


def test_builtin_set_written_twice_is_there_once() -> None:
    first, second = ensure_builtin_set(), ensure_builtin_set()

    assert first == second
    assert (QuestionSet.objects.count(), Question.objects.count()) == (1, 33)


def test_new_version_of_the_bank_is_for_new_reviews_and_keeps_the_old(monkeypatch: pytest.MonkeyPatch) -> None:
    old = ensure_builtin_set()
    monkeypatch.setattr(question_bank, "VERSION", 2)

    new = ensure_builtin_set()

    old.refresh_from_db()
    assert (old.is_current, new.is_current, current_question_set()) == (False, True, new)
    assert Question.objects.filter(section__question_set=old).count() == 33


def test_current_set_is_the_one_in_the_language_of_the_review_or_else_in_english() -> None:
    english = ensure_builtin_set()
    romanian = QuestionSet.objects.create(name="Incluziune", slug=english.slug, language="ro")

    assert current_question_set("ro") == romanian
    assert current_question_set("el") == english


def test_current_set_is_written_when_it_is_not_there() -> None:
    assert Question.objects.filter(section__question_set=current_question_set()).count() == 33


def test_keys_are_unique_and_only_the_last_question_is_for_repeat_reviews() -> None:
    asked = [question for part in question_bank.PARTS for question in part.questions]

    assert len({question.key for question in asked}) == 33
    assert [question.key for question in asked if question.condition != "always"] == ["earlier_recommendations"]


def test_word_limits_add_up_to_what_reviewers_can_read() -> None:
    assert 3_500 <= sum(question.words for part in question_bank.PARTS for question in part.questions) <= 4_500
