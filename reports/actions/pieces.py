"""The team's own words for what the case draws into the report, and what becomes of them when the case changes.

The link is never lost: the words stand in the card of their finding or recommendation, and nothing typed is lost:
what a button replaces is kept as earlier words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from people.errors import AlreadyDone, NotThere, StaleText
from reports.actions.saving import Saved, note_edit
from reports.actions.section_versions import keep
from reports.models import PieceText, PieceVersion, ReportSection
from reports.permissions import require_to_write
from reports.pieces import digest, same
from reports.queries.pieces import piece_in
from reports.rendering.compose.report import section_drawn
from reviews.access import seat_in
from reviews.actions.steps import locked_case

if TYPE_CHECKING:
    from people.models import User
    from reports.rendering.compose.words import Piece
    from reviews.models import Case

CHANGED = "The review changed again while you were looking. Nothing is lost: look at it as it is now, then decide."


@transaction.atomic
def take_over(case: Case, section: str, key: str, *, by: User) -> PieceText:
    """Let the report say a piece in the team's words, which begin as those of the case.

    Effects: lock the case, permit, keep words that were given up before, store what the case gives as words and base.
    Safe to call twice. Raises NotAllowed, NotThere for a piece that the case does not give here.
    """
    here, piece = _permitted(case, section, by), _drawn(case, section, key)
    row = PieceText.objects.select_for_update().filter(section__report=here.report_id, key=key).first()
    if row is None:
        row = PieceText(section=here, key=key, text=piece.drawn, version=0)
    elif row.is_used:
        return row
    _replace(row, piece.drawn, by)
    return _settle(row, piece, by)


@transaction.atomic
def save_piece(case: Case, section: str, key: str, *, by: User, text: str, version: int) -> Saved:
    """Store the team's words for a piece.

    Effects: lock the case, permit, refuse an older version, keep the words of another person, store.
    Raises NotAllowed, NotThere, StaleText when somebody else saved in between.
    """
    _permitted(case, section, by)
    row = piece_in(case, section, key)
    if row.text == text and row.is_used:
        return Saved(row.version, row.updated_at)
    if row.version != version or not row.is_used:
        raise StaleText(version=row.version, texts={"text": row.text}, by=str(row.updated_by or ""), at=row.updated_at)
    if row.updated_by_id != by.pk:
        _keep(row)
    _write(row, text, by)
    return Saved(row.version, row.updated_at)


@transaction.atomic
def keep_ours(case: Case, section: str, key: str, *, by: User, seen: str) -> None:
    """The case changed and the words stay: what it gives now becomes what they are compared with.

    Effects: lock the case, permit, store the base.
    Raises NotAllowed, NotThere, AlreadyDone when the case changed again.
    """
    _permitted(case, section, by)
    row, piece = piece_in(case, section, key), _drawn(case, section, key, seen)
    _settle(row, piece, by)


@transaction.atomic
def take_new(case: Case, section: str, key: str, *, by: User, seen: str, edit: bool = False) -> None:
    """The report says what the case gives now; with `edit`, as words of the team that begin anew.

    Effects: lock the case, permit, then give the words up (they stay as words that are not used), or keep them as
    earlier words and store the new ones. Raises NotAllowed, NotThere, AlreadyDone when the case changed again.
    """
    _permitted(case, section, by)
    row, piece = piece_in(case, section, key), _drawn(case, section, key, seen)
    if edit:
        _replace(row, piece.drawn, by)
        _settle(row, piece, by)
    else:
        _give_up(row, by)


@transaction.atomic
def give_up(case: Case, section: str, key: str, *, by: User) -> None:
    """The report does not show these words any more; they stay to be taken again. For a piece whose source is gone.

    Effects: lock the case, permit, store. Raises NotAllowed, NotThere.
    """
    _permitted(case, section, by)
    _give_up(piece_in(case, section, key), by)


@transaction.atomic
def put_into_text(case: Case, section: str, key: str, *, by: User) -> None:
    """Put words whose source is gone at the end of the section's own text.

    Effects: lock the case, permit, keep the section as it was, add the words, give them up as a piece.
    Raises NotAllowed, NotThere.
    """
    here = _permitted(case, section, by)
    row = piece_in(case, section, key)
    keep([here])
    here.write("\n\n".join(part for part in (here.text.rstrip(), row.text.strip()) if part), by=by)
    here.save(update_fields=("text", "version", "updated_by", "updated_at", "status"))
    note_edit(case, f"Section “{here.title}” of the report changed", by, team_only=True)
    _give_up(row, by)


@transaction.atomic
def use_again(case: Case, section: str, key: str, *, by: User, earlier: int | None = None) -> None:
    """Use words again that were given up, or `earlier` ones (the key of a `PieceVersion`).

    Effects: lock the case, permit, keep what is there now, store, and compare with what the case gives now.
    Raises NotAllowed, NotThere.
    """
    _permitted(case, section, by)
    row, piece = piece_in(case, section, key), _drawn(case, section, key)
    if earlier is not None:
        found = row.versions.filter(pk=earlier).first()
        if found is None:
            raise NotThere
        _replace(row, found.text, by)
    row.is_used = True
    _settle(row, piece, by)


def _permitted(case: Case, section: str, by: User) -> ReportSection:
    """Lock the case and return the section, if this person may write it now."""
    case = locked_case(case.pk)
    row = ReportSection.objects.filter(report__case=case, key=section).select_related("updated_by").first()
    if row is None:
        raise NotThere
    require_to_write(seat_in(by, case), row)
    return row


def _drawn(case: Case, section: str, key: str, seen: str | None = None) -> Piece:
    """Return what the case gives now. Raises NotThere, and AlreadyDone when it is not what was `seen`."""
    pieces = section_drawn(case.pk, section).pieces
    found = next((piece for piece in pieces if piece.key == key), None)
    if found is None:
        raise NotThere
    if seen is not None and seen != digest(found.drawn):
        raise AlreadyDone(CHANGED)
    return found


def _replace(row: PieceText, text: str, by: User) -> None:
    """Put in words at once; those before are kept."""
    if row.pk and not same(row.text, text):
        _keep(row)
    row.is_used = True
    _write(row, text, by)


def _keep(row: PieceText) -> None:
    if row.text.strip():
        PieceVersion.objects.create(piece=row, text=row.text, by=row.updated_by, at=row.updated_at)


def _write(row: PieceText, text: str, by: User) -> None:
    row.text, row.version, row.updated_by, row.updated_at = text, row.version + 1, by, timezone.now()
    row.save()
    _section_changed(row, by)


def _settle(row: PieceText, piece: Piece, by: User) -> PieceText:
    """What the case gives now has been looked at."""
    row.base, row.label = piece.drawn, piece.label[:160]
    row.save()
    _section_changed(row, by)
    return row


def _give_up(row: PieceText, by: User) -> None:
    row.is_used, row.version = False, row.version + 1
    row.save(update_fields=("is_used", "version"))
    _section_changed(row, by)


def _section_changed(row: PieceText, by: User) -> None:
    """What the section shows has changed: who agreed to it has to look again."""
    section = row.section
    section.text_changed()
    section.save(update_fields=("status",))
    note_edit(section.report.case, f"Section “{section.title}” of the report changed", by, team_only=True)
