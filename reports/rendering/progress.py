"""Reads the renderer's progress from its log, and ends a rendering that goes too far."""

import logging
import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from reports.rendering.errors import TooManyPages, TooManyPictures, TooSlow
from reports.rendering.results import Progress

_LOGGER = logging.getLogger("weasyprint.progress")
_PAGE = re.compile(r"Creating layout - Page (\d+)")


@dataclass(frozen=True, slots=True)
class Limits:
    """How far a rendering may go: pages, pictures, and seconds of wall time."""

    pages: int = 700
    pictures: int = 400
    seconds: float = 280.0


@contextmanager
def watched(on_progress: Progress | None, limits: Limits) -> Iterator["Watch"]:
    """Call `on_progress` for each page of the rendering inside, and raise when it passes a limit."""
    watch = Watch(on_progress, limits)
    level, propagates = _LOGGER.level, _LOGGER.propagate
    _LOGGER.setLevel(logging.INFO)
    _LOGGER.propagate = False
    _LOGGER.addHandler(watch)
    try:
        yield watch
    finally:
        _LOGGER.removeHandler(watch)
        _LOGGER.setLevel(level)
        _LOGGER.propagate = propagates


class Watch(logging.Handler):
    """Sees "Creating layout - Page N" of each part. The renderer lays out again from page 1 when page numbers moved."""

    def __init__(self, on_progress: Progress | None, limits: Limits) -> None:
        super().__init__(logging.INFO)
        self._tell = on_progress
        self._limits = limits
        self._thread = threading.get_ident()
        self._ends_at = time.monotonic() + limits.seconds
        self._done = self._page = self._expected = 0
        self._is_told = True

    def begin(self, done: int, *, is_told: bool = True) -> None:
        """A part begins, after so many pages; `is_told` is off for pages that were counted already."""
        self._done, self._is_told = done, is_told
        self._page = self._expected = 0
        self._look(done)

    def skip(self, pages: int) -> None:
        """A part was there already."""
        if self._is_told and self._tell is not None and pages:
            self._tell(self._done + pages, 0)

    def pictures(self, number: int) -> None:
        """Refuse a document with too many pictures before it takes the memory."""
        if number > self._limits.pictures:
            raise TooManyPictures(self._limits.pictures)

    def emit(self, record: logging.LogRecord) -> None:
        """Look at one line of the renderer's log; what is raised here ends the rendering."""
        if threading.get_ident() != self._thread:
            return
        self._look(self._done)
        if self._is_told and (found := _PAGE.search(record.getMessage())):
            self._reach(int(found[1]))

    def _look(self, pages: int) -> None:
        if time.monotonic() > self._ends_at:
            raise TooSlow(self._limits.seconds)
        if pages > self._limits.pages:
            raise TooManyPages(self._limits.pages)

    def _reach(self, page: int) -> None:
        self._look(self._done + page)
        if page == 1:
            self._expected = self._page
        self._page = page
        if self._tell is not None:
            self._tell(self._done + page, self._done + max(page, self._expected) if self._expected else 0)
