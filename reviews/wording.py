"""Kind wording: hints for the writer of a finding. They never stop anybody; a person decides."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reviews.enums import FindingKind

if TYPE_CHECKING:
    from reviews.models import Finding


@dataclass(frozen=True, slots=True)
class Hint:
    """What was noticed, and what might read better."""

    noticed: str
    instead: str


_JUDGING = re.compile(
    r"\b(bad|badly|poor|poorly|wrong|failed|failure|fails|weak|inadequate|unacceptable|incompetent|must|never|always|"
    r"obviously|clearly|unfortunately|simply)\b",
    re.IGNORECASE,
)
_OUR_PLACE = re.compile(
    r"\b((?:in|at) our (?:city|town|municipality|place|country|school)|where we come from|back home|we do it)\b",
    re.IGNORECASE,
)
_EVERYBODY = re.compile(
    r"\b(everybody|everyone|nobody|no one|all (?:parents|teachers|residents|staff|families|people))\b", re.IGNORECASE
)


def hints_for(finding: Finding, *, is_single_source: bool) -> tuple[Hint, ...]:
    """What a critical friend might say more kindly or more carefully."""
    found = []
    if finding.kind != FindingKind.STRENGTH and (words := _words(_JUDGING, finding.text)):
        found.append(Hint(f"Judging words: {words}", "Say what you saw, and what it leads to."))
    if words := _words(_OUR_PLACE, finding.text):
        found.append(Hint(f"Your own city: {words}", "“Others have solved it by …” is easier to hear."))
    if is_single_source and (words := _words(_EVERYBODY, finding.text)):
        found.append(
            Hint(f"A large claim from one source: {words}", "Say who you heard it from, or find a second source.")
        )
    return tuple(found)


def _words(pattern: re.Pattern[str], text: str) -> str:
    """The words that were noticed, each once."""
    return ", ".join(f"“{word}”" for word in dict.fromkeys(match.group() for match in pattern.finditer(text)))
