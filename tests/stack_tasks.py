"""Work that lasts as long as a test wants, for tests that break something while a worker works."""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

from celery import shared_task
from celery.signals import worker_process_init
from django.conf import settings

from reports import works
from reports.rendering import DocumentContent, Progress, RenderedPdf, render_document
from reviews import reading_jobs
from reviews.extraction.limits import Part
from reviews.extraction.parent import read_pages

GIVES_UP_AFTER = 300
"""Seconds: no test waits longer."""
HOLD = Path(settings.VAR_DIR) / "hold"


@shared_task(name="tests.write_when_let_go")
def write_when_let_go(gate: str, file: str, text: str) -> None:
    """Make `gate`.waiting, wait until `gate` is there, then add `text` to `file`. See `Gate`."""
    Path(f"{gate}.waiting").touch()
    _wait_until(Path(gate).exists)
    with Path(file).open("a") as handle:
        handle.write(text)


def _wait_until(is_so: Callable[[], bool]) -> None:
    end = time.monotonic() + GIVES_UP_AFTER
    while not is_so() and time.monotonic() < end:
        time.sleep(0.02)


class Gate:
    """Work for a worker which has it in hand until the test lets it go, and then writes into `done`."""

    def __init__(self, folder: Path) -> None:
        self.gate, self.done = folder / "gate", folder / "done"

    def give_out(self, text: str = "x") -> None:
        """Send the work to the broker."""
        write_when_let_go.delay(str(self.gate), str(self.done), text)

    def is_in_hand(self) -> bool:
        """Whether a worker has begun."""
        return Path(f"{self.gate}.waiting").exists()

    def let_go(self) -> None:
        """The work may end, in this attempt and in all later ones."""
        self.gate.touch()


@shared_task(name="tests.write_process")
def write_process(file: str) -> None:
    """Add the number of this process to `file`, on a line of its own."""
    with Path(file).open("a") as handle:
        handle.write(f"{os.getpid()}\n")


# --- Documents and files whose pages take as long as a test wants ---------------------------------
@contextmanager
def pages_held() -> Iterator[None]:
    """Until the end of the block, a document waits when its first page is told, and a file when some are written."""
    HOLD.touch()
    try:
        yield
    finally:
        HOLD.unlink()


def _go_on() -> None:
    _wait_until(lambda: not HOLD.exists())


@worker_process_init.connect
def hold_pages(**_: Any) -> None:
    """Let this process of a worker heed `pages_held`."""
    mock.patch.object(works, "render_document", _held_render).start()
    mock.patch.object(reading_jobs, "read_pages", _held_read).start()


def _held_render(content: DocumentContent, on_progress: Progress) -> RenderedPdf:
    def tell(page: int, expected: int) -> None:
        on_progress(page, expected)
        _go_on()

    return render_document(content, on_progress=tell)


def _held_read(*arguments: Any, **more: Any) -> Iterator[Part]:
    for part in read_pages(*arguments, **more):
        yield part
        if part.number >= reading_jobs._WRITE_PAGES:
            _go_on()
