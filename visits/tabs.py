"""The pages of the visit in the frame of every case: tabs, deadlines, and what somebody can do next."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils import timezone

from people.templatetags.words import counted
from reviews import frame
from reviews.enums import MilestoneKind, Role, SelfAssessmentStatus, Stage
from reviews.pages import register_page
from reviews.permissions import Ability
from visits.enums import DESK_REQUESTS, VisitStatus
from visits.queries.programme import visit_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reviews.access import Seat

A = Ability


def what_next(seat: Seat) -> Iterator[frame.Next]:
    """The programme to draft or to answer, the desk review to write or to answer, notes to take. One query at most."""
    visit, slug, stage = visit_in(seat.case), seat.case.slug, seat.case.effective_stage
    if visit is None:
        return
    if stage == Stage.PLANNING and Role.HOST_COORDINATOR in seat.roles and visit.status == VisitStatus.DRAFT:
        url = reverse("visits:programme", args=(slug,))
        yield frame.Next("Your city drafts the programme of the visit.", "Draft the programme", url)
    if visit.status == VisitStatus.PROPOSED and Role.LEAD in seat.roles and seat.can(A.AGREE_PROGRAMME):
        url = reverse("visits:programme", args=(slug,))
        yield frame.Next("The host city proposed its programme: agree, or return it.", "Look at the programme", url)
    is_read = seat.case.self_assessment.status == SelfAssessmentStatus.ACCEPTED  # before that the lead has to decide
    if stage == Stage.SELF_ASSESSMENT and is_read and not visit.desk_review_closed_at and seat.can(A.WRITE_DESK_REVIEW):
        url = reverse("visits:desk_review", args=(slug,))
        yield frame.Next("Write down what you want to ask, and whom to meet.", "Open the desk review", url)
        if Role.LEAD in seat.roles and seat.can(A.CLOSE_DESK_REVIEW):
            words = "Once the team has written its questions and requests, close the desk review."
            yield frame.Next(words, "Close the desk review", f"{url}#close")
    is_agreed = visit.status == VisitStatus.AGREED and visit.desk_review_closed_at is not None
    if stage == Stage.SELF_ASSESSMENT and is_agreed and Role.LEAD in seat.roles and seat.can(A.AGREE_PROGRAMME):
        url = reverse("visits:programme", args=(slug,))
        yield frame.Next("The desk review is closed: the programme can be frozen.", "Freeze the programme", url)
    if stage in {Stage.SELF_ASSESSMENT, Stage.FEEDBACK} and Role.HOST_COORDINATOR in seat.roles:
        waiting = visit.desk_items.filter(kind__in=DESK_REQUESTS, removed_at=None, answer="").count()
        if waiting:
            url = reverse("visits:desk_review", args=(slug,))
            yield frame.Next(f"{counted(waiting, 'request')} of your critical friends.", "Answer", url)
    if visit.held_at is None and _is_today(seat, visit.time_zone) and seat.can(A.WRITE_NOTE):
        yield frame.Next("The visit takes place now.", "Write a note", reverse("visits:notes", args=(slug,)))


def _is_today(seat: Seat, zone: str) -> bool:
    start, end = seat.case.visit_start, seat.case.visit_end
    return bool(start and end and start <= timezone.localdate(timezone=ZoneInfo(zone)) <= end)


frame.register_tab(
    frame.Tab(key="programme", label="Programme", url_name="visits:programme", ability=A.VIEW_PROGRAMME, position=30)
)
frame.register_tab(
    frame.Tab(
        key="desk_review", label="Desk review", url_name="visits:desk_review", ability=A.VIEW_DESK_REVIEW, position=50
    )
)
frame.register_tab(frame.Tab(key="notes", label="Notes", url_name="visits:notes", ability=A.VIEW_NOTES, position=60))
frame.register_rail_target("visit", "visits:programme", A.VIEW_PROGRAMME)
frame.register_next(what_next)
for kind in (MilestoneKind.PROGRAMME_DRAFT, MilestoneKind.PROGRAMME_FROZEN, MilestoneKind.VISIT):
    register_page(kind, "visits:programme")
register_page(MilestoneKind.DESK_REVIEW, "visits:desk_review")
