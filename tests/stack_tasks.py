"""Work that lasts as long as a test wants, for tests that break something while a worker works."""

import os
import time
from pathlib import Path

from celery import shared_task

GIVES_UP_AFTER = 300
"""Seconds: no test waits longer."""


@shared_task(name="tests.write_when_let_go")
def write_when_let_go(gate: str, file: str, text: str) -> None:
    """Make `gate`.waiting, wait until `gate` is there, then add `text` to `file`. See `Gate`."""
    Path(f"{gate}.waiting").touch()
    end = time.monotonic() + GIVES_UP_AFTER
    while not Path(gate).exists() and time.monotonic() < end:
        time.sleep(0.02)
    with Path(file).open("a") as handle:
        handle.write(text)


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
