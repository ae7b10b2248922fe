"""One form of words for searching: lower case and without accents, so that every database finds the same.

Both the stored text and what somebody looks for are folded here, so that a plain `contains` on SQLite and on
PostgreSQL finds the same rows, whatever either database believes about letters.
"""

import re
import unicodedata

_SPECIAL = str.maketrans(
    {"ß": "ss", "ø": "o", "đ": "d", "ł": "l", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th", "ð": "d"}  # noqa: RUF001 - letters of cities
    | dict.fromkeys("‘’ʼ‛`", "'")  # noqa: RUF001 - a book has another apostrophe than a keyboard
    | dict.fromkeys("“”„‟«»", '"')
    | dict.fromkeys("‐‑‒–—−", "-")  # noqa: RUF001 - every dash is one
)
_UNSEEN = {"Mn", "Me", "Cf", "Cc"}
_TATWEEL = "\u0640"
_WORDS = re.compile(r'"([^"]+)"|(\S+)')


def folded(text: str) -> str:
    """Return `Timișoara` as `timisoara`, with single spaces: what `folded_with_places` says, in a sixth of the time."""
    return " ".join(text.translate(_known).split())


def folded_with_places(text: str) -> tuple[str, list[int]]:
    """Return the folded text, and for each of its signs the place of the sign in `text` that it came from.

    Two signs of a text may become one and one may become two: the places are how a hit is marked in the original.
    """
    signs: list[str] = []
    places: list[int] = []
    for place, sign in enumerate(text):
        if sign.isspace():
            if signs and signs[-1] != " ":
                signs.append(" ")
                places.append(place)
            continue
        for plain in _plain(sign):
            signs.append(plain)
            places.append(place)
    return "".join(signs), places


def words_to_find(query: str) -> list[str]:
    """Return what somebody looks for, folded: each word, and what stands in quotation marks as one piece."""
    found = (folded(phrase or word) for phrase, word in _WORDS.findall(folded(query)))
    return list(dict.fromkeys(word.strip('"') for word in found if word.strip('"')))


def _plain(sign: str) -> str:
    if sign.isascii():
        return "" if sign < " " else sign.lower()
    apart = unicodedata.normalize("NFKD", sign.casefold()).casefold().translate(_SPECIAL)
    return "".join(
        part for part in apart if part != _TATWEEL and not part.isspace() and unicodedata.category(part) not in _UNSEEN
    )


class _Known(dict[int, str]):
    """What each sign becomes, looked at when it is first met."""

    def __missing__(self, number: int) -> str:
        sign = chr(number)
        self[number] = " " if sign.isspace() else _plain(sign)
        return self[number]


_known = _Known()
