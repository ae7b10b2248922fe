"""Writing the report together: whose each section is, how far, who is writing now, and what comes next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone

from people.models import User
from reports.enums import ReportStatus, SectionStatus
from reports.models import ReportSection, SectionComment
from reports.queries.locks import writer_of
from reports.queries.reports import SectionState, sections_of
from reviews.enums import STAGES_AT_REST, VISITING_ROLES, InterestDecision
from reviews.models import InterestDeclaration, Membership

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from reports.models import Report
    from reviews.models import Case

UNFINISHED = frozenset({SectionStatus.OPEN, SectionStatus.WRITING})


@dataclass(frozen=True, slots=True)
class Line:
    """One section in the table: its text, its open comments inside the team, and who is writing there now."""

    state: SectionState
    comments: int
    writer: User | None

    @property
    def row(self) -> ReportSection:
        """The section."""
        return self.state.row

    @property
    def is_unfinished(self) -> bool:
        """Whether its writers still have to say that it can be read."""
        return self.row.status in UNFINISHED and not self.is_composed

    @property
    def is_composed(self) -> bool:
        """Whether the review fills it, nobody wrote in it, and nobody was asked to."""
        is_filled = self.state.is_composed_only and not self.state.is_missing
        return is_filled and self.row.owner is None and self.row.status == SectionStatus.OPEN

    @property
    def is_late(self) -> bool:
        """Whether its day has passed and it cannot be read yet."""
        return is_late(self.row)


def is_late(row: ReportSection) -> bool:
    """Whether the day of this section has passed and it cannot be read yet."""
    return row.due is not None and row.due < timezone.localdate() and row.status in UNFINISHED


def lines_of(report: Report) -> list[Line]:
    """The sections for the table. Three queries, however many there are."""
    counts = SectionComment.objects.filter(section__report=report, resolved_at=None).values_list("section")
    waiting = dict(counts.annotate(number=Count("pk")).order_by())
    return [Line(state, waiting.get(state.row.pk, 0), writer_of(state.row)) for state in sections_of(report)]


def writers_in(case: Case) -> QuerySet[User]:
    """The people of the visiting team who can be given a section: their interests are cleared. By name."""
    cleared = InterestDeclaration.objects.filter(
        case=case, user=OuterRef("pk"), is_current=True, decision=InterestDecision.CLEARED
    )
    there = Membership.objects.filter(case=case, role__in=VISITING_ROLES).values("user")
    return User.objects.filter(Exists(cleared), pk__in=there, is_active=True).order_by("name", "pk")


def comments_in(row: ReportSection) -> list[SectionComment]:
    """What the team said about a section, oldest first. One query."""
    return list(row.comments.select_related("author", "resolved_by"))


def unfinished_sections() -> QuerySet[ReportSection]:
    """Sections that somebody was given and that cannot be read yet, in reports that are being written.

    Only of people who still belong to the team.
    """
    there = Membership.objects.filter(case=OuterRef("report__case"), user=OuterRef("owner"), role__in=VISITING_ROLES)
    return ReportSection.objects.filter(
        Q(Exists(there)),
        ~Q(report__case__stage__in=STAGES_AT_REST),
        status__in=UNFINISHED,
        report__status=ReportStatus.DRAFTING,
        owner__is_active=True,
    )
