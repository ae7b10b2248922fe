"""Questions in the language of the form: context `questions_in` (reviews.wordings.FormLanguage), where there is one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.utils.html import format_html
from django.utils.translation import get_language

from people.languages import Language, language_of
from reviews.wordings import Said, said

if TYPE_CHECKING:
    from django.forms import BaseForm, BoundField
    from django.template import Context
    from django.utils.safestring import SafeString

    from reviews.models import Question, QuestionSet, Section

register = template.Library()


@register.simple_tag(takes_context=True, name="said")
def said_tag(context: Context, row: QuestionSet | Section | Question, name: str) -> SafeString:
    """`{% said item.question "text" %}`: the text, marked with its language unless that is the page's."""
    return _marked(said(row, name, context.get("questions_in")))


@register.simple_tag(takes_context=True)
def said_lines(context: Context, row: Question, name: str) -> list[SafeString]:
    """`{% said_lines item.question "prompts" as prompts %}`: a text with one thing a line, line by line."""
    found = said(row, name, context.get("questions_in"))
    return [_marked(Said(line, found.language)) for line in found.lines]


@register.filter
def language_words(code: str) -> Language:
    """`{{ "ro"|language_words }}` is `Romanian (Română)`; it also knows `.direction` and `.own_name`."""
    return language_of(code)


def _marked(found: Said) -> SafeString:
    if found.language.code == (get_language() or "en").split("-", maxsplit=1)[0]:
        return format_html("{}", found.text)
    return format_html('<span lang="{}" dir="{}">{}</span>', found.language.code, found.language.direction, found.text)


@register.filter
def form_field(form: BaseForm, name: str) -> BoundField:
    """One field of a form by its name."""
    return form[name]
