"""Starts the child that reads a file, listens to it, and ends it when it takes too long."""

from __future__ import annotations

import json
import os
import selectors
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from reviews.extraction import limits
from reviews.extraction.limits import Part, Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_ROOT = Path(__file__).resolve().parents[2]
_PIECE = 1 << 16


def read_pages(file: BinaryIO, extension: str, *, on_cut: Callable[[str], None]) -> Iterator[Part]:
    """Yield the pages of a file as the child tells them; `on_cut` hears that the end was left out.

    The first part has number 0 and says only how many there will be. Raises Refused with a sentence.
    """
    with _child("read", file, extension) as child:
        total, is_whole = 0, False
        for message in _messages(child, limits.READ_SECONDS):
            if "refused" in message:
                raise Refused(message["refused"])
            if "total" in message:
                total = int(message["total"])
                yield Part(0, "", total)
            elif "n" in message:
                yield Part(int(message["n"]), str(message["text"]), total)
            elif "cut" in message:
                on_cut(limits.CUT)
            is_whole = is_whole or "end" in message
        if child.wait(timeout=5) == -signal.SIGXCPU:
            raise Refused(limits.TOO_LONG)
        if not is_whole:
            raise Refused(limits.UNREADABLE)


def picture_of(file: BinaryIO, extension: str, number: int) -> bytes:
    """Return a JPEG of one page.

    Raises Refused when it cannot be drawn.
    """
    with _child("draw", file, extension, str(number)) as child:
        content = b"".join(_pieces(child, limits.PICTURE_SECONDS, limits.MOST_PICTURE))
        if child.wait(timeout=5) != 0 or not content:
            raise Refused(limits.UNREADABLE)
        return content


@contextmanager
def _child(what: str, file: BinaryIO, extension: str, *more: str) -> Iterator[subprocess.Popen[bytes]]:
    """Put the file where the child can open it, and leave neither behind."""
    with tempfile.NamedTemporaryFile(prefix="reading-", suffix=extension) as copy:
        while piece := file.read(_PIECE):
            copy.write(piece)
        copy.flush()
        child = subprocess.Popen(  # noqa: S603 - our own program, a path of our own
            [sys.executable, "-B", "-m", "reviews.extraction.child", what, copy.name, extension, *more],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=_ROOT,
            env={"LANG": "C.UTF-8", "PATH": os.defpath},
            start_new_session=True,
        )
        try:
            yield child
        finally:
            child.kill()
            child.wait()
            if child.stdout:
                child.stdout.close()


def _messages(child: subprocess.Popen[bytes], seconds: float) -> Iterator[dict[str, Any]]:
    """Yield what the child says, line by line."""
    held = b""
    for piece in _pieces(child, seconds, sys.maxsize):
        *lines, held = (held + piece).split(b"\n")
        if len(held) > limits.MOST_LINE:
            raise Refused(limits.UNREADABLE)
        for line in lines:
            yield json.loads(line)


def _pieces(child: subprocess.Popen[bytes], seconds: float, most: int) -> Iterator[bytes]:
    """Yield the bytes that the child writes.

    Raises Refused when it is silent for too long, takes too long, or writes too much.
    """
    assert child.stdout is not None  # noqa: S101 - it was asked for
    ends, size = time.monotonic() + seconds, 0
    with selectors.DefaultSelector() as waiting:
        waiting.register(child.stdout, selectors.EVENT_READ)
        while True:
            rest = min(limits.SILENT_SECONDS, ends - time.monotonic())
            if rest <= 0 or not waiting.select(rest):
                raise Refused(limits.TOO_LONG)
            piece = os.read(child.stdout.fileno(), _PIECE)
            if not piece:
                return
            size += len(piece)
            if size > most:
                raise Refused(limits.UNREADABLE)
            yield piece
