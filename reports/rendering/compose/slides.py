"""The slides of the feedback session: what was released to the host, one thought a slide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from people.templatetags.words import dates
from people.texts import to_html, word_count
from reports.enums import DocumentKind
from reports.rendering import charts
from reports.rendering.compose import parts
from reports.rendering.compose.programme import numbers_of, people_met_in
from reports.rendering.errors import NothingToShow
from reports.rendering.model import Block, Chapter, Chart, Column, DocumentContent, Fact, Lead, Table, Thought
from reviews.enums import FindingKind, MilestoneKind
from reviews.queries.findings import findings_of, recommendations_of
from visits.queries.programme import programme, visit_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from reviews.models import Case, Finding, Recommendation

LONG = 42
"""Words above which a thought is set smaller."""
_TITLES = {
    FindingKind.STRENGTH: "Strengths",
    FindingKind.CONSIDERATION: "Areas for consideration",
    FindingKind.QUESTION: "Questions to you",
    FindingKind.GOOD_PRACTICE: "Good practices to take home",
}
_NEXT = (
    MilestoneKind.REPORT_DRAFT,
    MilestoneKind.FACT_CHECK,
    MilestoneKind.REPORT_FINAL,
    MilestoneKind.REPORT_PUBLISHED,
    MilestoneKind.ACTION_PLAN,
)


def compose(case_id: int, edition: str) -> DocumentContent:
    """Compose the slides; team and host get the same, because only released words are on them.

    Raises `NothingToShow` before anything is released.
    """
    case = parts.case_of(case_id)
    findings = list(findings_of(case, for_team=False))
    recommended = list(recommendations_of(case, for_team=False))
    if not findings and not recommended:
        raise NothingToShow("Nothing has been released for the feedback session yet.")
    return DocumentContent(
        kind=DocumentKind.SLIDES,
        edition=edition,
        kind_label="Feedback session",
        title=case.host_city.name,
        subtitle=case.title,
        language=case.language,
        look=parts.look_of(case),
        dated=_dated([*findings, *recommended], case),
        edition_label=parts.visit_dates(case),
        confidentiality=parts.FOR_BOTH,
        cover_facts=_cover(case),
        running_title=f"Feedback session · {case.host_city.name}{parts.year_of(case)}",
        authors=(case.working_group.name,),
        keywords=("feedback session", "critical friend review"),
        description=f"What the critical friends tell {case.host_city.name} at the end of their visit.",
        chapters=tuple(chapter for chapter in _chapters(case, findings, recommended) if chapter.blocks),
    )


def _dated(rows: list[Finding | Recommendation], case: Case) -> date:
    """Return the day of the last release."""
    return parts.day_of(max((row.shared_at for row in rows if row.shared_at), default=case.created_at))


def _cover(case: Case) -> tuple[Fact, ...]:
    cities = parts.cities_of(parts.team_of(case))
    return (Fact("Critical friends from", cities),) if cities else ()


def _chapters(case: Case, findings: list[Finding], recommended: list[Recommendation]) -> Iterator[Chapter]:
    questions = parts.questions_of(case)
    yield Chapter("What we were asked", tuple(_numbered("asked", [q.text for q in questions], "Question")), "asked")
    yield Chapter("What we did", tuple(_done(case)), "done")
    for kind, title in _TITLES.items():
        own = [found for found in findings if found.kind == kind]
        yield Chapter(title, tuple(_thought(kind, found.text, found.theme) for found in own), kind)
    yield Chapter("What we recommend", tuple(_recommended(recommended)), "recommendation")
    yield Chapter("Thank you", tuple(_next(case)), "next")


def _numbered(kind: str, texts: list[str], word: str) -> Iterator[Thought]:
    for place, text in enumerate(texts, start=1):
        yield _thought(kind, text, f"{word} {place} of {len(texts)}" if len(texts) > 1 else "")


def _thought(kind: str, text: str, note: str = "", number: int = 0) -> Thought:
    return Thought(kind, to_html(text, top=4), note=note, number=number, is_long=word_count(text) > LONG)


def _recommended(rows: list[Recommendation]) -> Iterator[Thought]:
    for number, row in enumerate(rows, start=1):
        note = " · ".join(part for part in (row.addressee, row.time_frame) if part)
        yield _thought("recommendation", row.text, note, number)


def _done(case: Case) -> Iterator[Block]:
    visit = visit_in(case)
    if visit is None:
        return
    plan = programme(visit, for_host=True)
    if not plan.slots:
        return
    yield numbers_of(plan)
    if met := people_met_in(plan):
        yield Chart(charts.people_met(met), "People whom we met, by group. Nobody is named.")


def _next(case: Case) -> Iterator[Block]:
    yield Lead(
        "To everybody who spoke with us, showed us their work and corrected us."
        " What we say is an offer: you decide what to do with it."
    )
    rows = tuple(
        (dates(milestone.due), str(milestone.get_kind_display()))
        for milestone in case.milestones.filter(kind__in=_NEXT, due__isnull=False).order_by("due", "pk")
    )
    if rows:
        yield Table((Column("When", 25), Column("What comes next")), rows)
