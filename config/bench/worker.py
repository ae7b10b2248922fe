"""A worker as Celery starts it, to be measured: `python -m config.bench.worker WHAT PAGES [TIMES]`.

The parent holds the product; processes forked from it make the documents. They are warm before anything is measured:
fonts and style are read, a short report was made. Prints what it cost as JSON. Seconds are of the processor, so that
others on the machine do not count; only two workers against one are measured by the clock.
"""

from __future__ import annotations

import json
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from io import BytesIO
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import django

from config.bench.launch import MEGABYTE, MOMENT, own_memory

ROUNDS = 5


def main(what: str, pages: int, times: int) -> dict[str, Any]:
    """Start a worker with as many processes as are needed, and measure."""
    django.setup()
    from reports.rendering.worker import import_renderer, share_memory  # noqa: PLC0415 - after the setup

    import_renderer()
    share_memory()
    if what == "two":
        return _two(pages, times)
    process = Process()
    process.ask(what, pages, times)
    return process.watched() if what == "full" else process.answer()


class Process:
    """A process of the worker, which makes what it is asked for."""

    def __init__(self) -> None:
        fork = get_context("fork")
        self._line, line = fork.Pipe()
        self._process = fork.Process(target=_serve, args=(line,), daemon=True)
        self._process.start()
        self.answer()

    def ask(self, what: str, pages: int, times: int) -> None:
        """Let it begin."""
        self._line.send((what, pages, times))

    def answer(self) -> dict[str, Any]:
        """Wait for what it measured. Raises EOFError when it died."""
        measured: dict[str, Any] = self._line.recv()
        return measured

    def watched(self) -> dict[str, Any]:
        """Wait, and look at its memory all the while."""
        own = 0.0
        while not self._line.poll(MOMENT):
            own = max(own, own_memory(self._process.pid or 0))
        return {**self.answer(), "own": own}


def _serve(line: Connection) -> None:
    """What the process does: it warms up, says so, and answers until nobody asks any more."""
    from config.bench import samples  # noqa: PLC0415 - after the setup
    from reports.rendering import render_document  # noqa: PLC0415 - after the setup
    from reports.rendering.worker import prepare_process  # noqa: PLC0415 - after the setup

    prepare_process()
    render_document(samples.report(3))
    line.send({})
    while True:
        what, pages, times = line.recv()
        measured = {"full": _full, "word": _word, "page": _page, "photos": _photos}[what](pages, times)
        line.send({**measured, "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEGABYTE})


def _two(pages: int, times: int) -> dict[str, Any]:
    """So many reports by one process and by two, in turns: what the rest of the machine does meets both alike."""
    processes = Process(), Process()
    one, two = [], []
    for _ in range(ROUNDS):
        one.append(_by(processes[:1], pages, times))
        two.append(_by(processes, pages, times))
    return {"one": one, "two": two}


def _by(processes: tuple[Process, ...], pages: int, times: int) -> float:
    """Seconds by the clock until all have made their share."""
    began = time.monotonic()
    for process in processes:
        process.ask("full", pages, times // len(processes))
    for process in processes:
        process.answer()
    return time.monotonic() - began


def _full(pages: int, times: int) -> dict[str, Any]:
    """Make a report so many times, from its content to its bytes."""
    from config.bench import samples  # noqa: PLC0415 - after the setup
    from reports.rendering import render_document  # noqa: PLC0415 - after the setup

    content = samples.report(pages)
    made = [_timed(lambda: render_document(content)) for _ in range(times)]
    return {"seconds": [took for took, _ in made], "pages": made[0][1].pages}


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


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))))
