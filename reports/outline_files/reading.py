"""From a file to an outline in plain values. Nothing is stored here; whatever is wrong is said, with its place."""

from __future__ import annotations

import re
from collections import Counter

from reports.draws import DRAWS
from reports.outline_files.plan import (
    MOST_NAME,
    MOST_OPENING,
    MOST_PURPOSE,
    MOST_SECTIONS,
    MOST_TITLE,
    MOST_WORDS,
    OutlinePlan,
    SectionPlan,
)
from reports.outline_rules import problems_of
from reviews.question_files.places import Places
from reviews.question_files.reading import NotReadable, parsed
from reviews.question_files.tables import Problems, Table

FORMAT = "critical-friend-report-outline"
FORMAT_VERSION = 1
MOST_BYTES = 200_000
_KEY = re.compile(r"[a-z0-9]+(_[a-z0-9]+)*")


def read(content: bytes) -> OutlinePlan:
    """Read a whole file.

    Raises NotReadable with everything that is wrong, at most thirty sentences.
    """
    found, text = parsed(content, most=MOST_BYTES)
    problems = Problems()
    made = _outline(Table(found, "The outline", problems), Places(text))
    if problems.found:
        raise NotReadable(problems.found)
    return made


def _outline(table: Table, places: Places) -> OutlinePlan:
    if table.take("format") != FORMAT:
        table.wrong(f'“format” must be "{FORMAT}": without it this may be another file.')
    if table.take("format_version") != FORMAT_VERSION:
        table.wrong(f"“format_version” must be {FORMAT_VERSION}: this product reads no other.")
    name = table.text("name", MOST_NAME, is_needed=True)
    sections = tuple(
        _section(Table(row, places.section(number), table.problems))
        for number, row in enumerate(table.tables("section", MOST_SECTIONS))
    )
    table.close()
    for sentence in problems_of(sections):
        table.wrong(sentence)
    return OutlinePlan(name.strip(), sections)


def _section(table: Table) -> SectionPlan:
    key = table.text("key", 40, is_needed=True)
    if key and not _KEY.fullmatch(key):
        table.wrong("“key” may hold small letters a to z, digits, and single _ between them.")
    made = SectionPlan(
        key=key,
        title=table.text("title", MOST_TITLE, is_needed=True).strip(),
        purpose=table.text("purpose", MOST_PURPOSE).strip(),
        opening=table.text("opening", MOST_OPENING, has_lines=True),
        draws=_draws(table),
        words=table.number("words", MOST_WORDS, otherwise=0),
        is_required=table.flag("required", otherwise=False),
        is_annex=table.flag("annex", otherwise=False),
        starts_page=table.flag("starts_page", otherwise=True),
    )
    table.close()
    return made


def _draws(table: Table) -> tuple[str, ...]:
    sent = table.entries.get("draws")
    twice = Counter(word for word in sent if isinstance(word, str)) if isinstance(sent, list) else Counter()
    for word in (word for word, count in twice.items() if count > 1 and word in DRAWS):
        table.wrong(f"“{word}” stands in “draws” more than once.")
    return table.words("draws", DRAWS, "thing to draw")
