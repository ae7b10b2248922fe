"""What a study visit holds of a person (people/belongings.py)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from people import belongings
from visits.models import DeskItem, Note, ProgrammeLook, Slot, StudyVisit

if TYPE_CHECKING:
    from people.models import User

belongings.own_words(
    {
        (DeskItem, "author"): ("text",),
        (DeskItem, "answered_by"): ("answer",),
        (Note, "author"): ("text",),
        (Slot, "lead"): ("title",),
        (Slot, "note_taker"): ("title",),
        (StudyVisit, "feedback_by"): ("feedback_reply",),
        (StudyVisit, "practical_by"): ("practical",),
    }
)


def forget_person(person: User, *, by: User) -> None:  # noqa: ARG001 - called alike in every app
    """Private notes go, and nobody expects the person in what is still to come."""
    Note.objects.filter(author=person, is_private=True).delete()
    ProgrammeLook.objects.filter(user=person).delete()
    to_come = Slot.objects.filter(starts_at__gt=timezone.now())
    to_come.filter(lead=person).update(lead=None)
    to_come.filter(note_taker=person).update(note_taker=None)
    for group in person.visit_groups.exclude(slots__starts_at__lte=timezone.now()):
        group.members.remove(person)


belongings.forgetting.append(forget_person)
