"""The built-in set: what it holds, and which version a new review begins with."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reviews import question_bank
from reviews.actions.question_sets import current_question_set, ensure_builtin_set
from reviews.enums import QuestionSetStatus
from reviews.models import Question, QuestionSet, Section
from reviews.question_files.plain import PlainQuestion, PlainSection, PlainSet
from tests import factories

pytestmark = pytest.mark.django_db


def bank() -> list[PlainQuestion]:
    return [question for section in question_bank.builtin().sections for question in section.questions]


def newer(monkeypatch: pytest.MonkeyPatch) -> None:
    newer = replace(question_bank.builtin(), version=question_bank.builtin().version + 1)
    monkeypatch.setattr(question_bank, "builtin", lambda: newer)


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
    newer(monkeypatch)

    new = ensure_builtin_set()

    old.refresh_from_db()
    assert (old.is_current, new.is_current, current_question_set()) == (False, True, new)
    assert Question.objects.filter(section__question_set=old).count() == 33


def test_new_version_of_the_bank_does_not_take_the_place_of_one_that_the_secretariat_made(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    old = ensure_builtin_set()
    old.made_by = factories.make_user(is_secretariat=True)
    old.save()
    newer(monkeypatch)

    new = ensure_builtin_set()

    assert (current_question_set(), new.is_current) == (old, False)


def test_current_set_is_the_one_in_the_language_of_the_review_or_else_in_english() -> None:
    english = ensure_builtin_set()
    romanian = QuestionSet.objects.create(name="Incluziune", slug=english.slug, language="ro")

    assert current_question_set("ro") == romanian
    assert current_question_set("el") == english


def test_current_set_is_never_a_draft() -> None:
    builtin = ensure_builtin_set()
    QuestionSet.objects.create(name="Next", slug=builtin.slug, version=9, status=QuestionSetStatus.DRAFT)

    assert current_question_set() == builtin


def test_current_set_is_written_when_it_is_not_there() -> None:
    assert Question.objects.filter(section__question_set=current_question_set()).count() == 33


def test_keys_are_unique_and_only_the_last_question_is_for_repeat_reviews() -> None:
    assert len({question.key for question in bank()}) == 33
    assert [question.key for question in bank() if question.condition != "always"] == ["earlier_recommendations"]


def test_word_limits_add_up_to_what_reviewers_can_read() -> None:
    assert 3_500 <= sum(question.max_words for question in bank()) <= 4_500


def test_every_text_of_the_bank_is_translated_into_romanian() -> None:
    content = question_bank.builtin()
    rows: list[PlainSet | PlainSection | PlainQuestion] = [content, *content.sections, *bank()]
    missing = [
        (row, name)
        for row in rows
        for name in ("name", "title", "text", "help_text", "prompts")
        if getattr(row, name, "") and not row.translations.get("ro", {}).get(name)
    ]

    assert missing == []


def test_every_question_has_as_many_guiding_questions_in_romanian() -> None:
    counts = [(q.prompts.count("\n"), q.translations["ro"].get("prompts", "").count("\n")) for q in bank()]

    assert all(english == romanian for english, romanian in counts)
