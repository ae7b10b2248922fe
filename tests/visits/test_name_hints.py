"""What in a note may name a person: a hint with its reason."""

import pytest

from visits.queries.name_hints import possible_names


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We heard from Maria Popescu that it works.", ["Maria Popescu"]),
        ("Mrs Ionescu leads it.", ["Mrs Ionescu"]),
        ("Maria Popescu said so. The Mayor came. Frau Weiß too.", ["Frau Weiß"]),
        ("The Neighbourhood Centre is open.", []),
        ("They come. Parents Evening is full.", []),
        ("in the kuncz Neighbourhood", []),
        ("EU Commission and NGO Forum", []),
        ("She met Șerban Țepeș and Jean-Luc Émile.", ["Șerban Țepeș"]),
        ("", []),
        ("- Anna Berg\n- parents", []),
    ],
)
def test_what_looks_like_a_name(text: str, expected: list[str]) -> None:
    assert possible_names(text) == expected


def test_known_people_are_found_by_their_surname_and_places_are_no_people() -> None:
    found = possible_names("Told Farkas at the Kuncz School gate.", known=["Réka Farkas"], places=["Kuncz School"])

    assert found == ["Farkas"]


def test_long_texts_are_read_quickly() -> None:
    assert len(possible_names("we met Anna Berg and others; " * 300)) == 1
