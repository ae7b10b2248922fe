"""Rows that many tests begin with: a process makes them once and afterwards writes them again as they were.

The rows come out the same as if they were made anew: same numbers, same day, and "now" is now. So it is done only where
that can be known, and everywhere else they are made: outside a transaction, and on another database than SQLite.

`made_once` gives what begins with nothing, `made_after` what goes on from there.
"""

from __future__ import annotations

import io
import pickle
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

from django.db import connection
from django.utils import timezone

T = TypeVar("T")


def made_once(make: Callable[[], T], *key: object) -> T:
    """What `make` returns, and the rows that it makes. It only makes rows, the same ones for the same `key` and day."""
    if not _can_be_kept():
        return make()
    numbers = _numbers()
    situation = (*key, timezone.localdate(), *numbers)
    if kept := _kept.get(situation):
        made = kept.again()
    else:
        began = timezone.now()
        made = make()
        _kept[situation] = _Kept.of(made, began, dict(numbers))
    _last.remember(situation)
    return made  # type: ignore[no-any-return] # the key says what it is


def made_after(make: Callable[[], object], *key: object) -> None:
    """Do what `make` does to the rows that were given last: it makes, changes and deletes rows, the same for the same `key`.

    It is simply called where something was written since.
    """
    if not _can_be_kept() or _last.changes != _changes():
        make()
        return
    situation = (*_last.situation, *key, timezone.localdate())
    if kept := _kept.get(situation):
        kept.again()
    else:
        before, began = _everything(), timezone.now()
        make()
        _kept[situation] = _Kept(list(_differences(before, began)), pickle.dumps(None))
    _last.remember(situation)


def _can_be_kept() -> bool:
    return connection.vendor == "sqlite" and connection.in_atomic_block


def _changes() -> int:
    """How many rows this connection has written: a number that only grows."""
    return connection.connection.total_changes  # type: ignore[no-any-return]


class _Last:
    """What was given last, and when."""

    situation: tuple[object, ...] = ()
    changes = -1

    def remember(self, situation: tuple[object, ...]) -> None:
        self.situation, self.changes = situation, _changes()


def _numbers() -> list[tuple[str, int]]:
    """The last number that each table has given."""
    with connection.cursor() as cursor:
        return cursor.execute("SELECT name, seq FROM sqlite_sequence ORDER BY name").fetchall()  # type: ignore[no-any-return]


@dataclass(frozen=True)
class _Table:
    name: str
    gone: list[int]
    """Rows that go, or are written anew."""
    rows: list[list[Any]]
    moments: list[tuple[int, int, timedelta]]
    """Where a moment stands, row and column, and how long it was before the end."""

    @classmethod
    def of(cls, name: str, gone: list[int], rows: list[list[Any]], began: datetime, ended: datetime) -> _Table:
        moments = [
            (y, x, cell - ended)
            for y, row in enumerate(rows)
            for x, cell in enumerate(row)
            if isinstance(cell, datetime) and began <= cell <= ended
        ]
        return cls(name, gone, rows, moments)

    def write(self, now: datetime) -> None:
        for row, column, before in self.moments:
            self.rows[row][column] = now + before
        with connection.cursor() as cursor:
            if self.gone:
                cursor.executemany(f'DELETE FROM "{self.name}" WHERE rowid = %s', [[number] for number in self.gone])  # noqa: S608 - its name is the database's
            if self.rows:
                places = ", ".join(["%s"] * len(self.rows[0]))
                cursor.executemany(f'INSERT INTO "{self.name}" VALUES ({places})', self.rows)  # noqa: S608


@dataclass(frozen=True)
class _Kept:
    tables: list[_Table]
    made: bytes

    @classmethod
    def of(cls, made: object, began: datetime, numbers: dict[str, int]) -> _Kept:
        """Keep `made`, and every row that is newer than `numbers`."""
        ended = timezone.now()
        grown = [(table, numbers.get(table, 0)) for table, last in _numbers() if last != numbers.get(table, 0)]
        written = io.BytesIO()
        _Writer(written, began, ended).dump(made)
        tables = [_Table.of(table, [], _rows_after(table, last), _said(began), _said(ended)) for table, last in grown]
        return cls(tables, written.getvalue())

    def again(self) -> Any:
        now = timezone.now()
        for table in self.tables:
            table.write(_said(now))
        return _Reader(io.BytesIO(self.made), now).load()


def _said(moment: datetime) -> datetime:
    """A moment as the database tells it."""
    return timezone.make_naive(moment, connection.timezone)


def _rows_after(table: str, last: int) -> list[list[Any]]:
    with connection.cursor() as cursor:
        found = cursor.execute(f'SELECT * FROM "{table}" WHERE id > %s', [last])  # noqa: S608
        return [list(row) for row in found.fetchall()]


def _everything() -> dict[str, dict[int, list[Any]]]:
    """All rows of all tables by their number."""
    tables = connection.introspection.django_table_names(only_existing=True)
    with connection.cursor() as cursor:
        return {
            table: {number: row for number, *row in cursor.execute(f'SELECT rowid, * FROM "{table}"').fetchall()}  # noqa: S608
            for table in tables
        }


def _differences(before: dict[str, dict[int, list[Any]]], began: datetime) -> Iterator[_Table]:
    """Yield what has changed since."""
    ended = timezone.now()
    for table, rows in _everything().items():
        known = before[table]
        gone = [number for number, row in known.items() if rows.get(number) != row]
        new = [row for number, row in rows.items() if known.get(number) != row]
        if gone or new:
            yield _Table.of(table, gone, new, _said(began), _said(ended))


class _Writer(pickle.Pickler):
    """Leaves open the moments between two others."""

    def __init__(self, file: io.BytesIO, began: datetime, ended: datetime) -> None:
        super().__init__(file)
        self.began, self.ended = began, ended

    def persistent_id(self, thing: Any) -> Any:
        return thing - self.ended if isinstance(thing, datetime) and self.began <= thing <= self.ended else None


class _Reader(pickle.Unpickler):  # noqa: S301 - reads what this process wrote
    """Fills in a moment."""

    def __init__(self, file: io.BytesIO, now: datetime) -> None:
        super().__init__(file)
        self.now = now

    def persistent_load(self, before: Any) -> datetime:
        moment: datetime = self.now + before
        return moment


_kept: dict[tuple[object, ...], _Kept] = {}
_last = _Last()
