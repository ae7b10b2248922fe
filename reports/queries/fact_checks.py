"""What a fact check consists of: its time, its comments, and the files at them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone

from people.errors import AlreadyDone, NotThere
from people.templatetags.words import dates
from reports.enums import FactKind, ReportStatus
from reports.models import FactComment
from reviews.enums import Role

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from reports.models import Report, SentDraft
    from reviews.models import Evidence


REPORTERS = (Role.LEAD, Role.RAPPORTEUR)
CHIEFS = (Role.HOST_COORDINATOR, Role.HOST_SPONSOR)
"""Who of the team is told of what the host says, and who of the host of its time."""


@dataclass(frozen=True, slots=True)
class Attached:
    """The files at a comment: those that a person may open, and how many they may not."""

    rows: tuple[Evidence, ...] = ()
    hidden: int = 0


def is_over(report: Report) -> bool:
    """Whether the host's time for comments is over. No query."""
    due = report.fact_check_due
    return report.status == ReportStatus.FACT_CHECK and due is not None and timezone.localdate() > due


def over_words(report: Report) -> str:
    """Why there are no more comments, and who can give more time."""
    last = dates(report.fact_check_due)
    return f"The time for comments ended on {last}. Ask the secretariat or the review lead for more time."


def files_at(comments: Iterable[FactComment], readable: QuerySet[Evidence]) -> dict[int, Attached]:
    """The files at each comment, by the comment's id. Two queries; one where no comment has a file.

    `readable` are the files that the person who looks may open (reviews/evidence_access.py).
    """
    links = FactComment.evidence.through.objects.filter(factcomment__in=[row.pk for row in comments])
    wanted: dict[int, list[int]] = defaultdict(list)
    for comment, evidence in links.order_by("pk").values_list("factcomment_id", "evidence_id"):
        wanted[comment].append(evidence)
    if not wanted:
        return {}
    rows = readable.in_bulk([pk for pks in wanted.values() for pk in pks])
    return {
        comment: Attached(tuple(rows[pk] for pk in pks if pk in rows), sum(pk not in rows for pk in pks))
        for comment, pks in wanted.items()
    }


def draft_named(report: Report, number: int) -> SentDraft:
    """One of the drafts that were sent. Raises NotThere."""
    found = report.sent_drafts.select_related("sent_by").filter(number=number).first()
    if found is None:
        raise NotThere
    return found


def comment_named(report: Report, number: int) -> FactComment:
    """One comment, with who wrote and answered. Raises NotThere, and AlreadyDone when it was taken back meanwhile."""
    rows = report.comments.select_related("by", "answered_by", "draft")
    return still_there(rows.filter(number=number).first())


def still_there(comment: FactComment | None) -> FactComment:
    """The comment. Raises NotThere without one, and AlreadyDone when it was taken back."""
    if comment is None:
        raise NotThere
    if comment.withdrawn_at is not None:
        raise AlreadyDone(
            f"The host has taken comment {comment.number} back: there is nothing to do about it any more."
        )
    return comment


def to_apply(report: Report) -> list[FactComment]:
    """The comments that the team accepted and has not put into the text yet. One query."""
    return [row for row in report.comments.filter(withdrawn_at=None) if row.is_to_apply]


def printed_disagreements(report: Report) -> list[FactComment]:
    """What the host sees differently and has printed with its response, in order. One query."""
    rows = report.comments.filter(withdrawn_at=None, kind=FactKind.DISAGREEMENT, is_printed=True)
    return list(rows.select_related("draft"))
