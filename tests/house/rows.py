"""What was read once is not read again while no row changes: most of a request is spent on putting questions into SQL."""

from __future__ import annotations

import copyreg
import io
import pickle
from collections.abc import Callable
from typing import Any, TypeVar

from django.apps import apps
from django.db.models.base import ModelBase
from django.db.models.sql.compiler import SQLCompiler
from django.db.models.sql.constants import MULTI, SINGLE

T = TypeVar("T")
_CHANGES_NOTHING = ("SELECT", "SAVEPOINT", "RELEASE", "ROLLBACK TO")
_MADE_WITH_SQL = ("select", "col_count", "klass_info", "annotation_col_map")
"""What a compiler knows after it wrote the SQL, and what turns rows into objects."""


class UnchangedRows:
    """The answers of the database since the last write. Whoever undoes a write says so with `as_before`."""

    def __init__(self) -> None:
        self._kept: dict[Any, Any] = {}
        self._are_unchanged = True

    def as_before(self) -> None:
        """All that was written is undone: what is known of the rows is true again."""
        self._are_unchanged = True

    def watched(self, execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        """Pass a statement on; after a write, nothing is known for certain."""
        if not sql.startswith(_CHANGES_NOTHING):
            self._are_unchanged = False
        return execute(sql, *rest)

    def begin(self) -> None:
        """From here on, a write will be undone. What was written before is there to stay: forget what was known."""
        if not self._are_unchanged:
            self._kept.clear()
            self._are_unchanged = True

    def remember(self, key: Any, find: Callable[[], T]) -> T:
        """What `find` gives, asked once. Nobody changes what it gives."""
        if self._are_unchanged and key in self._kept:
            return self._kept[key]  # type: ignore[no-any-return] # the key says what it is
        found = find()
        if self._are_unchanged:
            self._kept[key] = found
        return found

    def execute(self, compiler: Any, result_type: str = MULTI, *rest: Any, **more: Any) -> Any:
        """Answer a query as `SQLCompiler.execute_sql` does, with the rows and what makes objects of them."""
        is_made_here = type(compiler) is SQLCompiler and "as_sql" not in vars(compiler)  # people/queries/statements.py
        asks_for_rows = is_made_here and result_type in (MULTI, SINGLE) and not rest
        if not asks_for_rows or more.get("chunked_fetch") or not self._are_unchanged:
            return _EXECUTE(compiler, result_type, *rest, **more)
        key = _written((compiler.query, compiler.elide_empty, result_type))
        kept = self._kept.get(key)
        if kept is None:
            found = _EXECUTE(compiler, result_type, **more)
            if result_type == SINGLE or isinstance(found, list):
                self._kept[key] = found, {name: vars(compiler).get(name) for name in _MADE_WITH_SQL}
            return found
        vars(compiler).update(kept[1])
        return kept[0]


def _written(question: object) -> bytes:
    """A question to the database in bytes, to be compared and never read."""
    written = io.BytesIO()
    pickler = pickle.Pickler(written)
    pickler.dispatch_table = _BY_NAME
    pickler.dump(question)
    return written.getvalue()


_BY_NAME: dict[type, Callable[[Any], Any]] = {
    **copyreg.dispatch_table,
    ModelBase: lambda model: (str, (model._meta.label,)),
    **{model: lambda row: (str, (row._meta.label, row.pk)) for model in apps.get_models(include_auto_created=True)},
}
"""A table in place of its class (some have no module in which pickle could find them), a row by its key."""
_EXECUTE: Callable[..., Any] = SQLCompiler.execute_sql
