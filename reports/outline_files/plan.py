"""An outline in plain values."""

from dataclasses import dataclass

MOST_SECTIONS = 30
MOST_WORDS = 20_000
MOST_NAME = 120
MOST_TITLE = 160
MOST_PURPOSE = 600
MOST_OPENING = 10_000


@dataclass(frozen=True, slots=True)
class SectionPlan:
    """One section: what it is for, what it begins with, what the case draws into it, and a usual length."""

    key: str
    title: str
    purpose: str = ""
    opening: str = ""
    draws: tuple[str, ...] = ()
    words: int = 0
    is_required: bool = False
    is_annex: bool = False
    starts_page: bool = True


@dataclass(frozen=True, slots=True)
class OutlinePlan:
    """A whole outline: its name and its sections in their order."""

    name: str
    sections: tuple[SectionPlan, ...]
