"""What must be true of every outline, wherever it was made: in the pages or in a file."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from reports.draws import DRAWS, HOSTS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reports.outline_files.plan import SectionPlan


def problems_of(sections: Sequence[SectionPlan]) -> list[str]:
    """Return in sentences what is wrong with these sections together; an empty list when nothing is."""
    return list(_problems(sections))


def _problems(sections: Sequence[SectionPlan]) -> Iterator[str]:
    if not sections:
        yield "there is no section. A report needs at least one."
    for key, count in Counter(section.key for section in sections if section.key).items():
        if count > 1:
            yield f"the key “{key}” stands at {count} sections. A key names one section."
    for key, count in Counter(key for section in sections for key in set(section.draws)).items():
        if count > 1 and key in DRAWS:
            yield f"“{DRAWS[key].label}” is drawn by {count} sections. A report shows it once."
    for section in sections:
        if wrong := mixes_voices(section.draws):
            yield f"“{section.title}”: {wrong}"


def mixes_voices(draws: Sequence[str]) -> str:
    """Say what is wrong where a section would mix what is the host's with what is the team's; empty when it does not.

    The team confirms its own text while the host may still write: so the host's words have a section of their own.
    """
    own = set(draws) & HOSTS
    if own and set(draws) - HOSTS:
        return "what the host says stands in a section of its own, without other things from the review."
    return ""
