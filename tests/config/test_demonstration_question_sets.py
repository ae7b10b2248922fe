"""The second question set of the demonstration."""

from __future__ import annotations

import pytest

from config.demonstration.question_sets import make_question_sets
from reviews.models import QuestionSet
from reviews.queries.question_sets import outline_of
from reviews.question_translations import progress_of
from tests import factories

pytestmark = pytest.mark.django_db


def test_set_is_published_and_its_next_version_has_something_left_to_translate() -> None:
    keeper = factories.make_user(is_secretariat=True)

    make_question_sets(keeper)
    make_question_sets(keeper)

    draft, published = QuestionSet.objects.filter(slug="ageing-in-place")
    assert (published.status, published.is_current, draft.status, draft.version) == ("published", True, "draft", 2)
    assert [one.is_complete for one in progress_of(outline_of(published))] == [True]
    assert [(one.missing, one.outdated) for one in progress_of(outline_of(draft))] == [(1, 1)]
