"""The slides of the feedback session: what was released, a few to a slide."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from people.texts import word_count
from reviews.enums import FindingKind
from reviews.queries.findings import findings_of, recommendations_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from reviews.models import Case, Finding, Recommendation

_ON_A_SLIDE = 3
_WORDS_ON_A_SLIDE = 110


@dataclass(frozen=True, slots=True)
class Item:
    """One finding or recommendation on a slide; recommendations are numbered, findings have number 0."""

    text: str
    note: str
    number: int = 0


@dataclass(frozen=True, slots=True)
class Slide:
    """One screen: its title, the kind that colours it, and where it stands among those of its title."""

    title: str
    kind: str
    items: tuple[Item, ...]
    part: int
    parts: int


def slides_of(case: Case) -> list[Slide]:
    """The slides of a case: strengths, considerations, questions, good practices, recommendations."""
    findings = list(findings_of(case, for_team=False))
    slides: list[Slide] = []
    for kind, title in _TITLES:
        slides += _slides(title, kind, [_item(f) for f in findings if f.kind == kind])
    recommended = [
        _recommended(number, found) for number, found in enumerate(recommendations_of(case, for_team=False), start=1)
    ]
    return [*slides, *_slides("What we recommend", "recommendation", recommended)]


_TITLES: tuple[tuple[str, str], ...] = (
    (FindingKind.STRENGTH.value, "Strengths"),
    (FindingKind.CONSIDERATION.value, "Areas for consideration"),
    (FindingKind.QUESTION.value, "Questions to you"),
    (FindingKind.GOOD_PRACTICE.value, "Good practices to take home"),
)


def _item(finding: Finding) -> Item:
    return Item(finding.text, finding.theme)


def _recommended(number: int, found: Recommendation) -> Item:
    return Item(found.text, " · ".join(part for part in (found.addressee, found.time_frame) if part), number)


def _slides(title: str, kind: str, items: Sequence[Item]) -> list[Slide]:
    screens = list(_screens(items))
    return [Slide(title, kind, tuple(screen), part, len(screens)) for part, screen in enumerate(screens, start=1)]


def _screens(items: Iterable[Item]) -> Iterator[list[Any]]:
    """Fill screens with up to three items, fewer when they are long."""
    screen: list[Item] = []
    words = 0
    for item in items:
        long = word_count(item.text)
        if screen and (len(screen) == _ON_A_SLIDE or words + long > _WORDS_ON_A_SLIDE):
            yield screen
            screen, words = [], 0
        screen.append(item)
        words += long
    if screen:
        yield screen
