"""What the sections of a report draw on: each read once, and only when a section asks for it."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from reports.rendering.compose import parts
from reviews.queries.findings import findings_of, recommendations_of
from reviews.queries.follow_up import Answered, answered_among
from visits.queries.evidence import count_of_notes
from visits.queries.notes import Sources, sources_of
from visits.queries.programme import Programme, programme, visit_in

if TYPE_CHECKING:
    from reports.models import Report, ReportSection
    from reports.rendering.compose.words import Words
    from reviews.models import Case, Finding, Recommendation
    from reviews.queries.team import Participant


class ReportRead:
    """The case of a report, as a report may show it: released findings and recommendations only."""

    def __init__(self, case: Case, report: Report, words: Words) -> None:
        self.case, self.report, self.words = case, report, words

    @cached_property
    def sections(self) -> list[ReportSection]:
        """The sections in their order."""
        return list(self.report.sections.all())

    @cached_property
    def draws(self) -> frozenset[str]:
        """Everything that this report draws, in any section."""
        return frozenset(key for section in self.sections for key in section.draws)

    @cached_property
    def team(self) -> list[Participant]:
        """Everybody with a role in the case."""
        return parts.team_of(self.case)

    @cached_property
    def findings(self) -> list[Finding]:
        """The findings in their order."""
        return list(findings_of(self.case, for_team=False, bare=True))

    @cached_property
    def sources(self) -> dict[int, Sources]:
        """The sources of each finding."""
        return sources_of(self.findings)

    @cached_property
    def recommendations(self) -> list[Recommendation]:
        """The recommendations in their order."""
        return list(recommendations_of(self.case, for_team=False))

    @cached_property
    def plan(self) -> Programme | None:
        """The programme of the visit."""
        visit = visit_in(self.case)
        return programme(visit, for_host=True) if visit else None

    @cached_property
    def notes(self) -> int:
        """How many notes were taken."""
        return count_of_notes(self.case)

    @cached_property
    def answered(self) -> tuple[Answered, ...]:
        """The recommendations with what the host answered."""
        return answered_among(self.recommendations)
