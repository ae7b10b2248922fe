"""Server time of the main pages, as multiples of the bare page, with few and with many cases."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Iterator, Mapping

from django.conf import settings
from django.test import Client, override_settings
from django.urls import reverse

from config.bench.figures import Figure
from config.bench.installation import installation
from people.models import User

FEW, MANY = 100, 10_000
ROUNDS, WARM_UP = 40, 5
TIMES_BARE, GROWTH = 5.0, 1.2


def figures() -> Iterator[Figure]:
    """Each page against the bare page, and with many cases against few."""
    measured = {}
    for cases in (FEW, MANY):
        with installation(cases=cases) as made:
            measured[cases] = made.measure("pages")
    for name, few in measured[FEW].items():
        many = measured[MANY][name]
        yield Figure(f"page.{name}.{FEW}", few, TIMES_BARE)
        yield Figure(f"page.{name}.{MANY}", many, TIMES_BARE)
        yield Figure(f"page.{name}.growth", many / few, GROWTH)


def inside() -> dict[str, float]:
    """In an installation: each page's median time divided by the bare page's, all measured in turn."""
    pages = {
        "tasks": reverse("reviews:tasks"),
        "cases": reverse("reviews:list"),
        "case": reverse("reviews:case", args=("timisoara-2018",)),
        "library": reverse("reports:library"),
    }
    with override_settings(ROOT_URLCONF="config.bench.urls", AXES_ENABLED=False):
        client = Client(SERVER_NAME=settings.ALLOWED_HOSTS[0])
        client.force_login(
            User.objects.get(email="secretariat@demo.example"), backend="django.contrib.auth.backends.ModelBackend"
        )
        times: dict[str, list[float]] = {address: [] for address in ("/bare/", *pages.values())}
        for turn in range(WARM_UP + ROUNDS):
            for address, kept in times.items():
                took = seconds(client, address)
                if turn >= WARM_UP:
                    kept.append(took)
    bare = statistics.median(times["/bare/"])
    return {name: statistics.median(times[address]) / bare for name, address in pages.items()}


def seconds(client: Client, address: str, posted: Mapping[str, str] | None = None) -> float:
    """Time of one request in the server; an answer that is neither a page nor leads to one is no figure."""
    gc.collect(0)
    start = time.perf_counter()
    answer = client.get(address) if posted is None else client.post(address, posted)
    took = time.perf_counter() - start
    if answer.status_code not in {200, 303}:
        message = f"{address} answered {answer.status_code}."
        raise RuntimeError(message)
    return took
