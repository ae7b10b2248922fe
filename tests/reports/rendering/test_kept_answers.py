"""The PDF of a self-assessment says which answered question is no longer asked, and leaves out what was never asked."""

from __future__ import annotations

import pytest

from reports.enums import Edition
from reports.rendering.compose.self_assessment import compose
from reports.rendering.model import Answer as ShownAnswer
from reviews.enums import Stage
from reviews.models import Answer, Question
from tests.cast import make_cast

pytestmark = pytest.mark.django_db


def test_answer_to_a_question_no_longer_asked_is_marked_and_one_never_asked_is_left_out() -> None:
    cast = make_cast(Stage.SELF_ASSESSMENT)
    held = cast.case.self_assessment
    first, second, third, _ = Question.objects.filter(section__question_set=held.question_set).order_by("number")
    Question.objects.filter(pk=second.pk).update(condition="theme", condition_value="climate")
    Question.objects.filter(pk=third.pk).update(condition="theme", condition_value="climate")
    Answer.objects.create(self_assessment=held, question=first, text="Asked.")
    Answer.objects.create(self_assessment=held, question=third, text="Kept.")

    content = compose(cast.case.pk, Edition.HOST)

    blocks = [block for chapter in content.chapters for block in chapter.blocks if isinstance(block, ShownAnswer)]
    assert [(block.question, block.html) for block in blocks] == [
        ("Question 1?", "<p>Asked.</p>\n"),
        ("Question 3? (no longer asked)", "<p>Kept.</p>\n"),
        ("Question 4?", ""),
    ]
