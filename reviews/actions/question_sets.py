"""The question set that the product brings along, and the set that a review begins with."""

from __future__ import annotations

from django.db import transaction

from reviews import question_bank
from reviews.actions.question_set_content import write_content
from reviews.enums import QuestionSetStatus
from reviews.models import QuestionSet


@transaction.atomic
def ensure_builtin_set() -> QuestionSet:
    """Write the built-in set into the database unless this version of it is there already; safe to repeat.

    A new version takes the place of older built-in ones for new reviews; the older ones stay for the reviews that use
    them. A version that the secretariat made itself keeps its place: it was chosen.
    """
    content = question_bank.builtin()
    found, is_new = QuestionSet.objects.get_or_create(
        slug=content.slug,
        version=content.version,
        language=content.language,
        defaults={"name": content.name, "is_current": False},
    )
    if is_new:
        write_content(found, content)
        others = QuestionSet.objects.filter(slug=found.slug, language=found.language, is_current=True)
        if not others.filter(made_by__isnull=False).exists():
            others.update(is_current=False)
            QuestionSet.objects.filter(pk=found.pk).update(is_current=True)
            found.is_current = True
    return found


def current_question_set(language: str = question_bank.LANGUAGE) -> QuestionSet:
    """The set that a new review begins with: the current one in `language`, else in the built-in language.

    A newer version that the product brought along is written first.
    """
    builtin = ensure_builtin_set()
    current = QuestionSet.objects.filter(
        slug=question_bank.SLUG, is_current=True, status=QuestionSetStatus.PUBLISHED
    ).order_by("-version")
    return (
        current.filter(language=language).first() or current.filter(language=question_bank.LANGUAGE).first() or builtin
    )
