"""A second question set: published with conditions and a translation, and a draft of its next version."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from reviews.actions.question_set_editing import add_question, save_question, save_set
from reviews.actions.question_set_versions import begin_version, import_set, publish
from reviews.models import Question, QuestionSet
from reviews.question_files.reading import read

if TYPE_CHECKING:
    from people.models import User

FILE = Path(__file__).with_name("ageing_in_place.toml")
_NEW = "Which older people does nobody in the city hall know by name?"
_REWORDED = "How do you find those who live alone and never ask, and who looks for them?"


def make_question_sets(keeper: User) -> None:
    """Write the set once. In its draft one text is new and one has changed, so that there is something to translate."""
    content = read(FILE.read_bytes())
    if QuestionSet.objects.filter(slug=content.slug).exists():
        return
    published = publish(import_set(content, by=keeper), by=keeper)
    draft = begin_version(published, by=keeper)
    changed = Question.objects.get(section__question_set=draft, key="living_alone")
    save_question(changed, {"text": _REWORDED}, version=changed.saves, by=keeper)
    add_question(draft.sections.get(position=2), _NEW, by=keeper)
    save_set(
        draft, {"changes": "One question more, after the review of the first city."}, version=draft.saves, by=keeper
    )
