"""From a question set in plain values to a file that people can read and change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from reviews.conditions import Condition
from reviews.enums import QuestionCondition
from reviews.question_files.plain import (
    QUESTION_TEXTS,
    SECTION_TEXTS,
    SET_TEXTS,
    PlainQuestion,
    PlainSection,
    PlainSet,
    Translations,
)
from reviews.question_files.reading import FORMAT, FORMAT_VERSION

_ESCAPES = {"\\": "\\\\", '"': '\\"', "\b": "\\b", "\t": "\\t", "\f": "\\f", "\r": "\\r"}
_HEAD = "# A question set of Critical Friend. Every entry is explained in docs/question-sets.md.\n"


def write(content: PlainSet) -> str:
    """Return the file of a set: read again, it gives the same set."""
    lines = [
        _HEAD,
        f"format = {quoted(FORMAT)}",
        f"format_version = {FORMAT_VERSION}",
        "",
        f"slug = {quoted(content.slug)}",
        f"version = {content.version}",
        f"name = {quoted(content.name)}",
        f"language = {quoted(content.language)}",
        f"languages = {listed(content.languages)}",
        *([f"changes = {quoted(content.changes)}"] if content.changes else []),
        *_translations("translations", content.translations, content, SET_TEXTS, content.languages),
    ]
    for section in content.sections:
        lines += _section(section, content.languages)
    return "\n".join(lines) + "\n"


def _section(section: PlainSection, languages: Iterable[str]) -> Iterator[str]:
    yield from ("", "", "[[section]]", f"title = {quoted(section.title)}")
    if section.help_text:
        yield f"help = {quoted(section.help_text)}"
    yield from _translations("section.translations", section.translations, section, SECTION_TEXTS, languages)
    for question in section.questions:
        yield from _question(question, languages)


def _question(question: PlainQuestion, languages: Iterable[str]) -> Iterator[str]:
    yield from ("", "[[section.question]]")
    if question.key:
        yield f"key = {quoted(question.key)}"
    yield f"text = {quoted(question.text)}"
    if question.help_text:
        yield f"help = {quoted(question.help_text)}"
    if question.prompts:
        yield f"prompts = {_lines(question.prompts)}"
    yield f"required = {flag(on=question.is_required)}"
    yield f"rated = {flag(on=question.is_rated)}"
    yield f"words = {question.max_words}"
    yield from _when(Condition.of(question.condition, question.condition_value))
    name = "section.question.translations"
    yield from _translations(name, question.translations, question, QUESTION_TEXTS, languages)


def _when(condition: Condition) -> Iterator[str]:
    if condition.kind == QuestionCondition.THEME:
        yield f"when = {{ themes = {listed(condition.themes)} }}"
    elif condition.kind == QuestionCondition.ANSWERED:
        yield f"when = {{ answered = {quoted(condition.key)} }}"
    elif condition.kind == QuestionCondition.RATED:
        yield f"when = {{ rated = {quoted(condition.key)}, as = {listed(condition.ratings)} }}"
    elif condition.kind != QuestionCondition.ALWAYS:
        yield f"when = {quoted(condition.kind)}"


def _translations(
    head: str, translations: Translations, source: Any, fields: tuple[str, ...], languages: Iterable[str]
) -> Iterator[str]:
    """One table a language; what is translated from an older text says which."""
    for code in languages:
        found = translations.get(code, {})
        if not any(found.get(field) for field in fields):
            continue
        yield from ("", f"[{head}.{code}]")
        for field in fields:
            if text := found.get(field):
                name, put = ("help" if field == "help_text" else field), _lines if field == "prompts" else quoted
                yield f"{name} = {put(text)}"
                older = found.get("of", {}).get(field, getattr(source, field))
                if older != getattr(source, field):
                    yield f"{name}_of = {put(older)}"


def flag(*, on: bool) -> str:
    """Yes or no."""
    return "true" if on else "false"


def listed(words: Iterable[str]) -> str:
    """Words in a list."""
    return f"[{', '.join(quoted(word) for word in words)}]"


def _lines(text: str) -> str:
    """A text with one entry a line, as a list."""
    inner = "".join(f"  {quoted(line)},\n" for line in text.split("\n") if line)
    return f"[\n{inner}]" if inner else "[]"


def quoted(text: str) -> str:
    """A text in quotation marks; over several lines when it has several."""
    escaped = "".join(_sign(sign) for sign in text)
    return f'"""\n{escaped}"""' if "\n" in text else f'"{escaped}"'


def _sign(sign: str) -> str:
    if sign == "\n" or sign.isprintable():
        return _ESCAPES.get(sign, sign)
    return _ESCAPES.get(sign) or f"\\U{ord(sign):08X}"
