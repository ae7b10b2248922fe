"""A running product for tests: migrated database, broker, web server, worker, each as a real process."""

import contextlib
import json
import os
import signal
import subprocess
import tempfile
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.test import override_settings

from config import programs
from config.programs import Program
from tests.servers import RedisServer, free_port, wait_until
from tests.stack_settings import WHITENOISE_SKIP_COMPRESS_EXTENSIONS as NOT_PACKED

ROOT = Path(__file__).resolve().parent.parent
STOPS_WITHIN = 30
"""Seconds that a process has to stop, on a machine that is busy with something else; then it is killed."""


class Stack:
    """Real processes around one database and one VAR_DIR.

    `url` is the address of the web server, `broker` the RedisServer. Each process can be started, stopped and
    killed by its name (`web`, `worker`, `beat`); `log(name)` is what it wrote.
    """

    def __init__(
        self, *, var_dir: Path, database_url: str, environment: Mapping[str, str] | None = None, mark: str = ""
    ) -> None:
        self.var_dir, self.mark = var_dir, mark
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.broker = RedisServer(var_dir / "test-redis")
        self.environment = {
            **os.environ,
            "ENV_FILE": os.devnull,
            "VAR_DIR": str(var_dir),
            "DATABASE_URL": database_url,
            "REDIS_URL": self.broker.url,
            "SECRET_KEY": "only-for-tests",
            "PUBLIC_URL": self.url,
            "DJANGO_SETTINGS_MODULE": "tests.stack_settings",
            "DEMONSTRATION": "true",
            "PYTHONUNBUFFERED": "1",
            **(environment or {}),
        }
        self._programs: dict[str, Program] = {
            "web": programs.web(host="127.0.0.1", port=self.port, processes=1),
            "worker": programs.worker(processes=1),
            "beat": programs.beat(),
        }
        self._running: dict[str, subprocess.Popen[bytes]] = {}

    def start(self) -> None:
        """Start broker, worker and web server, and wait until `/readyz` says that all is well."""
        self.broker.start()
        self.start_process("worker")
        collect_static_files()
        self.start_process("web")
        self.wait_until_ready()

    def wait_until_ready(self, *, seconds: float = 180) -> None:
        """Wait for `/readyz`; show what the processes wrote if that does not come."""
        try:
            wait_until(self.is_ready, "A good answer of /readyz", seconds=seconds)
        except TimeoutError as error:
            raise TimeoutError(f"{error}\n\nweb:\n{self.log('web')}\n\nworker:\n{self.log('worker')}") from None

    def is_ready(self) -> bool:
        """Whether `/readyz` says that all is well now; the clock need not run, as few tests want one."""
        try:
            with urllib.request.urlopen(f"{self.url}/readyz", timeout=5) as answer:
                return bool(answer.status == 200)
        except urllib.error.HTTPError as answer:
            parts = json.load(answer)["parts"]
            return {name for name, part in parts.items() if not part["well"]} == {"clock"}
        except (urllib.error.URLError, OSError):
            for name, process in self._running.items():
                if process.poll() is not None:
                    raise RuntimeError(f"{name} ended with {process.returncode}:\n{self.log(name)}") from None
            return False

    def start_process(self, name: str) -> None:
        """Start `web`, `worker` or `beat`; does not wait."""
        program = self._programs[name]
        (self.var_dir / "run").mkdir(parents=True, exist_ok=True)
        with self._log_file(name).open("ab") as log:
            self._running[name] = subprocess.Popen(
                program.argv,
                env={**self.environment, **program.environment},
                cwd=ROOT,
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
            )

    def start_worker(self) -> None:
        """Start the worker and wait until it says that it takes work."""
        before = self.log("worker").count(" ready.")
        self.start_process("worker")
        try:
            wait_until(lambda: self.log("worker").count(" ready.") > before, "The worker's start", seconds=120)
        except TimeoutError as error:
            raise TimeoutError(f"{error}\n\nworker:\n{self.log('worker')}") from None

    def pid(self, name: str) -> int:
        """The process number of `web`, `worker` or `beat`."""
        return self._running[name].pid

    def is_alive(self, name: str) -> bool:
        """Whether a process that was started still runs."""
        return name in self._running and self._running[name].poll() is None

    def kill(self, name: str) -> None:
        """SIGKILL a process and all its children at once, as the kernel does when memory is out."""
        self._end(name, signal.SIGKILL)

    @contextlib.contextmanager
    def deaf(self, name: str) -> Iterator[None]:
        """A process and its children that live and do nothing, if it runs at all."""
        if not self.is_alive(name):
            yield
            return
        os.killpg(self.pid(name), signal.SIGSTOP)
        try:
            yield
        finally:
            os.killpg(self.pid(name), signal.SIGCONT)

    def stop_process(self, name: str) -> None:
        """Ask a process to stop, and wait until it is gone."""
        self._end(name, signal.SIGTERM)

    def _end(self, name: str, number: int) -> None:
        process = self._running.pop(name, None)
        if process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            if number == signal.SIGKILL:
                os.killpg(process.pid, number)
            else:
                process.send_signal(number)
        try:
            process.wait(timeout=STOPS_WITHIN)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def stop(self) -> None:
        """End everything."""
        for name in list(self._running):
            self.stop_process(name)
        self.broker.stop()

    def log(self, name: str) -> str:
        """What a process wrote so far."""
        file = self._log_file(name)
        return file.read_text(errors="replace") if file.exists() else ""

    def _log_file(self, name: str) -> Path:
        return self.var_dir / f"test{self.mark}-{name}.log"

    def forget_log(self, name: str) -> None:
        """Empty what a process wrote so far; it goes on writing."""
        if (file := self._log_file(name)).exists():
            os.truncate(file, 0)

    def children(self, name: str) -> list[int]:
        """The process numbers of the children of `web` or `worker` (on Linux)."""
        pid = self.pid(name)
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def collect_static_files() -> None:
    """Put them where a web server with this VAR_DIR looks, as the product does; here, where Django is loaded already."""
    storages = {**settings.STORAGES, "staticfiles": {"BACKEND": "config.static_files.StaticFiles"}}
    with override_settings(STORAGES=storages, WHITENOISE_SKIP_COMPRESS_EXTENSIONS=NOT_PACKED):
        call_command("collectstatic", interactive=False, verbosity=0)


def new_folder() -> Path:
    """A VAR_DIR of its own: short (sockets), with the fonts of the usual one."""
    folder = Path(tempfile.mkdtemp(prefix="cf-"))
    (folder / "fonts").symlink_to(ROOT / "var" / "fonts")
    return folder
