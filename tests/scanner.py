"""A real virus scanner for tests: clamd with a list of signatures that the test itself writes.

It knows one harmless text of ours, and the test file that all scanners know, put together when it is needed.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from clamav_client.clamd import ClamdError, ClamdUnixSocket

from reviews.uploads.scanning import closing_after
from tests.servers import SECONDS_TO_START, free_port, wait_until

HARMLESS = b"A harmless sentence that the scanner of the tests knows."
KNOWN = "X5O!P%@AP[4\\PZX54(P^)7CC)7}" + "$EICAR-STANDARD-ANTIVIRUS" + "-TEST-FILE!$H+H*"
"""The test file of the scanners' makers: in two halves, so that no scanner takes this module for it."""


class Scanner:
    """clamd on a socket and a port of its own; `path` and `url` are its two addresses."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="cf-scan-"))  # short: a socket's path has few characters
        self.path = self.folder / "clamd.sock"
        self.port = free_port()
        self.url = f"tcp://127.0.0.1:{self.port}"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self, *lines: str) -> None:
        """Start it with the signatures, and wait until it answers. `lines` are more lines of its settings."""
        binary = shutil.which("clamd", path=f"{os.environ['PATH']}:/usr/sbin:/usr/local/sbin")
        if binary is None:
            raise RuntimeError("No clamd: `make test` installs one.")
        signatures = self.folder / "signatures"
        signatures.mkdir(exist_ok=True)
        known = {"Test.Harmless": HARMLESS, "Test.Known": KNOWN.encode()}
        (signatures / "tests.ndb").write_text("".join(f"{name}:0:*:{text.hex()}\n" for name, text in known.items()))
        settings = self.folder / "clamd.conf"
        wanted = [f"DatabaseDirectory {signatures}", f"LocalSocket {self.path}", "TCPAddr 127.0.0.1"]
        wanted += [f"TCPSocket {self.port}", f"TemporaryDirectory {self.folder}", "MaxThreads 2", *lines]
        settings.write_text("\n".join([*wanted, ""]))
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [binary, "--foreground", f"--config-file={settings}"], stdout=log, stderr=log
            )
        wait_until(self.answers, "An answer of clamd")

    def answers(self) -> bool:
        """Whether it says PONG now."""
        if self.process and self.process.poll() is not None:
            raise RuntimeError(f"clamd ended:\n{(self.folder / 'log').read_text(errors='replace')}")
        asked = ClamdUnixSocket(str(self.path), timeout=5)
        with contextlib.suppress(ClamdError, OSError), closing_after(asked):
            return asked.ping() == "PONG"
        return False

    def pause(self) -> None:
        """Let it hang: it takes connections and says nothing."""
        assert self.process
        self.process.send_signal(signal.SIGSTOP)

    def go_on(self) -> None:
        assert self.process
        self.process.send_signal(signal.SIGCONT)

    def stop(self) -> None:
        """End it; it can be started again at the same addresses."""
        if self.process is not None:
            self.process.terminate()
            self.process.wait(timeout=SECONDS_TO_START)
            self.process = None

    def remove(self) -> None:
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)
