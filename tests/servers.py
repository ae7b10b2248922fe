"""Real servers for tests, on free ports: PostgreSQL and Redis.

`python -m tests.servers -m pytest -m postgres` starts a PostgreSQL, runs Python with the arguments that follow,
and stops it again; its exit code is theirs.
"""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from config import programs

NEVER = Retry(NoBackoff(), 0)
SECONDS_TO_START = 120


def free_port() -> int:
    """A port on the loopback address that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_until(is_so: Callable[[], bool], what: str, *, seconds: float = SECONDS_TO_START) -> None:
    """Ask every 50 ms until it is so; raise TimeoutError with `what` after `seconds`."""
    end = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > end:
            raise TimeoutError(f"{what} did not happen within {seconds} s")
        time.sleep(0.05)


class RedisServer:
    """A Redis on a free loopback port with its queue on disk, so that a test can kill it and bring it back."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it and wait until it answers."""
        binary = programs.find_broker()
        if binary is None:
            raise RuntimeError("No redis-server or valkey-server: `make test` installs one.")
        self.folder.mkdir(parents=True, exist_ok=True)
        program = programs.broker(binary, folder=self.folder, port=self.port)
        with (self.folder / "server.log").open("ab") as log:
            self.process = subprocess.Popen(program.argv, stdout=log, stderr=log)
        wait_until(self.answers, "An answer of Redis")

    def answers(self) -> bool:
        """Whether it says PONG now."""
        with contextlib.suppress(redis.RedisError, OSError), redis.Redis(port=self.port, retry=NEVER) as client:
            return bool(client.ping())
        return False

    def forget(self) -> None:
        """Drop all work that waits or was given out; what a worker needs to listen stays."""
        with redis.Redis(port=self.port, retry=NEVER) as client:
            client.delete("critical_friend", "unacked", "unacked_index", "unacked_mutex")

    def wait_long(self) -> None:
        """Let all work that was given out look as if that was long ago: whoever has it is dead."""
        with redis.Redis(port=self.port, retry=NEVER) as client:
            for tag in client.zrange("unacked_index", 0, -1):
                client.zadd("unacked_index", {tag: 1})

    def flush(self) -> None:
        """Lose everything, as after somebody's FLUSHALL."""
        with redis.Redis(port=self.port, retry=NEVER) as client:
            client.flushall()

    def stop(self, number: int = signal.SIGTERM) -> None:
        """End it, with SIGKILL if asked, and wait until it is gone."""
        if self.process is not None:
            self.process.send_signal(number)
            self.process.wait(timeout=SECONDS_TO_START)
            self.process = None

    def restart(self, number: int = signal.SIGKILL) -> None:
        """Kill it and bring it back at the same address with what it had on disk."""
        self.stop(number)
        self.start()


@contextlib.contextmanager
def redis_server() -> Iterator[RedisServer]:
    """A Redis for as long as the block lasts."""
    with tempfile.TemporaryDirectory(prefix="cf-redis-") as folder:
        server = RedisServer(Path(folder))
        server.start()
        try:
            yield server
        finally:
            server.stop()


@contextlib.contextmanager
def postgres_server() -> Iterator[str]:
    """A PostgreSQL for as long as the block lasts. Yields its DATABASE_URL; the user may create databases."""
    folder = Path(tempfile.mkdtemp(prefix="cf-pg-"))
    place, port = folder / "data", free_port()
    log = folder / "server.log"
    _as_its_user(folder)
    try:
        _postgres("initdb", "-D", place, "-U", "app", "--auth=trust", "--no-sync", "--encoding=UTF8")
        quick = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=200"
        options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} {quick}"
        _postgres("pg_ctl", "-D", place, "-o", options, "-l", log, "-w", "start")
        try:
            yield f"postgres://app@127.0.0.1:{port}/postgres"
        finally:
            _postgres("pg_ctl", "-D", place, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _as_its_user(folder: Path) -> None:
    """PostgreSQL refuses to run as root: give the folder to the user that Debian's package makes."""
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")


def _postgres(program: str, *arguments: str | Path) -> None:
    """Run one of PostgreSQL's programs, as its own user when we are root."""
    installed = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{program}"), key=lambda path: int(path.parts[4]))
    binary = str(installed[-1]) if installed else shutil.which(program)
    if binary is None:
        raise RuntimeError(f"No {program} here: `make test` installs PostgreSQL.")
    as_user = ("runuser", "-u", "postgres", "--") if os.geteuid() == 0 else ()
    command = [*as_user, binary, *map(str, arguments)]
    # A server that pg_ctl starts keeps its output open: a pipe would never end.
    with tempfile.TemporaryFile("w+") as output:
        done = subprocess.run(command, stdout=output, stderr=output, stdin=subprocess.DEVNULL, cwd="/", check=False)
        if done.returncode:
            output.seek(0)
            raise RuntimeError(f"{' '.join(command)} failed:\n{output.read()}")


def main(arguments: Sequence[str]) -> int:
    """Run Python with `arguments` while a PostgreSQL runs. SIGTERM ends both in good order."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    with postgres_server() as url:
        # Importing `config` names the product's own settings: what runs here is tests.
        environment = {**os.environ, "TEST_DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "tests.settings"}
        return subprocess.run([sys.executable, *arguments], env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
