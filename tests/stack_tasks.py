"""Work of a known length, for tests that break something while a worker works."""

import os
import time
from pathlib import Path

from celery import shared_task


@shared_task(name="tests.write_after")
def write_after(seconds: float, file: str, text: str) -> None:
    """Wait, then add `text` to `file`."""
    time.sleep(seconds)
    with Path(file).open("a") as handle:
        handle.write(text)


@shared_task(name="tests.write_process")
def write_process(file: str) -> None:
    """Add the number of this process to `file`, on a line of its own."""
    with Path(file).open("a") as handle:
        handle.write(f"{os.getpid()}\n")
