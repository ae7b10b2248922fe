"""What long reports cost: 160 and 640 pages against the WeasyPrint command, a changed word, two workers, memory.

Takes some minutes: `make bench GROUP=documents-large`.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterator

from config.bench import costs
from config.bench.documents import against_plain
from config.bench.figures import Figure

LONG = (160, 640)
GROWTH, WORD, TWO, MEGABYTES = 1.1, 0.35, 0.55, 500.0
REPORTS, PAGES = 8, 20


def figures() -> Iterator[Figure]:
    """Ratios in one run."""
    for pages in LONG:
        yield from against_plain(pages, rounds=1)
    yield from _growth()
    changed = costs.worker("word", 160, 3)
    yield Figure("document.160-pages.word", statistics.median(changed["changed"]) / changed["full"], WORD)
    yield Figure("document.300-pages.peak", costs.worker("full", 300)["peak"], MEGABYTES, " MB")
    yield _two_workers()


def _growth() -> Iterator[Figure]:
    """Whether a page of a long report costs what a page of a short one costs."""
    measured = {pages: costs.worker("full", pages) for pages in (40, *LONG)}
    a_page = {pages: min(made["seconds"]) / made["pages"] for pages, made in measured.items()}
    for pages in LONG:
        yield Figure(f"document.{pages}-pages.page-growth", a_page[pages] / a_page[40], GROWTH)


def _two_workers() -> Figure:
    """The time by the clock of eight reports by two workers, against one."""
    made = costs.worker("two", PAGES, REPORTS)
    return Figure("document.two-workers", statistics.median(made["two"]) / statistics.median(made["one"]), TWO)


def inside() -> dict[str, float]:
    """This group needs no installation of its own."""
    return {}
