"""The words by which a hint tells people from places and offices, read once from the file beside this module."""

from __future__ import annotations

import tomllib
import unicodedata
from functools import cache, lru_cache
from pathlib import Path

_GREEK = ("\u03b1", "\u03c9")
_FINAL_SIGMA, _SIGMA = "\u03c2", "\u03c3"


@lru_cache(maxsize=20_000)
def fold(word: str) -> str:
    """Small letters without accents; the two Greek forms of sigma are one."""
    found = unicodedata.normalize("NFD", word.casefold())
    return "".join(sign for sign in found if not unicodedata.combining(sign)).replace(_FINAL_SIGMA, _SIGMA)


@cache
def words(kind: str) -> frozenset[str]:
    """The words of one kind: titles, institutions, first_names, no_names, particles, german, articles."""
    return frozenset(fold(word) for word in _lists()[kind].split())


@cache
def _lists() -> dict[str, str]:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text())


@cache
def is_first_name(word: str) -> bool:
    """Whether a word is a common first name, also as Romanian (Mariei) and Greek inflect it."""
    found, names = fold(word), words("first_names")
    if found in names or (found.endswith("ei") and f"{found[:-2]}a" in names):
        return True
    return _is_greek(found) and _stem(found) in _greek_stems()


def _is_greek(word: str) -> bool:
    return _GREEK[0] <= word[:1] <= _GREEK[1]


def _stem(word: str) -> str:
    return word.rstrip(_SIGMA).rstrip(_lists()["greek_endings"])


@cache
def _greek_stems() -> frozenset[str]:
    return frozenset(_stem(name) for name in words("first_names") if _is_greek(name))
