"""What saving a finding and saving a recommendation have in common: drafts only, versions counted, edits traced."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, TypeVar

from django.db.models import Max
from django.utils import timezone

from people.errors import AlreadyDone, StaleText
from people.texts import plain
from reviews.actions.events import record
from reviews.enums import EventKind, FindingStatus
from reviews.models import Case, CaseEvent, Finding, Recommendation
from reviews.queries.findings import OPEN_TO_HOST

if TYPE_CHECKING:
    from collections.abc import Mapping

    from people.models import User

Row = TypeVar("Row", Finding, Recommendation)

_SHORT = 70
_SAME_EDIT = timedelta(hours=1)


def next_position(case: Case, model: type[Finding | Recommendation]) -> int:
    """The place after the last one."""
    return 1 + (model.objects.filter(case=case).aggregate(last=Max("position"))["last"] or 0)


def noun(row: Finding | Recommendation) -> str:
    """What people call it."""
    return "finding" if isinstance(row, Finding) else "recommendation"


def released_number(recommendation: Recommendation) -> int:
    """The number under which the host knows a released recommendation. One query."""
    released = Recommendation.objects.filter(case=recommendation.case_id, status__in=OPEN_TO_HOST)
    before = released.filter(position__lt=recommendation.position) | released.filter(
        position=recommendation.position, pk__lte=recommendation.pk
    )
    return before.count()


def in_short(row: Finding | Recommendation) -> str:
    """Its first words, for events that only the team reads; what it is when it has none."""
    text = " ".join(plain(row.text).split())
    if not text:
        return f"a {noun(row)} without a text"
    return f"“{text[:_SHORT].rstrip()}…”" if len(text) > _SHORT else f"“{text}”"


def check_is_draft(row: Finding | Recommendation) -> None:
    """Refuse to change what the host reads, or what was dropped.

    Raises AlreadyDone.
    """
    if row.status == FindingStatus.DRAFT:
        return
    if row.status == FindingStatus.DROPPED:
        raise AlreadyDone(f"This {noun(row)} was dropped. Pick it up again to change it.", code="dropped")
    message = f"The host reads this {noun(row)} now, so its words stay as they are. Take it back to change it."
    raise AlreadyDone(message, code="released")


def save_draft(held: Row, fields: Mapping[str, object], *, by: User, version: int, has_new_links: bool = False) -> Row:
    """Write the fields of a held row when it is a draft and nobody else saved in between.

    Nothing is written when nothing changed: the same text sent twice is one save. `has_new_links` says that the
    caller is about to change what the row rests on, which counts like a change of its text.
    """
    check_is_draft(held)
    changed = {name: value for name, value in fields.items() if getattr(held, name) != value}
    if changed or has_new_links:
        if version != held.version:
            raise _stale(held, fields)
        for name, value in changed.items():
            setattr(held, name, value)
        trace(held, by=by)
        held.version += 1
        held.updated_by = by
        held.save()
    return held


def _stale(held: Finding | Recommendation, fields: Mapping[str, object]) -> StaleText:
    """The stored texts, for the person who wrote on an older one."""
    texts = {name: _as_typed(getattr(held, name)) for name in fields}
    return StaleText(version=held.version, texts=texts, by=str(held.updated_by or ""), at=held.updated_at)


def _as_typed(value: object) -> str:
    """A stored value as the form sends it: a row of another table by its key."""
    return str(getattr(value, "pk", value) or "")


def trace(held: Finding | Recommendation, *, by: User) -> None:
    """Tell the team who changed another person's text: once an hour, not at every key."""
    if held.created_by_id == by.pk:
        return
    text = f"{noun(held).capitalize()} {held.pk} changed: {in_short(held)}"
    recent = CaseEvent.objects.filter(
        case=held.case_id,
        actor=by,
        text__startswith=f"{noun(held).capitalize()} {held.pk} changed",
        at__gte=timezone.now() - _SAME_EDIT,
    )
    if not recent.exists():
        record(held.case, EventKind.EDITED, text, by=by, team_only=True)
