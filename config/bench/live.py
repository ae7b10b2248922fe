"""A throw-away installation with its processes running: broker, worker, web server."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from config import launch, programs
from config.bench.installation import Installation, installation
from config.supervisor import Supervisor


@dataclass(frozen=True)
class Live:
    """A running product: its installation, its address and its processes."""

    made: Installation
    url: str
    supervisor: Supervisor

    def process_ids(self, name: str) -> list[int]:
        """The ids of a program's process and of its children."""
        process = self.supervisor.all[name].process
        return _family(process.pid) if process else []


@contextmanager
def live(*, cases: int, clock: bool = False) -> Iterator[Live]:
    """Start an installation on a free port of this machine; everything ends with the block.

    `clock` starts the scheduler too: without its sweep, the documents of the demonstration wait for ever.
    """
    with installation(cases=cases) as made:
        port = _free_port()
        made.environment["PUBLIC_URL"] = url = f"http://127.0.0.1:{port}"
        binary = programs.find_broker()
        if binary is None:
            message = "No Redis or Valkey server was found. `make run` installs one."
            raise RuntimeError(message)
        with Supervisor(
            log=made.folder / "log" / "bench.log", say=lambda _: None, environment=made.environment
        ) as all_:
            all_.start(programs.broker(binary, folder=made.folder, socket=made.socket))
            if not all_.wait(made.socket.exists, seconds=10):
                message = "The broker did not start."
                raise RuntimeError(message)
            all_.start(programs.worker())
            all_.start(programs.web(host="127.0.0.1", port=port))
            if clock:
                (made.folder / "run").mkdir(exist_ok=True)
                all_.start(programs.beat())
            if not all_.wait(lambda: _is_ready(port, url), seconds=60):
                message = "The product did not get ready."
                raise RuntimeError(message)
            yield Live(made, url, all_)


def _is_ready(port: int, url: str) -> bool:
    """Whether all that was started is well; most measurements are made without the clock."""
    complaints = launch.unready(launch.Place("127.0.0.1", port, url))
    return complaints is not None and complaints.keys() <= {"clock"}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _family(pid: int) -> list[int]:
    """A process with all that it started."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(member for child in children for member in _family(int(child)))]
