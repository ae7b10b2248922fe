"""The only way to the question sets: the secretariat keeps them; everybody else is told so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from people.errors import NotAllowed, NotThere
from reviews.models import Question, QuestionSet, Section

if TYPE_CHECKING:
    from people.models import User

_REFUSED = "Question sets are kept by the secretariat. Tell them if a question should change."


def require_keeper(user: User) -> None:
    """Refuse everybody but the secretariat.

    Raises NotAllowed.
    """
    if not (user.is_active and user.is_secretariat):
        raise NotAllowed(_REFUSED)


def question_set_for(user: User, pk: int) -> QuestionSet:
    """Fetch one version of a set for somebody who keeps them.

    Raises NotAllowed for everybody else, and NotThere.
    """
    require_keeper(user)
    found = QuestionSet.objects.select_related("made_by").filter(pk=pk).first()
    if found is None:
        raise NotThere
    return found


def section_for(user: User, pk: int, section: int) -> Section:
    """Fetch a section of a version, with the version. Raises NotAllowed and NotThere."""
    require_keeper(user)
    found = Section.objects.select_related("question_set").filter(pk=section, question_set=pk).first()
    if found is None:
        raise NotThere
    return found


def question_for(user: User, pk: int, question: int) -> Question:
    """Fetch a question of a version, with its section and the version. Raises NotAllowed and NotThere."""
    require_keeper(user)
    found = (
        Question.objects.select_related("section__question_set").filter(pk=question, section__question_set=pk).first()
    )
    if found is None:
        raise NotThere
    return found
