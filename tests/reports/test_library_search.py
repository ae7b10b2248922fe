"""How words are read, and that SQLite and PostgreSQL find the same in the same order."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client

from reports.enums import EntryKind
from reports.models import LibraryEntry
from reports.queries.library import Wanted, entries, snippets
from reports.searching import LONGEST_WORD, MOST_BYTES, marked, search_for, told, words_of
from tests.reports.shelf import make_publication

_GIVEN = tomllib.loads((Path(__file__).parent / "library_search.toml").read_text())
SHELF: list[dict[str, str]] = _GIVEN["shelf"]
FOUND: dict[str, list[int]] = _GIVEN["found"]
HOSTILE = [
    '"',
    '""',
    '"""',
    "'",
    "' OR 1=1 --",
    "*",
    "housing*",
    "hous* AND",
    "AND OR NOT",
    "NEAR(housing, 5)",
    "words:housing",
    "housing^2",
    "(housing",
    ")",
    "{a b}:c",
    "-",
    "--",
    '-"',
    "- -housing -",
    "housing\0families",
    "\0",
    "\u202e\u200f\u2066housing",
    "%_\\",
    ":* & | ! <->",
    "a" * 10_000,
    "x " * 5_000,
    '"' * 9_999,
    "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"),
    "²³ ½ ﷽ ﬁ",
    "\n\t\r",
]

here = pytest.mark.parametrize("database", ["here", pytest.param("postgres", marks=pytest.mark.postgres)])


@pytest.fixture
def shelf(db: None, database: str) -> None:
    """Reports in five scripts, one after another."""
    if database == "postgres":
        assert connection.vendor == "postgresql"
    for number, row in enumerate(SHELF):
        make_publication(number, title=row["title"], words=row["words"].replace("\n", "</p><p>"))


def numbers(query: str) -> list[int]:
    """Which reports of the shelf a search finds, in order."""
    slugs = entries(Wanted(words=query)).values_list("publication__slug", flat=True)
    return [int(slug.removeprefix("report-")) for slug in slugs]


@here
def test_every_database_finds_the_same_in_the_same_order(shelf: None) -> None:
    assert {query: numbers(query) for query in FOUND} == FOUND


@here
def test_hostile_searches_are_answered(shelf: None) -> None:
    answers = {query: Client().get("/library/", {"q": query, "kind": query}).status_code for query in HOSTILE}
    assert set(answers.values()) == {200}
    assert numbers("' OR 1=1 --") == []
    assert numbers("housing*") == numbers("(housing)") == numbers("housing") == [5, 6, 0]


@here
def test_text_of_any_length_goes_into_the_index(db: None, database: str) -> None:
    many = " ".join(f"word{number} {number:064}" for number in range(20_000))
    make_publication(1, words=f"{'a' * 5000} {many}")
    assert numbers("word77 a" + "a" * 199) == [1]
    assert LibraryEntry.objects.get(kind=EntryKind.REPORT).text.words.count("word") < 20_000


def test_words_are_read_without_accents_and_phrases_as_they_stand() -> None:
    found = search_for('Șco-ala  „first things" -Haus -"in the" of')
    assert [(piece.words, piece.begins) for piece in found.wanted] == [
        (("sco", "ala"), True),
        (("first", "things"), False),
        (("of",), False),
    ]
    assert [(piece.words, piece.begins) for piece in found.unwanted] == [(("haus",), True), (("in", "the"), False)]
    assert not search_for(' " - \0 ')


def test_what_is_kept_has_the_same_paragraphs_twice() -> None:
    said, words = told(["  Housing\nfirst ", "...", "", "Șco-ala"])
    assert said.split("\n") == ["Housing first", "Șco-ala"]
    assert words == " housing first \n sco ala "
    assert told([]) == told(["\u2014"]) == ("", "")
    assert words_of("x" * 100) == ("x" * LONGEST_WORD,)
    assert len(told([f"w{number:063}" for number in range(25_000)])[1].encode()) < 2 * MOST_BYTES


@pytest.mark.parametrize(
    ("text", "query", "hits"),
    [
        ("Housing, households; house", "hous", ["Housing", "households", "house"]),
        ("Școala și școlile", "scoala", ["Școala"]),
        ("A co-operation", "co-op", ["co-operation"]),
        ("Die Straße", "strasse", ["Straße"]),
        ("مدرسةٌ مفتوحة", "مدرسة", ["مدرسة"]),
        ("first housing first", '"housing first"', ["housing first"]),
        ("nothing", "hous", []),
    ],
)
def test_found_words_are_marked_in_the_original(text: str, query: str, hits: list[str]) -> None:
    runs = marked(text, search_for(query))
    assert "".join(run.text for run in runs) == text
    assert [run.text for run in runs if run.is_hit] == hits


def test_snippet_shows_the_paragraph_that_has_most(db: None) -> None:
    made = make_publication(
        words="Housing alone.</p><p>" + "Before it. " * 40 + "Housing and gardens. " + "After it. " * 60
    )
    [runs] = snippets(made.entries.all(), "housing gardens").values()
    text = "".join(run.text for run in runs)
    assert [run.text for run in runs if run.is_hit] == ["Housing", "gardens"]
    assert text.startswith("… ")
    assert text.endswith(" …")
    assert len(text) < 300
