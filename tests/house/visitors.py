"""How the access matrix knocks: thousands of requests of the same few people, each of them undone.

A request goes through the whole chain of middleware and through the view; only what is the same for every request of a
person is fetched once: who they are (the login is asked of strangers, in a test of its own), and their seat in the case
as it is stored, for every request begins with the same rows. What the view then asks of the seat, it asks anew.
"""

from __future__ import annotations

import logging
import pickle
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase
from django.template import loader
from django.test import Client

from people.models import User
from reviews import access
from reviews.models import Case
from reviews.views import exports, offline

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

    def __init__(self, person: User) -> None:
        self.client = Client(raise_request_exception=False)
        self.person = pickle.dumps(person)

    def status(self, method: str, address: str) -> int:
        """The status of one request, whose effects are undone."""
        send = self.client.get if method == "GET" else self.client.post
        with transaction.atomic():
            answer: Any = send(address, person=self.person)
            if answer.streaming:
                b"".join(answer.streaming_content)  # reading to the end closes the file
            transaction.set_rollback(True)
        status: int = answer.status_code
        return status


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Iterator[None]:
    """Ten thousand answers need no line in the log, no pages and no files: what they say is tested elsewhere."""
    settings.MIDDLEWARE = [f"{__name__}.Known" if name == SESSIONS else name for name in settings.MIDDLEWARE]
    settings.MIDDLEWARE.remove(LOGINS)
    monkeypatch.setattr(access, "_known", _remembered(access._known))
    monkeypatch.setattr(access, "seat_in", _seats(access.seat_in))
    monkeypatch.setattr(loader, "render_to_string", lambda *_, **__: "")
    for view in exports, offline:
        for kind, (known, _) in view._WRITERS.items():
            monkeypatch.setitem(view._WRITERS, kind, (known, lambda *_: b""))
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def _remembered(fetch: Callable[[User, str], Case | None]) -> Callable[[User, str], Case | None]:
    """A person's cases, each fetched once and then given as a copy of its own."""
    kept: dict[tuple[int, str], bytes] = {}

    def known(user: User, slug: str) -> Case | None:
        if (user.pk, slug) not in kept:
            kept[user.pk, slug] = pickle.dumps(fetch(user, slug))
        return pickle.loads(kept[user.pk, slug])  # type: ignore[no-any-return] # noqa: S301 - written above

    return known


def _seats(fetch: Callable[[User, Case], access.Seat]) -> Callable[[User, Case], access.Seat]:
    """The same for the seat of a person in a case."""
    kept: dict[tuple[int, int], bytes] = {}

    def seat_in(user: User, case: Case) -> access.Seat:
        if (user.pk, case.pk) not in kept:
            kept[user.pk, case.pk] = pickle.dumps(fetch(user, case))
        return replace(pickle.loads(kept[user.pk, case.pk]), user=user, case=case)  # noqa: S301 - written above

    return seat_in
