"""A throw-away installation: its own folder, database and broker, removed at the end."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings


class Installation:
    """Runs commands of this project in a folder of its own, with SQLite, as `make run` does."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.socket = folder / "redis.sock"
        self.environment = {
            **os.environ,
            "VAR_DIR": str(folder),
            "DATABASE_URL": f"sqlite:///{folder / 'db.sqlite3'}",
            "REDIS_URL": f"redis+socket://{self.socket}",
            "DEMONSTRATION": "true",
            "LOG_LEVEL": "ERROR",
            "DJANGO_SETTINGS_MODULE": "config.settings",
        }

    def manage(self, *words: str) -> str:
        """Run a command to its end and return what it printed. Raises CalledProcessError when it fails."""
        return subprocess.run(  # noqa: S603 - our own commands
            (sys.executable, "manage.py", *words),
            cwd=settings.BASE_DIR,
            env=self.environment,
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        ).stdout

    def measure(self, group: str, *words: str) -> Any:
        """Run the inner part of a group in this installation and return what it measured."""
        return json.loads(self.manage("bench", f"--inside={group}", *words).splitlines()[-1])


@contextmanager
def installation(*, cases: int) -> Iterator[Installation]:
    """Make an installation with so many cases. Fonts and static files are those of this one."""
    with tempfile.TemporaryDirectory(prefix="cf-bench-") as name:
        folder = Path(name)
        made = Installation(folder)
        (folder / "fonts").symlink_to(settings.FONTS_DIR)
        made.manage("collectstatic", "--noinput", "--verbosity", "0")
        made.manage("migrate", "--verbosity", "0")
        made.manage("demo", "--cases", str(cases), "--verbosity", "0")
        yield made
