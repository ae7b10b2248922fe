"""What the renderer needs once per process: the fonts and the parsed style of documents.

WeasyPrint's `FontConfiguration` keeps the fonts in a temporary folder and deletes the folder when it is collected. A
process that forks after it was made shares the folder with its child; when the child ends, the parent writes PDF files
with invisible text and no exception. Hence: made lazily, never before a fork (worker.py), made anew when the process
id has changed, and an inherited one is told to forget its folder.
"""

import atexit
import hashlib
import os
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import pydyf
import weasyprint
from django.conf import settings
from fontTools.ttLib import TTFont
from weasyprint import CSS
from weasyprint.css import ColorProfile
from weasyprint.text.ffi import pango
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from reports.rendering.colours import recoloured
from reports.rendering.errors import FontsMissing

FACES = (
    ("Inter", "normal", 400, "inter-400"),
    ("Inter", "normal", 600, "inter-600"),
    ("Inter", "italic", 400, "inter-400-italic"),
    ("Source Serif 4", "normal", 400, "source-serif-400"),
    ("Source Serif 4", "italic", 400, "source-serif-400-italic"),
    ("Source Serif 4", "normal", 600, "source-serif-600"),
    ("Source Serif 4 Display", "normal", 600, "source-serif-display-600"),
    ("IBM Plex Sans Arabic", "normal", 400, "plex-arabic-400"),
    ("IBM Plex Sans Arabic", "normal", 600, "plex-arabic-600"),
)


@dataclass(frozen=True)
class Engine:
    """Fonts and style of one process: the id of the process that made them, and the signs that the fonts can show.

    `bare` takes the margins off the pages, which are drawn later; `profile` is the colour profile of print. `version`
    stands for everything on this machine that a laid out part depends on.
    """

    process: int
    fonts: FontConfiguration
    style: CSS
    bare: CSS
    signs: frozenset[int]
    profile: Any
    version: str

    @property
    def profiles(self) -> dict[str, Any]:
        """The profile as WeasyPrint's streams look it up."""
        return {"srgb": self.profile}


_kept: list[Engine] = []
_coloured: dict[str, Engine] = {}
"""Engines of this process that differ in their style only, by colour."""
_MOST_COLOURS: Final = 6


def engine() -> Engine:
    """Return this process's engine, made at its first use. Raises `FontsMissing` when the fonts were never built."""
    if not _kept or _kept[-1].process != os.getpid():
        _coloured.clear()
        _kept[:] = [_made()]
    return _kept[-1]


def engine_in(colour: str) -> Engine:
    """Return this process's engine with the style in the colour of a working group; without one, in ours.

    The fonts are shared; at most six colours are kept.
    """
    usual = engine()
    if not colour:
        return usual
    if colour not in _coloured:
        while len(_coloured) >= _MOST_COLOURS:
            del _coloured[next(iter(_coloured))]
        style = recoloured(_style(), colour)
        _coloured[colour] = replace(usual, style=CSS(string=style), version=f"{usual.version} {colour}")
    return _coloured[colour]


def _style() -> str:
    return (settings.BASE_DIR / "static" / "css" / "documents" / "paper.css").read_text()


def _made() -> Engine:
    if not all(_font_file(face[3]).exists() for face in FACES):
        raise FontsMissing
    fonts = FontConfiguration()
    style = _style()
    css = CSS(string=_font_faces() + style, font_config=fonts, url_fetcher=FontFetcher())
    return Engine(
        process=os.getpid(),
        fonts=fonts,
        style=css,
        bare=CSS(string=_bare()),
        signs=_signs(),
        profile=_profile(),
        version=_version(style),
    )


def _bare() -> str:
    """Take the margins off: they are drawn when the number of pages is known."""
    sides = {"top": _ACROSS, "bottom": _ACROSS, "left": _DOWN, "right": _DOWN}
    boxes = "".join(f"@{side}-{at}{{content:none!important}}" for side, ats in sides.items() for at in ats)
    return f"@page{{{boxes}}}"


_ACROSS = ("left-corner", "left", "center", "right", "right-corner")
_DOWN = ("top", "middle", "bottom")


def _profile() -> Any:
    """Return the colour profile, as WeasyPrint makes it, with the number that it has in every document."""
    with (files("weasyprint.pdf") / "sRGB2014.icc").open("rb") as file:
        profile = ColorProfile(file, "sRGB2014.icc", "relative-colorimetric", (["r"], ["g"], ["b"]))
    profile.pdf_reference = b"3 0 R"
    return profile


def _version(style: str) -> str:
    """Return a hash of the style, our code, the fonts and the renderer's versions."""
    digest = hashlib.sha256(style.encode())
    for name in (weasyprint.__version__, pydyf.__version__, str(pango.pango_version())):
        digest.update(name.encode())
    for source in sorted(Path(__file__).parent.rglob("*.py")):
        digest.update(source.read_bytes())
    for face in FACES:
        digest.update(_font_file(face[3]).read_bytes())
    return digest.hexdigest()


def _signs() -> frozenset[int]:
    """Return the code points that one of the text faces has."""
    signs: set[int] = set()
    for name in ("inter-400", "source-serif-400", "plex-arabic-400"):
        with TTFont(_font_file(name), lazy=True) as face:
            signs.update(face.getBestCmap())
    return frozenset(signs)


def _font_faces() -> str:
    rule = '@font-face{{font-family:"{}";font-style:{};font-weight:{};src:url("font:{}")}}\n'
    return "".join(rule.format(*face) for face in FACES)


def _font_file(name: str) -> Path:
    file: Path = settings.FONTS_DIR / "print" / f"{name}.ttf"
    return file


def _forget_inherited() -> None:
    """In a child: leave the parent's folder of fonts alone when the inherited engine is collected."""
    for inherited in _kept:
        inherited.fonts._folder = None  # the only way: __del__ removes the folder it names
    _coloured.clear()
    _kept.clear()


os.register_at_fork(after_in_child=_forget_inherited)
atexit.register(_coloured.clear)
atexit.register(_kept.clear)  # at the very end of Python, freeing fonts is too late: the process would crash


class FontFetcher(URLFetcher):  # type: ignore[misc] # brings no types
    """Reads the fonts of documents (`font:NAME`), and nothing else."""

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        """Return one of the fonts that build_fonts made."""
        name = url.removeprefix("font:")
        if name not in {face[3] for face in FACES}:
            raise ValueError(f"This is no font of ours: {url} {headers or ''}")
        return URLFetcherResponse(url, _font_file(name).read_bytes(), {"Content-Type": "font/ttf"})
