"""The report: one chapter a section that has something to show, the words of the team and the data of the case."""

from __future__ import annotations

from dataclasses import dataclass
from string import ascii_uppercase
from typing import TYPE_CHECKING

from people.templatetags.words import dates
from reports.enums import DocumentKind, Edition
from reports.models import Report, ReportSection
from reports.queries.pieces import words_taken
from reports.rendering.compose import parts
from reports.rendering.compose.reading import ReportRead
from reports.rendering.compose.report_draws import drawn
from reports.rendering.compose.words import Piece, Words
from reports.rendering.errors import NothingToShow
from reports.rendering.model import Chapter, DocumentContent, Fact

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

_CLASSES = {
    Edition.TEAM.value: "Working draft: for the review team only",
    Edition.HOST.value: "Draft for the fact check: not for publication",
    Edition.PUBLIC.value: "Public",
}
_EDITIONS = {
    Edition.TEAM.value: "Working draft",
    Edition.HOST.value: "Draft for the fact check",
    Edition.PUBLIC.value: "Final report",
}


@dataclass(frozen=True, slots=True)
class SectionDrawn:
    """One section of the working draft, and the pieces of it whose words can be the team's own."""

    content: DocumentContent
    pieces: tuple[Piece, ...]


def compose(case_id: int, edition: str) -> DocumentContent:
    """Compose the report as it is now. Drafts have numbered paragraphs; only released findings are in any edition.

    Raises `NothingToShow` while there is no report, or none of its sections has anything to show.
    """
    read = _read(case_id)
    case, report = read.case, read.report
    chapters = tuple(_numbered(read))
    if not chapters:
        raise NothingToShow("The report has no text yet.")
    return DocumentContent(
        kind=DocumentKind.REPORT,
        edition=edition,
        kind_label=parts.REVIEW,
        title=case.host_city.name,
        subtitle=parts.first_question(case),
        language=case.language,
        look=parts.look_of(case),
        dated=_dated(report),
        edition_label=_EDITIONS[edition],
        version=f"Version {report.version}",
        confidentiality=_CLASSES[edition],
        cover_facts=tuple(_cover(read)),
        running_title=f"{parts.REVIEW} · {case.host_city.name}{parts.year_of(case)}",
        authors=(case.working_group.name,),
        keywords=("peer review", "critical friend review", str(case.get_theme_display()), case.host_city.name),
        description=f"Findings and recommendations of the critical friend review of {case.host_city.name}.",
        chapters=chapters,
        is_numbered=edition != Edition.PUBLIC,
    )


def section_drawn(
    case_id: int, key: str, *, text: str | None = None, words: Mapping[str, str] | None = None
) -> SectionDrawn:
    """Compose one section of the working draft alone, and read only what it draws on.

    `text` and `words` (by piece) are what somebody is typing; without them, what is saved. The content has no
    chapter while there is nothing to show. Raises `NothingToShow` without a report or without such a section.
    """
    read = _read(case_id)
    section = next((found for found in read.sections if found.key == key), None)
    if section is None:
        raise NothingToShow("The report has no such section.")
    read.draws = frozenset(section.draws)  # what stands in other sections cannot be led to from this one alone
    read.words.taken = {**read.words.taken, **(words or {})}
    section.text = section.text if text is None else text
    chapter = _chapter(section, read)
    content = DocumentContent(
        kind=DocumentKind.REPORT,
        edition=Edition.TEAM,
        kind_label=parts.REVIEW,
        title=read.case.host_city.name,
        language=read.case.language,
        look=parts.look_of(read.case),
        dated=parts.day_of(section.updated_at),
        chapters=(chapter,) if chapter else (),
        is_numbered=True,
    )
    return SectionDrawn(content, tuple(read.words.pieces))


def pieces_drawn(case_id: int) -> tuple[Piece, ...]:
    """Return every piece of the report as the case gives it now. Raises `NothingToShow` without a report."""
    read = _read(case_id)
    for section in read.sections:
        drawn(section.draws, read)
    return tuple(read.words.pieces)


def _read(case_id: int) -> ReportRead:
    case = parts.case_of(case_id)
    report = Report.objects.filter(case=case).first()
    if report is None:
        raise NothingToShow("The report has not been begun yet.")
    report.case = case
    return ReportRead(case, report, Words(words_taken(report)))


def _dated(report: Report) -> date:
    """Return the day on which the text was finalised, or last changed."""
    if report.finalised_at:
        return parts.day_of(report.finalised_at)
    newest = report.sections.order_by("-updated_at").first()
    return parts.day_of(newest.updated_at if newest else report.case.created_at)


def _cover(read: ReportRead) -> Iterator[Fact]:
    yield Fact("Study visit", parts.visit_dates(read.case))
    if cities := parts.cities_of(read.team):
        yield Fact("Critical friends", cities)
    yield Fact("Working group", read.case.working_group.name)
    if read.report.finalised_at:
        yield Fact("Approved", dates(parts.day_of(read.report.finalised_at)))


def _numbered(read: ReportRead) -> Iterator[Chapter]:
    """Yield the chapters with something to show. Numbers are those of the sections, so that a place keeps its name."""
    for section in read.sections:
        if chapter := _chapter(section, read):
            yield chapter


def _chapter(section: ReportSection, read: ReportRead) -> Chapter | None:
    blocks = (*parts.prose(section.text), *drawn(section.draws, read))
    if not blocks:
        return None
    number = _letter(section, read) if section.is_annex else str(section.position)
    return Chapter(section.title, blocks, section.anchor, number, section.starts_page, section.is_annex)


def _letter(section: ReportSection, read: ReportRead) -> str:
    """Annexes have letters, in their order."""
    annexes = [found.key for found in read.sections if found.is_annex]
    return ascii_uppercase[annexes.index(section.key) % len(ascii_uppercase)]
