"""The report: one chapter a section that has something to show, the words of the team and the data of the case."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from people.templatetags.words import dates
from people.texts import plain, to_html
from reports.enums import DocumentKind, Edition
from reports.models import Report, ReportSection
from reports.outline import PLANS
from reports.rendering import charts
from reports.rendering.compose import parts
from reports.rendering.compose.programme import numbers_of, people_met_in, without_names
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
from reviews.queries.findings import counts_of_kinds, findings_of, recommendations_of, under_headings
from reviews.queries.follow_up import Answered, follow_up_of
from visits.models import StudyVisit
from visits.queries.evidence import count_of_notes
from visits.queries.notes import Sources, sources_of
from visits.queries.programme import Programme, programme

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from reviews.models import Case
    from reviews.models import Finding as FindingRow
    from reviews.models import Recommendation as RecommendationRow
    from reviews.queries.team import Participant

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
class _Read:
    """All that the sections draw on, read once."""

    case: Case
    team: list[Participant]
    findings: list[FindingRow]
    sources: dict[int, Sources]
    recommendations: list[RecommendationRow]
    plan: Programme | None
    notes: int
    report: Report
    answered: tuple[Answered, ...]


def compose(case_id: int, edition: str) -> DocumentContent:
    """Compose the report as it is now. Drafts have numbered paragraphs; only released findings are in any edition.

    Raises `NothingToShow` while there is no report, or none of its sections has anything to show.
    """
    case = parts.case_of(case_id)
    report = Report.objects.filter(case=case).first()
    if report is None:
        raise NothingToShow("The report has not been begun yet.")
    read = _read(case, report)
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


def _read(case: Case, report: Report) -> _Read:
    findings = list(findings_of(case, for_team=False))
    visit = StudyVisit.objects.filter(case=case).first()
    if visit is not None:
        visit.case = case
    return _Read(
        case=case,
        team=parts.team_of(case),
        findings=findings,
        sources=sources_of(findings),
        recommendations=list(recommendations_of(case, for_team=False)),
        plan=programme(visit, for_host=True) if visit else None,
        notes=count_of_notes(case),
        report=report,
        answered=follow_up_of(case).rows,
    )


def _dated(report: Report) -> date:
    """Return the day on which the text was finalised, or last changed."""
    if report.finalised_at:
        return parts.day_of(report.finalised_at)
    newest = report.sections.order_by("-updated_at").first()
    return parts.day_of(newest.updated_at if newest else report.case.created_at)


def _cover(read: _Read) -> Iterator[Fact]:
    yield Fact("Study visit", parts.visit_dates(read.case))
    if cities := parts.cities_of(read.team):
        yield Fact("Critical friends", cities)
    yield Fact("Working group", read.case.working_group.name)
    if read.report.finalised_at:
        yield Fact("Approved", dates(parts.day_of(read.report.finalised_at)))


def _numbered(report: Report, read: _Read) -> Iterator[Chapter]:
    """Yield the chapters with something to show. Numbers are those of the sections, so that a place keeps its name."""
    for section in report.sections.all():
        plan = PLANS.get(section.key)
        blocks = (*parts.prose(section.text), *_drawn(section, read))
        if blocks:
            is_annex = plan is not None and plan.is_annex
            number = "A" if is_annex else str(section.position)
            starts_page = section.key not in _FOLLOW_ON
            yield Chapter(section.title, blocks, f"s{section.position}", number, starts_page, is_annex)


def _drawn(section: ReportSection, read: _Read) -> tuple[Block, ...]:
    """Return what the case adds to a section."""
    draw = _DRAWS.get(section.key)
    return tuple(draw(read)) if draw else ()


# --- What the sections draw -------------------------------------------------------------------------
def _data_sheet(read: _Read) -> Iterator[Block]:
    yield parts.data_sheet(read.case)
    team = (person for person in read.team if person.in_team)
    yield from parts.people_block(team, caption="The review team", with_profile=False)


def _method(read: _Read) -> Iterator[Block]:
    if questions := parts.questions_html(read.case):
        yield Heading("What the host asked", anchor="s4-questions")
        yield questions
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


def _findings(read: _Read) -> Iterator[Block]:
    if not read.findings:
        return
    kinds = [charts.Counted(kind.value, str(kind.label), count) for kind, count in counts_of_kinds(read.findings)]
    yield Chart(charts.findings_by_kind([kind for kind in kinds if kind.count]), "Findings by kind.")
    for place, group in enumerate(under_headings(read.findings), start=1):
        yield Heading(group.name or "More findings", anchor=f"s5-h{place}")
        yield from (_finding(found, read.sources[found.pk]) for found in group.findings)


def _finding(found: FindingRow, sources: Sources) -> Finding:
    claims = found.kind != FindingKind.QUESTION
    return Finding(
        kind=found.kind,
        label=str(found.get_kind_display()),
        html=to_html(found.text, top=4),
        sources=sources.words if sources.total else "",
        is_single_source=claims and bool(sources.total) and sources.is_single_source,
        anchor=f"f{found.pk}",
    )


def _answers(read: _Read) -> Iterator[Block]:
    """Yield each guiding question with links to the findings that belong to it."""
    for question in read.case.guiding_questions.all():
        own = [found for found in read.findings if found.guiding_question_id == question.pk]
        if own:
            yield Heading(question.text, anchor=f"s6-q{question.position}")
            yield _links(own)


def _links(findings: list[FindingRow]) -> RichText:
    """Return a list that leads to findings, each by its kind and first words."""
    lines = (f"- **{found.get_kind_display()}:** [{_escaped(_first(found.text))}](#f{found.pk})" for found in findings)
    return RichText(to_html("\n".join(lines)))


def _recommendations(read: _Read) -> Iterator[Block]:
    items = tuple(_recommendation(place, row) for place, row in enumerate(read.recommendations, start=1))
    if not items:
        return
    yield RecommendationTable(items)
    yield Heading("The recommendations in full", anchor="s7-full")
    yield from items


def _recommendation(number: int, row: RecommendationRow) -> Recommendation:
    title, _, more = row.text.strip().partition("\n\n")
    return Recommendation(
        number=number,
        title=" ".join(plain(title).split()),
        html=to_html(more, top=4) if more.strip() else "",
        reason=" ".join(plain(row.reason).split()),
        addressee=row.addressee,
        when=row.time_frame,
        effort=str(row.get_effort_display()) if row.effort else "",
        findings=tuple(f"{found.get_kind_display()}: {_first(found.text)}" for found in row.findings.all()),
        anchor=f"r{row.pk}",
    )


def _good_practices(read: _Read) -> Iterator[Block]:
    practices = [found for found in read.findings if found.kind == FindingKind.GOOD_PRACTICE]
    if practices:
        yield Heading("Found by the critical friends", anchor="s8-found")
        yield _links(practices)


def _host_response(read: _Read) -> Iterator[Block]:
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


def _annexes(read: _Read) -> Iterator[Block]:
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


_DRAWS: dict[str, Callable[[_Read], Iterator[Block]]] = {
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


def _first(text: str) -> str:
    """Return the first words of a text, without marks, in one line."""
    words = " ".join(plain(text).split())
    return words if len(words) <= _MOST_SIGNS else words[:_MOST_SIGNS].rsplit(" ", 1)[0] + " …"


def _escaped(words: str) -> str:
    """Keep words from being read as Markdown."""
    return "".join(f"\\{sign}" if sign in "\\`*_[]<>~|" else sign for sign in words)
