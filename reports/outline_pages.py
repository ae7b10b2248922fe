"""An outline as its page shows it: what a report that begins with it will have."""

from __future__ import annotations

from dataclasses import dataclass
from string import ascii_uppercase
from typing import TYPE_CHECKING

from reports.draws import DRAWS, Draw

if TYPE_CHECKING:
    from reports.outline_files import OutlinePlan, SectionPlan


@dataclass(frozen=True, slots=True)
class ShownSection:
    """A section with the number or letter that it will have, and what the case draws into it."""

    plan: SectionPlan
    number: str
    drawn: tuple[Draw, ...]


@dataclass(frozen=True, slots=True)
class ShownPlan:
    """A whole outline."""

    name: str
    sections: tuple[ShownSection, ...]

    @property
    def words(self) -> int:
        """The usual length of what the team writes."""
        return sum(section.plan.words for section in self.sections)

    @property
    def left_out(self) -> list[Draw]:
        """What a report that begins with it will not show."""
        drawn = {draw.key for section in self.sections for draw in section.drawn}
        return [draw for draw in DRAWS.values() if draw.key not in drawn]


def shown_plan(plan: OutlinePlan) -> ShownPlan:
    """Number the sections as a report would."""
    letters = iter(ascii_uppercase * 2)
    return ShownPlan(
        plan.name,
        tuple(
            ShownSection(
                section,
                next(letters) if section.is_annex else str(position),
                tuple(DRAWS[key] for key in section.draws if key in DRAWS),
            )
            for position, section in enumerate(plan.sections, start=1)
        ),
    )
