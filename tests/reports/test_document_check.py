"""The page "PDF check": what it shows, and that a check that fails costs no document."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from reports import jobs
from reports.actions.documents import request_document
from reports.enums import DocumentStatus
from reports.models import Document
from reports.pdf_check import points_of
from tests import factories
from tests.cast import Cast
from tests.reports.conftest import Paper

FIGURES: dict[str, Any] = {
    "pages": 3,
    "size": 1000,
    "title": "Handbook: Timișoara",
    "language": "en",
    "pdfua": "1",
    "pdfa": "3a",
    "tags": {"H1": 1, "H2": 2, "P": 7, "Figure": 2, "Table": 1},
    "skips": 0,
    "undescribed": 0,
    "headless": 0,
    "headings": [[1, "Timișoara", 1], [1, "1 Summary", 3]],
    "fonts": [["Inter-Regular", True]],
    "sample": {"page": 3, "lines": [["H2", "1 Summary"], ["P", "What we found"]]},
}


@pytest.fixture
def ready(cast: Cast) -> Document:
    return Document.objects.create(
        case=cast.case,
        kind="handbook",
        edition="team",
        content_hash="a" * 64,
        status=DocumentStatus.READY,
        requested_by=cast.lead,
        pages=3,
        size=1000,
        figures=FIGURES,
        warnings=["A picture could not be shown."],
    )


def checked(cast: Cast, document: Document, name: str = "lead") -> Any:
    address = reverse("reports:document_check", args=(cast.case.slug, document.pk))
    return cast.client(getattr(cast, name)).get(address)


def test_page_shows_what_was_counted(cast: Cast, ready: Document) -> None:
    told = checked(cast, ready).content.decode()
    for words in ("Declared as PDF/UA-1", "2 pictures, all described in words", "1 Summary", "What we found"):
        assert words in told
    assert "A picture could not be shown." in told


def test_check_is_for_those_who_may_have_the_document(cast: Cast, ready: Document) -> None:
    answers = {name: checked(cast, ready, name).status_code for name in ("friend", "coordinator", "stranger")}
    assert answers == {"friend": 200, "coordinator": 403, "stranger": 404}


def test_unfinished_document_has_no_check(cast: Cast, ready: Document) -> None:
    Document.objects.filter(pk=ready.pk).update(status=DocumentStatus.RENDERING)
    assert checked(cast, ready).status_code == 422


def test_what_was_made_before_checks_says_so(cast: Cast, ready: Document) -> None:
    Document.objects.filter(pk=ready.pk).update(figures={})
    answer = checked(cast, ready)
    assert (answer.status_code, "This version was not looked into" in answer.content.decode()) == (200, True)


@pytest.mark.parametrize(
    ("changed", "label", "found"),
    [
        ({"pdfua": ""}, "Accessible", "Not declared as PDF/UA"),
        ({"pdfa": "3b"}, "For archives", "Not declared as PDF/A-3a"),
        ({"title": ""}, "Title", "The file has no title"),
        ({"language": ""}, "Language", "The file does not say its language"),
        ({"skips": 1}, "Headings", "3 headings, a level is skipped"),
        ({"undescribed": 1}, "Pictures", "2 pictures, 1 picture without a description"),
        ({"headless": 1}, "Tables", "1 table, 1 table without heads"),
        ({"fonts": [["Arial", False]]}, "Fonts", "Not in the file: Arial"),
    ],
)
def test_each_fault_is_named(changed: dict[str, Any], label: str, found: str) -> None:
    wrong = [(point.label, point.found) for point in points_of({**FIGURES, **changed}) if not point.is_right]
    assert wrong == [(label, found)]


def test_nothing_is_wrong_with_a_right_file() -> None:
    assert [point.label for point in points_of(FIGURES) if not point.is_right] == []


def test_file_that_cannot_be_looked_into_is_still_a_document(cast: Cast, paper: Paper) -> None:
    factories.make_visit(cast.case)
    row = request_document(cast.case, "handbook", "host", by=cast.lead)
    jobs.make(row.pk)
    row.refresh_from_db()
    assert (row.status, row.figures, len(paper.made)) == (DocumentStatus.READY, {}, 1)
