"""The steps of a start, each a function that either succeeds or raises CannotStart with a sentence and the cure."""

import errno
import fcntl
import hashlib
import json
import os
import shutil
import socket
import stat
import subprocess
import sys
import textwrap
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Self

import redis
from django.conf import settings
from django.core.management import call_command
from django.core.management.sql import emit_post_migrate_signal
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from redis.backoff import NoBackoff
from redis.retry import Retry

from config import programs
from config.programs import Program
from people import fonts
from reviews.models import Case


class CannotStart(Exception):  # noqa: N818 - the message is a sentence for people
    """What is in the way, and what to do about it."""


@dataclass(frozen=True)
class Place:
    """Where the web server listens, and the address that people type."""

    host: str
    port: int
    address: str

    @classmethod
    def of(cls, host: str, port: str) -> Self:
        """Read what was typed; PUBLIC_URL wins over the port in the address."""
        if not port.isdecimal() or not 0 < int(port) < 65536:  # noqa: PLR2004 - ports have 16 bits
            raise CannotStart(f"PORT must be a number from 1 to 65535, and is {port!r}.\nTry: PORT=8123 make run")
        return cls(host, int(port), os.environ.get("PUBLIC_URL", "").rstrip("/") or f"http://localhost:{port}")


def log_file() -> Path:
    """Everything that the processes say."""
    path: Path = settings.VAR_DIR / "log" / "critical-friend.log"
    return path


def environment(place: Place) -> dict[str, str]:
    """What the processes get. Other machines see the demonstration only if somebody asks for it."""
    alone = settings.DEMONSTRATION and place.host in {"127.0.0.1", "localhost", "::1"}
    return {"DEMONSTRATION": str(alone).lower(), **os.environ, "PUBLIC_URL": place.address}


def is_demonstration(environment: Mapping[str, str]) -> bool:
    """Whether these processes show the demonstration."""
    return environment["DEMONSTRATION"].lower() in {"1", "true", "on", "yes", "y", "ok"}


@contextmanager
def only_one(run_dir: Path, *, address: str) -> Iterator[None]:
    """Hold this folder's lock; the kernel lets go of it however this process ends."""
    run_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (run_dir / "up.lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            where = lock.read().strip() or "another terminal"
            raise CannotStart(
                f"Critical Friend already runs from this folder: {where}.\n"
                "Open that address, or stop it there with Ctrl-C and start again."
            ) from None
        lock.truncate(0)
        lock.write(f"{address} (process {os.getpid()})")
        lock.flush()
        yield


def check_port(place: Place) -> None:
    """Refuse a port that somebody else listens on, and name one that is free."""
    with socket.socket(socket.AF_INET6 if ":" in place.host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((place.host, place.port))
        except PermissionError:
            raise CannotStart(
                f"Port {place.port} is for the system's administrator only.\n"
                "Choose one above 1023, for example: PORT=8123 make run"
            ) from None
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise CannotStart(f"{place.host} is not an address of this machine. Try: BIND=127.0.0.1") from None
            raise CannotStart(
                f"Port {place.port} is taken by another program.\n"
                f"Choose another one, for example: PORT={_free_port_near(place.port)} make run"
            ) from None


def _free_port_near(port: int) -> int:
    candidates: list[int] = [8123, *range(port + 1, port + 50)]
    for candidate in candidates:
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", candidate))
            return candidate
    return 8999


def prepare(say: Callable[[str], None]) -> None:
    """Fonts, static files and tables: each only when something is new."""
    mark, now = settings.RUN_DIR / "static.stamp", _static_stamp()
    if not (mark.exists() and mark.read_text() == now and settings.STATIC_ROOT.exists()):
        if not fonts.are_there(settings.FONTS_DIR):
            say("Making the fonts (once, about half a minute) ...")
            # In a process of their own: the font tools are large, and needed at no other start.
            _manage("build_fonts")
        call_command("collectstatic", interactive=False, verbosity=0)
        mark.write_text(now)
    _migrate()


def _migrate() -> None:
    """Bring the tables up to date. Where they are, only what follows is done: the command alone takes a second."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", interactive=False, verbosity=0)
    else:
        emit_post_migrate_signal(verbosity=0, interactive=False, db=connection.alias)


def _manage(command: str) -> None:
    done = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "manage.py", command], cwd=settings.BASE_DIR, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise CannotStart(f"manage.py {command} failed:\n{done.stderr}")


def _static_stamp() -> str:
    """Changes with a static file and with the lock (fonts and htmx come from packages)."""
    files = sorted(path for path in (settings.BASE_DIR / "static").rglob("*") if path.is_file())
    facts = [f"{path} {path.stat().st_mtime_ns} {path.stat().st_size}" for path in files]
    locks = [path.read_text() for path in sorted((settings.BASE_DIR / "requirements").glob("*.txt"))]
    return hashlib.sha256("\n".join(facts + locks).encode()).hexdigest()


def needs_demonstration(environment: Mapping[str, str]) -> bool:
    """Whether the demonstration is on and this installation has no case yet."""
    return is_demonstration(environment) and not Case.objects.exists()


def private_broker() -> Program | None:
    """The broker to start, or None when REDIS_URL names one that somebody else runs."""
    if not settings.REDIS_IS_PRIVATE:
        return None
    binary = programs.find_broker()
    if binary is None:
        raise CannotStart(
            "There is no broker on this machine: neither redis-server nor valkey-server was found.\n"
            "`make run` installs one; or set REDIS_URL to one that runs elsewhere."
        )
    path: Path = settings.REDIS_SOCKET
    _private_folder(path.parent)
    _end_leftover(path)
    # Redis cannot read what Valkey wrote, and the other way round: each keeps its own folder.
    folder = settings.VAR_DIR / ("valkey" if "valkey" in Path(binary).name else "redis")
    folder.mkdir(parents=True, exist_ok=True)
    return programs.broker(binary, folder=folder, socket=path)


def _private_folder(folder: Path) -> None:
    """Make it for us alone, and refuse one that another user has put there."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid():
        raise CannotStart(f"{folder} belongs to somebody else. Remove it, or set VAR_DIR to a shorter path.")


def _end_leftover(path: Path) -> None:
    """End a broker of ours that outlived its start (it was killed), and remove a socket that nobody answers."""
    with suppress(redis.RedisError, OSError), _broker_at(path) as left:
        left.ping()
        left.shutdown()
    path.unlink(missing_ok=True)


def broker_answers() -> bool:
    """Whether the private broker takes connections now."""
    with suppress(redis.RedisError, OSError), _broker_at(settings.REDIS_SOCKET) as client:
        return bool(client.ping())
    return False


def _broker_at(path: Path) -> redis.Redis:
    """A client that gives up at once."""
    return redis.Redis(unix_socket_path=str(path), socket_timeout=2, retry=Retry(NoBackoff(), 0))


def unready(place: Place) -> dict[str, str] | None:
    """What `/readyz` complains of, by part; empty when all is well, None when nobody answers yet."""
    host = "127.0.0.1" if place.host == "0.0.0.0" else place.host  # noqa: S104 - not binding, the opposite
    link = HTTPConnection(host, place.port, timeout=5)
    try:
        link.request("GET", "/readyz")
        told = json.load(link.getresponse())
    except (OSError, HTTPException, ValueError):
        return None
    finally:
        link.close()
    return {name: part["says"] for name, part in told["parts"].items() if not part["well"]}


def logins_table() -> str:
    """The demonstration's logins as a table, from the file that `manage.py demo` writes; empty without one.

    A long role is broken so that e-mail and password stay on one line of the terminal.
    """
    try:
        logins: list[dict[str, str]] = json.loads((settings.VAR_DIR / "demo-logins.json").read_text())
    except (FileNotFoundError, ValueError):
        return ""
    email, password = (max(8, *(len(login[key]) for login in logins)) for key in ("email", "password"))
    room = shutil.get_terminal_size((100, 24)).columns - email - password - 8
    role = max(16, min(room, max(len(login["role"]) for login in logins)))
    lines = [("Role", "E-mail", "Password"), ("-" * role, "-" * email, "-" * password)]
    for login in logins:
        first, *rest = textwrap.wrap(login["role"], role) or [""]
        lines += [(first, login["email"], login["password"]), *((f"  {more}", "", "") for more in rest)]
    return "\n".join(f"  {a:{role}}  {b:{email}}  {c}".rstrip() for a, b, c in lines)
