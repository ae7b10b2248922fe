"""What the figures of a PDF mean for people: is it accessible, what is missing, and what stands in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from people.templatetags.words import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

HEADINGS = ("H1", "H2", "H3", "H4", "H5", "H6")
WORDS = {
    "H1": "Headings, level 1",
    "H2": "Headings, level 2",
    "H3": "Headings, level 3",
    "H4": "Headings, level 4",
    "P": "Paragraphs",
    "L": "Lists",
    "LI": "Entries of lists",
    "Table": "Tables",
    "TR": "Rows of tables",
    "TH": "Heads of tables",
    "TD": "Cells of tables",
    "Figure": "Pictures and charts",
    "Caption": "Captions",
    "Link": "Links",
    "BlockQuote": "Quotes",
}
ALOUD = {
    **{tag: f"Heading {tag[1]}" for tag in HEADINGS},
    "P": "Paragraph",
    "LI": "Entry",
    "LBody": "Entry",
    "TH": "Head",
    "TD": "Cell",
    "Figure": "Picture",
}
"""What a screen reader says before the words of an element, more or less."""


@dataclass(frozen=True, slots=True)
class Point:
    """One thing that was looked at, whether it is as it should be, and what was found."""

    label: str
    is_right: bool
    found: str


def points_of(figures: dict[str, Any]) -> list[Point]:
    """Return what was looked at in one file, by its figures."""
    return list(_points(figures))


def _points(figures: dict[str, Any]) -> Iterator[Point]:
    tags = figures["tags"]
    accessible, archival = figures["pdfua"] == "1", figures["pdfa"] == "3a"
    yield Point("Accessible", accessible, "Declared as PDF/UA-1" if accessible else "Not declared as PDF/UA")
    yield Point("For archives", archival, "Declared as PDF/A-3a" if archival else "Not declared as PDF/A-3a")
    yield Point("Title", bool(figures["title"]), figures["title"] or "The file has no title")
    yield Point("Language", bool(figures["language"]), figures["language"] or "The file does not say its language")
    yield _headings(tags, figures["skips"])
    yield _pictures(tags.get("Figure", 0), figures["undescribed"])
    yield _tables(tags.get("Table", 0), figures["headless"])
    yield _fonts(figures["fonts"])


def _headings(tags: dict[str, int], skips: int) -> Point:
    words = counted(sum(tags.get(tag, 0) for tag in HEADINGS), "heading")
    return Point("Headings", not skips, f"{words}, {'a level is skipped' if skips else 'no level is skipped'}")


def _pictures(count: int, undescribed: int) -> Point:
    if not count:
        return Point("Pictures", True, "None")
    missing = f"{counted(undescribed, 'picture')} without a description" if undescribed else "all described in words"
    return Point("Pictures", not undescribed, f"{counted(count, 'picture')}, {missing}")


def _tables(count: int, headless: int) -> Point:
    if not count:
        return Point("Tables", True, "None")
    words = f"{counted(headless, 'table')} without heads" if headless else "all with heads"
    return Point("Tables", not headless, f"{counted(count, 'table')}, {words}")


def _fonts(fonts: list[tuple[str, bool]]) -> Point:
    missing = [name for name, is_embedded in fonts if not is_embedded]
    if missing:
        return Point("Fonts", False, f"Not in the file: {', '.join(missing)}")
    return Point("Fonts", True, f"{counted(len(fonts), 'font')}, all in the file")


def tags_of(figures: dict[str, Any]) -> list[tuple[str, int]]:
    """Return how many elements of each kind that people know there are."""
    counts = figures.get("tags", {})
    return [(words, counts[tag]) for tag, words in WORDS.items() if counts.get(tag)]


def sample_of(figures: dict[str, Any]) -> list[tuple[str, str]]:
    """Return kind and words of the elements of one page, as a screen reader goes."""
    return [(ALOUD.get(tag, tag), words) for tag, words in figures.get("sample", {}).get("lines", ())]
