"""What the sections of a report draw from the case: one function for each entry of reports/draws.py.

An anchor inside names what is drawn, not where: it is the same whichever section shows it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from people.templatetags.words import dates
from people.texts import plain, to_html
from reports.rendering import charts
from reports.rendering.compose import parts
from reports.rendering.compose.disagreements import disagreements
from reports.rendering.compose.photos import photos
from reports.rendering.compose.programme import numbers_of, people_met_in, without_names
from reports.rendering.compose.words import escaped, facts_of_text, text_of_facts
from reports.rendering.model import (
    Block,
    Chart,
    Column,
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

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from reports.rendering.compose.reading import ReportRead
    from reviews.models import Finding as FindingRow
    from reviews.models import Recommendation as RecommendationRow
    from reviews.queries.follow_up import Answered
    from visits.queries.notes import Sources


def drawn(keys: Iterable[str], read: ReportRead) -> tuple[Block, ...]:
    """Return what the case adds to a section, in the order of its keys. A key that is no draw any more adds nothing."""
    return tuple(block for key in keys if key in _DRAWS for block in _DRAWS[key](read))


def _data_sheet(read: ReportRead) -> Iterator[Block]:
    given = text_of_facts(parts.data_sheet(read.case))
    yield facts_of_text(read.words.said("data_sheet", given, "Data sheet"))


def _team(read: ReportRead) -> Iterator[Block]:
    team = (person for person in read.team if person.in_team)
    yield from parts.people_block(team, caption="The review team", with_profile=False)


def _questions(read: ReportRead) -> Iterator[Block]:
    if questions := parts.questions_text(read.case):
        yield Heading("What the host asked", anchor="questions")
        yield from parts.prose(read.words.said("questions", questions, "Guiding questions of the host"))


def _visit_numbers(read: ReportRead) -> Iterator[Block]:
    if read.plan and read.plan.slots:
        yield Heading("The visit in numbers", anchor="visit-numbers")
        yield numbers_of(read.plan)


def _people_met(read: ReportRead) -> Iterator[Block]:
    if met := people_met_in(read.plan) if read.plan and read.plan.slots else ():
        yield Chart(charts.people_met(met), "People whom the team met, by group.")


def _funnel(read: ReportRead) -> Iterator[Block]:
    yield Chart(
        charts.funnel(notes=read.notes, findings=len(read.findings), recommendations=len(read.recommendations)),
        "From notes to findings to recommendations.",
    )


def _findings_chart(read: ReportRead) -> Iterator[Block]:
    if read.findings:
        kinds = [charts.Counted(kind.value, str(kind.label), count) for kind, count in counts_of_kinds(read.findings)]
        yield Chart(charts.findings_by_kind([kind for kind in kinds if kind.count]), "Findings by kind.")


def _findings(read: ReportRead) -> Iterator[Block]:
    for place, group in enumerate(under_headings(read.findings), start=1):
        yield Heading(group.name or "More findings", anchor=f"findings-{place}")
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
            yield Heading(question.text, anchor=f"answer-{question.position}")
            yield _links(read, own)


def _links(read: ReportRead, findings: list[FindingRow]) -> RichText:
    """Return a list that leads to findings, each by its kind and the first words that the report has for it."""
    return RichText(to_html("\n".join(f"- **{found.get_kind_display()}:** {_link(read, found)}" for found in findings)))


def _link(read: ReportRead, found: FindingRow) -> str:
    """Return the first words of a finding, as a link where this report shows it."""
    words = escaped(_first(_words(read, found)))
    return f"[{words}](#f{found.pk})" if "findings" in read.draws else words


def _words(read: ReportRead, found: FindingRow) -> str:
    return read.words.mentioned(f"finding:{found.pk}", found.text)


def _named(found: FindingRow) -> str:
    """What a finding is called: its kind and its first words."""
    return f"{found.get_kind_display()}: {_first(found.text, 90)}"


def _recommendations_table(read: ReportRead) -> Iterator[Block]:
    if rows := read.recommendations:
        yield RecommendationTable(tuple(_recommendation(read, place, row) for place, row in enumerate(rows, start=1)))


def _recommendations(read: ReportRead) -> Iterator[Block]:
    if rows := read.recommendations:
        yield Heading("The recommendations in full", anchor="recommendations-in-full")
        yield from (_recommendation(read, place, row) for place, row in enumerate(rows, start=1))


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
        yield Heading("Found by the critical friends", anchor="good-practices")
        yield _links(read, practices)


def _host_statement(read: ReportRead) -> Iterator[Block]:
    if read.report.host_statement.strip():
        yield Heading("In the host’s own words", anchor="host-statement")
        yield from parts.prose(read.report.host_statement, top=4)
    yield from disagreements(read.report)


def _host_responses(read: ReportRead) -> Iterator[Block]:
    given = [answered for answered in read.answered if answered.response]
    if given:
        yield Heading("Response to each recommendation", anchor="host-responses")
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


def _programme(read: ReportRead) -> Iterator[Block]:
    if read.plan and read.plan.slots:
        yield Heading("The programme of the visit", anchor="programme")
        yield from without_names(read.plan)


def _public_papers(read: ReportRead) -> Iterator[Block]:
    public = Evidence.objects.filter(case=read.case, removed_at=None, access_class=EvidenceClass.PUBLIC).exclude(
        file=""
    )
    rows = tuple((row.title, str(EvidenceKind(row.kind).label), dates(row.dated)) for row in public.order_by("title"))
    if rows:
        yield Heading("Public papers of the host", anchor="public-papers")
        yield Table((Column("Title", 55), Column("What it is", 25), Column("Date")), rows)


_DRAWS: dict[str, Callable[[ReportRead], Iterator[Block]]] = {
    "data_sheet": _data_sheet,
    "team": _team,
    "questions": _questions,
    "visit_numbers": _visit_numbers,
    "people_met": _people_met,
    "photos": photos,
    "funnel": _funnel,
    "findings_chart": _findings_chart,
    "findings": _findings,
    "answers": _answers,
    "recommendations_table": _recommendations_table,
    "recommendations": _recommendations,
    "good_practices": _good_practices,
    "host_statement": _host_statement,
    "host_responses": _host_responses,
    "programme": _programme,
    "public_papers": _public_papers,
}
_MOST_SIGNS = 160


def _first(text: str, most: int = _MOST_SIGNS) -> str:
    """Return the first words of a text, without marks, in one line."""
    words = " ".join(plain(text).split())
    return words if len(words) <= most else words[:most].rsplit(" ", 1)[0] + " …"
