import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviews.differences import Piece, differences


def test_changed_word_stands_between_what_stayed() -> None:
    assert differences("We meet monthly.", "We meet weekly.") == [
        Piece("same", "We meet "),
        Piece("removed", "monthly."),
        Piece("added", "weekly."),
    ]


@pytest.mark.parametrize(
    ("old", "new", "pieces"),
    [("", "New", [Piece("added", "New")]), ("Old", "", [Piece("removed", "Old")]), ("", "", [])],
)
def test_empty_sides(old: str, new: str, pieces: list[Piece]) -> None:
    assert differences(old, new) == pieces


@given(st.text(alphabet="ab \n"), st.text(alphabet="ab \n"))
def test_both_texts_can_be_read_from_the_pieces(old: str, new: str) -> None:
    pieces = differences(old, new)

    assert "".join(piece.text for piece in pieces if piece.state != "added") == old
    assert "".join(piece.text for piece in pieces if piece.state != "removed") == new


def test_long_texts_are_compared_in_a_moment_and_still_by_words_where_they_differ() -> None:
    lines = [f"Line number {number} says what it says.\n" for number in range(5_000)]
    changed = [*lines[:2_500], "Line number 2500 says something else.\n", *lines[2_501:]]

    pieces = differences("".join(lines), "".join(changed))

    assert [piece for piece in pieces if piece.state != "same"] == [
        Piece("removed", "what it says."),
        Piece("added", "something else."),
    ]
