"""Publishing: what everybody may read is frozen, and never changed after."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from people.texts import plain
from reports.actions.documents import row_for
from reports.actions.shelving import reshelve, shelve
from reports.contents import printed
from reports.entries import SUMMARY_LENGTH, shortened
from reports.enums import DocumentKind, Edition
from reports.imprint import slug_of
from reports.models import Publication
from reports.queries.outlines import summary_first
from reports.rendering import DocumentContent, content_hash, serialise
from reviews import steps
from reviews.queries.findings import OPEN_TO_HOST

if TYPE_CHECKING:
    from datetime import datetime

    from people.models import User
    from reviews.models import Case


@steps.effect("publish_report")
def publish(move: steps.Move) -> None:
    """The report is frozen as everybody may read it, its PDF is asked for, and the version before gives way."""
    case, report = move.case, move.row
    content = printed(case)
    summary = next((row.text for row in summary_first(report.sections.all()) if row.text.strip()), "")
    publication = publication_of(case, content, version=report.version, summary=summary, by=move.by)
    publication.erratum = report.erratum if report.version > 1 else ""
    publication.audience, publication.licence = report.audience, report.licence
    Publication.objects.filter(case=case, is_current=True).update(is_current=False)
    publication.document = row_for(case, DocumentKind.REPORT, Edition.PUBLIC, publication.sha256, by=move.by)
    publication.save()
    shelve([(publication, content)])
    reshelve(case)
    case.published_at = publication.published_at
    case.save(update_fields=("published_at",))


@steps.effect("correct_report")
def begin_erratum(move: steps.Move) -> None:
    """The reason is the first wording of what the new version changes."""
    report = move.row
    report.erratum, report.erratum_version = move.reason, report.erratum_version + 1
    report.save(update_fields=("erratum", "erratum_version"))


def publication_of(
    case: Case,
    content: DocumentContent,
    *,
    version: int,
    summary: str,
    by: User | None,
    at: datetime | None = None,
) -> Publication:
    """Return the row of one published version, not stored. `summary` is Markdown."""
    recommended = case.recommendations.filter(status__in=OPEN_TO_HOST).values_list("pk", flat=True)
    return Publication(
        case=case,
        version=version,
        slug=slug_of(case, version),
        title=case.title,
        summary=shortened(plain(summary), SUMMARY_LENGTH),
        theme=case.theme,
        city_name=case.host_city.name,
        country=case.host_city.country,
        year=(case.visit_start or timezone.localdate()).year,
        language=case.language,
        content=serialise(content),
        sha256=content_hash(content),
        recommendation_ids=list(recommended),
        published_by=by,
        published_at=at or timezone.now(),
    )
