"""Agenda templates: programmes that have worked, to fill an empty one. Data, not states (docs/method.md)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from visits.enums import SlotKind

if TYPE_CHECKING:
    from collections.abc import Iterable

K = SlotKind


@dataclass(frozen=True, slots=True)
class Entry:
    """One slot of a template. `day` 1 is the first day of the visit, 0 the evening before; times are local.

    `each` plans it once for every group; `turn` says at which of the group's host sites (1 the first, 0 none).
    """

    day: int
    start: str
    end: str
    kind: SlotKind
    title: str
    each: bool = False
    turn: int = 0


@dataclass(frozen=True, slots=True)
class Agenda:
    """A template with its name, whom it suits, and how many days it takes."""

    key: str
    label: str
    description: str
    days: int
    entries: tuple[Entry, ...]


def _arrival() -> tuple[Entry, ...]:
    return (
        Entry(0, "16:30", "18:00", K.TEAM, "Team briefing: roles, questions, who notes"),
        Entry(0, "19:00", "21:00", K.MEAL, "Welcome dinner"),
    )


def _start(days: Iterable[int]) -> tuple[Entry, ...]:
    return tuple(Entry(day, "08:30", "09:00", K.TEAM, "Team start") for day in days)


def _debrief(day: int, title: str) -> tuple[Entry, ...]:
    return (Entry(day, "16:45", "18:00", K.DEBRIEF, title),)


def _first_day() -> tuple[Entry, ...]:
    return (
        Entry(1, "09:00", "10:30", K.WELCOME, "Welcome by the political sponsor, policy context, questions"),
        Entry(1, "10:45", "12:15", K.PANEL, "Panel: residents, families, organisations"),
        Entry(1, "12:15", "13:15", K.MEAL, "Lunch with practitioners"),
        Entry(1, "13:15", "14:00", K.INTERVIEW, "Interview: managers of the city", each=True),
        Entry(1, "14:15", "15:00", K.INTERVIEW, "Interview: front-line staff", each=True),
        Entry(1, "15:15", "16:30", K.INTERVIEW, "Interview: partners", each=True),
        *_debrief(1, "Daily debrief: first impressions"),
    )


def _site_day(day: int) -> tuple[Entry, ...]:
    return (
        Entry(day, "09:15", "10:30", K.SITE_VISIT, "Site visit", each=True, turn=1),
        Entry(day, "10:45", "11:30", K.INTERVIEW, "Interview at the site: staff", each=True, turn=1),
        Entry(day, "11:30", "12:15", K.INTERVIEW, "Interview at the site: people it works for", each=True, turn=1),
        Entry(day, "12:15", "13:00", K.MEAL, "Lunch at the site", each=True, turn=1),
        Entry(day, "13:00", "13:30", K.TRAVEL, "On the way to the second site", each=True),
        Entry(day, "13:30", "15:00", K.SITE_VISIT, "Site visit", each=True, turn=2),
        Entry(day, "15:15", "16:15", K.INTERVIEW, "Interview at the site", each=True, turn=2),
        *_debrief(day, "Daily debrief: what agrees, what is in doubt, who is missing"),
        Entry(day, "19:30", "21:30", K.TEAM, "Team dinner"),
    )


def _last_day(day: int) -> tuple[Entry, ...]:
    return (
        Entry(day, "09:00", "10:30", K.TEAM, "Across the groups: cluster and compare"),
        Entry(day, "10:45", "12:15", K.TEAM, "Write strengths, considerations and questions"),
        Entry(day, "12:15", "13:15", K.TEAM, "Working lunch, rehearsal"),
        Entry(day, "13:15", "14:45", K.FEEDBACK, "Feedback session, with the reply of the host"),
        Entry(day, "15:15", "16:00", K.OTHER, "Next steps, dates, what everybody takes home"),
    )


ONE_DAY = Agenda(
    key="one-day",
    label="One day",
    description="A small review with one host site and one team.",
    days=1,
    entries=(
        Entry(1, "08:30", "09:00", K.TEAM, "Team start: roles, questions, who notes"),
        Entry(1, "09:00", "09:45", K.WELCOME, "Welcome and context"),
        Entry(1, "10:00", "11:15", K.SITE_VISIT, "Site visit", each=True, turn=1),
        Entry(1, "11:30", "12:15", K.INTERVIEW, "Interview: people it works for", each=True, turn=1),
        Entry(1, "12:15", "13:00", K.MEAL, "Lunch with practitioners"),
        Entry(1, "13:00", "13:45", K.INTERVIEW, "Interview: front-line staff and partners", each=True),
        Entry(1, "14:00", "15:30", K.TEAM, "Write strengths, considerations and questions"),
        Entry(1, "15:45", "16:45", K.FEEDBACK, "Feedback session, with the reply of the host"),
    ),
)
TWO_DAYS = Agenda(
    key="two-days",
    label="Two days",
    description="The first day to listen, the second to compare and tell.",
    days=2,
    entries=(
        *_arrival(),
        *_start((1, 2)),
        Entry(1, "09:00", "10:00", K.WELCOME, "Welcome by the political sponsor, policy context"),
        Entry(1, "10:15", "11:15", K.PANEL, "Panel: residents, families, organisations"),
        Entry(1, "11:30", "12:15", K.INTERVIEW, "Interview: managers of the city", each=True),
        Entry(1, "12:15", "13:15", K.MEAL, "Lunch with practitioners"),
        Entry(1, "13:45", "15:15", K.SITE_VISIT, "Site visit", each=True, turn=1),
        Entry(1, "15:30", "16:15", K.INTERVIEW, "Interview at the site", each=True, turn=1),
        *_debrief(1, "Daily debrief: what agrees, what is in doubt, who is missing"),
        *_last_day(2),
    ),
)
THREE_DAYS = Agenda(
    key="three-days",
    label="Three days",
    description="The usual review: context, host sites, feedback. Groups go to their sites in parallel.",
    days=3,
    entries=(*_arrival(), *_start((1, 2, 3)), *_first_day(), *_site_day(2), *_last_day(3)),
)
FOUR_DAYS = Agenda(
    key="four-days",
    label="Four days",
    description="Two days at host sites: for a large subject, or when people have to be met in many places.",
    days=4,
    entries=(
        *_arrival(),
        *_start((1, 2, 3, 4)),
        *_first_day(),
        *_site_day(2),
        Entry(3, "09:15", "10:30", K.SITE_VISIT, "Site visit", each=True, turn=3),
        Entry(3, "10:45", "11:30", K.INTERVIEW, "Interview at the site", each=True, turn=3),
        Entry(3, "11:30", "12:15", K.INTERVIEW, "Interview: politicians"),
        Entry(3, "12:15", "13:15", K.MEAL, "Lunch with practitioners"),
        Entry(3, "13:15", "15:00", K.INTERVIEW, "Kept free: whom the debrief missed", each=True),
        Entry(3, "15:15", "16:30", K.INTERVIEW, "Interview: other public bodies, employers", each=True),
        *_debrief(3, "Daily debrief: what we would say if it ended today"),
        *_last_day(4),
    ),
)
ONLINE = Agenda(
    key="online",
    label="Online",
    description="Five half days of two hours: no more than ten hours of meetings a week for one person.",
    days=5,
    entries=(
        Entry(1, "09:30", "10:30", K.WELCOME, "Welcome and context, by video"),
        Entry(1, "10:45", "11:30", K.PANEL, "Panel: residents, families, organisations, by video"),
        Entry(1, "11:30", "11:45", K.DEBRIEF, "Short debrief"),
        Entry(2, "09:30", "10:15", K.INTERVIEW, "Interview: managers of the city, by video", each=True),
        Entry(2, "10:30", "11:15", K.INTERVIEW, "Interview: front-line staff, by video", each=True),
        Entry(2, "11:15", "11:30", K.DEBRIEF, "Short debrief"),
        Entry(3, "09:30", "10:30", K.SITE_VISIT, "Virtual tour with the people of the site", each=True, turn=1),
        Entry(3, "10:45", "11:30", K.INTERVIEW, "Interview: partners, by video", each=True),
        Entry(3, "11:30", "11:45", K.DEBRIEF, "Short debrief"),
        Entry(4, "09:30", "11:30", K.TEAM, "Compare, and write strengths, considerations and questions"),
        Entry(5, "09:30", "11:00", K.FEEDBACK, "Feedback session, with the reply of the host"),
        Entry(5, "11:00", "11:30", K.OTHER, "Next steps, dates, what everybody takes home"),
    ),
)
AGENDAS: dict[str, Agenda] = {agenda.key: agenda for agenda in (ONE_DAY, TWO_DAYS, THREE_DAYS, FOUR_DAYS, ONLINE)}
