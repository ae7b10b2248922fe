"""What leads to one person without a name, in four languages and three alphabets."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from config.demonstration.stories import STORIES
from reviews.hints import Around, singled_out_in

TEXTS: dict[str, Any] = tomllib.loads(Path(__file__).with_name("singled_out.toml").read_text())
AROUND = Around.of(
    people=("Maria Popescu", "Ion"),
    places=("Kuncz community centre", "Health mediators, Ronaț"),
    small=("politicians", "families"),
)


@pytest.mark.parametrize(("text", "expected"), TEXTS["found"])
def test_what_leads_to_one_person_is_found(text: str, expected: list[list[str]]) -> None:
    assert [[hint.kind, hint.words] for hint in singled_out_in(text, AROUND)] == expected


@pytest.mark.parametrize("text", TEXTS["quiet"])
def test_what_leads_to_nobody_is_left_in_peace(text: str) -> None:
    assert singled_out_in(text, AROUND) == []


@pytest.mark.parametrize("path", sorted(STORIES.glob("*.toml")), ids=lambda path: path.stem)
def test_real_findings_raise_no_false_alarm(path: Any) -> None:
    told = tomllib.loads(path.read_text())
    around = Around.of(places=[site[0] for site in told.get("sites", ())])
    texts = [*(found["text"] for found in told.get("findings", ())), *told.get("report", {}).values()]
    assert [hint for text in texts for hint in singled_out_in(text, around)] == []
