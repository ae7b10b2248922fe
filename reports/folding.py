"""One form of words for searching: lower case and without accents, so that every database finds the same."""

import unicodedata

_SPECIAL = str.maketrans({"ß": "ss", "ø": "o", "đ": "d", "ł": "l", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th", "ð": "d"})  # noqa: RUF001 - letters of cities


def folded(text: str) -> str:
    """Return `Timișoara` as `timisoara`, with single spaces."""
    plain = unicodedata.normalize("NFKD", text.casefold()).translate(_SPECIAL)
    return " ".join("".join(sign for sign in plain if not unicodedata.combining(sign)).split())
