"""Texts as they are searched: accents, capitals, dashes and unseen signs make no difference."""

from __future__ import annotations

import pytest

from people.folding import folded, folded_with_places, words_to_find


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("Timișoara", "timisoara"),
        ("Timişoara", "timișoara"),
        ("ȘCOALĂ", "scoala"),
        ("Δήμος ΣΧΟΛΕΊΟΥ", "δημος σχολειου"),
        ("Δήμος", "ΔΗΜΟΣ"),
        ("Община София", "община софия"),
        ("مَدِينَة", "مدينة"),
        ("مـديـنـة", "مدينة"),
        ("ﻣﺪﻳﻨﺔ", "مدينة"),
        ("Gdańsk Łódź Straße Århus Ístanbul", "gdansk lodz strasse arhus istanbul"),
        ("self‑assessment – “plan”", 'self-assessment - "plan"'),  # noqa: RUF001 - as books print it
        ("word\u00adbreak zero\u200bwidth", "wordbreak zerowidth"),
        ("two\n\t lines\u00a0here ", "two lines here"),
    ],
)
def test_what_is_typed_finds_what_is_written(written: str, typed: str) -> None:
    assert folded(written) == folded(typed)


def test_places_lead_back_to_the_signs_they_came_from() -> None:
    text = "Straße, é  x"

    plain, places = folded_with_places(text)

    assert plain == "strasse, e x"
    assert [text[place] for place in places] == list("Straßße, é x")


def test_quick_way_and_the_one_with_places_say_the_same() -> None:
    """Of every sign of the scripts up to the Asian ones, beside letters and spaces."""
    text = "".join(f"a{chr(number)}b {chr(number)} c" for number in range(0x3000))

    assert folded(text) == folded_with_places(text)[0].strip()


def test_query_is_cut_into_words_and_phrases() -> None:
    assert words_to_find('Școală  “plan Local” școala "" scoala') == ["scoala", "plan local"]
    assert words_to_find(' " ') == []
