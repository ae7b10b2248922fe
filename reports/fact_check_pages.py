"""What the page of the fact check shows to one person: a sent draft, with comments and answers at its paragraphs."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.utils import timezone

from people.errors import NotReady, NotThere
from reports.calendar import add_working_days
from reports.forms.fact_checks import AnswerForm, CommentForm, ExtendForm
from reports.photos import on_case_pages
from reports.queries.fact_checks import Attached, draft_named, files_at, is_over
from reports.queries.reports import comments_on
from reports.rendering import deserialise
from reports.rendering.pages import context_of
from reviews.evidence_access import evidence_for
from reviews.frame import case_frame
from reviews.permissions import Ability

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from reports.models import FactComment, Report, SentDraft
    from reports.rendering.model import Block, Chapter
    from reports.rendering.places import PlacedChapter
    from reviews.access import Seat
    from reviews.models import Evidence

A = Ability
MORE_WORKING_DAYS = 5


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment with its files, the form in which this person may answer it, and whether they may change it."""

    comment: FactComment
    form: AnswerForm | None
    attached: Attached
    is_mine: bool


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A block of the draft where it stands, with the comments on it."""

    block: Block
    anchor: str
    label: str
    remarks: list[Remark]


@dataclass(frozen=True, slots=True)
class CommentedChapter:
    """A chapter of the draft with its paragraphs."""

    chapter: Chapter
    blocks: list[Paragraph]


@dataclass(frozen=True, slots=True, kw_only=True)
class Open:
    """The forms that came back with something to put right: they are shown with what was typed."""

    commenting: CommentForm | None = None
    answering: dict[int, AnswerForm] = field(default_factory=dict)
    extending: ExtendForm | None = None


def report_of(seat: Seat) -> Report:
    """The report of the case. Raises NotThere."""
    found: Report | None = getattr(seat.case, "report", None)
    if found is None:
        raise NotThere("The report of this review has not been started.")
    return found


def drafts_of(report: Report) -> list[SentDraft]:
    """The drafts that were sent, newest first, without their content. Raises NotReady while there is none."""
    found = list(report.sent_drafts.defer("content"))
    if not found:
        raise NotReady("The draft has not been sent to the host yet.")
    return found


def page_of(seat: Seat, number: int | None = None, opened: Open | None = None) -> dict[str, Any]:
    """Put the page together, of the newest draft or of an earlier one. Raises NotThere, NotReady."""
    opened, report = opened or Open(), report_of(seat)
    drafts = drafts_of(report)
    draft = draft_named(report, number or drafts[0].number)
    remarks = _remarks(seat, report, opened)
    here = [remark for remark in remarks if remark.comment.draft_id == draft.pk]
    document = context_of(on_case_pages(seat.case, replace(deserialise(draft.content), is_numbered=True)))
    is_newest = draft.pk == drafts[0].pk
    return {
        **case_frame(seat, "report"),
        **document,
        "chapters": _commented(document["chapters"], here),
        "report": report,
        "draft": draft,
        "drafts": drafts,
        "is_newest": is_newest,
        "is_over": is_over(report),
        "may_comment": is_newest and seat.can(A.COMMENT_FACTS) and not is_over(report),
        "remarks": remarks,
        "earlier": [remark for remark in remarks if remark.comment.draft_id != draft.pk],
        "waiting": sum(not remark.comment.answer for remark in remarks),
        "commenting": opened.commenting,
        "commenting_at": str(opened.commenting["place"].value() or "") if opened.commenting else "",
        "extending": opened.extending or _extension(seat, report),
    }


def comment_form(seat: Seat, place: str) -> CommentForm:
    """An empty form for a comment on one place."""
    initial = {"place": place, "client_id": uuid4()}
    return CommentForm(initial=initial, files=files_to_show(seat), auto_id=f"{place}-%s")  # several stand on one page


def files_to_show(seat: Seat) -> QuerySet[Evidence]:
    """The files of the case that the host may attach to a comment."""
    return evidence_for(seat).exclude(file="")


def _extension(seat: Seat, report: Report) -> ExtendForm | None:
    """The form for more time, for those who may give it; a working week more."""
    if report.status != "fact_check" or report.fact_check_due is None or not seat.can(A.EDIT_DEADLINES):
        return None
    start = max(report.fact_check_due, timezone.localdate())
    return ExtendForm(initial={"due": add_working_days(start, MORE_WORKING_DAYS)})


def _remarks(seat: Seat, report: Report, opened: Open) -> list[Remark]:
    comments = comments_on(report)
    files = files_at(comments, evidence_for(seat))
    return [
        Remark(
            comment,
            _answer_form(seat, comment, opened),
            files.get(comment.pk, Attached()),
            is_mine=comment.by_id == seat.user.pk and not comment.answer and seat.can(A.COMMENT_FACTS),
        )
        for comment in comments
    ]


def _answer_form(seat: Seat, comment: FactComment, opened: Open) -> AnswerForm | None:
    if not seat.can(A.ANSWER_FACTS):
        return None
    if comment.number in opened.answering:
        return opened.answering[comment.number]
    initial = {"answer": comment.answer, "reason": comment.answer_reason, "seen": comment.seen}
    return AnswerForm(initial=initial, prefix=f"c{comment.number}")


def _commented(chapters: Iterable[PlacedChapter], remarks: list[Remark]) -> list[CommentedChapter]:
    """The chapters of the draft, each paragraph with its comments."""
    at: dict[str, list[Remark]] = {}
    for remark in remarks:
        at.setdefault(remark.comment.place, []).append(remark)
    return [
        CommentedChapter(
            found.chapter,
            [Paragraph(place.block, place.anchor, place.label, at.get(place.anchor, [])) for place in found.blocks],
        )
        for found in chapters
    ]
