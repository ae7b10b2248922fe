"""`manage.py up` as a person starts it: one terminal, all processes, nothing left behind."""

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis

from tests.servers import NEVER, free_port, wait_until
from tests.stack import ROOT, new_folder

pytestmark = pytest.mark.slow


class Terminal:
    """`manage.py up` in a folder of its own."""

    def __init__(self, folder: Path, **environment: str) -> None:
        self.folder = folder
        self.port = free_port()
        self.output = folder / "terminal.txt"
        self.environment = {
            **{
                name: value
                for name, value in os.environ.items()
                if name not in {"DATABASE_URL", "DJANGO_SETTINGS_MODULE"}
            },
            "VAR_DIR": str(folder),
            "PORT": str(self.port),
            "DEMONSTRATION": "false",
            **environment,
        }
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> "subprocess.Popen[bytes]":
        with self.output.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", "up"],
                cwd=ROOT,
                env=self.environment,
                stdout=output,
                stderr=output,
                stdin=subprocess.DEVNULL,
            )
        return self.process

    def start_and_wait_for(self, words: str) -> None:
        process = self.start()
        wait_until(lambda: words in self.text or process.poll() is not None, words, seconds=180)
        assert process.poll() is None, self.text

    def stop(self, number: int = signal.SIGINT) -> int:
        assert self.process is not None
        if self.process.poll() is None:
            self.process.send_signal(number)
        return self.process.wait(timeout=60)

    @property
    def text(self) -> str:
        return self.output.read_text()

    def processes(self) -> dict[int, str]:
        """What runs with this folder in its environment, by process number."""
        found = {}
        for place in Path("/proc").glob("[0-9]*"):
            try:
                if f"VAR_DIR={self.folder}\0".encode() in (place / "environ").read_bytes():
                    found[int(place.name)] = (place / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            except (FileNotFoundError, ProcessLookupError, PermissionError):
                continue
        return {pid: command for pid, command in found.items() if command}

    def first(self, part: str) -> int:
        """The oldest process whose command has this in it."""
        return min(pid for pid, command in self.processes().items() if part in command)

    def client(self) -> redis.Redis:
        return redis.Redis(unix_socket_path=str(self.folder / "run" / "redis.sock"), retry=NEVER)


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """One folder for all tests: whichever is first makes database and files there, as on a person's first start."""
    folder = new_folder()
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def terminal(folder: Path) -> Iterator[Terminal]:
    terminal = Terminal(folder)
    yield terminal
    if terminal.process is not None:
        terminal.stop()


def test_it_starts_revives_and_stops_everything(terminal: Terminal) -> None:
    """One whole start for the whole story: it takes ten seconds. The one before it is stopped in the middle."""
    terminal.start_and_wait_for("Starting web server, worker and clock")
    assert terminal.stop(signal.SIGTERM) == 0
    assert "Stopped. Your data is kept; `make run` starts again." in terminal.text
    assert terminal.processes() == {}

    packed = (terminal.folder / "run" / "static.stamp").stat().st_mtime_ns
    terminal.start_and_wait_for("is ready after")
    assert int(re.findall(r"ready after (\d+) s", terminal.text)[0]) < 60
    assert (terminal.folder / "run" / "static.stamp").stat().st_mtime_ns == packed
    assert f"    http://localhost:{terminal.port}\n" in terminal.text
    assert {
        kind
        for kind in ("granian", "config.background worker", "config.background beat")
        if any(kind in command for command in terminal.processes().values())
    } == {"granian", "config.background worker", "config.background beat"}

    second = Terminal(terminal.folder)
    second.output = terminal.folder / "second.txt"
    assert second.start().wait(timeout=90) == 1
    assert f"already runs from this folder: http://localhost:{terminal.port}" in second.text

    web = terminal.first("granian")
    os.kill(web, signal.SIGKILL)
    wait_until(lambda: "web    | ended with -9; starting it again." in terminal.text, "The revival of the web server")
    wait_until(lambda: _is_ready(terminal), "A ready product", seconds=60)

    with terminal.client() as client:
        client.shutdown(nosave=True)
    wait_until(lambda: "broker | ended with 0; starting it again." in terminal.text, "The revival of the broker")
    wait_until(lambda: _is_ready(terminal), "A ready product", seconds=60)

    assert terminal.stop(signal.SIGINT) == 0
    assert "Stopped. Your data is kept; `make run` starts again." in terminal.text
    assert terminal.processes() == {}


def _is_ready(terminal: Terminal) -> bool:
    import http.client  # noqa: PLC0415 - here alone

    link = http.client.HTTPConnection("127.0.0.1", terminal.port, timeout=5)
    try:
        link.request("GET", "/readyz")
        return link.getresponse().status == 200
    except OSError:
        return False
    finally:
        link.close()


def test_a_broker_that_cannot_start_stops_all_with_its_words(terminal: Terminal) -> None:
    (terminal.folder / "bin").mkdir()
    broken = terminal.folder / "bin" / "redis-server"
    broken.write_text("#!/bin/sh\necho 'Fatal error, cannot open config'\nexit 1\n")
    broken.chmod(0o755)
    terminal.environment["PATH"] = f"{broken.parent}:{os.environ['PATH']}"

    assert terminal.start().wait(timeout=180) == 1
    assert "The broker process does not stay up (it ended with 1). Its last words:" in terminal.text
    assert "Fatal error, cannot open config" in terminal.text
    assert terminal.processes() == {}
