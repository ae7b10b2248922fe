"""What documents cost, against the WeasyPrint command on the same HTML, tagged.

Reports of 10 and 40 pages, one page, photos, and a request for what is there already. `time` is of the processor, in a
warm worker. `memory` is what the process takes from the machine; `memory-whole` counts what it shares with others:
Django and the product, which lie in memory once for all processes of a worker.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterator

from django.conf import settings
from django.test import Client, override_settings
from django.urls import reverse

from config.bench import costs, samples
from config.bench.figures import Figure
from config.bench.installation import installation
from config.bench.pages import seconds
from config.celery import app as celery
from people.models import User
from reports.enums import DocumentKind, DocumentStatus, Edition
from reports.models import Document
from reviews.models import Case

TIME, MEMORY = 0.8, 1.05
PHOTO_TIME, PHOTO_SIZE = 0.5, 0.1
MILLISECONDS, TIMES_BARE = 50.0, 5.0
ROUNDS, WARM_UP, PAIRS = 20, 5, 3


def figures() -> Iterator[Figure]:
    """Ratios in one run."""
    for pages in (10, 40):
        yield from against_plain(pages, rounds=3)
    page = costs.worker("page", 1, ROUNDS)
    yield Figure("document.one-page.time", 1000 * statistics.median(page["seconds"]), MILLISECONDS, " ms")
    yield from _photos()
    with installation(cases=12) as made:
        yield Figure("document.unchanged", made.measure("documents")["unchanged"], TIMES_BARE)


def against_plain(pages: int, *, rounds: int) -> Iterator[Figure]:
    """Time and memory of a report, and that it has about the pages it should have."""
    ours, plain = [], []
    for _ in range(rounds):
        ours.append(costs.worker("full", pages))
        plain.append(costs.plain(pages))
    took = statistics.median(made["seconds"][0] for made in ours)
    name = f"document.{pages}-pages"
    yield Figure(f"{name}.time", took / statistics.median(made.seconds for made in plain), TIME)
    for memory, ending in (("own", "memory"), ("peak", "memory-whole")):
        taken = statistics.median(made[memory] for made in ours)
        yield Figure(f"{name}.{ending}", taken / statistics.median(getattr(made, memory) for made in plain), MEMORY)
    yield Figure(f"{name}.off", abs(ours[0]["pages"] - pages), max(2, pages / 10), " pages")


def _photos() -> Iterator[Figure]:
    """Photos as phones make them: we print them as they are kept, the command as they were uploaded. In turns."""
    ours, plain = [], []
    for _ in range(PAIRS):
        ours.append(costs.worker("photos", 40, 2))
        plain.append(costs.plain(40, samples.photos()))
    took = statistics.median(min(made["seconds"]) for made in ours)
    yield Figure("document.photos.time", took / statistics.median(made.seconds for made in plain), PHOTO_TIME)
    yield Figure("document.photos.size", ours[0]["size"] / plain[0].size, PHOTO_SIZE)


def inside() -> dict[str, float]:
    """In an installation: the click on a document that is there, as a multiple of the bare page.

    Nobody works here: what the first click sends is kept in memory, for no broker runs.
    """
    celery.conf.update(dict.fromkeys(("broker_url", "broker_read_url", "broker_write_url"), "memory://"))
    case = Case.objects.get(slug="timisoara-2018")
    address = reverse("reports:request_document", args=(case.slug,))
    asked = {"kind": DocumentKind.HANDBOOK, "edition": Edition.HOST}
    with override_settings(ROOT_URLCONF="config.bench.urls", AXES_ENABLED=False):
        client = Client(SERVER_NAME=settings.ALLOWED_HOSTS[0])
        client.force_login(
            User.objects.get(email="secretariat@demo.example"), backend="django.contrib.auth.backends.ModelBackend"
        )
        client.post(address, asked)
        row = Document.objects.filter(case=case).latest("pk")
        Document.objects.filter(pk=row.pk).update(status=DocumentStatus.READY)
        bare, click = [], []
        for turn in range(WARM_UP + ROUNDS):
            took = seconds(client, "/bare/"), seconds(client, address, asked)
            if turn >= WARM_UP:
                bare.append(took[0])
                click.append(took[1])
    if Document.objects.filter(case=case, kind=row.kind, edition=row.edition).count() != 1:
        message = "The click made another document."
        raise RuntimeError(message)
    return {"unchanged": statistics.median(click) / statistics.median(bare)}
