"""The self-assessment as a document: what the host submitted, question by question."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from people.templatetags.words import dates
from people.texts import to_html
from reports.enums import DocumentKind, Edition
from reports.rendering.compose import parts, signing
from reports.rendering.compose.photos import described
from reports.rendering.errors import NothingToShow
from reports.rendering.model import (
    Answer,
    Block,
    Chapter,
    Chart,
    Column,
    DocumentContent,
    Fact,
    Heading,
    Photo,
    Table,
)
from reviews.enums import EvidenceClass, EvidenceKind, Rating, SelfAssessmentStatus
from reviews.models import Evidence, SelfAssessment
from reviews.queries.evidence_text import PICTURES
from reviews.queries.frozen import content_of, sections_to_read
from reviews.queries.frozen_wordings import in_language
from reviews.rendering.ratings import rated_sections, rating_pictures

if TYPE_CHECKING:
    from reviews.models import Case, SelfAssessmentVersion
    from reviews.queries.frozen import ReadAnswer, ReadSection

_LEVELS = {rating.value: level for level, rating in enumerate(Rating, start=1) if rating != Rating.NOT_APPLICABLE}


def compose(case_id: int, edition: str) -> DocumentContent:
    """Compose the self-assessment: the accepted version for the team, the newest words for the host.

    Raises `NothingToShow` for the team before the self-assessment is released.
    """
    case = parts.case_of(case_id)
    held = SelfAssessment.objects.select_related("question_set").filter(case=case).first()
    if held is None:
        raise NothingToShow("The self-assessment has not been opened yet.")
    version = None if held.is_open else held.versions.first()
    is_released = held.status == SelfAssessmentStatus.ACCEPTED
    if edition != Edition.HOST and not (is_released and version):
        raise NothingToShow("The self-assessment has not been released to the team yet.")
    content = version.content if version else content_of(held, case)
    return DocumentContent(
        kind=DocumentKind.SELF_ASSESSMENT,
        edition=edition,
        kind_label="Self-assessment",
        title=case.host_city.name,
        subtitle=case.title,
        language=content["question_set"]["language"] if not case.language else case.language,
        look=parts.look_of(case),
        dated=_dated(held, version),
        edition_label=held.get_status_display(),
        version=f"Version {version.number}" if version else f"Draft of version {held.version}",
        confidentiality=parts.FOR_BOTH,
        cover_facts=_cover(case, version),
        running_title=f"Self-assessment · {case.host_city.name}{parts.year_of(case)}",
        authors=(case.host_city.name,),
        keywords=("self-assessment", case.get_theme_display()),
        description=f"Self-assessment of {case.host_city.name} for its critical friend review.",
        chapters=_chapters(case, held, content, version, for_host=edition == Edition.HOST),
    )


def _dated(held: SelfAssessment, version: SelfAssessmentVersion | None) -> date:
    """Return the day of the submission; of a draft, the day of the newest answer."""
    if version:
        return parts.day_of(version.submitted_at)
    newest = held.answers.order_by("-updated_at").first()
    return parts.day_of(newest.updated_at if newest else held.case.created_at)


def _cover(case: Case, version: SelfAssessmentVersion | None) -> tuple[Fact, ...]:
    facts = [Fact("Review", case.title), Fact("Study visit", parts.visit_dates(case))]
    if version:
        facts.append(Fact("Submitted", dates(parts.day_of(version.submitted_at))))
        facts.append(Fact("Fingerprint", version.sha256[:16]))
    return tuple(facts)


def _chapters(
    case: Case, held: SelfAssessment, content: dict[str, Any], version: SelfAssessmentVersion | None, *, for_host: bool
) -> tuple[Chapter, ...]:
    sections = in_language(sections_to_read(content), held.question_set, case.language)
    added = signing.addenda(case)
    before = (parts.data_sheet(case), *signing.signatures(version), signing.notice(for_host=for_host))
    shown = content["evidence"] if for_host else _without_hosts(case, content["evidence"])
    chapters = [
        Chapter("Before you read", (*before, *added.get(None, ()), *_overview(sections)), "s0"),
        *(_chapter(section, shown, added, is_first=place == 0) for place, section in enumerate(sections)),
    ]
    if shown:
        access = signing.classes(row["access_class"] for row in shown)
        chapters.append(
            Chapter("Evidence", (_evidence_table(shown), access, *_photos(case, shown)), "evidence", is_annex=True)
        )
    return tuple(chapters)


def _overview(sections: list[ReadSection]) -> tuple[Block, ...]:
    """Return the ratings on one page: they are the host's own words about itself, never a score."""
    rated = rated_sections(sections)
    rows = tuple(
        (str(answer.number), answer.question, answer.rating_words, answer.trend_words)
        for section in rated
        for answer in section.answers
    )
    if not rows:
        return ()
    pictures = (
        Chart(picture, "Each number is a question; the table below says the same.")
        for picture in rating_pictures(rated)
    )
    columns = (Column("No.", 8), Column("Question", 50), Column("How far", 22), Column("Trend", 18))
    return (Heading("How far the host sees itself", anchor="s0-ratings"), *pictures, Table(columns, rows))


def _chapter(section: ReadSection, evidence: list[dict[str, Any]], added: signing.Added, *, is_first: bool) -> Chapter:
    titles = [row["title"] for row in evidence if row["section"] == section.position]
    blocks: list[Block] = []
    for answer in section.answers:
        blocks += [_answer(answer), *added.get(answer.number, ())]
    if titles:
        blocks.append(Table((Column("Evidence for this section"),), tuple((title,) for title in titles)))
    return Chapter(section.title, tuple(blocks), f"s{section.position}", str(section.position), is_first)


def _answer(answer: ReadAnswer) -> Answer:
    return Answer(
        number=str(answer.number),
        question=answer.question if answer.asked else f"{answer.question} (no longer asked)",
        html=to_html(answer.text, top=4) if answer.text.strip() else "",
        rating=answer.rating_words,
        level=_LEVELS.get(answer.rating, 0),
        levels=len(_LEVELS),
        trend=answer.trend_words,
        reason=answer.rating_reason.strip(),
        anchor=f"q{answer.number}",
    )


def _evidence_table(shown: list[dict[str, Any]]) -> Table:
    columns = (Column("Title", 45), Column("What it is", 22), Column("Who may read it", 20), Column("Date"))
    return Table(columns, tuple(_evidence_row(row) for row in shown))


def _evidence_row(row: dict[str, Any]) -> tuple[str, ...]:
    kind, access = EvidenceKind(row["kind"]).label, EvidenceClass(row["access_class"]).label
    return row["title"], str(kind), str(access), dates(date.fromisoformat(row["dated"])) if row["dated"] else ""


def _without_hosts(case: Case, files: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Leave out what is for the host only: as it was submitted, or since then."""
    hosts = set(Evidence.objects.filter(case=case, access_class=EvidenceClass.HOST).values_list("pk", flat=True))
    return [row for row in files if row["access_class"] != EvidenceClass.HOST and row["id"] not in hosts]


def _photos(case: Case, shown: list[dict[str, Any]]) -> tuple[Photo, ...]:
    """Return the photos among the evidence; one that was removed since then is left out."""
    files = Evidence.objects.filter(case=case, removed_at=None, kind=EvidenceKind.PHOTO, content_type__in=PICTURES)
    by_id = {row.pk: row for row in files}
    rows = (by_id[row["id"]] for row in shown if row["id"] in by_id)
    return tuple(Photo(str(row.file.name), described(row), row.title, digest=row.sha256) for row in rows)
