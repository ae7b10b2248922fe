"""From a file to a question set in plain values. Nothing is stored here; whatever is wrong is said, with its place."""

from __future__ import annotations

import re
import tomllib
from typing import Any

from people.languages import LANGUAGES
from reviews.conditions import Condition
from reviews.enums import QuestionCondition, Rating, Theme
from reviews.question_files.places import Places
from reviews.question_files.plain import (
    QUESTION_TEXTS,
    SECTION_TEXTS,
    SET_TEXTS,
    PlainQuestion,
    PlainSection,
    PlainSet,
)
from reviews.question_files.tables import Problems, Table

FORMAT = "critical-friend-question-set"
FORMAT_VERSION = 1
MOST_BYTES = 600_000
MOST_SECTIONS = 40
MOST_QUESTIONS = 200
MOST_WORDS = 5000
MOST_TEXT = 400
MOST_TITLE = 160
MOST_HELP = 2000
MOST_PROMPTS = 12
_LONGEST_LINE = 4000
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_KEY = re.compile(r"[A-Za-z0-9_-]{1,60}")
_FIELDS = {"help": "help_text"}
"""Names in the file that differ from those of the rows."""


class NotReadable(Exception):  # noqa: N818 - an answer to a person, not an error of ours
    """The file cannot be taken. `problems` says why, a sentence each."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__(" ".join(problems))
        self.problems = problems


def read(content: bytes) -> PlainSet:
    """Read a whole file.

    Raises NotReadable with everything that is wrong, at most thirty sentences.
    """
    found, text = parsed(content)
    problems = Problems()
    made = _set(Table(found, "The set", problems), Places(text))
    if problems.found:
        raise NotReadable(problems.found)
    return made


def parsed(content: bytes, *, most: int = MOST_BYTES) -> tuple[dict[str, Any], str]:
    """Return the entries of a file, and its text. Outlines of reports are read by it too.

    Raises NotReadable where it is too large, no UTF-8 or no TOML.
    """
    text = _decoded(content, most)
    try:
        return tomllib.loads(text), text
    except tomllib.TOMLDecodeError as error:
        raise NotReadable([_syntax(str(error))]) from None
    except RecursionError:
        raise NotReadable(["The file is nested too deeply. No entry needs more than one list in another."]) from None


def _decoded(content: bytes, most: int) -> str:
    if len(content) > most:
        raise NotReadable([f"The file is larger than {most // 1000} kB. It needs far less."])
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NotReadable(["The file is not a text in UTF-8. Save it as UTF-8 and try again."]) from None
    for number, line in enumerate(text.splitlines(), start=1):
        if len(line) > _LONGEST_LINE:
            raise NotReadable([f"Line {number} has more than {_LONGEST_LINE} signs. Break it into several."])
    return text


def _syntax(message: str) -> str:
    """The parser's complaint with its place first."""
    what, _, place = message.partition(" (at ")
    where = place.rstrip(")") if place else ""
    return f"{where[:1].upper()}{where[1:] or 'The file'}: this cannot be read as TOML ({what[:120]})."


def _set(table: Table, places: Places) -> PlainSet:
    if table.take("format") != FORMAT:
        table.wrong(f'“format” must be "{FORMAT}": without it this may be another file.')
    if table.take("format_version") != FORMAT_VERSION:
        table.wrong(f"“format_version” must be {FORMAT_VERSION}: this product reads no other.")
    slug = table.text("slug", 80, is_needed=True)
    if slug and not _SLUG.fullmatch(slug):
        table.wrong("“slug” may hold small letters a to z, digits, and single hyphens between them.")
    name = table.text("name", MOST_TITLE, is_needed=True)
    language = table.text("language", 12) or "en"
    if language not in LANGUAGES:
        table.wrong(f"“{language}” is not a language code that we know, such as en or ro.")
    languages = table.words("languages", [code for code in LANGUAGES if code != language], "language code")
    version, changes = table.number("version", 10_000, otherwise=1), table.text("changes", MOST_HELP, has_lines=True)
    translations = _translations(table, {"name": name}, SET_TEXTS, languages)
    sections = [
        _section(Table(row, places.section(number), table.problems), places, number, languages)
        for number, row in enumerate(table.tables("section", MOST_SECTIONS))
    ]
    table.close()
    _check_whole(table, sections)
    return PlainSet(
        slug=slug,
        name=name,
        version=version,
        language=language,
        languages=languages,
        changes=changes,
        translations=translations,
        sections=tuple(sections),
    )


def _check_whole(table: Table, sections: list[PlainSection]) -> None:
    keys = [question.key for section in sections for question in section.questions]
    if len(keys) > MOST_QUESTIONS:
        table.wrong(f"there are {len(keys)} questions; at most {MOST_QUESTIONS} are possible.")
    for key in sorted({key for key in keys if key and keys.count(key) > 1}):
        table.wrong(f"the key “{key}” stands at more than one question. A key names one question for good.")


def _section(table: Table, places: Places, number: int, languages: tuple[str, ...]) -> PlainSection:
    texts = {"title": table.text("title", MOST_TITLE), "help_text": table.text("help", MOST_HELP, has_lines=True)}
    translations = _translations(table, texts, SECTION_TEXTS, languages)
    questions = tuple(
        _question(Table(row, places.question(number, place), table.problems), languages)
        for place, row in enumerate(table.tables("question", MOST_QUESTIONS))
    )
    table.close()
    return PlainSection(**texts, translations=translations, questions=questions)


def _question(table: Table, languages: tuple[str, ...]) -> PlainQuestion:
    key = table.text("key", 60)
    if key and not _KEY.fullmatch(key):
        table.wrong("“key” may hold letters a to z, digits, _ and -, at most 60.")
    texts = _question_texts(table)
    condition = _condition(table)
    made = PlainQuestion(
        key=key,
        **texts,
        is_required=table.flag("required", otherwise=True),
        is_rated=table.flag("rated", otherwise=False),
        max_words=table.number("words", MOST_WORDS, otherwise=PlainQuestion().max_words),
        condition=condition.kind,
        condition_value=condition.value,
        translations=_translations(table, texts, QUESTION_TEXTS, languages),
    )
    table.close()
    return made


def _question_texts(table: Table) -> dict[str, str]:
    return {
        "text": table.text("text", MOST_TEXT),
        "help_text": table.text("help", MOST_HELP, has_lines=True),
        "prompts": table.lines("prompts", MOST_TEXT, MOST_PROMPTS),
    }


def _condition(table: Table) -> Condition:
    """`when`: "always", "repeat", or a table that says which theme, answer or rating it waits for."""
    found = table.take("when")
    if found is None or found in (QuestionCondition.ALWAYS, QuestionCondition.REPEAT):
        return Condition(str(found or QuestionCondition.ALWAYS))
    if not isinstance(found, dict):
        table.wrong('“when” must be "always", "repeat", or a table such as { answered = "key" }.')
        return Condition()
    when = Table(found, table.place, table.problems)
    made = Condition()
    if "themes" in found:
        made = Condition(QuestionCondition.THEME, themes=when.words("themes", Theme.values, "theme"))
    elif "answered" in found:
        made = Condition(QuestionCondition.ANSWERED, key=_other(when, "answered"))
    elif "rated" in found:
        ratings = when.words("as", Rating.values, "rating")
        made = Condition(QuestionCondition.RATED, key=_other(when, "rated"), ratings=ratings)
    else:
        table.wrong("“when” must say themes, answered or rated.")
    when.close()
    return made


def _other(table: Table, name: str) -> str:
    key = table.text(name, 60)
    if key and not _KEY.fullmatch(key):
        table.wrong(f"“{name}” must be the key of another question.")
    return key


def _translations(
    table: Table, source: dict[str, str], fields: tuple[str, ...], languages: tuple[str, ...]
) -> dict[str, dict[str, Any]]:
    """Take the translations of one row. What a text translates is the source as it stands, unless `…_of` says else."""
    made: dict[str, dict[str, Any]] = {}
    for code, entries in table.table("translations").items():
        if code not in languages:
            table.wrong(f"there is a translation into “{code[:20]}”, which is not among the “languages” of the set.")
        elif not isinstance(entries, dict):
            table.wrong(f"the translation into “{code}” must be a table.")
        elif found := _translation(Table(entries, f"{table.place}, {code}", table.problems), source, fields):
            made[code] = found
    return made


def _translation(table: Table, source: dict[str, str], fields: tuple[str, ...]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    of: dict[str, str] = {}
    for field in fields:
        name = next((short for short, long in _FIELDS.items() if long == field), field)
        is_older = f"{name}_of" in table.entries
        text, older = _one(table, name), _one(table, f"{name}_of")
        if text:
            found[field], of[field] = text, older if is_older else source[field]
    table.close()
    return {**found, "of": of} if found else {}


def _one(table: Table, name: str) -> str:
    if name.startswith("prompts"):
        return table.lines(name, MOST_TEXT, MOST_PROMPTS)
    is_help = name.startswith("help")
    return table.text(name, MOST_HELP if is_help else MOST_TEXT, has_lines=is_help)
