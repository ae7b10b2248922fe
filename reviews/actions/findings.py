"""Writing findings: made by the team, saved as they are typed, each saved state counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from people.errors import NotThere
from reviews.access import seat_in
from reviews.actions.drafts import next_position, save_draft
from reviews.actions.events import record
from reviews.actions.steps import locked_case
from reviews.enums import EventKind, FindingKind
from reviews.models import Finding
from reviews.permissions import Ability

if TYPE_CHECKING:
    from people.models import User
    from reviews.models import Case, GuidingQuestion


@transaction.atomic
def create_finding(case: Case, *, by: User, kind: FindingKind, text: str = "", theme: str = "") -> Finding:
    """Put a new finding at the end of the list, as a draft.

    Effects in order: lock, permit (edit_findings), create, record for the team.
    """
    held = locked_case(case.pk)
    seat_in(by, held).require(Ability.EDIT_FINDINGS)
    finding = Finding.objects.create(
        case=held,
        kind=kind,
        text=text.strip(),
        theme=theme.strip(),
        position=next_position(held, Finding),
        created_by=by,
        updated_by=by,
    )
    record(held, EventKind.EDITED, f"New finding ({kind.label.lower()})", by=by, team_only=True)
    return finding


@transaction.atomic
def save_finding(  # noqa: PLR0913 - the fields of one form
    finding: Finding,
    *,
    by: User,
    version: int,
    text: str,
    kind: FindingKind,
    theme: str = "",
    guiding_question: GuidingQuestion | None = None,
    single_source_reason: str = "",
) -> Finding:
    """Save what a finding says while it is a draft.

    Effects in order: hold the row, permit (edit_findings), check state and version, save, trace the change of
    another person's text.

    Raises AlreadyDone when it is released or dropped, StaleText when somebody else saved in between, NotThere for
    a guiding question of another case.
    """
    held = Finding.objects.select_for_update(of=("self",)).select_related("case", "updated_by").get(pk=finding.pk)
    seat_in(by, held.case).require(Ability.EDIT_FINDINGS)
    if guiding_question is not None and guiding_question.case_id != held.case_id:
        raise NotThere
    fields = {
        "text": text,
        "kind": kind.value,
        "theme": theme,
        "guiding_question": guiding_question,
        "single_source_reason": single_source_reason,
    }
    return save_draft(held, fields, by=by, version=version)
