"""The self-assessment in the frame of a case: its tab, its step of the rail, and what somebody can do next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from people.templatetags.words import dates
from reviews import frame
from reviews.enums import MilestoneKind, Role, SelfAssessmentStatus, Stage
from reviews.pages import register_page
from reviews.permissions import Ability
from reviews.self_assessment_pages import can_decide, can_write
from reviews.sharing_pages import my_work
from reviews.signing_pages import signing_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reviews.access import Seat
    from reviews.queries.assignments import Writer

_HOME = "reviews:self_assessment"
_MOST_NAMED = 6
_WRITING_STAGES = {Stage.PLANNING, Stage.SELF_ASSESSMENT, Stage.FEEDBACK}

frame.register_tab(
    frame.Tab(
        key="self_assessment",
        label="Self-assessment",
        url_name=_HOME,
        ability=Ability.VIEW_SELF_ASSESSMENT,
        position=40,
        shows=lambda seat: hasattr(seat.case, "self_assessment"),
    )
)
frame.register_rail_target("self_assessment", _HOME, Ability.VIEW_SELF_ASSESSMENT)
register_page(MilestoneKind.SELF_ASSESSMENT_DUE, _HOME)
register_page(MilestoneKind.SELF_ASSESSMENT_ACCEPTED, _HOME)


@frame.register_next
def next_steps(seat: Seat) -> Iterator[frame.Next]:
    """Say who can go on with the self-assessment.

    No queries, but for those with a share (four) and for the political sponsor while a version is submitted (two).
    """
    if not hasattr(seat.case, "self_assessment") or seat.case.effective_stage not in _WRITING_STAGES:
        return
    status, slug = seat.case.self_assessment.status, seat.case.slug
    returned = status == SelfAssessmentStatus.RETURNED
    if can_write(seat) and not returned and seat.is_assigned and (mine := my_work(seat)):
        yield _my_part(seat, mine)
    elif can_write(seat) and (returned or seat.writes.everything):
        text = (
            "The review lead asked for changes in your self-assessment."
            if returned
            else "Your city writes its self-assessment."
        )
        yield frame.Next(
            text,
            "Change the self-assessment" if returned else "Write the self-assessment",
            reverse(_HOME, args=(slug,)),
        )
    elif Role.HOST_SPONSOR in seat.roles and status == SelfAssessmentStatus.SUBMITTED:
        yield from _to_sign(seat)
    elif can_decide(seat) and Role.LEAD in seat.roles:
        url = reverse("reviews:self_assessment_review", args=(slug,))
        yield frame.Next(
            "The self-assessment was submitted: accept it, or return sections with a reason.", "Read and decide", url
        )
    elif _is_new_to(seat) and status == SelfAssessmentStatus.ACCEPTED:
        url = reverse("reviews:self_assessment_reading", args=(slug,))
        yield frame.Next("The self-assessment is released to you.", "Read the self-assessment", url)


def _is_new_to(seat: Seat) -> bool:
    """Whether the team has a released text to read next: once the visit is there, other things come next."""
    before_visit = seat.case.effective_stage != Stage.FEEDBACK
    return before_visit and seat.is_team and seat.can(Ability.VIEW_SELF_ASSESSMENT)


def _my_part(seat: Seat, mine: Writer) -> frame.Next:
    """Tell somebody what they were given to write and have not answered."""
    named = ", ".join(str(item.question.number) for item in mine.open[:_MOST_NAMED])
    more = " and more" if len(mine.open) > _MOST_NAMED else ""
    noun = "question" if len(mine.open) == 1 else "questions"
    due = f" They are due {dates(mine.due)}." if mine.due and len(mine.open) > 1 else ""
    due = due or (f" It is due {dates(mine.due)}." if mine.due else "")
    first = mine.open[0].question
    page = reverse("reviews:self_assessment_section", args=(seat.case.slug, first.section.position))
    text = f"Still yours to answer: {noun} {named}{more}.{due}"
    return frame.Next(text, "Go on writing", f"{page}#question-{first.number}")


def _to_sign(seat: Seat) -> Iterator[frame.Next]:
    """Tell the political sponsor that a version waits for their signature."""
    page = signing_of(seat)
    if page.version and not page.is_signed and seat.can(Ability.SIGN_SELF_ASSESSMENT):
        url = reverse("reviews:self_assessment_sign", args=(seat.case.slug,))
        yield frame.Next(f"Version {page.version.number} waits for your signature.", "Read and sign", url)
