"""From a case to a composed document: one module per kind, each reads what it needs by queries, once."""

from collections.abc import Callable

from reports.enums import DocumentKind
from reports.rendering.compose import (
    certificate,
    handbook,
    progress,
    report,
    self_assessment,
    slides,
    visit_programme,
)
from reports.rendering.errors import NothingToShow
from reports.rendering.model import DocumentContent

COMPOSERS: dict[str, Callable[[int, str], DocumentContent]] = {
    DocumentKind.HANDBOOK.value: handbook.compose,
    DocumentKind.SELF_ASSESSMENT.value: self_assessment.compose,
    DocumentKind.REPORT.value: report.compose,
    DocumentKind.PROGRAMME.value: visit_programme.compose,
    DocumentKind.SLIDES.value: slides.compose,
    DocumentKind.PROGRESS.value: progress.compose,
}
"""Kind of document -> composer(case_id, edition)."""

compose_certificate = certificate.compose
"""The one kind that is about a person: composer(case_id, user_id)."""


def compose_document(kind: str, edition: str, case_id: int) -> DocumentContent:
    """Read the case and return what the document shows (`DocumentKind`, `Edition`, primary key of the case).

    Raises `NothingToShow` when the case has no content of this kind yet.
    """
    composer = COMPOSERS.get(kind)
    if composer is None:
        raise NothingToShow("There is no such document.")
    return composer(case_id, edition)
