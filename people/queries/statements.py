"""Statements that are made once: putting one together takes Django ten times as long as running it.

For what is asked before or around every page. Such a statement is an ordinary queryset in which stand-ins take the
place of what differs from one page to the next.
"""

from __future__ import annotations

from copy import copy
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeVar, cast

from django.db import connection, connections
from django.db.models import Model, QuerySet

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Mapping

    from django.db.models.sql import Query
    from django.db.models.sql.compiler import SQLCompiler

    Make = Callable[..., QuerySet[Any, Any]]
    Said = Mapping[int | str, int | str]

M = TypeVar("M", bound=Model)

SOMEBODY, SOME_CASE, SOME_SLUG = -7_777_777_771, -7_777_777_772, "\0 slug"
"""Stand for the keys of a person and of a case, and for an address or a session's key. No number is negative, no text
holds a zero."""


def kept_values(make: Make, *key: Hashable, said: Said) -> list[tuple[Any, ...]]:
    """The rows of `make(*key)` as the database tells them, with what is `said` for each stand-in. One query."""
    _, sql, values = _made(make, *key)
    with connection.cursor() as cursor:
        cursor.execute(sql, _filled(values, said))
        return cast("list[tuple[Any, ...]]", cursor.fetchall())


def kept_objects(make: Callable[..., QuerySet[M]], *key: Hashable, said: Said) -> list[M]:
    """The rows of `make(*key)` as objects, each with what `select_related` brings. One query."""
    compiler, sql, values = _made(make, *key)
    query = _Kept(compiler, sql, _filled(values, said))
    return list(QuerySet(compiler.query.model, cast("Query", query)))


@lru_cache(maxsize=64)
def _made(make: Make, *key: Hashable) -> tuple[SQLCompiler, str, tuple[Any, ...]]:
    """What has put the statement together and knows its columns, the statement, and its values with the stand-ins."""
    compiler = make(*key).query.get_compiler(connection=connection)
    sql, values = compiler.as_sql()
    converters = compiler.get_converters([column for column, *_ in compiler.select[: compiler.col_count]])
    compiler.get_converters = lambda _: converters  # a hundred columns, the same each time
    return compiler, sql, tuple(values)


def _filled(values: tuple[Any, ...], said: Said) -> tuple[Any, ...]:
    return tuple(said.get(value, value) for value in values)


class _Kept:
    """What a queryset asks of its query to read rows: a compiler, here one that has done its work."""

    def __init__(self, compiler: SQLCompiler, sql: str, values: tuple[Any, ...]) -> None:
        self._compiler, self._said = compiler, (sql, values)

    def get_compiler(self, using: str) -> SQLCompiler:
        """Its copy on the connection of this thread."""
        compiler = copy(self._compiler)
        compiler.connection = connections[using]
        compiler.as_sql = lambda *_, **__: self._said  # type: ignore[method-assign] # made before
        return compiler
