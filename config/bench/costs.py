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

from config.bench import launch, samples
from reports.rendering.engine import FACES
from reports.rendering.pages import html_of


@dataclass(frozen=True, slots=True)
class Plain:
    """Processor seconds, peaks of memory in MB (launch.py) and size in bytes of the WeasyPrint command."""

    seconds: float
    peak: float
    own: float
    size: int


def worker(what: str, pages: int, times: int = 1) -> dict[str, Any]:
    """Measure in a worker of its own, which keeps no parts unless it measures them (worker.py)."""
    command = (sys.executable, "-m", "config.bench.worker", what, str(pages), str(times))
    environment = {**os.environ, "DOCUMENT_PARTS_MB": "0", "DJANGO_SETTINGS_MODULE": "config.settings"}
    measured: dict[str, Any] = _said(command, environment)
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
        html, style, made = (str(folder / name) for name in ("report.html", "style.css", "report.pdf"))
        weasyprint = (sys.executable, "-m", "weasyprint", html, made, "-s", style, "-q", "--pdf-tags")
        cost = _said((sys.executable, "-S", launch.__file__, *weasyprint), {**os.environ})
        return Plain(**cost, size=Path(made).stat().st_size)


def _said(command: tuple[str, ...], environment: dict[str, str]) -> Any:
    """Run one of our commands, which must succeed; what it prints is JSON."""
    done = subprocess.run(  # noqa: S603 - our own command
        command, cwd=settings.BASE_DIR, env=environment, check=True, stdout=subprocess.PIPE
    )
    return json.loads(done.stdout)


def _style() -> str:
    """The style of documents with the same fonts, by their files."""
    fonts = settings.FONTS_DIR / "print"
    rule = '@font-face{{font-family:"{}";font-style:{};font-weight:{};src:url("file://{}/{}.ttf")}}\n'
    faces = "".join(rule.format(family, style, weight, fonts, file) for family, style, weight, file in FACES)
    return faces + (settings.BASE_DIR / "static" / "css" / "documents" / "paper.css").read_text()
