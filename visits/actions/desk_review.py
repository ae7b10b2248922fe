"""The desk review: what critical friends write while they read, and what the host answers to their requests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from people.actions.notifications import notify
from people.errors import AlreadyDone, NotAllowed, NotReady, NotThere, Reason, StaleText
from reviews.access import seat_in
from reviews.actions import milestones
from reviews.actions.events import record
from reviews.actions.steps import locked_case
from reviews.enums import EventKind, MilestoneKind, Role, SelfAssessmentStatus
from reviews.permissions import Ability
from reviews.queries.people import people_in
from visits.actions.visits import Saved, visit_of
from visits.enums import DESK_REQUESTS, DeskKind
from visits.models import DeskItem

if TYPE_CHECKING:
    from people.models import User
    from reviews.access import Seat
    from reviews.models import Case

_TEAM = (Role.LEAD, Role.CRITICAL_FRIEND, Role.RAPPORTEUR)


@transaction.atomic
def add_item(case: Case, *, by: User, kind: DeskKind, text: str) -> DeskItem:
    """Write down a question, an expectation or a request. The same words sent twice are one item.

    Effects in order: lock, permit, store, and tell the host coordinator of a request.

    Raises NotAllowed after the desk review was closed, for everybody but the lead.
    """
    held = locked_case(case.pk)
    seat = seat_in(by, held)
    seat.require(Ability.WRITE_DESK_REVIEW)
    visit = visit_of(held)
    if visit.desk_review_closed_at and Role.LEAD not in seat.roles:
        raise NotAllowed("The desk review is closed. Tell the review lead: they can still add to it.", code="closed")
    said = visit.desk_items.filter(kind=kind, text=text, author=by, removed_at=None).first()
    if said:
        return said
    item = DeskItem.objects.create(visit=visit, kind=kind, text=text, author=by)
    if kind in DESK_REQUESTS:
        _tell_host(held, kind, by=by)
    return item


@transaction.atomic
def remove_item(case: Case, item_id: int, *, by: User) -> DeskItem:
    """Take an item back; it can be put back. Its author may, and the lead."""
    return _set_removed(case, item_id, by=by, is_removed=True)


@transaction.atomic
def restore_item(case: Case, item_id: int, *, by: User) -> DeskItem:
    """Put an item back."""
    return _set_removed(case, item_id, by=by, is_removed=False)


@transaction.atomic
def answer_request(case: Case, item_id: int, *, by: User, text: str, version: int) -> Saved:
    """Store the host's answer to a request, as it is typed. The first words are told to who asked.

    Raises NotThere for what is not a request, StaleText when somebody else saved it since `version`.
    """
    held = locked_case(case.pk)
    seat_in(by, held).require(Ability.ANSWER_DESK_REQUEST)
    item = _item_in(held, item_id)
    if item.kind not in DESK_REQUESTS:
        raise NotThere
    if item.answer == text:
        return Saved(item.version, item.answered_at)
    if item.version != version:
        raise StaleText(
            version=item.version, texts={"answer": item.answer}, by=str(item.answered_by or ""), at=item.answered_at
        )
    is_first = not item.answer
    item.answer, item.answered_by, item.answered_at = text, by, timezone.now()
    item.version += 1
    item.save(update_fields=["answer", "answered_by", "answered_at", "version"])
    if is_first:
        _tell_author(held, item, by=by)
    return Saved(item.version, item.answered_at)


@transaction.atomic
def close_desk_review(case: Case, *, by: User) -> None:
    """Close the desk review: the programme can be frozen then.

    Effects in order: lock, permit, check, close, record, complete the milestone, tell the team and the host.

    Raises NotReady before the self-assessment is accepted, AlreadyDone when it is closed.
    """
    held = locked_case(case.pk)
    seat_in(by, held).require(Ability.CLOSE_DESK_REVIEW)
    visit = visit_of(held)
    if visit.desk_review_closed_at:
        raise AlreadyDone("The desk review is closed already. Nothing was changed a second time.")
    if seat_in(by, held).self_assessment_status != SelfAssessmentStatus.ACCEPTED:
        reason = Reason("Accept the self-assessment: there is nothing to read before", "Review lead", "")
        raise NotReady("The desk review cannot be closed yet.", reasons=[reason])
    visit.desk_review_closed_at = timezone.now()
    visit.save(update_fields=["desk_review_closed_at"])
    record(held, EventKind.STEP, "Desk review closed", by=by, step="close_desk_review")
    milestones.sync(held, done=(MilestoneKind.DESK_REVIEW,))
    _tell_all(held, f"{held.title}: Desk review closed", by=by)


@transaction.atomic
def reopen_desk_review(case: Case, *, by: User, reason: str) -> None:
    """Open the desk review again.

    Effects in order: lock, permit, check, open, record, count the milestone again, tell the team and the host.

    Raises NotReady without a reason and while the programme is frozen, AlreadyDone when it is open.
    """
    held = locked_case(case.pk)
    seat_in(by, held).require(Ability.CLOSE_DESK_REVIEW)
    visit = visit_of(held)
    if not visit.desk_review_closed_at:
        raise AlreadyDone("The desk review is open already. Nothing was changed a second time.")
    if not reason.strip():
        raise NotReady("Please give a reason: the others read it.", code="reason_missing")
    if visit.is_frozen:
        cure = Reason("Open the programme again first", "Review lead", reverse("visits:programme", args=(held.slug,)))
        raise NotReady("The programme is frozen, and it rests on the desk review.", reasons=[cure])
    visit.desk_review_closed_at = None
    visit.save(update_fields=["desk_review_closed_at"])
    record(
        held, EventKind.STEP_BACK, "Desk review opened again", by=by, reason=reason.strip(), step="reopen_desk_review"
    )
    milestones.sync(held, reopened=(MilestoneKind.DESK_REVIEW,))
    _tell_all(held, f"{held.title}: Desk review opened again – {reason.strip()}", by=by)


def _set_removed(case: Case, item_id: int, *, by: User, is_removed: bool) -> DeskItem:
    held = locked_case(case.pk)
    seat = seat_in(by, held)
    seat.require(Ability.WRITE_DESK_REVIEW)
    item = _item_in(held, item_id, also_removed=True)
    if not may_remove(seat, item):
        raise NotAllowed("Only the person who wrote this, or the review lead, can remove it.")
    item.removed_at = timezone.now() if is_removed else None
    item.save(update_fields=["removed_at"])
    return item


def may_remove(seat: Seat, item: DeskItem) -> bool:
    """Whether a person may take this item back, given that they may write at all."""
    return item.author_id == seat.user.pk or Role.LEAD in seat.roles


def _item_in(case: Case, item_id: int, *, also_removed: bool = False) -> DeskItem:
    found = DeskItem.objects.filter(visit__case=case, pk=item_id).select_related("answered_by", "author").first()
    if found is None or (found.removed_at and not also_removed):
        raise NotThere
    return found


def _page(case: Case) -> str:
    return reverse("visits:desk_review", args=(case.slug,))


def _tell_host(case: Case, kind: DeskKind, *, by: User) -> None:
    what = "ask to meet somebody" if kind == DeskKind.PERSON else "ask for a document"
    coordinators = people_in(case, (Role.HOST_COORDINATOR,)).exclude(pk=by.pk)
    notify(coordinators, text=f"{case.title}: the critical friends {what}", url=_page(case))


def _tell_author(case: Case, item: DeskItem, *, by: User) -> None:
    """One line on the timeline and in the inbox, when the first answer comes."""
    record(case, EventKind.ANSWERED, "Request of the critical friends answered", by=by)
    if item.author and item.author != by:
        notify([item.author], text=f"{case.title}: the host answered your request", url=_page(case))


def _tell_all(case: Case, text: str, *, by: User) -> None:
    people = people_in(case, (*_TEAM, Role.HOST_COORDINATOR, Role.SECRETARIAT)).exclude(pk=by.pk)
    notify(people, text=text, url=_page(case))
