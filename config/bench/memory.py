"""Peak memory of the processes after real work, in megabytes a process."""

from __future__ import annotations

import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.test import Client, override_settings
from django.urls import reverse

from config.bench.figures import Figure
from config.bench.live import Live, live
from people.models import User
from reports.enums import DocumentKind, DocumentStatus, Edition
from reports.models import Document
from reviews.models import Case

WEB, WORKER, PATIENCE, TURNS = 250.0, 500.0, 180.0, 20


def figures() -> Iterator[Figure]:
    """The largest process of each kind after every handbook was made and the main pages were read."""
    with live(cases=100, clock=True) as running:
        running.made.measure("memory")
        yield Figure("memory.web", _peak(running, "web"), WEB, " MB")
        yield Figure("memory.worker", _peak(running, "worker"), WORKER, " MB")


def inside() -> dict[str, float]:
    """In a running installation: make documents of all kinds, read the main pages, and wait for the documents.

    The pages are read from the web server itself, often enough that each of its processes has made each of them.
    """
    case = Case.objects.get(slug="timisoara-2018")
    with override_settings(AXES_ENABLED=False):
        client = Client(SERVER_NAME=settings.ALLOWED_HOSTS[0])
        client.force_login(
            User.objects.get(email="secretariat@demo.example"), backend="django.contrib.auth.backends.ModelBackend"
        )
        for kind, edition in (
            (DocumentKind.HANDBOOK, Edition.TEAM),
            (DocumentKind.HANDBOOK, Edition.HOST),
            (DocumentKind.SELF_ASSESSMENT, Edition.TEAM),
            (DocumentKind.REPORT, Edition.PUBLIC),
        ):
            client.post(reverse("reports:request_document", args=(case.slug,)), {"kind": kind, "edition": edition})
    pages = _read_pages(client.cookies[settings.SESSION_COOKIE_NAME].value, case.slug)
    _wait_for_documents()
    return {"documents": Document.objects.filter(status=DocumentStatus.READY).count(), "pages": pages}


def _read_pages(session: str, slug: str) -> int:
    """Read the main pages over HTTP as the person of a session; how many were read."""
    pages = [reverse("reviews:tasks"), reverse("reviews:list"), reverse("reviews:calendar"), reverse("reports:library")]
    pages += [reverse(name, args=(slug,)) for name in ("reviews:case", "reports:documents", "reports:report")]
    for path in pages * TURNS:
        asked = urllib.request.Request(  # noqa: S310 - our own loopback address
            settings.PUBLIC_URL + path, headers={"Cookie": f"{settings.SESSION_COOKIE_NAME}={session}"}
        )
        with urllib.request.urlopen(asked, timeout=30) as answer:  # noqa: S310 - as above
            if answer.url != settings.PUBLIC_URL + path:
                message = f"{path} led to {answer.url}."
                raise RuntimeError(message)
            answer.read()
    return len(pages) * TURNS


def _wait_for_documents() -> None:
    """Until all are made. Raises TimeoutError that names those that are not."""
    end = time.monotonic() + PATIENCE
    waiting = Document.objects.filter(status__in=(DocumentStatus.QUEUED, DocumentStatus.RENDERING))
    while rows := list(waiting.all()):
        if time.monotonic() > end:
            raise TimeoutError("Not made in time: " + "; ".join(f"{row}: {row.status}" for row in rows))
        time.sleep(0.2)


def _peak(running: Live, name: str) -> float:
    """The highest resident memory of any process of a program, in MB (the kernel's VmHWM)."""
    return max(_megabytes(pid) for pid in running.process_ids(name))


def _megabytes(pid: int) -> float:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024
