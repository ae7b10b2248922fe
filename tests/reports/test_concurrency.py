"""Two at once, with real threads: one document, one publication, one text. Here and on a real PostgreSQL."""

from __future__ import annotations

from functools import partial

import pytest
from django.db import connection

from reports import jobs
from reports.actions.documents import request_document
from reports.actions.fact_comments import add_comment
from reports.actions.sections import save_section
from reports.enums import DocumentStatus, FactKind
from reports.forms.fact_checks import CommentInput
from reports.models import Document, FactComment, Publication
from reviews.actions.steps import take_step
from reviews.enums import Stage
from tests.cast import Cast, make_cast
from tests.reports.conftest import Paper
from tests.reports.test_publication import agreed
from tests.reports.test_report import final, fresh, reporting, sent
from tests.reviews.test_concurrency import at_once, kinds

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("paper"),
    pytest.mark.parametrize("database", ["here", pytest.param("postgres", marks=pytest.mark.postgres)]),
]


@pytest.fixture
def cast(transactional_db: None, database: str) -> Cast:
    """The cast, committed, so that other threads see it."""
    if database == "postgres":
        assert connection.vendor == "postgresql"
    return make_cast(Stage.REPORTING)


def test_two_requests_of_the_same_content_make_one_document(cast: Cast) -> None:
    people = (cast.lead, cast.friend, cast.rapporteur)
    results = at_once(*[partial(request_document, cast.case, "handbook", "host", by=user) for user in people])
    assert kinds(results) == ["Document"] * 3
    assert Document.objects.count() == 1


def test_two_workers_make_a_document_once(cast: Cast, paper: Paper) -> None:
    row = request_document(cast.case, "handbook", "host", by=cast.lead)
    at_once(*[partial(jobs.make, row.pk)] * 3)
    assert (Document.objects.get().status, Document.objects.get().attempts, len(paper.made)) == (
        DocumentStatus.READY,
        1,
        1,
    )


def test_two_who_press_publish_publish_once(cast: Cast) -> None:
    final(cast)
    agreed(cast)
    results = at_once(*[partial(take_step, fresh(cast), "publish_report", by=cast.secretariat)] * 2)
    assert kinds(results) == ["AlreadyDone", "CaseEvent"]
    assert Publication.objects.count() == 1


def test_two_writers_of_a_section_one_is_told(cast: Cast) -> None:
    reporting(cast)
    writers = (cast.lead, cast.rapporteur)
    results = at_once(
        *[partial(save_section, cast.case, "summary", by=user, text=user.name, version=1) for user in writers]
    )
    assert kinds(results) == ["Saved", "StaleText"]


def test_comments_at_once_get_numbers_of_their_own(cast: Cast) -> None:
    sent(cast)
    said = CommentInput(place="s5-p1", kind=FactKind.FACT, text="x", proposal="")
    results = at_once(*[partial(add_comment, fresh(cast), by=cast.coordinator, said=said)] * 4)
    assert kinds(results) == ["FactComment"] * 4
    assert list(FactComment.objects.values_list("number", flat=True)) == [1, 2, 3, 4]
