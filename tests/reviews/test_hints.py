"""Likely personal data in a text: what is found in three alphabets, and what is left in peace."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from config.demonstration.stories import ANSWERS, STORIES
from reviews.hints import hints_in

if TYPE_CHECKING:
    from collections.abc import Iterator

TEXTS: dict[str, Any] = tomllib.loads(Path(__file__).with_name("hints.toml").read_text())


@pytest.mark.parametrize(("text", "expected"), TEXTS["found"])
def test_personal_data_is_found(text: str, expected: list[str]) -> None:
    assert [hint.words for hint in hints_in(text)] == expected


@pytest.mark.parametrize("text", TEXTS["quiet"])
def test_places_offices_and_figures_are_left_in_peace(text: str) -> None:
    assert hints_in(text) == []


def test_known_places_and_officials_are_left_in_peace() -> None:
    text = "Radu Ionescu decides, in Cluj Napoca as in Alba Iulia. Ana Popescu does not."

    found = hints_in(text, known=["Radu Ionescu", "Cluj-Napoca", "Alba Iulia"])

    assert [hint.words for hint in found] == ["Ana Popescu"]


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, (list, dict)):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _texts(inner)


@pytest.mark.parametrize("path", [ANSWERS, *sorted(STORIES.glob("*.toml"))], ids=lambda path: path.stem)
def test_real_texts_raise_no_false_alarm(path: Any) -> None:
    told = tomllib.loads(path.read_text())

    found = [hint for text in _texts(told) for hint in hints_in(text, known=[told.get("title", "")])]

    assert found == []


def test_long_texts_are_read_quickly() -> None:
    assert len(hints_in("we met Anna Berg and others; " * 3000)) == 1
