"""What changed between two drafts that were sent, paragraph by paragraph."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import TYPE_CHECKING

from reports.rendering import deserialise
from reports.scanning.passages import passages_of
from reviews.differences import differences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reports.models import SentDraft
    from reports.scanning.passages import Passage
    from reviews.differences import Piece


@dataclass(frozen=True, slots=True)
class Change:
    """One paragraph that reads otherwise: how people say its place in each draft, empty where it was not there."""

    before: str
    after: str
    pieces: list[Piece]


@dataclass(frozen=True, slots=True)
class ChangedChapter:
    """A chapter with what changed in it."""

    title: str
    changes: list[Change]


def changes_between(before: SentDraft, after: SentDraft) -> list[ChangedChapter]:
    """Return the chapters in which something changed, in the order of the newer draft. No query."""
    old, new = _by_chapter(before), _by_chapter(after)
    order = [*new, *(anchor for anchor in old if anchor not in new)]
    found = ((anchor, list(_changes(old.get(anchor, []), new.get(anchor, [])))) for anchor in order)
    return [
        ChangedChapter((new.get(anchor) or old[anchor])[0].chapter, changes) for anchor, changes in found if changes
    ]


def _by_chapter(draft: SentDraft) -> dict[str, list[Passage]]:
    chapters: dict[str, list[Passage]] = {}
    for passage in passages_of(deserialise(draft.content)):
        chapters.setdefault(passage.anchor, []).append(passage)
    return chapters


def _changes(old: list[Passage], new: list[Passage]) -> Iterator[Change]:
    """Pair what stands between two unchanged paragraphs, in order."""
    matcher = SequenceMatcher(None, [p.text for p in old], [p.text for p in new], autojunk=False)
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag != "equal":
            for one, other in zip_longest(old[i:j], new[k:m]):
                pieces = differences(one.text if one else "", other.text if other else "")
                yield Change(one.label if one else "", other.label if other else "", pieces)
