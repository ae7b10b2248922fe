"""What a document costs: in a process like a worker's, and with plain WeasyPrint on the same HTML."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

from config.bench import samples
from reports.rendering.engine import FACES
from reports.rendering.pages import html_of


@dataclass(frozen=True, slots=True)
class Plain:
    """Processor seconds, peak of memory in MB and size in bytes of the WeasyPrint command."""

    seconds: float
    peak: float
    size: int


def worker(what: str, pages: int, times: int = 1) -> dict[str, Any]:
    """Measure in a process of its own, which keeps no parts unless it measures them (worker.py)."""
    return finished(started(what, pages, times))


def started(what: str, pages: int, times: int) -> subprocess.Popen[str]:
    """Start such a process."""
    command = (sys.executable, "-m", "config.bench.worker", what, str(pages), str(times))
    environment = {**os.environ, "DOCUMENT_PARTS_MB": "0", "DJANGO_SETTINGS_MODULE": "config.settings"}
    return subprocess.Popen(  # noqa: S603 - our own command
        command, cwd=settings.BASE_DIR, env=environment, stdout=subprocess.PIPE, text=True
    )


def finished(process: subprocess.Popen[str]) -> dict[str, Any]:
    """Wait for it, and return what it measured."""
    text, _ = process.communicate()
    if process.returncode:
        message = f"The measuring process ended with {process.returncode}."
        raise RuntimeError(message)
    measured: dict[str, Any] = json.loads(text)
    return measured


def plain(pages: int, photos: dict[str, bytes] | None = None) -> Plain:
    """Measure the WeasyPrint command, tagged, on the HTML and style of a report, with the photos as uploaded."""
    with tempfile.TemporaryDirectory(prefix="cf-bench-") as name:
        folder = Path(name)
        html = html_of(samples.with_photos() if photos else samples.report(pages))
        for photo, content in (photos or {}).items():
            (folder / photo).write_bytes(content)
            html = html.replace(f"photo:{photo}", photo)
        (folder / "report.html").write_text(html)
        (folder / "style.css").write_text(_style())
        made = ("report.html", "report.pdf", "-s", "style.css", "-q", "--pdf-tags")
        seconds, peak = _used((sys.executable, "-m", "weasyprint", *made), folder)
        return Plain(seconds, peak, (folder / "report.pdf").stat().st_size)


def bare_peak() -> float:
    """The memory of a process that has only imported WeasyPrint, in MB."""
    return _used((sys.executable, "-c", "import weasyprint"), settings.BASE_DIR)[1]


_LAUNCH = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)
"""


def _used(command: tuple[str, ...], folder: Path) -> tuple[float, float]:
    """Run a command that must succeed; returns its seconds and its peak of memory in MB.

    A small process starts it: the kernel counts what the starting process had as the peak of the started one.
    """
    launch = (sys.executable, "-S", "-c", _LAUNCH, *command)
    done = subprocess.run(launch, cwd=folder, check=True, capture_output=True, text=True)  # noqa: S603 - our own command
    seconds, peak = map(float, done.stdout.split())
    return seconds, peak


def _style() -> str:
    """The style of documents with the same fonts, by their files."""
    fonts = settings.FONTS_DIR / "print"
    rule = '@font-face{{font-family:"{}";font-style:{};font-weight:{};src:url("file://{}/{}.ttf")}}\n'
    faces = "".join(rule.format(family, style, weight, fonts, file) for family, style, weight, file in FACES)
    return faces + (settings.BASE_DIR / "static" / "css" / "documents" / "paper.css").read_text()
