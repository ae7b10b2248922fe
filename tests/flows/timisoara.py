"""Timișoara 2018: the facts are public, the people and what they write are invented.

`Review` knows who is who and gives everybody their screen. What would only be more of the same (33 answers, 20 slots, the
words of the team) is written here through the product's own actions; the first of each kind is done on the page.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.db.models import F
from django.utils import timezone
from django.utils.text import slugify

from people.models import User
from reports.actions.approval import confirm_report
from reports.actions.sections import save_section
from reports.contents import team_hash
from reviews.access import seat_in
from reviews.actions.answers import Written, save_answer
from reviews.actions.findings import save_finding
from reviews.actions.interests import declare_interest
from reviews.actions.team import Candidate, add_person
from reviews.enums import FindingKind, Interest, Role, Theme
from reviews.models import Case, Milestone
from reviews.queries.self_assessments import questions_asked
from tests import factories
from tests.flows.screens import Screen
from visits.actions.evidence import make_finding
from visits.actions.notes import NoteValues, write_note
from visits.actions.places import SiteValues, save_site
from visits.actions.slots import SlotValues, change_slot
from visits.enums import SLOTS_WITH_PEOPLE, NoteKind, SourceGroup
from visits.models import Note, Slot

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from playwright.sync_api import BrowserContext

    from tests.stack import Stack

TITLE = "Timișoara: local action plan for Roma inclusion"
SLUG = slugify(TITLE)
CHALLENGE = (
    "The council adopted a local action plan for Roma inclusion in early 2018, within the national strategy of 2015-2020. "
    "The social services department follows an **integrated approach**. We do not know yet whether it reaches the "
    "families of the Kuncz neighbourhood, one of the most deprived areas of the city."
)
QUESTIONS = (
    "Does our action plan reach the families who need it most?",
    "How do other cities let residents decide with them?",
    "What should we change before the budget of 2019?",
)
CITIES = {
    "Timișoara": ("RO", "Europe/Bucharest", "ro"),
    "Ghent": ("BE", "Europe/Brussels", "nl"),
    "Glasgow": ("GB", "Europe/London", "en"),
    "Gothenburg": ("SE", "Europe/Stockholm", "sv"),
    "Cluj-Napoca": ("RO", "Europe/Bucharest", "ro"),
    "Budapest": ("HU", "Europe/Budapest", "hu"),
}
PEOPLE = {
    "coordinator": ("Mihaela Pop", "Timișoara", "Head of social inclusion"),
    "sponsor": ("Radu Ionescu", "Timișoara", "Deputy mayor"),
    "lead": ("Sofie Claes", "Ghent", "Policy adviser, social policy"),
    "friend": ("Isla Murray", "Glasgow", "Community development officer"),
    "other_friend": ("Erik Lund", "Gothenburg", "Head of unit, schools"),
    "rapporteur": ("Ana Moldovan", "Cluj-Napoca", "Researcher"),
}
MORE_OF_THE_TEAM = {"friend": Role.CRITICAL_FRIEND, "other_friend": Role.CRITICAL_FRIEND, "rapporteur": Role.RAPPORTEUR}
LOG_IN_ON_THE_PAGE = {"coordinator", "secretariat"}
COME_SELDOM = {"secretariat", "rapporteur", "sponsor", "newcomer", "stranger"}
SHARED = "the computer that they share"
NEWCOMER, NEWCOMER_EMAIL = "Zsófia Nagy", "zsofia.nagy@budapest.example"
SITES = (
    ("Kuncz community centre", "Strada Kuncz 12"),
    ("School no. 18", "Strada Iosif Rangheț 3"),
    ("Health mediators, Ronaț", "Calea Bogdăneștilor 30"),
    ("Job club, Fabric", "Strada Dacilor 7"),
)
NOTES = (
    (NoteKind.HEARD, SourceGroup.FRONT_LINE, "The mediators say that most families now have a family doctor."),
    (NoteKind.NUMBER, SourceGroup.MANAGERS, "About 300 people came to the open day: 40 partners, 190 children."),
    (NoteKind.SEEN, SourceGroup.COMMUNITY, "The open day was held on the square itself, and neighbours stayed on."),
    (NoteKind.HEARD, SourceGroup.FAMILIES, "Parents heard of the plan only when it had been decided."),
    (NoteKind.HEARD, SourceGroup.NGOS, "Partners are asked for their opinion after the budget is closed."),
    (NoteKind.QUESTION, SourceGroup.POLITICIANS, "Who answers when a measure of the plan is not carried out?"),
)


@dataclass
class Review:
    """The case, its people and their screens."""

    profiles: Callable[[], BrowserContext]
    stack: Stack
    artefacts: Path
    slug: str = SLUG
    screens: dict[str, Screen] = field(default_factory=dict)
    present: dict[str, str] = field(default_factory=dict)
    """Who is logged in at which computer."""
    to_log_in: set[str] = field(default_factory=lambda: set(LOG_IN_ON_THE_PAGE))

    # --- Who is who -------------------------------------------------------------------------------
    @staticmethod
    def set_the_stage() -> None:
        """The cities, a working group, the secretariat and the people who have an account already."""
        cities = {
            name: factories.make_city(name, country=country, time_zone=zone, language=language)
            for name, (country, zone, language) in CITIES.items()
        }
        factories.make_working_group(name="Roma inclusion")
        factories.make_user("Katrin Vogel", email="secretariat@example.org", is_secretariat=True)
        for part, (name, city, job) in PEOPLE.items():
            factories.make_user(name, email=f"{part}@example.org", city=cities[city], job_title=job)

    @property
    def case(self) -> Case:
        """The case as it is in the database now."""
        return Case.objects.select_related("self_assessment", "study_visit").get(slug=self.slug)

    def user(self, part: str) -> User:
        """The account of somebody in the story."""
        return User.objects.get(email=NEWCOMER_EMAIL if part == "newcomer" else f"{part}@example.org")

    def screen(self, part: str) -> Screen:
        """Somebody's screen. Host and secretariat log in on the page the first time; `stranger` has no account.

        Who comes seldom has no computer alone: the page of whoever was there before is still open.
        """
        computer = SHARED if part in COME_SELDOM else part
        if computer not in self.screens:
            self.screens[computer] = Screen.open_for(self.profiles(), self.stack.url, self.artefacts)
        screen = self.screens[computer]
        if self.present.get(computer) != part:
            self._log_in(part, screen)
            self.present[computer] = part
        return screen

    def _log_in(self, part: str, screen: Screen) -> None:
        screen.page.context.clear_cookies()
        if part in self.to_log_in:
            self.to_log_in.remove(part)
            screen.log_in(self.user(part).email)
        elif part != "stranger":
            screen.is_logged_in(self.stack, self.user(part))

    def stranger_is_newcomer(self) -> None:
        """Who came as a stranger has an account now, and is logged in."""
        self.present[SHARED] = "newcomer"

    def at_case(self, part: str) -> Screen:
        """Somebody's screen, at the overview of the case."""
        screen = self.screen(part)
        screen.go(f"/cases/{self.slug}/")
        return screen

    def at_tab(self, part: str, name: str) -> Screen:
        """Somebody's screen, at a page of the case: they press its tab on the page where they are."""
        screen = self.screen(part)
        screen.tab(name)
        return screen

    @property
    def faults(self) -> list[str]:
        """What went wrong on anybody's screen."""
        return [f"{part}: {fault}" for part, screen in self.screens.items() for fault in screen.faults]

    def keep_pictures(self) -> None:
        """Keep what everybody sees now."""
        for part, screen in self.screens.items():
            screen.page.screenshot(path=self.artefacts / f"failed-{part}.png", full_page=True)

    # --- More of the same -------------------------------------------------------------------------
    def add_the_rest_of_the_team(self) -> None:
        """The critical friends and the rapporteur, after the lead."""
        for part, role in MORE_OF_THE_TEAM.items():
            add_person(self.case, role, Candidate(email=f"{part}@example.org"), by=self.user("secretariat"))

    def declare_the_rest(self) -> None:
        """No conflict of interest for those who have said nothing yet."""
        for part in MORE_OF_THE_TEAM:
            declare_interest(self.case, Interest.NONE, text="", by=self.user(part))

    def name_other_sites(self) -> None:
        """The three host sites after the first."""
        for name, address in SITES[1:]:
            save_site(self.case, by=self.user("coordinator"), values=SiteValues(name=name, address=address))

    def staff_the_programme(self) -> None:
        """Every talk gets a lead, a note-taker, a place and people to meet."""
        case, lead = self.case, self.user("lead")
        pairs = {"Group A": ("lead", "friend"), "Group B": ("rapporteur", "other_friend"), "": ("lead", "rapporteur")}
        for slot in Slot.objects.filter(visit=case.study_visit, removed_at=None).select_related("group"):
            if slot.kind not in SLOTS_WITH_PEOPLE:
                continue
            one, other = pairs[slot.group.name if slot.group else ""]
            values = SlotValues(
                kind=slot.kind,
                title=slot.title,
                starts_at=slot.starts_at,
                ends_at=slot.ends_at,
                group_id=slot.group_id,
                site_id=slot.site_id,
                place=slot.place or f"Room of {slot.group or 'the team'}",
                lead_id=self.user(one).pk,
                note_taker_id=self.user(other).pk,
                met=((SourceGroup.FRONT_LINE, 6), (SourceGroup.FAMILIES, 7)),
            )
            change_slot(case, slot.pk, by=lead, values=values, version=slot.version)

    def answer_the_rest(self) -> None:
        """All questions that have no answer yet."""
        case = self.case
        seat = seat_in(self.user("coordinator"), case)
        answered = set(case.self_assessment.answers.exclude(text="").values_list("question_id", flat=True))
        for question in questions_asked(case.self_assessment, case):
            if question.pk not in answered:
                text = (
                    f"We know this from the social services department and from partners (question {question.number})."
                )
                save_answer(seat, question.pk, Written(text=text), version=0)

    def note_the_rest(self) -> None:
        """What the friends noted besides the first note."""
        for kind, group, text in NOTES:
            values = NoteValues(kind=kind, text=text, source_group=group)
            write_note(self.case, uuid.uuid4(), by=self.user("other_friend"), values=values, version=0)

    def find(self, words: tuple[str, ...], kind: FindingKind, text: str, heading: str) -> None:
        """A finding of the friend's, from the notes with these words."""
        case, friend = self.case, self.user("friend")
        notes = [Note.objects.get(visit__case=case, text__contains=part).pk for part in words]
        made = make_finding(case, by=friend, kind=kind, notes=notes)
        save_finding(made, by=friend, version=made.version, text=text, kind=kind, theme=heading)

    def write_sections(self, texts: Iterable[tuple[str, str]]) -> None:
        """Sections of the report, by their titles."""
        for title, text in texts:
            row = self.case.report.sections.get(title=title)
            save_section(self.case, row.key, by=self.user("rapporteur"), text=text, version=row.version)

    def confirm_the_rest(self) -> None:
        """The word of everybody in the team but the friend, who said it on the page, and the newcomer."""
        for part in ("lead", "rapporteur", "other_friend"):
            confirm_report(self.case, by=self.user(part), seen=team_hash(self.case))

    def let_time_pass(self) -> None:
        """The first day of the visit has come: all dates of the case are so many days earlier."""
        case = self.case
        assert case.visit_start is not None
        gone = case.visit_start - timezone.localdate()
        Case.objects.filter(pk=case.pk).update(
            visit_start=F("visit_start") - gone, visit_end=F("visit_end") - gone, created_at=F("created_at") - gone
        )
        Milestone.objects.filter(case=case, due__isnull=False).update(due=F("due") - gone)
        for slot in Slot.objects.filter(visit=case.study_visit):
            slot.starts_at, slot.ends_at = (_earlier(moment, gone) for moment in (slot.starts_at, slot.ends_at))
            slot.save()


def _earlier(moment: datetime, gone: timedelta) -> datetime:
    """The same hour on the clock of the host city, so many days before."""
    there = moment.astimezone(ZoneInfo("Europe/Bucharest"))
    return datetime.combine(there.date() - gone, there.time(), there.tzinfo)


def days_from_now(days: int) -> str:
    """A day as a date field takes it."""
    return (timezone.localdate() + timedelta(days=days)).isoformat()


THEME = Theme.ROMA_INCLUSION.label
