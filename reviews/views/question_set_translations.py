"""Translating a draft beside its source, saved while people type."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from people.errors import NotThere, StaleText
from people.languages import language_of
from reviews.actions import question_set_translations as translations
from reviews.forms.question_sets import LanguageForm
from reviews.forms.questions import TranslationForm
from reviews.queries.question_sets import outline_of
from reviews.question_set_access import question_set_for
from reviews.question_set_pages import set_page
from reviews.question_translations import FIELDS, TranslatedRow, translated_rows
from reviews.views.answers import saved, see_other, unsaved, wants_json

if TYPE_CHECKING:
    from django.http import HttpResponse

    from reviews.models import QuestionSet
    from reviews.views.answers import PersonRequest


@require_POST
def add(request: PersonRequest, pk: int) -> HttpResponse:
    """Begin a translation into one more language."""
    found = question_set_for(request.user, pk)
    form = LanguageForm(request.POST, without=(found.language, *found.languages))
    if not form.is_valid():
        messages.error(request, "Choose a language other than those that are there.")
        return see_other(reverse("reviews:question_set_edit", args=(pk,)) + "#languages")
    translations.add_language(found, form.cleaned_data["language"], by=request.user)
    return see_other(_address(pk, form.cleaned_data["language"]))


@require_POST
def remove(request: PersonRequest, pk: int, language: str) -> HttpResponse:
    """Offer a language no more; its texts come back when it is added again."""
    found = question_set_for(request.user, pk)
    translations.remove_language(found, language, by=request.user)
    words = f"{language_of(language).name} is taken away. Add it again, and its texts are back."
    messages.info(request, words)
    return see_other(reverse("reviews:question_set_edit", args=(pk,)) + "#languages")


@require_safe
def translation(request: PersonRequest, pk: int, language: str) -> HttpResponse:
    """Show all texts of a set beside their translations; as forms while it is a draft."""
    return _page(request, question_set_for(request.user, pk), language)


@require_POST
def translate(request: PersonRequest, pk: int, language: str, kind: str, row: int) -> HttpResponse:
    """Save the texts of one row in one language."""
    found = question_set_for(request.user, pk)
    names, prefix = [name for name in _fields_of(kind) if name in request.POST], f"{kind}{row}"
    form = TranslationForm(request.POST, fields=names, prefix_id=prefix)
    if not form.is_valid():
        whole = TranslationForm(request.POST, fields=_fields_of(kind), prefix_id=prefix)
        return unsaved(form) if wants_json(request) else _page(request, found, language, status=422, refused=whole)
    version, seen = form.cleaned_data["version"], form.cleaned_data["seen"]
    try:
        saves = translations.save_translation(
            found, (kind, row, language), form.texts, seen=seen, version=version, by=request.user
        )
    except StaleText as stale:
        if wants_json(request):
            raise
        typed = {**request.POST.dict(), "version": str(stale.version)}
        form = TranslationForm(typed, fields=_fields_of(kind), prefix_id=prefix)
        return _page(request, found, language, status=409, refused=form, stale=stale)
    if wants_json(request):
        return saved(saves, timezone.now())
    return see_other(f"{_address(pk, language)}#{kind}-{row}")


@require_POST
def still_right(request: PersonRequest, pk: int, language: str, kind: str, row: int) -> HttpResponse:
    """Say that the translation of a row fits its source as it stands now."""
    found = question_set_for(request.user, pk)
    translations.confirm_translation(found, kind, row, language, by=request.user)
    return see_other(f"{_address(pk, language)}#{kind}-{row}")


def _fields_of(kind: str) -> tuple[str, ...]:
    """The names of the texts of a kind of row. Raises NotThere for a kind that there is not."""
    if kind not in FIELDS:
        raise NotThere
    return FIELDS[kind]


def _page(
    request: PersonRequest,
    found: QuestionSet,
    language: str,
    *,
    status: int = 200,
    refused: TranslationForm | None = None,
    stale: StaleText | None = None,
) -> HttpResponse:
    if language not in found.languages:
        raise NotThere
    outline = outline_of(found)
    page = set_page(outline, 0, language)
    rows = [(row, _form(row, refused)) for row in translated_rows(outline, language)]
    context: dict[str, Any] = {
        "page": page,
        "target": language_of(language),
        "source": language_of(found.language),
        "progress": next(one for one in page.translations if one.language == language),
        "rows": [pair for pair in rows if pair[0].texts],
        "refused": refused,
        "stale": stale,
    }
    return render(request, "reviews/question_set_translation.html", context, status=status)


def _form(row: TranslatedRow, refused: TranslationForm | None) -> TranslationForm:
    """The form of a row; one that was refused comes back with what was typed."""
    prefix = f"{row.kind}{row.row.pk}"
    if refused is not None and refused.auto_id == f"{prefix}-%s":
        return refused
    texts = {text.name: text.text for text in row.texts}
    initial = {"version": row.saves, "seen": row.row.saves, **texts}
    return TranslationForm(fields=texts, prefix_id=prefix, initial=initial)


def _address(pk: int, language: str) -> str:
    return reverse("reviews:question_set_translation", args=(pk, language))
