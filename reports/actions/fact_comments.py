"""What the host says in the fact check: comments with the files that show it, changed and taken back until answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from people.errors import AlreadyDone, NotAllowed, NotReady, NotThere, StaleText
from reports.enums import FactKind
from reports.models import FactComment, Report, SentDraft
from reports.queries.fact_checks import is_over, over_words, still_there
from reports.rendering import deserialise
from reports.rendering.places import places
from reviews.access import seat_in
from reviews.actions import milestones
from reviews.actions.events import record
from reviews.actions.evidence import Described, keep
from reviews.actions.steps import locked_case
from reviews.enums import EventKind, EvidenceClass, MilestoneKind
from reviews.evidence_access import evidence_for
from reviews.permissions import Ability

if TYPE_CHECKING:
    from people.models import User
    from reports.forms.fact_checks import CommentInput
    from reports.rendering.places import Placed
    from reviews.access import Seat
    from reviews.actions.evidence_files import Received
    from reviews.models import Case, Evidence


@transaction.atomic
def add_comment(case: Case, *, by: User, said: CommentInput, received: Received | None = None) -> FactComment:
    """Add a comment of the host on one paragraph of the draft it has. Sent twice, it is one comment.

    Effects: lock the case, permit, find the paragraph, keep the file that came along, give the next number, store with
    the paragraph's words, attach the files, record; a closed fact check is open again.
    Raises NotAllowed, NotThere for a place that the draft does not have, NotReady once the time is over or for a file
    that is not kept.
    """
    case = locked_case(case.pk)
    seat = seat_in(by, case)
    seat.require(Ability.COMMENT_FACTS)
    report: Report = case.report
    if said.client_id and (sent := report.comments.filter(client_id=said.client_id).first()):
        if sent.by_id != by.pk:
            raise NotAllowed("This comment is somebody else’s.")
        return sent
    _require_time(report)
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
        client_id=said.client_id,
        by=by,
    )
    _attach(seat, comment, said, received)
    _reopen(case, report)
    text = f"Comment {number} on paragraph {place.label} of the draft: {comment.get_kind_display().lower()}"
    record(case, EventKind.COMMENTED, text, by=by)
    return comment


@transaction.atomic
def edit_comment(
    case: Case, number: int, *, by: User, said: CommentInput, version: int, received: Received | None = None
) -> FactComment:
    """Change an own comment that the team has not answered. Its place and its number stay.

    Effects: lock the case, permit, refuse an older version, store, attach the files that are chosen now, record.
    Raises NotAllowed for a comment of somebody else, NotThere, AlreadyDone when it has its answer, StaleText when it
    was changed on another page, NotReady once the time is over or for a file that is not kept.
    """
    case = locked_case(case.pk)
    seat = seat_in(by, case)
    seat.require(Ability.COMMENT_FACTS)
    comment = held_comment(case, number)
    if comment.by_id != by.pk:
        raise NotAllowed(f"{comment.by or 'Somebody else'} wrote this comment. Write one of your own beside it.")
    _require_no_answer(comment)
    _require_time(case.report)
    if comment.version != version:
        raise StaleText(
            version=comment.version,
            texts={"text": comment.text, "proposal": comment.proposal},
            by=str(by),
            at=comment.edited_at,
        )
    comment.kind, comment.text, comment.proposal = said.kind, said.text, said.proposal
    comment.is_printed = comment.is_printed and said.kind == FactKind.DISAGREEMENT
    comment.version, comment.edited_at = version + 1, timezone.now()
    comment.save()
    _attach(seat, comment, said, received)
    record(case, EventKind.EDITED, f"Comment {number} on the draft changed", by=by)
    return comment


@transaction.atomic
def withdraw_comment(case: Case, number: int, *, by: User) -> None:
    """Take a comment back that the team has not answered. Its number is not given again.

    Raises NotAllowed, NotThere, AlreadyDone when it has its answer.
    """
    case = locked_case(case.pk)
    seat_in(by, case).require(Ability.COMMENT_FACTS)
    comment = held_comment(case, number)
    _require_no_answer(comment)
    comment.withdrawn_at, comment.is_printed = timezone.now(), False
    comment.save()
    record(case, EventKind.REMOVED, f"Comment {number} on the draft taken back", by=by)


@transaction.atomic
def print_comment(case: Case, number: int, *, by: User, printed: bool) -> None:
    """Let a disagreement be printed with the host's response, or take it out again: the host decides.

    Effects: lock the case, permit, store, forget the consent to another text, record.
    Raises NotAllowed, NotThere: also for a comment that is no disagreement.
    """
    case = locked_case(case.pk)
    seat_in(by, case).require(Ability.WRITE_HOST_STATEMENT)
    comment = held_comment(case, number)
    if comment.kind != FactKind.DISAGREEMENT:
        raise NotThere
    if comment.is_printed == printed:
        return
    comment.is_printed = printed
    comment.save(update_fields=("is_printed",))
    case.report.forget_consent()
    case.report.save()
    what = "is printed with the response of the host" if printed else "is not printed any more"
    record(case, EventKind.EDITED, f"Comment {number} on the draft {what}", by=by)


def place_in(draft: SentDraft | None, anchor: str) -> Placed:
    """Return a numbered place of a sent draft. Raises NotThere."""
    found = places(deserialise(draft.content)).get(anchor) if draft else None
    if found is None:
        raise NotThere("This paragraph is not in the draft.")
    return found


def held_comment(case: Case, number: int) -> FactComment:
    """Fetch a comment of this case for writing. Raises NotThere, and AlreadyDone when it was taken back."""
    rows = FactComment.objects.select_for_update(of=("self",)).select_related("by", "answered_by", "draft")
    return still_there(rows.filter(report__case=case, number=number).first())


def _require_no_answer(comment: FactComment) -> None:
    if comment.answer:
        raise AlreadyDone(
            "The team has already answered this comment. Write another one if the answer leaves something open."
        )


def _require_time(report: Report) -> None:
    if is_over(report):
        raise NotReady(over_words(report), code="fact_check_over")


def _reopen(case: Case, report: Report) -> None:
    """A new comment opens the fact check again that the host had closed."""
    if report.fact_check_closed_at:
        report.fact_check_closed_at = None
        report.save()
        milestones.sync(case, reopened=(MilestoneKind.FACT_CHECK,))


# --- Files ---------------------------------------------------------------------------------------
def _attach(seat: Seat, comment: FactComment, said: CommentInput, received: Received | None) -> None:
    """Attach the chosen files, and the one that came along. The team must be able to open each of them."""
    rows = list(evidence_for(seat).filter(pk__in=said.files).exclude(file=""))
    if len(rows) != len(set(said.files)):
        raise NotThere("One of these files is not there any more.")
    for row in rows:
        _let_team_read(seat, row, opens=said.opens)
    if received is not None:
        rows.append(keep(seat, received, Described(access_class=said.upload_class)))
    comment.evidence.set(rows)


def _let_team_read(seat: Seat, row: Evidence, *, opens: bool) -> None:
    if row.access_class != EvidenceClass.HOST:
        return
    if not opens:
        raise NotReady(f"The review team cannot open “{row.title}”: let it read, or leave the file out.")
    row.access_class, row.saves = EvidenceClass.TEAM, row.saves + 1
    row.save(update_fields=("access_class", "saves"))
    text = f"changed who may read {{file}}: {row.get_access_class_display().lower()}"
    record(seat.case, EventKind.EDITED, text, by=seat.user, evidence=row)
