"""How the access matrix knocks: thousands of requests of the same few people, each of them undone.

A request goes through the whole chain of middleware and through the view, and each begins with the same rows. So what
was read or composed of them is not read again, in the same or in a later request, until something is written: a person's
case and roles, lists, documents. What a view asks of a seat, it asks each time. The login is asked of strangers, in a test
of its own.
"""

from __future__ import annotations

import logging
import os
import pickle
from collections.abc import Callable, Iterator
from functools import cache, partial, partialmethod
from typing import Any, TypeVar

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection, transaction
from django.db.models.sql.compiler import SQLCompiler
from django.http import HttpRequest, HttpResponseBase
from django.template import loader
from django.test import Client
from django.urls import URLResolver

from config.demonstration import offline as demonstrated
from people.models import User
from reports.rendering.compose import COMPOSERS
from reviews import access
from reviews.queries import seats
from reviews.views import exports, offline
from tests.house.rows import UnchangedRows

T = TypeVar("T")

POLICY = "csp.middleware.CSPMiddleware"
SESSIONS = "django.contrib.sessions.middleware.SessionMiddleware"
LOGINS = "django.contrib.auth.middleware.AuthenticationMiddleware"


class Known:
    """Stands where sessions and logins stand: the person comes with the request, in a session of its own."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Let the person in."""
        request.session = SessionStore()
        request.user = pickle.loads(request.META["person"])  # noqa: S301 - written below
        return self.get_response(request)


class Visitor:
    """One person who asks, and who leaves nothing behind."""

    def __init__(self, person: User, rows: UnchangedRows) -> None:
        self.client = Client(raise_request_exception=False)
        self.person = pickle.dumps(person)
        self.rows = rows

    def status(self, method: str, address: str) -> int:
        """The status of one request, whose effects are undone."""
        send = self.client.get if method == "GET" else self.client.post
        self.rows.begin()
        with transaction.atomic():
            answer: Any = send(address, person=self.person)
            if answer.streaming:
                b"".join(answer.streaming_content)  # reading to the end closes the file
            transaction.set_rollback(True)
        self.rows.as_before()
        status: int = answer.status_code
        return status


@pytest.fixture
def visitor(db: None, monkeypatch: pytest.MonkeyPatch, settings: Any) -> Iterator[Callable[[User], Visitor]]:
    """A function that lets somebody in.

    Ten thousand answers need no line in the log, no pages and no files: what they say is tested elsewhere.
    """
    rows = UnchangedRows()
    settings.MIDDLEWARE = [f"{__name__}.Known" if name == SESSIONS else name for name in settings.MIDDLEWARE]
    settings.MIDDLEWARE.remove(LOGINS)
    settings.MIDDLEWARE.remove(POLICY)  # of pages, and there are none
    monkeypatch.setattr(demonstrated, "bring_filled_form", no_file)  # the matrix brings one by itself
    monkeypatch.setattr(loader, "render_to_string", lambda *_, **__: "")
    monkeypatch.setattr(URLResolver, "resolve", cache(URLResolver.resolve))  # the view of an address is always the same
    for view in exports, offline:
        for kind, (known, _) in view._WRITERS.items():
            monkeypatch.setitem(view._WRITERS, kind, (known, f"{__name__}.no_file"))
    if not os.environ.get("ALL_REFUSALS"):
        _remember(rows, monkeypatch)
    logging.disable(logging.CRITICAL)
    with connection.execute_wrapper(rows.watched):
        yield lambda person: Visitor(person, rows)
    logging.disable(logging.NOTSET)


def no_file(*_: object) -> bytes:
    """Stands where a file would be written."""
    return b""


def _remember(rows: UnchangedRows, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ask for nothing again that nothing has changed. ALL_REFUSALS=1 goes the long way, so that the two can be compared."""
    monkeypatch.setattr(SQLCompiler, "execute_sql", partialmethod(_executed, rows))
    for module, name in ((access, "kept_objects"), (seats, "kept_objects"), (seats, "kept_values")):
        monkeypatch.setattr(module, name, partial(_kept, rows, getattr(module, name)))
    for kind, compose in COMPOSERS.items():
        monkeypatch.setitem(COMPOSERS, kind, partial(_composed, rows, compose))


def _executed(compiler: SQLCompiler, rows: UnchangedRows, *rest: Any, **more: Any) -> Any:
    return rows.execute(compiler, *rest, **more)


def _kept(rows: UnchangedRows, fetch: Callable[..., T], *question: Any, said: dict[Any, Any]) -> T:
    """What a statement that stands before every page gives for somebody somewhere, as a copy of its own."""
    kept = rows.remember((*question, *said.items()), lambda: pickle.dumps(fetch(*question, said=said)))
    return pickle.loads(kept)  # type: ignore[no-any-return] # noqa: S301 - written above


def _composed(rows: UnchangedRows, compose: Callable[[int, str], T], case_id: int, edition: str) -> T:
    """What a document shows: nobody can change it."""
    return rows.remember((compose, case_id, edition), lambda: compose(case_id, edition))
