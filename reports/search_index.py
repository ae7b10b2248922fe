"""The indexes of the search: FTS5 on SQLite, a GIN index over finished words on PostgreSQL.

Both stand on `EntryText.words`, are made after every migration (reports/apps.py) and are kept in step by the database
itself: by triggers on SQLite, as an index over an expression on PostgreSQL. Neither cuts words or knows a language.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connections
from django.db.models.expressions import RawSQL

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reports.searching import Piece

_WORDS = "array_to_tsvector(string_to_array(replace(btrim(words), E'\\n ', ''), ' '))"
_POSTGRES = "CREATE INDEX IF NOT EXISTS reports_entrytext_found ON reports_entrytext USING gin ((" + _WORDS + "))"
_IN_POSTGRES = "SELECT entry_id FROM reports_entrytext WHERE " + _WORDS + " @@ %s::tsquery"  # noqa: S608 - nothing in it is typed by anybody
# The tokenizer `ascii` takes every letter beyond ASCII as part of a word: it sees the words that we cut.
_TABLE = """CREATE VIRTUAL TABLE IF NOT EXISTS reports_entrytext_found USING fts5(
    words, content='reports_entrytext', content_rowid='entry_id', tokenize='ascii', detail=none, columnsize=0)"""
_TAKE = """INSERT INTO reports_entrytext_found(reports_entrytext_found, rowid, words)
    VALUES ('delete', old.entry_id, old.words);"""
_PUT = "INSERT INTO reports_entrytext_found(rowid, words) VALUES (new.entry_id, new.words);"
_TRIGGER = "CREATE TRIGGER IF NOT EXISTS reports_entrytext_found_"
_TRIGGERS = (
    _TRIGGER + "in AFTER INSERT ON reports_entrytext BEGIN " + _PUT + " END",
    _TRIGGER + "out AFTER DELETE ON reports_entrytext BEGIN " + _TAKE + " END",
    _TRIGGER + "new AFTER UPDATE ON reports_entrytext BEGIN " + _TAKE + _PUT + " END",
)
_TRIGGERS_THERE = r"""SELECT count(*) FROM sqlite_master
    WHERE type = 'trigger' AND name LIKE 'reports\_entrytext\_found\_%%' ESCAPE '\'"""
_READ_AGAIN = "INSERT INTO reports_entrytext_found(reports_entrytext_found) VALUES ('rebuild')"
_IN_SQLITE = "SELECT rowid FROM reports_entrytext_found WHERE reports_entrytext_found MATCH %s"


def has_tables(using: str = "default") -> bool:
    """Whether the library's tables stand: not while somebody goes back to an older version."""
    connection = connections[using]
    with connection.cursor() as cursor:
        return {"reports_entrytext", "reports_shelf"} <= set(connection.introspection.table_names(cursor))


def make_index(using: str = "default") -> None:
    """Make the index if it is not there; where it could have missed something, read all texts again."""
    connection = connections[using]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_POSTGRES)
            return
        cursor.execute(_TRIGGERS_THERE, [])
        if cursor.fetchone()[0] == len(_TRIGGERS):
            return
        for sentence in (_TABLE, *_TRIGGERS, _READ_AGAIN):
            cursor.execute(sentence)


def with_all(pieces: Sequence[Piece], using: str = "default") -> RawSQL:
    """Return a query for the entries that have every word of these pieces."""
    return _with(pieces, using, " AND ", " & ")


def with_any(pieces: Sequence[Piece], using: str = "default") -> RawSQL:
    """Return a query for the entries that have all words of any of these pieces."""
    return _with(pieces, using, " OR ", " | ")


def _with(pieces: Sequence[Piece], using: str, between: str, between_postgres: str) -> RawSQL:
    if connections[using].vendor == "postgresql":
        query = between_postgres.join(_piece(piece, "'{}'", ":*", " & ") for piece in pieces)
        return RawSQL(_IN_POSTGRES, [query])  # noqa: S611 - what a reader typed is a parameter
    query = between.join(_piece(piece, '"{}"', "*", " AND ") for piece in pieces)
    return RawSQL(_IN_SQLITE, [query])  # noqa: S611 - what a reader typed is a parameter


def _piece(piece: Piece, quoted: str, goes_on: str, between: str) -> str:
    """Return a piece in the language of the index. Words are letters and digits: nothing in them needs care."""
    terms = [quoted.format(word) for word in piece.words]
    if piece.begins:
        terms[-1] += goes_on
    return f"({between.join(terms)})"
