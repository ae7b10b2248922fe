"""Peak memory of the processes after real work, in megabytes a process."""

from __future__ import annotations

import time
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

WEB, WORKER, PATIENCE = 250.0, 500.0, 180.0


def figures() -> Iterator[Figure]:
    """The largest process of each kind after every handbook was made and the main pages were read."""
    with live(cases=100) as running:
        running.made.measure("memory")
        yield Figure("memory.web", _peak(running, "web"), WEB, " MB")
        yield Figure("memory.worker", _peak(running, "worker"), WORKER, " MB")


def inside() -> dict[str, float]:
    """In a running installation: make documents of all kinds, and wait for them."""
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
    end = time.monotonic() + PATIENCE
    while Document.objects.filter(status__in=(DocumentStatus.QUEUED, DocumentStatus.RENDERING)).exists():
        if time.monotonic() > end:
            raise TimeoutError
        time.sleep(0.2)
    return {"documents": Document.objects.filter(status=DocumentStatus.READY).count()}


def _peak(running: Live, name: str) -> float:
    """The highest resident memory of any process of a program, in MB (the kernel's VmHWM)."""
    return max(_megabytes(pid) for pid in running.process_ids(name))


def _megabytes(pid: int) -> float:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024
