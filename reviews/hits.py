"""Where words stand in a text: hits marked in the original, although the search knows neither accents nor capitals."""

from __future__ import annotations

from dataclasses import dataclass

from people.folding import folded_with_places, words_to_find


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a text; `is_hit` is what somebody looked for."""

    text: str
    is_hit: bool = False


def marked(text: str, query: str) -> list[Run]:
    """Cut a text into runs, so that each hit is one of its own. The runs together are the text."""
    runs: list[Run] = []
    at = 0
    for start, end in _spans(text, query):
        if start > at:
            runs.append(Run(text[at:start]))
        runs.append(Run(text[start:end], is_hit=True))
        at = end
    if at < len(text):
        runs.append(Run(text[at:]))
    return runs


def around_first_hit(text: str, query: str, *, before: int = 70, after: int = 150) -> list[Run]:
    """Return a line or two around the first hit, marked, cut at words."""
    spans = _spans(text, query)
    start, end = spans[0] if spans else (0, 0)
    first = _word_start(text, max(0, start - before))
    last = _word_end(text, min(len(text), end + after))
    line = " ".join(text[first:last].split())
    shown = f"{'… ' if first else ''}{line}{' …' if last < len(text) else ''}"
    return marked(shown, query)


def _spans(text: str, query: str) -> list[tuple[int, int]]:
    """Return start and end of all hits in the original, in order, joined where they touch."""
    plain, places = folded_with_places(text)
    found: list[tuple[int, int]] = []
    for word in words_to_find(query):
        at = plain.find(word)
        while at >= 0:
            last = at + len(word) - 1
            found.append((places[at], _end(text, places[last])))
            at = plain.find(word, last + 1)
    joined: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _end(text: str, place: int) -> int:
    """Take the accents along that follow a letter as signs of their own."""
    end = place + 1
    while end < len(text) and not text[end].isspace() and not folded_with_places(text[end])[0]:
        end += 1
    return end


def _word_start(text: str, at: int) -> int:
    return at if at == 0 else text.rfind(" ", 0, at) + 1 if " " in text[max(0, at - 30) : at] else at


def _word_end(text: str, at: int) -> int:
    found = text.find(" ", at, at + 30)
    return found if found >= 0 else at
