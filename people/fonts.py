"""Fonts for page and PDF, cut from the fonts of three packages.

The PDF gets static TTF faces (`print/`): the renderer's shaping does not choose the weight of a variable font reliably.
The page gets WOFF2 files (`web/`) with the weight axis kept, split by script so that a reader loads only what a page
shows; `static/css/fonts.css` names them with the same ranges.
"""

import json
import os
import tempfile
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from importlib.metadata import version
from itertools import groupby, repeat
from multiprocessing import get_context
from pathlib import Path

RECIPE = 3
"""Raise this when the cuts below change: the next build then replaces every file."""

STAMP = "stamp.json"
PACKAGES = ("fontpkg-inter", "fontpkg-source-serif-4", "fontpkg-ibm-plex-sans-arabic", "fonttools")

Ranges = tuple[tuple[int, int], ...]
LATIN: Ranges = (
    *((0x0000, 0x00FF), (0x0131, 0x0131), (0x0152, 0x0153), (0x02BB, 0x02BC), (0x02C6, 0x02C6), (0x02DA, 0x02DA)),
    *((0x02DC, 0x02DC), (0x0300, 0x0304), (0x0308, 0x0308), (0x0329, 0x0329), (0x2000, 0x206F), (0x20AC, 0x20AC)),
    *((0x2122, 0x2122), (0x2190, 0x2199), (0x2212, 0x2212), (0x2215, 0x2215), (0x2260, 0x2265), (0x25A0, 0x25FF)),
    *((0x2713, 0x2717), (0xFEFF, 0xFEFF), (0xFFFD, 0xFFFD)),
)
LATIN_EXT: Ranges = (
    *((0x0100, 0x0130), (0x0132, 0x0151), (0x0154, 0x02BA), (0x02BD, 0x02C5), (0x02C7, 0x02CC), (0x02CE, 0x02D7)),
    *((0x02DD, 0x02FF), (0x1E00, 0x1EFF), (0x20A0, 0x20AB), (0x20AD, 0x20C0), (0x2C60, 0x2C7F), (0xA720, 0xA7FF)),
)
GREEK: Ranges = ((0x0370, 0x03FF), (0x1F00, 0x1FFF))
CYRILLIC: Ranges = ((0x0400, 0x052F), (0x1C80, 0x1C88), (0x2116, 0x2116), (0x2DE0, 0x2DFF), (0xA640, 0xA69F))
ARABIC: Ranges = (
    *((0x0600, 0x06FF), (0x0750, 0x077F), (0x0870, 0x088E), (0x08A0, 0x08FF), (0x200C, 0x200E), (0x2010, 0x2011)),
    *((0x204F, 0x204F), (0x2E41, 0x2E41), (0xFB50, 0xFDFF), (0xFE70, 0xFE74), (0xFE76, 0xFEFC)),
)
BETWEEN: Ranges = ((0x0020, 0x003F), (0x00A0, 0x00BB), (0x2010, 0x2026))
"""What stands between Arabic words, digits included: without a space of its own, a run of words has boxes in it."""

EUROPEAN: dict[str, Ranges] = {"latin": LATIN, "latin-ext": LATIN_EXT, "greek": GREEK, "cyrillic": CYRILLIC}

INTER = ("fontpkg_inter", "Inter[opsz,wght].ttf")
INTER_ITALIC = ("fontpkg_inter", "Inter-Italic[opsz,wght].ttf")
SERIF = ("fontpkg_source_serif_4", "SourceSerif4[opsz,wght].ttf")
SERIF_ITALIC = ("fontpkg_source_serif_4", "SourceSerif4-Italic[opsz,wght].ttf")
PLEX_ARABIC = {
    400: ("fontpkg_ibm_plex_sans_arabic", "IBMPlexSansArabic-Regular.ttf"),
    600: ("fontpkg_ibm_plex_sans_arabic", "IBMPlexSansArabic-SemiBold.ttf"),
}
"""Its letters are whole. Fonts that set the dots apart (Noto) look right and cannot be read aloud: the PDF then maps
one bare stroke to one of the five letters that share it."""


@dataclass(frozen=True)
class Cut:
    """One file to make: `source` (package, file), the axes to pin or narrow, and the characters to keep."""

    target: str
    source: tuple[str, str]
    axes: dict[str, float | tuple[float, float]] = field(hash=False)
    ranges: Ranges
    family: str = ""
    face: str = ""


@dataclass(frozen=True)
class Built:
    """What a build did: the files that exist now, and whether it had to make them."""

    files: tuple[Path, ...]
    made: bool


def build_fonts(folder: Path) -> Built:
    """Make `print/` and `web/` below `folder`, unless they are there already from the same packages.

    Files are replaced one by one and the stamp is written last, so a build that is interrupted is done again and
    nobody ever reads half a font.
    """
    cuts = tuple(_cuts())
    files = tuple(folder / cut.target for cut in cuts)
    if are_there(folder):
        return Built(files=files, made=False)
    from people.font_cutting import write_cuts  # noqa: PLC0415 - the font tools are large, and needed here alone

    jobs = [tuple(group) for _, group in groupby(cuts, key=lambda cut: (cut.source, cut.ranges))]
    with ProcessPoolExecutor(min(len(jobs), os.cpu_count() or 1), mp_context=get_context("spawn")) as pool:
        list(pool.map(write_cuts, jobs, repeat(folder)))
    write_atomically(folder / STAMP, json.dumps(_stamp()).encode())
    return Built(files=files, made=True)


def are_there(folder: Path) -> bool:
    """Whether every file is below `folder`, made by this recipe from these packages."""
    return _stamp_of(folder) == _stamp() and all((folder / cut.target).exists() for cut in _cuts())


def _cuts() -> Iterator[Cut]:
    yield from _print_cuts()
    yield from _web_cuts()


def _print_cuts() -> Iterator[Cut]:
    """Yield the static faces. The optical size of Source Serif 4 follows its use: text, heading, cover."""
    everything = LATIN + LATIN_EXT + GREEK + CYRILLIC
    faces = (
        ("inter-400", INTER, {"wght": 400, "opsz": 14}, "Inter", "Regular"),
        ("inter-600", INTER, {"wght": 600, "opsz": 14}, "Inter", "SemiBold"),
        ("inter-400-italic", INTER_ITALIC, {"wght": 400, "opsz": 14}, "Inter", "Italic"),
        ("source-serif-400-italic", SERIF_ITALIC, {"wght": 400, "opsz": 12}, "Source Serif 4", "Italic"),
        ("source-serif-400", SERIF, {"wght": 400, "opsz": 12}, "Source Serif 4", "Regular"),
        ("source-serif-600", SERIF, {"wght": 600, "opsz": 20}, "Source Serif 4", "SemiBold"),
        ("source-serif-display-600", SERIF, {"wght": 600, "opsz": 44}, "Source Serif 4 Display", "SemiBold"),
    )
    for name, source, axes, family, face in faces:
        yield Cut(f"print/{name}.ttf", source, dict(axes), everything, family, face)
    for weight, face in ((400, "Regular"), (600, "SemiBold")):
        source = PLEX_ARABIC[weight]
        yield Cut(f"print/plex-arabic-{weight}.ttf", source, {}, BETWEEN + ARABIC, "IBM Plex Sans Arabic", face)


def _web_cuts() -> Iterator[Cut]:
    """Yield one file per script, with the weights 400 to 700 (400 and 600 for Arabic)."""
    for script, ranges in EUROPEAN.items():
        yield Cut(f"web/inter-{script}.woff2", INTER, {"opsz": 14, "wght": (400, 700)}, ranges)
        yield Cut(f"web/inter-italic-{script}.woff2", INTER_ITALIC, {"opsz": 14, "wght": (400, 700)}, ranges)
        yield Cut(f"web/source-serif-{script}.woff2", SERIF, {"opsz": 20, "wght": (400, 700)}, ranges)
    for weight, source in PLEX_ARABIC.items():
        yield Cut(f"web/plex-arabic-{weight}.woff2", source, {}, ARABIC)


def _stamp() -> dict[str, str | int]:
    return {"recipe": RECIPE, **{package: version(package) for package in PACKAGES}}


def _stamp_of(folder: Path) -> dict[str, str | int] | None:
    try:
        stamp: dict[str, str | int] = json.loads((folder / STAMP).read_text())
    except (FileNotFoundError, json.JSONDecodeError):
        return None
    return stamp


def write_atomically(target: Path, content: bytes) -> None:
    """Put all of it there at once, or nothing."""
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    with os.fdopen(handle, "wb") as stream:
        stream.write(content)
    Path(name).chmod(0o644)
    Path(name).replace(target)
