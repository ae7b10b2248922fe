"""Names in texts: what the team should look at before the host reads it. A hint, never a proof."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from visits.models import HostSite

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reviews.models import Case

_TITLES = (
    "Mr", "Mrs", "Ms", "Mx", "Miss", "Dr", "Prof", "Professor", "Sir", "Madam", "Mme", "Mlle", "Herr", "Frau",
    "Señor", "Señora", "Dna", "Dl", "Doamna", "Domnul",
)  # fmt: skip
_TITLED = re.compile(rf"\b(?:{'|'.join(_TITLES)})\b\.?\s+[^\W\d_a-z][\w'’-]+(?:\s+[^\W\d_a-z][\w'’-]+)?")
_FULL_NAME = re.compile(r"[^\W\d_a-z][\w'’-]+(?:\s+[^\W\d_a-z][\w'’-]+)+")
_SHORTEST = 4


def known_names(case: Case) -> frozenset[str]:
    """The names that the product knows around a case: everybody with a role, and the contacts of the host sites."""
    people = set(case.memberships.values_list("user__name", flat=True))
    contacts = HostSite.objects.filter(visit__case=case).exclude(contact="").values_list("contact", flat=True)
    found = {name for contact in contacts for name in full_names(contact)}
    return frozenset(name.strip() for name in people | found if name.strip())


def full_names(text: str) -> list[str]:
    """What in a line such as the contact of a site is written like a full name."""
    return [match.group() for match in _FULL_NAME.finditer(text)]


def names_in(text: str, names: Iterable[str]) -> list[str]:
    """What in a text looks like somebody's name: a known full name or surname, or a title with a word behind it."""
    found = [match.group() for match in _TITLED.finditer(text)]
    for name in names:
        for part in (name, name.split()[-1]):
            if len(part) >= _SHORTEST and not any(part in seen for seen in found) and _stands_in(part, text):
                found.append(part)
                break
    return found


def _stands_in(name: str, text: str) -> bool:
    """Whether a name stands in a text as whole words, written as a name."""
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) is not None
