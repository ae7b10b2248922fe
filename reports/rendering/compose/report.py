"""The report: one chapter a section that has something to show, the words of the team and the data of the case."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from people.templatetags.words import dates
from people.texts import plain, to_html
from reports.enums import DocumentKind, Edition
from reports.models import Report, ReportSection
from reports.outline import PLANS
from reports.queries.pieces import words_taken
from reports.rendering import charts
from reports.rendering.compose import parts
from reports.rendering.compose.programme import numbers_of, people_met_in, without_names
from reports.rendering.compose.reading import ReportRead
from reports.rendering.compose.words import Piece, Words, escaped, facts_of_text, text_of_facts
from reports.rendering.errors import NothingToShow
from reports.rendering.model import (
    Block,
    Chapter,
    Chart,
    Column,
    DocumentContent,
    Fact,
    Finding,
    Heading,
    Recommendation,
    RecommendationTable,
    RichText,
    Table,
)
from reviews.enums import ActionStatus, Decision, EvidenceClass, EvidenceKind, FindingKind
from reviews.models import Evidence
from reviews.queries.findings import counts_of_kinds, under_headings
from reviews.queries.follow_up import Answered
from visits.queries.notes import Sources

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date

    from reviews.models import Finding as FindingRow
    from reviews.models import Recommendation as RecommendationRow

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
    chapters = tuple(_numbered(report, read))
    if not chapters:
        raise NothingToShow("The report has no text yet.")
    return DocumentContent(
        kind=DocumentKind.REPORT,
        edition=edition,
        kind_label=parts.REVIEW,
        title=case.host_city.name,
        subtitle=parts.first_question(case),
        language=case.language,
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
    section = read.report.sections.filter(key=key).first()
    if section is None:
        raise NothingToShow("The report has no such section.")
    read.words.taken = {**read.words.taken, **(words or {})}
    section.text = section.text if text is None else text
    chapter = _chapter(section, read)
    content = DocumentContent(
        kind=DocumentKind.REPORT,
        edition=Edition.TEAM,
        kind_label=parts.REVIEW,
        title=read.case.host_city.name,
        language=read.case.language,
        dated=parts.day_of(section.updated_at),
        chapters=(chapter,) if chapter else (),
        is_numbered=True,
    )
    return SectionDrawn(content, tuple(read.words.pieces))


def pieces_drawn(case_id: int) -> tuple[Piece, ...]:
    """Return every piece of the report as the case gives it now. Raises `NothingToShow` without a report."""
    read = _read(case_id)
    for section in read.report.sections.all():
        _drawn(section, read)
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


def _numbered(report: Report, read: ReportRead) -> Iterator[Chapter]:
    """Yield the chapters with something to show. Numbers are those of the sections, so that a place keeps its name."""
    for section in report.sections.all():
        if chapter := _chapter(section, read):
            yield chapter


def _chapter(section: ReportSection, read: ReportRead) -> Chapter | None:
    blocks = (*parts.prose(section.text), *_drawn(section, read))
    if not blocks:
        return None
    plan = PLANS.get(section.key)
    is_annex = plan is not None and plan.is_annex
    number = "A" if is_annex else str(section.position)
    starts_page = section.key not in _FOLLOW_ON
    return Chapter(section.title, blocks, f"s{section.position}", number, starts_page, is_annex)


def _drawn(section: ReportSection, read: ReportRead) -> tuple[Block, ...]:
    """Return what the case adds to a section."""
    draw = _DRAWS.get(section.key)
    return tuple(draw(read)) if draw else ()


# --- What the sections draw -------------------------------------------------------------------------
def _data_sheet(read: ReportRead) -> Iterator[Block]:
    drawn = text_of_facts(parts.data_sheet(read.case))
    yield facts_of_text(read.words.said("data_sheet", drawn, "Data sheet"))
    team = (person for person in read.team if person.in_team)
    yield from parts.people_block(team, caption="The review team", with_profile=False)


def _method(read: ReportRead) -> Iterator[Block]:
    if questions := parts.questions_text(read.case):
        yield Heading("What the host asked", anchor="s4-questions")
        yield from parts.prose(read.words.said("questions", questions, "Guiding questions of the host"))
    yield Heading("The visit in numbers", anchor="s4-numbers")
    if read.plan and read.plan.slots:
        yield numbers_of(read.plan)
        met = people_met_in(read.plan)
        if met:
            yield Chart(charts.people_met(met), "People whom the team met, by group.")
    yield Chart(
        charts.funnel(notes=read.notes, findings=len(read.findings), recommendations=len(read.recommendations)),
        "From notes to findings to recommendations.",
    )


def _findings(read: ReportRead) -> Iterator[Block]:
    if not read.findings:
        return
    kinds = [charts.Counted(kind.value, str(kind.label), count) for kind, count in counts_of_kinds(read.findings)]
    yield Chart(charts.findings_by_kind([kind for kind in kinds if kind.count]), "Findings by kind.")
    for place, group in enumerate(under_headings(read.findings), start=1):
        yield Heading(group.name or "More findings", anchor=f"s5-h{place}")
        yield from (_finding(read, found, read.sources[found.pk]) for found in group.findings)


def _finding(read: ReportRead, found: FindingRow, sources: Sources) -> Finding:
    claims = found.kind != FindingKind.QUESTION
    return Finding(
        kind=found.kind,
        label=str(found.get_kind_display()),
        html=to_html(read.words.said(f"finding:{found.pk}", found.text, _named(found)), top=4),
        sources=sources.words if sources.total else "",
        is_single_source=claims and bool(sources.total) and sources.is_single_source,
        anchor=f"f{found.pk}",
    )


def _answers(read: ReportRead) -> Iterator[Block]:
    """Yield each guiding question with links to the findings that belong to it."""
    for question in read.case.guiding_questions.all():
        own = [found for found in read.findings if found.guiding_question_id == question.pk]
        if own:
            yield Heading(question.text, anchor=f"s6-q{question.position}")
            yield _links(read, own)


def _links(read: ReportRead, findings: list[FindingRow]) -> RichText:
    """Return a list that leads to findings, each by its kind and the first words that the report has for it."""
    lines = (
        f"- **{found.get_kind_display()}:** [{escaped(_first(_words(read, found)))}](#f{found.pk})"
        for found in findings
    )
    return RichText(to_html("\n".join(lines)))


def _words(read: ReportRead, found: FindingRow) -> str:
    return read.words.mentioned(f"finding:{found.pk}", found.text)


def _named(found: FindingRow) -> str:
    """What a finding is called: its kind and its first words."""
    return f"{found.get_kind_display()}: {_first(found.text, 90)}"


def _recommendations(read: ReportRead) -> Iterator[Block]:
    items = tuple(_recommendation(read, place, row) for place, row in enumerate(read.recommendations, start=1))
    if not items:
        return
    yield RecommendationTable(items)
    yield Heading("The recommendations in full", anchor="s7-full")
    yield from items


def _recommendation(read: ReportRead, number: int, row: RecommendationRow) -> Recommendation:
    name = f"Recommendation {number}"
    text = read.words.said(f"recommendation:{row.pk}", row.text, f"{name}: {_first(row.text, 90)}")
    reason = row.reason and read.words.said(f"reason:{row.pk}", row.reason, f"{name}: why")
    title, _, more = text.strip().partition("\n\n")
    return Recommendation(
        number=number,
        title=" ".join(plain(title).split()),
        html=to_html(more, top=4) if more.strip() else "",
        reason=" ".join(plain(reason).split()),
        addressee=row.addressee,
        when=row.time_frame,
        effort=str(row.get_effort_display()) if row.effort else "",
        findings=tuple(f"{found.get_kind_display()}: {_first(_words(read, found))}" for found in row.findings.all()),
        anchor=f"r{row.pk}",
    )


def _good_practices(read: ReportRead) -> Iterator[Block]:
    practices = [found for found in read.findings if found.kind == FindingKind.GOOD_PRACTICE]
    if practices:
        yield Heading("Found by the critical friends", anchor="s8-found")
        yield _links(read, practices)


def _host_response(read: ReportRead) -> Iterator[Block]:
    if read.report.host_statement.strip():
        yield Heading("In the host’s own words", anchor="s9-statement")
        yield from parts.prose(read.report.host_statement, top=4)
    given = [answered for answered in read.answered if answered.response]
    if given:
        yield Heading("Response to each recommendation", anchor="s9-responses")
        columns = (Column("No.", 8), Column("Response", 20), Column("Why", 30), Column("What the host does"))
        yield Table(columns, tuple(_response(answered) for answered in given))


def _response(answered: Answered) -> tuple[str, ...]:
    response = answered.response
    label = str(Decision(response.decision).label) if response else ""
    reason = " ".join(plain(response.reason).split()) if response else ""
    actions = (
        " · ".join(
            part for part in (plain(action.text), dates(action.due), str(ActionStatus(action.status).label)) if part
        )
        for action in answered.actions
    )
    return str(answered.number), label, reason, "\n".join(actions)


def _annexes(read: ReportRead) -> Iterator[Block]:
    if read.plan and read.plan.slots:
        yield Heading("The programme of the visit", anchor="s10-programme")
        yield from without_names(read.plan)
    public = Evidence.objects.filter(case=read.case, removed_at=None, access_class=EvidenceClass.PUBLIC).exclude(
        file=""
    )
    rows = tuple((row.title, str(EvidenceKind(row.kind).label), dates(row.dated)) for row in public.order_by("title"))
    if rows:
        yield Heading("Public papers of the host", anchor="s10-evidence")
        yield Table((Column("Title", 55), Column("What it is", 25), Column("Date")), rows)


_DRAWS: dict[str, Callable[[ReportRead], Iterator[Block]]] = {
    "data_sheet": _data_sheet,
    "method": _method,
    "findings": _findings,
    "answers": _answers,
    "recommendations": _recommendations,
    "good_practices": _good_practices,
    "host_response": _host_response,
    "annexes": _annexes,
}
_FOLLOW_ON = frozenset({"data_sheet", "method", "answers", "good_practices", "host_response"})
"""Sections that are often short: they follow on, on the same page."""

_MOST_SIGNS = 160


def _first(text: str, most: int = _MOST_SIGNS) -> str:
    """Return the first words of a text, without marks, in one line."""
    words = " ".join(plain(text).split())
    return words if len(words) <= most else words[:most].rsplit(" ", 1)[0] + " …"
