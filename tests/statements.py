"""The same question to the database is put into SQL once a process: a tenth of what the tests did was to say it again.

A question is known by all that it is made of, its values too, so that what comes out is what Django would write. Nothing
else is remembered: each statement still goes to the database. It is done on SQLite only: what runs on PostgreSQL goes the
long way, and SQL_ANEW=1 sends everything there, so that the two can be compared.
"""

from __future__ import annotations

import copyreg
import io
import os
import pickle
from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.db.models import Model, QuerySet
from django.db.models.base import ModelBase
from django.db.models.sql.compiler import SQLCompiler
from django.utils import timezone

MADE_WITH_SQL = ("select", "col_count", "klass_info", "annotation_col_map", "has_extra_select")
"""What a compiler knows after it wrote the SQL, and what turns rows into objects."""
MOST = 3000
"""Questions that are kept; a test asks some fifty."""


class NotWritten(Exception):  # noqa: N818 - it is no mistake
    """A question holds what would be asked of the database only by writing it down."""


def written(question: object) -> bytes:
    """A question to the database in bytes, to be compared and never read."""
    told = io.BytesIO()
    pickler = pickle.Pickler(told)
    pickler.dispatch_table = _BY_NAME
    pickler.dump(question)
    return told.getvalue()


def keep() -> None:
    """Let Django put each question into SQL once."""
    if not os.environ.get("SQL_ANEW"):
        SQLCompiler.as_sql = _as_sql  # type: ignore[assignment, method-assign] # that is the point
        SQLCompiler.get_converters = _converters  # type: ignore[assignment, method-assign] # the same


def _as_sql(compiler: Any, *how: bool, **more: bool) -> tuple[str, Any]:
    key = _key(compiler, how, more)
    if key is None:
        return _AS_SQL(compiler, *how, **more)  # type: ignore[no-any-return]
    if key not in _kept:
        said = _AS_SQL(compiler, *how, **more)
        if len(_kept) >= MOST:
            _kept.clear()
        _kept[key] = said, {name: vars(compiler).get(name) for name in MADE_WITH_SQL}, {}
        return said  # type: ignore[no-any-return]
    said, known, converters = _kept[key]
    vars(compiler).update(known, converters_kept=converters)
    return said


def _key(compiler: Any, how: tuple[bool, ...], more: dict[str, bool]) -> bytes | None:
    """All that the SQL depends on; None for what is put together in another way."""
    query = compiler.query
    if compiler.__class__ is not SQLCompiler or compiler.connection.vendor != "sqlite":
        return None
    if query.combinator or query.subquery:
        return None
    try:
        return written((query, how, more, vars(compiler)["elide_empty"], timezone.get_current_timezone_name()))
    except (NotWritten, pickle.PicklingError, AttributeError, TypeError):
        return None


def _converters(compiler: Any, expressions: Any) -> dict[int, Any]:
    """What makes values of the columns: the same for the columns of a question that is kept."""
    columns, kept = list(expressions), vars(compiler).get("converters_kept")
    if kept is None or any(one is not known for one, (known, *_) in zip(columns, compiler.select, strict=False)):
        return _CONVERTERS(compiler, columns)  # type: ignore[no-any-return]
    if len(columns) not in kept:
        kept[len(columns)] = _CONVERTERS(compiler, columns)
    return kept[len(columns)]  # type: ignore[no-any-return]


def _refused(_: object) -> Any:
    raise NotWritten


def _by_key(row: Model) -> Any:
    return str, (row._meta.label, row.pk)


_BY_NAME: dict[type, Callable[[Any], Any]] = {
    **copyreg.dispatch_table,
    ModelBase: lambda model: (str, (model._meta.label,)),
    QuerySet: _refused,
    **dict.fromkeys(apps.get_models(include_auto_created=True), _by_key),
}
"""A table in place of its class (some have no module in which pickle could find them), a row by its key."""
_kept: dict[bytes, tuple[tuple[str, Any], dict[str, Any], dict[int, Any]]] = {}
_AS_SQL: Callable[..., Any] = SQLCompiler.as_sql
_CONVERTERS: Callable[..., Any] = SQLCompiler.get_converters
