"""From a click to the worker's start, against a task that does nothing."""

from __future__ import annotations

import http.client
import statistics
import time
from collections.abc import Callable, Iterator
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.test import Client, override_settings
from django.urls import reverse
from django.utils.crypto import get_random_string

from config.bench.figures import Figure
from config.bench.live import live
from people.models import Heartbeat, User
from people.tasks import note_worker_alive
from reports.enums import DocumentKind, Edition
from reports.models import Document
from reviews.models import Case

ROUNDS, WARM_UP, MOST_MILLISECONDS, PATIENCE = 15, 5, 50.0, 30.0


def figures() -> Iterator[Figure]:
    """The difference of the medians, in milliseconds."""
    with live(cases=12) as running:
        measured = running.made.measure("queue")
    yield Figure("queue.click-to-start", measured["click"] - measured["nothing"], MOST_MILLISECONDS, " ms")


def inside() -> dict[str, float]:
    """In a running installation: milliseconds until a worker starts, for a document asked for and for a small task.

    The click is what a browser sends to the web server, whose processes have answered before.
    """
    case = Case.objects.get(slug="timisoara-2018")
    with override_settings(AXES_ENABLED=False):
        client = Client(SERVER_NAME=settings.ALLOWED_HOSTS[0])
        client.force_login(
            User.objects.get(email="secretariat@demo.example"), backend="django.contrib.auth.backends.ModelBackend"
        )
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    clicks = [_click(session, case, number) for number in range(WARM_UP + ROUNDS)]
    nothing = [_nothing() for _ in range(ROUNDS)]
    return {"nothing": 1000 * statistics.median(nothing), "click": 1000 * statistics.median(clicks[WARM_UP:])}


def _nothing() -> float:
    """Seconds from sending a small task to its start."""
    before = time.time()
    note_worker_alive.delay()
    return _wait(lambda: _heartbeat_after(before)) - before


def _heartbeat_after(before: float) -> float:
    row = Heartbeat.objects.filter(name="worker").first()
    at: float = row.at.timestamp() if row else 0.0
    return at if at >= before else 0.0


def _click(session: str, case: Case, number: int) -> float:
    """Seconds from the click on a document that was not made yet to the worker's start on it.

    The title changes each time, so that each document is a new one; the last one is waited for, so that the worker
    is free again.
    """
    Case.objects.filter(pk=case.pk).update(title=f"{case.title} ({number})")
    path = reverse("reports:request_document", args=(case.slug,))
    before = time.time()
    _post(path, session, {"kind": DocumentKind.HANDBOOK, "edition": Edition.HOST})
    row = Document.objects.filter(case=case).latest("pk")
    started = _wait(lambda: _started(row.pk))
    _wait(lambda: float(Document.objects.get(pk=row.pk).is_final))
    return started - before


def _post(path: str, session: str, fields: dict[str, str]) -> None:
    """Send a form to the web server as the person of a session. Raises RuntimeError when it is not taken."""
    token = get_random_string(32)
    headers = {
        "Cookie": f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={token}",
        "X-CSRFToken": token,
        "Content-Type": "application/x-www-form-urlencoded",
    }
    web = http.client.HTTPConnection(urlsplit(settings.PUBLIC_URL).netloc, timeout=PATIENCE)
    web.request("POST", path, urlencode(fields), headers)
    status = web.getresponse().status
    web.close()
    if status != http.HTTPStatus.SEE_OTHER:
        message = f"{path} answered {status}."
        raise RuntimeError(message)


def _started(document_id: int) -> float:
    row = Document.objects.get(pk=document_id)
    at: float = row.started_at.timestamp() if row.started_at else 0.0
    return at


def _wait(until: Callable[[], float]) -> float:
    """Poll until something is there, and return it."""
    end = time.monotonic() + PATIENCE
    while not (found := until()):
        if time.monotonic() > end:
            message = "The worker did not start in time."
            raise TimeoutError(message)
        time.sleep(0.003)
    return found
