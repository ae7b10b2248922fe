"""Writing the timeline of a case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviews.models import Case, CaseEvent

if TYPE_CHECKING:
    from people.models import User
    from reviews.enums import EventKind
    from reviews.models import Evidence


def record(  # noqa: PLR0913 - an event has this many parts
    case: Case,
    kind: EventKind,
    text: str,
    *,
    by: User | None,
    reason: str = "",
    step: str = "",
    source: str = "",
    target: str = "",
    team_only: bool = False,
    evidence: Evidence | None = None,
) -> CaseEvent:
    """Add one line to the timeline. `by=None` is the product itself. Call it inside the action's transaction.

    `{file}` in the text stands for `evidence`: its title is shown to those who may know of the file, as it is then.
    """
    return CaseEvent.objects.create(
        case=case,
        kind=kind,
        actor=by,
        text=text[:300],
        reason=reason,
        step=step,
        source=source,
        target=target,
        team_only=team_only,
        evidence=evidence,
    )
