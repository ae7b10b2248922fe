"""Turning notes into findings, and tying notes to findings that are there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from people.errors import AlreadyDone, NotThere
from reviews.access import seat_in
from reviews.actions.drafts import check_is_draft
from reviews.actions.findings import create_finding
from reviews.actions.steps import locked_case
from reviews.enums import FindingStatus
from reviews.models import Finding
from reviews.permissions import Ability
from visits.queries.evidence import all_known

if TYPE_CHECKING:
    from collections.abc import Collection

    from people.models import User
    from reviews.enums import FindingKind
    from reviews.models import Case
    from visits.models import Note


@transaction.atomic
def make_finding(case: Case, *, by: User, kind: FindingKind, notes: Collection[int] = (), text: str = "") -> Finding:
    """Make a draft finding that rests on these notes (by id). Without words and notes it is the person's own empty one.

    Effects in order: lock, permit (edit_findings), those of `create_finding`, then the links.

    Raises NotThere when one of the notes is not evidence of this case.
    """
    rests_on = _notes(case, notes)
    if not rests_on and not text.strip() and (begun := _begun(case, kind, by=by)):
        return begun
    finding = create_finding(case, by=by, kind=kind, text=text)
    finding.notes.set(rests_on)
    return finding


def _begun(case: Case, kind: FindingKind, *, by: User) -> Finding | None:
    """A finding of this person in which nothing was written yet: who went back and presses again goes on with it."""
    held = locked_case(case.pk)
    seat_in(by, held).require(Ability.EDIT_FINDINGS)
    untouched = held.findings.filter(created_by=by, kind=kind, status=FindingStatus.DRAFT, version=1, text="")
    return untouched.filter(notes=None, recommendations=None).first()


@transaction.atomic
def link_notes(finding: Finding, notes: Collection[int], *, by: User) -> int:
    """Let a finding rest on more notes (by id) of its case; returns how many are new to it. Twice is once.

    New evidence may also come to a finding that the host already reads: its words stay as they are.

    Effects in order: lock, permit (edit_findings), link. Raises AlreadyDone when the finding is dropped, NotThere
    when one of the notes is not evidence of this case.
    """
    held = _held(finding, by=by)
    if held.status == FindingStatus.DROPPED:
        raise AlreadyDone("This finding was dropped. Pick it up again to add notes to it.", code="dropped")
    wanted = _notes(held.case, notes)
    before = held.notes.count()
    held.notes.add(*wanted)
    return int(held.notes.count() - before)


@transaction.atomic
def unlink_note(finding: Finding, note: int, *, by: User) -> None:
    """Let a draft finding no longer rest on a note. The note itself stays. Twice is once.

    Effects in order: lock, permit (edit_findings), check that it is a draft, unlink. Raises AlreadyDone when the
    host reads the finding, NotThere when the note is not evidence of this case.
    """
    held = _held(finding, by=by)
    check_is_draft(held)
    held.notes.remove(*_notes(held.case, [note]))


def _held(finding: Finding, *, by: User) -> Finding:
    """Hold the case, ask for permission, and fetch the finding as it is now."""
    case = locked_case(finding.case_id)
    seat_in(by, case).require(Ability.EDIT_FINDINGS)
    return Finding.objects.select_related("case").get(pk=finding.pk)


def _notes(case: Case, ids: Collection[int]) -> list[Note]:
    found = all_known(case, ids)
    if found is None:
        raise NotThere
    return found
