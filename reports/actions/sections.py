"""Saving the text of a section as somebody types."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from people.errors import NotThere, StaleText
from reports.actions.saving import Saved, note_edit
from reports.actions.section_versions import keep_before
from reports.models import ReportSection
from reports.permissions import require_to_write
from reviews.access import seat_in
from reviews.actions.steps import locked_case

if TYPE_CHECKING:
    from people.models import User
    from reviews.models import Case


@transaction.atomic
def save_section(case: Case, key: str, *, by: User, text: str, version: int) -> Saved:
    """Store the text of one section.

    Effects: lock the case, permit, refuse an older version, keep the text before where it might be missed, store,
    move the status, and leave one line on the timeline an hour.
    Raises NotAllowed, NotThere for an unknown section, StaleText when somebody else saved in between.
    """
    case = locked_case(case.pk)
    row = ReportSection.objects.filter(report__case=case, key=key).select_related("updated_by").first()
    if row is None:
        raise NotThere
    require_to_write(seat_in(by, case), row)
    if row.text == text:
        return Saved(row.version, row.updated_at, row.status)
    if row.version != version:
        raise StaleText(version=row.version, texts={"text": row.text}, by=str(row.updated_by or ""), at=row.updated_at)
    keep_before(row, text, by)
    row.write(text, by=by)
    row.save(update_fields=("text", "version", "updated_by", "updated_at", "status"))
    note_edit(case, f"Section “{row.title}” of the report changed", by, team_only=True)
    return Saved(row.version, row.updated_at, row.status)
