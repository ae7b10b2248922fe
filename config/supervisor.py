"""Keeps a few processes running: starts them, writes what they say to one log, revives them, ends them all."""

import contextlib
import logging
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import FrameType, TracebackType
from typing import Self

from config.orphans import PARENT
from config.programs import Program

TICK = 0.1
GRACE = 6.0
"""Seconds that a process has to stop by itself. The worker hands unfinished work back to the queue in this time."""
REVIVALS, WITHIN = 5, 60.0
"""A process that ends more than so often in so many seconds is broken, not unlucky."""
PAUSE = 1.0
"""Seconds before the second revival; each further one waits twice as long."""
IMPORTANT = re.compile(r"\b(ERROR|CRITICAL)\b|^Traceback")
LAST_WORDS = 12


class Stopped(Exception):  # noqa: N818 - it is what was asked for
    """Somebody asked to stop: Ctrl-C, or SIGTERM."""


class Broken(Exception):  # noqa: N818 - the message is a sentence for people
    """A process does not stay up. The message says which, and its last words."""


class Supervised:
    """One running program: its process, its last lines, and when it was revived."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.process: subprocess.Popen[str] | None = None
        self.reader: threading.Thread | None = None
        self.last_words: deque[str] = deque(maxlen=LAST_WORDS)
        self.revived: deque[float] = deque(maxlen=REVIVALS)
        self.due: float | None = None  # when it is started again, while it is down


class Supervisor:
    """Runs programs until it is left. Use as a context; `start` in order, then `watch`.

    Each process gets a session of its own, so that Ctrl-C reaches this process only and the order of stopping is
    ours. Where the kernel can, a process also ends when this one is killed.
    """

    def __init__(self, *, log: Path, say: Callable[[str], None], environment: Mapping[str, str]) -> None:
        self.say = say
        self.environment = environment
        self.all: dict[str, Supervised] = {}
        self.stopping = False
        self.reviving = False
        self._log = _open_log(log)
        self._handlers: dict[int, signal.Handlers | int | Callable[[int, FrameType | None], object] | None] = {}

    def __enter__(self) -> Self:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            self._handlers[number] = signal.signal(number, self._asked_to_stop)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.stop()
        for number, handler in self._handlers.items():
            signal.signal(number, handler)
        for kept in list(self._log.handlers):
            self._log.removeHandler(kept)
            kept.close()

    def start(self, program: Program) -> None:
        """Start a program; its lines go to the log, the important ones also to the screen."""
        self.all[program.name] = supervised = Supervised(program)
        self._launch(supervised)

    def wait(self, until: Callable[[], bool], *, seconds: float) -> bool:
        """Keep watch until something is so, at most for some seconds; whether it came true."""
        end = time.monotonic() + seconds
        while not until():
            self._tick()
            if time.monotonic() > end:
                return False
        return True

    def watch(self) -> None:
        """Keep everything running, for ever: ends by Stopped or Broken."""
        self.reviving = True
        while True:
            self._tick()

    def run(self, argv: Sequence[str]) -> int:
        """Run a command to its end, with its lines on the screen, while keeping watch; returns its exit code."""
        process = subprocess.Popen(  # noqa: S603 - our own commands
            argv, env=dict(self.environment), stdin=subprocess.DEVNULL
        )
        try:
            self.wait(lambda: process.poll() is not None, seconds=3600)
        finally:
            if process.poll() is None:
                process.terminate()
        return process.wait()

    def stop(self) -> None:
        """End all, the last started first, so that the broker outlives those who talk to it."""
        self.stopping = True
        ending = list(reversed(self.all.values()))
        first, last = ending[:-1], ending[-1:]
        for group in (first, last):
            for supervised in group:
                _signal_leader(supervised, signal.SIGTERM)
            end = time.monotonic() + GRACE
            while time.monotonic() < end and any(_is_alive(supervised) for supervised in group):
                time.sleep(0.02)
            for supervised in group:
                _clear_away(supervised)

    def _launch(self, supervised: Supervised) -> None:
        program = supervised.program
        supervised.last_words.clear()
        supervised.process = subprocess.Popen(  # noqa: S603 - our own commands
            [*_dies_with_us(), *program.argv],
            env={**self.environment, "PYTHONUNBUFFERED": "1", PARENT: str(os.getpid()), **program.environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            start_new_session=True,
        )
        supervised.reader = threading.Thread(target=self._read, args=(supervised, supervised.process), daemon=True)
        supervised.reader.start()

    def _read(self, supervised: Supervised, process: "subprocess.Popen[str]") -> None:
        name, stream = supervised.program.name, process.stdout
        if stream is None:
            return
        with stream:
            for line in stream:
                text = line.rstrip()
                supervised.last_words.append(text)
                self._log.info("%-6s | %s", name, text)
                if IMPORTANT.search(text) and not self.stopping:
                    self.say(f"{name:6} | {text}")

    def _tick(self) -> None:
        if self.stopping:
            raise Stopped
        for supervised in self.all.values():
            if supervised.due is not None:
                self._revive_when_due(supervised)
            elif not _is_alive(supervised):
                self._ended(supervised)
        time.sleep(TICK)

    def _revive_when_due(self, supervised: Supervised) -> None:
        if supervised.due is not None and time.monotonic() >= supervised.due:
            supervised.due = None
            supervised.revived.append(time.monotonic())
            self._launch(supervised)

    def _ended(self, supervised: Supervised) -> None:
        """Plan to revive what ended, unless it never stays up."""
        name, code = supervised.program.name, supervised.process.returncode if supervised.process else None
        _clear_away(supervised)
        if self.stopping:
            return
        lately = sum(time.monotonic() - then < WITHIN for then in supervised.revived)
        if lately == REVIVALS or not self.reviving:
            words = "\n".join(f"    {line}" for line in supervised.last_words)
            raise Broken(f"The {name} process does not stay up (it ended with {code}). Its last words:\n{words}")
        self.say(f"{name:6} | ended with {code}; starting it again.")
        self._log.info("%-6s | ended with %s; starting it again.", name, code)
        supervised.due = time.monotonic() + (PAUSE * 2 ** (lately - 1) if lately else 0)

    def _asked_to_stop(self, _number: int, _frame: FrameType | None) -> None:
        self.stopping = True


def _open_log(file: Path) -> logging.Logger:
    """A log of its own, of at most 20 MB, one line a line."""
    file.parent.mkdir(parents=True, exist_ok=True)
    handler = RotatingFileHandler(file, maxBytes=5_000_000, backupCount=3, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(message)s", datefmt="%Y-%m-%d %H:%M:%S"))
    log = logging.getLogger("critical_friend.processes")
    log.setLevel(logging.INFO)
    log.propagate = False
    log.addHandler(handler)
    return log


def _dies_with_us() -> tuple[str, ...]:
    """On Linux: ask the kernel to end the process when this one is killed and cannot."""
    setpriv = shutil.which("setpriv") if sys.platform == "linux" else None
    return (setpriv, "--pdeathsig", "TERM", "--") if setpriv else ()


def _is_alive(supervised: Supervised) -> bool:
    return supervised.process is not None and supervised.process.poll() is None


def _signal_leader(supervised: Supervised, number: int) -> None:
    """To the first process only: it ends its own children in good order."""
    if supervised.process is not None and supervised.process.poll() is None:
        supervised.process.send_signal(number)


def _clear_away(supervised: Supervised) -> None:
    """End what is left of a process and of its children (their group outlives a leader that was killed)."""
    if supervised.process is None:
        return
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(supervised.process.pid, signal.SIGKILL)
    supervised.process.wait()
    if supervised.reader is not None:
        supervised.reader.join(timeout=1)
