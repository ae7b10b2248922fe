"""One measured figure, and the line that says it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """A measured value with its goal: held when `value` is at most `goal`. `unit` is "" for a ratio."""

    name: str
    value: float
    goal: float
    unit: str = ""

    @property
    def is_held(self) -> bool:
        """Whether the goal is reached."""
        return self.value <= self.goal

    def line(self) -> str:
        """`name<TAB>value<TAB>goal<TAB>held|short`, for people and scripts."""
        return "\t".join(
            (
                self.name,
                f"{self.value:.3g}{self.unit}",
                f"{self.goal:g}{self.unit}",
                "held" if self.is_held else "short",
            )
        )
