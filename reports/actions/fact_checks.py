"""The fact check: the host comments on facts in a draft that does not move, the team answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone

from people.actions.notifications import notify
from people.errors import AlreadyDone, NotThere
from reports.calendar import add_working_days
from reports.contents import composed
from reports.enums import DocumentKind, Edition, FactAnswer
from reports.models import FactComment, Report, SentDraft
from reports.rendering import content_hash, deserialise, serialise
from reports.rendering.places import places
from reviews import steps
from reviews.access import seat_in
from reviews.actions import milestones
from reviews.actions.events import record
from reviews.actions.steps import locked_case
from reviews.enums import EventKind, MilestoneKind, Role
from reviews.models import Milestone
from reviews.permissions import Ability
from reviews.queries.people import people_in

if TYPE_CHECKING:
    from people.models import User
    from reports.forms.fact_checks import AnswerInput, CommentInput
    from reports.rendering.places import Placed
    from reviews.models import Case

WORKING_DAYS = 10
REPORTERS = (Role.LEAD, Role.RAPPORTEUR)


@steps.effect("start_fact_check")
def send_draft(move: steps.Move) -> None:
    """The draft is kept as it is sent, and the host gets ten working days."""
    report, today = move.row, timezone.localdate()
    content = composed(move.case, DocumentKind.REPORT, Edition.HOST)
    number = (report.sent_drafts.aggregate(last=Max("number"))["last"] or 0) + 1
    SentDraft.objects.create(
        report=report, number=number, content=serialise(content), sha256=content_hash(content), sent_by=move.by
    )
    report.fact_check_due = add_working_days(today, WORKING_DAYS)
    report.save()
    deadline = Milestone.objects.filter(case=move.case, kind=MilestoneKind.FACT_CHECK)
    deadline.update(due=report.fact_check_due, is_manual=True, reminded_at=None)


@transaction.atomic
def add_comment(case: Case, *, by: User, said: CommentInput) -> FactComment:
    """Add a comment of the host on one paragraph of the draft it has.

    Effects: lock the case, permit, find the paragraph, give the next number, store with the paragraph's words,
    record. Raises NotAllowed, NotThere for a place that the draft does not have.
    """
    case = locked_case(case.pk)
    seat_in(by, case).require(Ability.COMMENT_FACTS)
    report: Report = case.report
    draft = report.sent_drafts.first()
    if draft is None:
        raise NotThere("No draft has been sent.")
    place = place_in(draft, said.place)
    number = (report.comments.aggregate(last=Max("number"))["last"] or 0) + 1
    comment = FactComment.objects.create(
        report=report,
        draft=draft,
        number=number,
        place=place.anchor,
        label=place.label,
        quoted=place.text,
        kind=said.kind,
        text=said.text,
        proposal=said.proposal,
        by=by,
    )
    if report.fact_check_closed_at:
        report.fact_check_closed_at = None
        report.save()
        milestones.sync(case, reopened=(MilestoneKind.FACT_CHECK,))
    text = f"Comment {number} on paragraph {place.label} of the draft: {comment.get_kind_display().lower()}"
    record(case, EventKind.COMMENTED, text, by=by)
    return comment


@transaction.atomic
def withdraw_comment(case: Case, number: int, *, by: User) -> None:
    """Take a comment back that the team has not answered. Its number is not given again.

    Raises NotAllowed, NotThere, AlreadyDone when it has its answer.
    """
    case = locked_case(case.pk)
    seat_in(by, case).require(Ability.COMMENT_FACTS)
    comment = _comment(case, number)
    if comment.answer:
        raise AlreadyDone(
            "The team has already answered this comment. Write another one if the answer leaves something open."
        )
    comment.withdrawn_at = timezone.now()
    comment.save()
    record(case, EventKind.REMOVED, f"Comment {number} on the draft taken back", by=by)


@transaction.atomic
def answer_comment(case: Case, number: int, *, by: User, said: AnswerInput) -> FactComment:
    """Answer a comment, or change the answer while the report is not final.

    Effects: lock the case, permit, refuse when somebody answered since the page was shown, store, record.
    Raises NotAllowed, NotThere, AlreadyDone.
    """
    case = locked_case(case.pk)
    seat_in(by, case).require(Ability.ANSWER_FACTS)
    comment = _comment(case, number)
    if comment.seen != said.seen:
        raise AlreadyDone(
            f"{comment.answered_by or 'Somebody'} has answered comment {number} in between. Nothing was overwritten."
        )
    comment.answer, comment.answer_reason = said.answer, said.reason
    comment.answered_by, comment.answered_at = by, timezone.now()
    comment.save()
    record(case, EventKind.ANSWERED, f"Comment {number} answered: {FactAnswer(said.answer).label.lower()}", by=by)
    return comment


@transaction.atomic
def close_fact_check(case: Case, *, by: User) -> None:
    """The host has no more comments: its deadline is kept, and the team need not wait for it.

    Raises NotAllowed, AlreadyDone.
    """
    case = locked_case(case.pk)
    seat_in(by, case).require(Ability.COMMENT_FACTS)
    report: Report = case.report
    if report.fact_check_closed_at:
        raise AlreadyDone("The fact check is already closed.")
    report.fact_check_closed_at = timezone.now()
    report.save()
    milestones.sync(case, done=(MilestoneKind.FACT_CHECK,))
    count = report.comments.filter(withdrawn_at=None).count()
    text = f"Fact check closed by the host with {count} {'comment' if count == 1 else 'comments'}"
    record(case, EventKind.COMMENTED, text, by=by)
    url = reverse("reports:fact_check", args=(case.slug,))
    notify(people_in(case, REPORTERS).exclude(pk=by.pk), text=f"{case.title}: {text}", url=url)


def place_in(draft: SentDraft | None, anchor: str) -> Placed:
    """Return a numbered place of a sent draft. Raises NotThere."""
    found = places(deserialise(draft.content)).get(anchor) if draft else None
    if found is None:
        raise NotThere("This paragraph is not in the draft.")
    return found


def _comment(case: Case, number: int) -> FactComment:
    rows = FactComment.objects.select_for_update(of=("self",)).select_related("answered_by")
    found = rows.filter(report__case=case, number=number, withdrawn_at=None).first()
    if found is None:
        raise NotThere
    return found
