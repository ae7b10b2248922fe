"""Translating a draft: languages, and the texts of each row beside the source."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.db import transaction

from people.errors import NotReady, NotThere, StaleText
from people.languages import LANGUAGES
from reviews.actions.question_set_drafts import hold_draft
from reviews.models import Question, QuestionSet, Section
from reviews.question_translations import FIELDS

if TYPE_CHECKING:
    from people.models import User

Row = QuestionSet | Section | Question


@transaction.atomic
def add_language(question_set: QuestionSet, language: str, *, by: User) -> QuestionSet:
    """Begin a translation; texts from an earlier one that was taken away are there again.

    Raises NotReady for the language of the source or one that nobody knows, and what `hold_draft` raises.
    """
    held = hold_draft(question_set.pk, by=by)
    if language not in LANGUAGES or language == held.language:
        raise NotReady("Choose a language other than that of the questions.")
    if language not in held.languages:
        held.languages = [*held.languages, language]
        held.save(update_fields=["languages"])
    return held


@transaction.atomic
def remove_language(question_set: QuestionSet, language: str, *, by: User) -> QuestionSet:
    """Offer a language no more. Its texts stay in the draft, and come back when it is added again."""
    held = hold_draft(question_set.pk, by=by)
    held.languages = [code for code in held.languages if code != language]
    held.save(update_fields=["languages"])
    return held


@transaction.atomic
def save_translation(
    question_set: QuestionSet,
    address: tuple[str, int, str],
    texts: Mapping[str, str],
    *,
    seen: int,
    version: int,
    by: User,
) -> int:
    """Save the texts of one row in one language; return the new number of saves.

    `address` is the kind of row, its id and the language; `seen` the number of saves of the source that the translator
    had before them: when the source has moved on, what is saved is marked as a translation of an older text.

    Raises StaleText when somebody else translated the row in between, NotThere, and what `hold_draft` raises.
    """
    kind, pk, language = address
    held = hold_draft(question_set.pk, by=by)
    row = _row(held, kind, pk, language)
    stored = dict(row.translations.get(language, {}))
    before = {name: stored.get(name, "") for name in texts}
    saves = int(stored.get("saves", 0))
    if before == dict(texts):
        return saves
    if version != saves:
        raise StaleText(version=saves, texts=before, by="", at=None)
    of = dict(stored.get("of", {}))
    for name, text in texts.items():
        if text != before[name]:
            of[name] = getattr(row, name) if seen == row.saves else of.get(name, "")
    kept = {name: text for name, text in {**stored, **texts}.items() if name in FIELDS[kind] and text}
    _store(row, language, {**kept, "of": {name: of.get(name, "") for name in kept}, "saves": saves + 1})
    return saves + 1


@transaction.atomic
def confirm_translation(question_set: QuestionSet, kind: str, pk: int, language: str, *, by: User) -> None:
    """Say that the translation of a row is right for the source as it stands now."""
    held = hold_draft(question_set.pk, by=by)
    row = _row(held, kind, pk, language)
    stored = dict(row.translations.get(language, {}))
    of = {name: getattr(row, name) for name in FIELDS[kind] if stored.get(name)}
    _store(row, language, {**stored, "of": of})


def _store(row: Row, language: str, found: dict[str, object]) -> None:
    """Write the translation of one row. Its source is untouched, so its own number of saves stays."""
    row.translations = {**row.translations, language: found}
    row.save(update_fields=["translations"])


def _row(held: QuestionSet, kind: str, pk: int, language: str) -> Row:
    """The row of a set at an address. Raises NotThere."""
    found: Row | None = None
    if kind == "set" and pk == held.pk:
        found = held
    elif kind == "section":
        found = Section.objects.filter(pk=pk, question_set=held).first()
    elif kind == "question":
        found = Question.objects.filter(pk=pk, section__question_set=held).first()
    if found is None or language not in held.languages:
        raise NotThere
    return found
