"""What the demonstration tells: people and stories, read from the TOML files beside this module."""

from __future__ import annotations

import calendar
import tomllib
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

_HERE = Path(__file__).parent
PEOPLE = _HERE / "people.toml"
ANSWERS = _HERE / "answers.toml"
STORIES = _HERE / "stories"


@dataclass(frozen=True, kw_only=True)
class Story:
    """One case: who, what, and how far it has come. Field names are those of the TOML files.

    `visit` holds two ISO dates; without it the visit begins `days` from today, 0 meaning that there is no date.
    `silent` are those of the team who do not confirm the report, each with the reason why the lead goes on ("" while it
    waits); `corrected` maps a section to the words that the second version replaces, with `erratum` as its note;
    `withdrawn` is the reason why the publication is withdrawn.
    """

    slug: str
    title: str
    city: str
    group: str
    theme: str
    stage: str
    note: str
    coordinator: str
    challenge: str
    questions: list[str]
    sponsor: str = ""
    contributors: list[str] = field(default_factory=list)
    lead: str = ""
    rapporteur: str = ""
    friends: list[str] = field(default_factory=list)
    observer: str = ""
    groups: list[str] = field(default_factory=list)
    visit: list[str] = field(default_factory=list)
    days: int = 0
    published: str = ""
    principles: list[int] = field(default_factory=list)
    goals: list[int] = field(default_factory=list)
    off_limits: str = ""
    practical: str = ""
    statement: str = ""
    self_assessment: str = ""
    answered: int = 33
    photos: bool = False
    report_status: str = "published"
    silent: dict[str, str] = field(default_factory=dict)
    audience: str = "public"
    licence: str = "CC-BY-4.0"
    erratum: str = ""
    corrected: dict[str, list[str]] = field(default_factory=dict)
    withdrawn: str = ""
    sites: list[list[str]] = field(default_factory=list)
    slots: list[list[Any]] = field(default_factory=list)
    findings: list[dict[str, Any]] = field(default_factory=list)
    loose_notes: list[list[Any]] = field(default_factory=list)
    recommendations: list[dict[str, Any]] = field(default_factory=list)
    rewordings: list[dict[str, Any]] = field(default_factory=list)
    report: dict[str, str] = field(default_factory=dict)
    comments: list[dict[str, Any]] = field(default_factory=list)

    def visit_dates(self, today: date) -> tuple[date | None, date | None]:
        """First and last day of the visit."""
        if self.visit:
            return date.fromisoformat(self.visit[0]), date.fromisoformat(self.visit[1])
        if not self.days:
            return None, None
        first = _working_week(today + timedelta(days=self.days))
        length = max((slot[0] for slot in self.slots), default=2)
        return first, first + timedelta(days=length - 1)

    @property
    def team(self) -> list[str]:
        """The keys of everybody who visits, the lead first."""
        return [key for key in (self.lead, self.rapporteur, *self.friends) if key]


def _working_week(day: date) -> date:
    """A day on which a visit can begin: Monday to Wednesday. A Sunday moves on, the others move back to Monday."""
    if day.weekday() == calendar.SUNDAY:
        return day + timedelta(days=1)
    return day if day.weekday() <= calendar.WEDNESDAY else day - timedelta(days=day.weekday())


@cache
def people() -> dict[str, Any]:
    """Groups, cities and people."""
    return tomllib.loads(PEOPLE.read_text())


@cache
def answers() -> dict[int, list[str]]:
    """The answers of every self-assessment, by number: text, rating, reason, trend."""
    return {int(number): answer for number, answer in tomllib.loads(ANSWERS.read_text()).items()}


@cache
def stories() -> tuple[Story, ...]:
    """Every story, by name of its file."""
    return tuple(Story(**tomllib.loads(path.read_text())) for path in sorted(STORIES.glob("*.toml")))
