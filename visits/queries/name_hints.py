"""A simple look for names in a note, while it is written: a hint with its reason, never a refusal.

Known names and titles come from visits/queries/names.py; here are also two capitalised words next to each other,
which are often a person and sometimes a place.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from visits.queries.names import names_in

if TYPE_CHECKING:
    from collections.abc import Iterable

_WORD = re.compile(r"\w[\w'’-]*")
_MARKS_BEFORE = " \t\"'“(*-#>"
_ENDS_OF_SENTENCES = ".!?…:;\n"
_ARTICLE = re.compile(r"(?:^|\W)the$", re.IGNORECASE)


def possible_names(text: str, *, known: Iterable[str] = (), places: Iterable[str] = ()) -> list[str]:
    """What in a text may name a person, each once, in order. `places` are names that are no persons, such as sites."""
    found = names_in(text, known)
    ours = " ".join(places).casefold()
    for pair in _pairs(text):
        if pair.casefold() not in ours and not any(pair in seen or seen in pair for seen in found):
            found.append(pair)
    return list(dict.fromkeys(found))


def _pairs(text: str) -> Iterable[str]:
    """Two capitalised words together; a sentence begins with one anyway, and people have no article."""
    for first, second in pairwise(_WORD.finditer(text)):
        is_pair = text[first.end() : second.start()] == " " and _is_name(first.group()) and _is_name(second.group())
        if is_pair and not _is_no_name_here(text[: first.start()]):
            yield f"{first.group()} {second.group()}"


def _is_no_name_here(before: str) -> bool:
    kept = before.rstrip(_MARKS_BEFORE)
    return not kept or kept[-1] in _ENDS_OF_SENTENCES or _ARTICLE.search(kept[-4:]) is not None


def _is_name(word: str) -> bool:
    """Written as a name: one capital in front, small letters behind."""
    return len(word) > 1 and word[0].isupper() and word[1:].islower()
