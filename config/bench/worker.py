"""One process that makes documents as a worker does: `python -m config.bench.worker WHAT PAGES [TIMES]`.

Prints what it cost as JSON. Seconds are those of the processor, so that others on the machine do not count; `began` and
`ended` are the clock's. The process is warm before it measures: fonts and style are read, a short report was made.
"""

from __future__ import annotations

import json
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import django

MEGABYTE = 1024


def main(what: str, pages: int, times: int) -> dict[str, Any]:
    """Warm up, measure, and say the peak of memory."""
    django.setup()
    from config.bench import samples  # noqa: PLC0415 - after the setup
    from reports.rendering import render_document  # noqa: PLC0415 - after the setup
    from reports.rendering.worker import prepare_process  # noqa: PLC0415 - after the setup

    prepare_process()
    idle = _peak()
    render_document(samples.report(3))
    measured = {"full": _full, "word": _word, "page": _page, "photos": _photos}[what](pages, times)
    return {**measured, "idle": idle, "peak": _peak()}


def _full(pages: int, times: int) -> dict[str, Any]:
    """Make a report so many times, from its content to its bytes."""
    from config.bench import samples  # noqa: PLC0415 - after the setup
    from reports.rendering import render_document  # noqa: PLC0415 - after the setup

    content = samples.report(pages)
    began, seconds, made = time.time(), [], None
    for _ in range(times):
        took, made = _timed(lambda: render_document(content))
        seconds.append(took)
    return {"began": began, "ended": time.time(), "seconds": seconds, "pages": made.pages if made else 0}


def _page(_pages: int, times: int) -> dict[str, Any]:
    """Make certificates of participation, from content to bytes: one page, each another person's, so none is kept."""
    from config.bench import samples  # noqa: PLC0415 - after the setup
    from reports.rendering import render_document  # noqa: PLC0415 - after the setup

    certificates = [samples.certificate(time.time_ns() % 10**6 + number) for number in range(times)]
    made = [_timed(lambda one=one: render_document(one)) for one in certificates]  # type: ignore[misc]
    return {"seconds": [took for took, _ in made], "pages": made[0][1].pages}


def _photos(_pages: int, times: int) -> dict[str, Any]:
    """Make the report with photos, as they are kept after the upload."""
    from config.bench import samples  # noqa: PLC0415 - after the setup
    from people.photos import scaled  # noqa: PLC0415 - after the setup
    from reports.rendering.pages import paper_of  # noqa: PLC0415 - after the setup
    from reports.rendering.pdf import render_paper  # noqa: PLC0415 - after the setup

    kept = {name: scaled(BytesIO(photo)).content for name, photo in samples.photos().items()}
    made = [
        _timed(lambda: render_paper(paper_of(samples.with_photos()), pictures=kept.__getitem__)) for _ in range(times)
    ]
    return {"seconds": [took for took, _ in made], "size": made[0][1].size, "pages": made[0][1].pages}


def _word(pages: int, times: int) -> dict[str, Any]:
    """Make a report, change a word, make it again with the parts that were kept."""
    from config.bench import samples  # noqa: PLC0415 - after the setup
    from reports.rendering.binding.kept import Shelf  # noqa: PLC0415 - after the setup
    from reports.rendering.pages import paper_of  # noqa: PLC0415 - after the setup
    from reports.rendering.pdf import render_paper  # noqa: PLC0415 - after the setup

    with tempfile.TemporaryDirectory(prefix="cf-bench-") as folder:
        shelf = Shelf(Path(folder), 10**9)
        full, _ = _timed(lambda: render_paper(paper_of(samples.report(pages)), shelf=shelf))
        words = ("neighbourhood", "street", "school")[:times]
        changed = [
            _timed(lambda word=word: render_paper(paper_of(samples.report(pages, word=word)), shelf=shelf))[0]  # type: ignore[misc]
            for word in words
        ]
    return {"full": full, "changed": changed}


def _timed(work: Callable[[], Any]) -> tuple[float, Any]:
    start = time.process_time()
    made = work()
    return time.process_time() - start, made


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEGABYTE


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))))
