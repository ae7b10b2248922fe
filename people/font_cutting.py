"""Cuts fonts to what people/fonts.py says. A module of its own: the font tools are large, and needed once."""

import gc
from importlib import import_module
from io import BytesIO
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

from people.fonts import Cut, Ranges, write_atomically

FEATURES = (
    *("calt", "case", "ccmp", "curs", "dlig", "fina", "init", "isol", "kern"),
    *("liga", "lnum", "locl", "mark", "medi", "mkmk", "rlig", "rclt", "tnum"),
)
"""OpenType features that page or PDF use; leaving out the stylistic sets halves Inter."""


def write_cuts(cuts: tuple[Cut, ...], folder: Path) -> None:
    """Make the files of one source and one set of characters, in a process of its own.

    Keep the characters first, then move the axes: the other way round takes three times as long.
    """
    gc.disable()  # a million small objects live as long as the process: looking for garbage costs a third of the time
    kept = _kept(cuts[0].source, cuts[0].ranges)
    for cut in cuts:
        write_atomically(folder / cut.target, _cut(cut, kept))
    gc.collect()


def _cut(cut: Cut, kept: bytes) -> bytes:
    font = TTFont(BytesIO(kept), recalcTimestamp=False)
    if cut.axes:
        instantiateVariableFont(font, cut.axes, inplace=True, optimize=not cut.family)
    if cut.family:
        _name(font, cut.family, cut.face)
    if cut.target.endswith(".woff2"):
        font.flavor = "woff2"
    return _saved(font)


def _kept(source: tuple[str, str], ranges: Ranges) -> bytes:
    """Return the font with only these characters."""
    package, name = source
    font = TTFont(Path(str(import_module(package).__file__)).parent / "files" / name, recalcTimestamp=False)
    _keep_characters(font, ranges)
    return _saved(font)


def _saved(font: TTFont) -> bytes:
    stream = BytesIO()
    font.save(stream)
    return stream.getvalue()


def _keep_characters(font: TTFont, ranges: Ranges) -> None:
    options = Options(layout_features=FEATURES, hinting=False, glyph_names=False, notdef_outline=True)
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14, 16, 17, 25]
    options.drop_tables += ["DSIG", "meta"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=[code for first, last in ranges for code in range(first, last + 1)])
    subsetter.subset(font)


def _name(font: TTFont, family: str, face: str) -> None:
    """Name a static face after its weight: the variable font calls every instance "Regular"."""
    names = {1: family, 2: face, 4: f"{family} {face}", 6: f"{family.replace(' ', '')}-{face}", 16: family, 17: face}
    for name_id, text in names.items():
        font["name"].setName(text, name_id, 3, 1, 0x409)
