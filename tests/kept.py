"""Rows that many tests begin with: a process makes them once and afterwards writes them again as they were.

The rows come out the same as if they were made anew: same numbers, same day, and "now" is now. So it is done only where
that can be known, and everywhere else they are made: outside a transaction, and on another database than SQLite.
"""

from __future__ import annotations

import io
import pickle
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from django.db import connection
from django.utils import timezone

T = TypeVar("T")


def made_once(make: Callable[[], T], *key: object) -> T:
    """What `make` returns, and the rows that it makes. It only makes rows, the same ones for the same `key` and day."""
    if connection.vendor != "sqlite" or not connection.in_atomic_block:
        return make()
    numbers = _numbers()
    situation = (*key, timezone.localdate(), *numbers)
    if kept := _kept.get(situation):
        return kept.again()  # type: ignore[no-any-return] # the key says what it is
    began = timezone.now()
    made = make()
    _kept[situation] = _Kept.of(made, began, dict(numbers))
    return made


def _numbers() -> list[tuple[str, int]]:
    """The last number that each table has given."""
    with connection.cursor() as cursor:
        return cursor.execute("SELECT name, seq FROM sqlite_sequence ORDER BY name").fetchall()  # type: ignore[no-any-return]


@dataclass(frozen=True)
class _Table:
    insert: str
    rows: list[list[Any]]
    moments: list[tuple[int, int]]
    """Where "now" stands: row and column."""

    def write(self, now: datetime) -> None:
        for row, column in self.moments:
            self.rows[row][column] = now
        with connection.cursor() as cursor:
            cursor.executemany(self.insert, self.rows)


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
        return cls([_rows_of(table, last, _said(began), _said(ended)) for table, last in grown], written.getvalue())

    def again(self) -> Any:
        now = timezone.now()
        for table in self.tables:
            table.write(_said(now))
        return _Reader(io.BytesIO(self.made), now).load()


def _said(moment: datetime) -> datetime:
    """A moment as the database tells it."""
    return timezone.make_naive(moment, connection.timezone)


def _rows_of(table: str, last: int, began: datetime, ended: datetime) -> _Table:
    with connection.cursor() as cursor:
        found = cursor.execute(f'SELECT * FROM "{table}" WHERE id > %s', [last])  # noqa: S608 - its name is the database's
        rows = [list(row) for row in found.fetchall()]
        places = ", ".join(["%s"] * len(found.description))
    moments = [
        (y, x)
        for y, row in enumerate(rows)
        for x, cell in enumerate(row)
        if isinstance(cell, datetime) and began <= cell <= ended
    ]
    return _Table(f'INSERT INTO "{table}" VALUES ({places})', rows, moments)  # noqa: S608


class _Writer(pickle.Pickler):
    """Leaves open the moments between two others."""

    def __init__(self, file: io.BytesIO, began: datetime, ended: datetime) -> None:
        super().__init__(file)
        self.began, self.ended = began, ended

    def persistent_id(self, thing: Any) -> Any:
        return "now" if isinstance(thing, datetime) and self.began <= thing <= self.ended else None


class _Reader(pickle.Unpickler):  # noqa: S301 - reads what this process wrote
    """Fills in a moment."""

    def __init__(self, file: io.BytesIO, now: datetime) -> None:
        super().__init__(file)
        self.now = now

    def persistent_load(self, _: Any) -> datetime:
        return self.now


_kept: dict[tuple[object, ...], _Kept] = {}
