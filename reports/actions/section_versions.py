"""The states of a section that are kept, so that nothing is lost: who, when, and what it said."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from people.errors import NotReady, NotThere
from people.texts import word_count
from reports.actions.saving import Saved, note_edit
from reports.models import ReportSection, SectionVersion
from reports.permissions import require_to_write
from reports.queries.locks import other_writer
from reviews import steps
from reviews.access import seat_in
from reviews.actions.steps import locked_case

if TYPE_CHECKING:
    from collections.abc import Iterable

    from people.models import User
    from reviews.models import Case

KEPT_EVERY = timedelta(minutes=10)
"""Somebody who writes on and on leaves a version at least this often."""
MANY_WORDS = 40
"""A save that takes away half of a text of so many words keeps what was there."""


def keep(rows: Iterable[ReportSection], note: str = "") -> None:
    """Keep what these sections say now; a state that is kept already gets the note. Two queries, however many."""
    rows = list(rows)
    kept = {(row.section_id, row.number): row for row in SectionVersion.objects.filter(section__in=rows)}
    there = [kept[row.pk, row.version] for row in rows if (row.pk, row.version) in kept]
    SectionVersion.objects.bulk_create(
        SectionVersion(
            section=row, number=row.version, text=row.text, by=row.updated_by, at=row.updated_at, note=note[:120]
        )
        for row in rows
        if (row.pk, row.version) not in kept
    )
    if note and there:
        SectionVersion.objects.filter(pk__in=[row.pk for row in there]).update(note=note[:120])


def keep_before(row: ReportSection, text: str, by: User) -> None:
    """Keep what a section says before somebody saves `text`, where it might be missed.

    That is: when another person wrote it, when nothing was kept for ten minutes, and when half of it goes.
    """
    last = row.versions.values_list("kept_at", flat=True).first()
    is_old = last is None or timezone.now() - last >= KEPT_EVERY
    words = word_count(row.text)
    is_cut = words >= MANY_WORDS and word_count(text) * 2 < words
    if is_old or is_cut or row.updated_by_id != by.pk:
        keep([row])


@transaction.atomic
def restore(case: Case, key: str, number: int, *, by: User) -> Saved:
    """Let a section say again what it said in a kept version.

    Effects: lock the case, permit, keep the present text, store the old one as a new version and keep it too, move
    the status, one line on the timeline. Raises NotAllowed, NotThere, NotReady while somebody else is writing there.
    """
    case = locked_case(case.pk)
    row = ReportSection.objects.filter(report__case=case, key=key).select_related("locked_by", "updated_by").first()
    old = row and row.versions.filter(number=number).first()
    if row is None or old is None:
        raise NotThere
    require_to_write(seat_in(by, case), row)
    if writer := other_writer(row, by):
        raise NotReady(f"{writer} is writing here now. Take over first, or wait.", code="being_written")
    if row.text == old.text:
        return Saved(row.version, row.updated_at, row.status)
    keep([row])
    row.write(old.text, by=by)
    row.save(update_fields=("text", "version", "updated_by", "updated_at", "status"))
    keep([row], note=f"The text of version {number} again")
    note_edit(case, f"Section “{row.title}” of the report set back to version {number}", by, team_only=True)
    return Saved(row.version, row.updated_at, row.status)


def _keep_all(case: Case, note: str) -> None:
    keep(ReportSection.objects.filter(report__case=case).select_related("updated_by"), note)


@steps.effect("start_fact_check")
def keep_what_is_sent(move: steps.Move) -> None:
    """Every section is kept as it was sent to the host."""
    _keep_all(move.case, "Sent to the host for its fact check")


@steps.effect("finalise_report")
def keep_what_is_final(move: steps.Move) -> None:
    """Every section is kept as it stands in the final text."""
    _keep_all(move.case, "In the final text")
