"""The fonts of page and PDF: made once, never half, and with every letter of the languages we print."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from fontTools.ttLib import TTFont

from people import font_cutting, fonts

SMALL = fonts.Cut("print/small.ttf", fonts.PLEX_ARABIC[400], {}, ((0x0627, 0x0629),), "Small", "Regular")


def test_fonts_are_made_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "_cuts", lambda: iter([SMALL]))
    first = fonts.build_fonts(tmp_path)
    made_at = first.files[0].stat().st_mtime_ns
    second = fonts.build_fonts(tmp_path)
    assert (first.made, second.made) == (True, False)
    assert second.files[0].stat().st_mtime_ns == made_at
    with TTFont(tmp_path / "print" / "small.ttf") as font:
        assert sorted(font.getBestCmap()) == [0x0627, 0x0628, 0x0629]
        assert font["name"].getDebugName(4) == "Small Regular"


@pytest.mark.parametrize("lost", ["stamp.json", "print/small.ttf"])
def test_a_build_that_was_interrupted_is_done_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lost: str) -> None:
    monkeypatch.setattr(fonts, "_cuts", lambda: iter([SMALL]))
    fonts.build_fonts(tmp_path)
    (tmp_path / lost).unlink()
    assert fonts.build_fonts(tmp_path).made
    assert sorted(path.name for path in tmp_path.rglob("*") if path.is_file()) == ["small.ttf", "stamp.json"]


def test_the_same_package_gives_the_same_bytes() -> None:
    kept = font_cutting._kept(SMALL.source, SMALL.ranges)
    assert font_cutting._cut(SMALL, kept) == font_cutting._cut(SMALL, kept)


@pytest.mark.parametrize("name", ["inter-400", "inter-600", "inter-400-italic", "source-serif-400", "source-serif-600"])
@pytest.mark.parametrize(
    "letters",
    ["äöüßéèřșțłąćőűğışžñçÞðạế", "αβγάέήίϊΰΑΩς", "абвгдежзийклмнопрстуфхцчшщъьюяЪЮЯ", "ґєіїЄІЇ", "–—…“”„‚’·€→←↑↓✓"],  # noqa: RUF001 - the letters of Europe
)
def test_print_faces_have_the_letters_of_europe(name: str, letters: str) -> None:
    with TTFont(settings.FONTS_DIR / "print" / f"{name}.ttf") as font:
        assert [letter for letter in letters if ord(letter) not in font.getBestCmap()] == []


def test_arabic_letters_are_whole() -> None:
    """A font that sets letters from strokes and dots cannot be read aloud from a PDF: it has no shape for "teh" itself."""
    with TTFont(settings.FONTS_DIR / "print" / "plex-arabic-400.ttf") as font:
        shapes = set(font.getGlyphOrder())
        tables = font["GSUB"].table
        medial = [record.Feature for record in tables.FeatureList.FeatureRecord if record.FeatureTag == "medi"]
        lookups = {index for feature in medial for index in feature.LookupListIndex}
        mapped = {
            glyph
            for index in lookups
            for table in tables.LookupList.Lookup[index].SubTable
            for glyph in getattr(getattr(table, "ExtSubTable", table), "mapping", {})
        }
        letters = font.getBestCmap()
        assert shapes
        assert [letter for letter in "بتثنيشسجحخ" if letters[ord(letter)] not in mapped] == []


def test_stylesheet_names_the_files_and_ranges_that_are_made() -> None:
    css = (settings.BASE_DIR / "static" / "css" / "fonts.css").read_text()
    named = dict(re.findall(r'url\("\.\./fonts/([^"]+)"\).*?unicode-range: ([^;]+);', css, re.DOTALL))
    made = {Path(cut.target).name: cut.ranges for cut in fonts._cuts() if cut.target.startswith("web/")}
    assert {name: ranges.split(", ") for name, ranges in named.items()} == {
        name: [f"U+{first:04X}" if first == last else f"U+{first:04X}-{last:04X}" for first, last in ranges]
        for name, ranges in made.items()
    }
