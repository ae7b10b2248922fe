"""The handbook: everything that critical friends need for the visit, and a host edition without the team's thoughts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from people.templatetags.words import dates
from people.texts import to_html
from reports.enums import DocumentKind, Edition
from reports.rendering.compose import method, parts
from reports.rendering.compose.programme import at_a_glance, people_words, timetables
from reports.rendering.errors import NothingToShow
from reports.rendering.model import (
    Block,
    Callout,
    Chapter,
    Column,
    DocumentContent,
    Fact,
    Facts,
    Heading,
    Lead,
    NoteSheet,
    RichText,
    Table,
)
from reviews.enums import HOST_ROLES, MilestoneKind, Role, SelfAssessmentStatus
from reviews.queries.frozen import sections_to_read
from visits.enums import DESK_REQUESTS, SLOTS_WITH_PEOPLE, DeskKind, VisitStatus
from visits.models import DeskItem, StudyVisit
from visits.queries.programme import programme, visit_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reviews.models import Case
    from reviews.queries.team import Participant
    from visits.queries.programme import Programme, ProgrammeSlot, Site

MOST_SHEETS = 16
_AFTER = (
    MilestoneKind.FEEDBACK_SHARED,
    MilestoneKind.REPORT_DRAFT,
    MilestoneKind.FACT_CHECK,
    MilestoneKind.REPORT_FINAL,
    MilestoneKind.REPORT_PUBLISHED,
    MilestoneKind.ACTION_PLAN,
    MilestoneKind.PROGRESS_REVIEW,
)


def compose(case_id: int, edition: str) -> DocumentContent:
    """Compose the handbook for the team, or for the host: without the team's questions, private slots and note sheets.

    Raises `NothingToShow` while the visit has no programme.
    """
    case = parts.case_of(case_id)
    visit = visit_in(case)
    if visit is None:
        raise NothingToShow("The handbook needs a programme. Plan the visit first.")
    for_host = edition != Edition.TEAM
    plan = programme(visit, for_host=for_host)
    people = parts.team_of(case)
    return DocumentContent(
        kind=DocumentKind.HANDBOOK,
        edition=edition,
        kind_label="Handbook for the visit" if for_host else "Handbook for critical friends",
        title=case.host_city.name,
        subtitle=parts.first_question(case),
        language=case.language,
        look=parts.look_of(case),
        dated=parts.day_of(visit.changed_at),
        edition_label="Host edition" if for_host else "Team edition",
        version=_version(visit),
        confidentiality=parts.FOR_BOTH if for_host else parts.FOR_TEAM,
        cover_facts=_cover(case, people),
        running_title=f"Handbook · {case.host_city.name}{parts.year_of(case)}",
        authors=(case.working_group.name,),
        keywords=("handbook", "study visit", case.get_theme_display()),
        description=f"Handbook for the critical friend review of {case.host_city.name}.",
        chapters=tuple(_numbered(_chapters(case, visit, plan, people, for_host=for_host))),
    )


def _version(visit: StudyVisit) -> str:
    """Say how firm the programme is, and as of when: it changes up to the last days."""
    day = dates(parts.day_of(visit.changed_at))
    state = "frozen" if visit.status in {VisitStatus.FROZEN, VisitStatus.HELD} else "not frozen yet"
    return f"Programme version {visit.version} of {day}, {state}"


def _cover(case: Case, people: list[Participant]) -> tuple[Fact, ...]:
    facts = [Fact("Study visit", parts.visit_dates(case)), Fact("Review", case.title)]
    if cities := parts.cities_of(people):
        facts.append(Fact("Critical friends", cities))
    return tuple(facts)


def _numbered(chapters: Iterable[Chapter]) -> Iterator[Chapter]:
    """Number the chapters that have something to show."""
    shown = [chapter for chapter in chapters if chapter.blocks]
    for place, chapter in enumerate(shown, start=1):
        yield Chapter(chapter.title, chapter.blocks, chapter.anchor, str(place), chapter.starts_page, chapter.is_annex)


def _chapters(
    case: Case, visit: StudyVisit, plan: Programme, people: list[Participant], *, for_host: bool
) -> Iterator[Chapter]:
    yield Chapter("How to use this handbook", (*method.opening(for_host=for_host), parts.CHATHAM), "start")
    yield Chapter("The review", tuple(_review(case)), "review")
    yield Chapter("Who is who", tuple(_people(people, plan)), "people")
    days: tuple[Block, ...] = (*at_a_glance(plan), *_changes(plan), *timetables(plan, anchor="programme"))
    yield Chapter("The programme", days, "programme")
    yield Chapter("Host sites", tuple(_sites(plan)), "sites")
    yield Chapter("Practical information", parts.prose(plan.practical), "practical", starts_page=False)
    yield Chapter("The self-assessment at a glance", tuple(_self_assessment(case)), "self-assessment")
    yield Chapter("Interviews and talks", tuple(_talks(visit, for_host=for_host)), "talks")
    yield Chapter("From notes to findings", method.working_together(for_host=for_host), "findings")
    yield Chapter("After the visit", tuple(_after(case)), "after", starts_page=False)
    yield Chapter("Before you leave home", (method.packing(for_host=for_host),), "checklist", starts_page=False)
    if not for_host:
        yield Chapter("Note sheets", tuple(_sheets(plan)), "sheets")


def _review(case: Case) -> Iterator[Block]:
    yield parts.data_sheet(case)
    if case.challenge.strip():
        yield Heading("The challenge", anchor="review-challenge")
        yield from parts.prose(case.challenge, top=4)
    if questions := parts.questions_html(case):
        yield Heading("What the host asks", anchor="review-questions")
        yield questions
    if case.off_limits.strip():
        yield Callout("Off limits", to_html(case.off_limits, top=4))


def _people(people: list[Participant], plan: Programme) -> Iterator[Block]:
    yield from parts.people_block(
        (person for person in people if person.in_team), caption="The review team", with_contact=True
    )
    host = (person for person in people if person.roles & HOST_ROLES and not person.in_team)
    yield from parts.people_block(host, caption="The host city", with_contact=True, with_profile=False)
    if plan.groups:
        rows = tuple((group.name, group.names) for group in plan.groups)
        yield Table((Column("Group", 25), Column("Who goes together")), rows, "The groups of the visit")


def _changes(plan: Programme) -> Iterator[Table]:
    """Yield what the newest version of the programme changed, for everybody who has an older print in the bag."""
    changed = [slot for slot in plan.slots if slot.version == plan.version]
    if plan.version > 1 and changed:
        rows = tuple((f"{slot.starts:%a %-d %B, %H:%M}", slot.title, slot.where) for slot in changed)
        yield Table(
            (Column("When", 30), Column("What", 40), Column("Where")), rows, f"What version {plan.version} changed"
        )


def _sites(plan: Programme) -> Iterator[Block]:
    for site in plan.sites:
        yield Heading(site.name, anchor=f"site-{site.id}")
        if rows := tuple(_site_facts(site, plan)):
            yield Facts(rows)
        yield from parts.prose(site.description, top=4)


def _site_facts(site: Site, plan: Programme) -> Iterator[Fact]:
    named = (("Address", site.address), ("You are received by", site.contact), ("Access", site.access_note))
    yield from (Fact(term, value) for term, value in named if value)
    there = [f"{slot.starts:%a %-d %B, %H:%M} {slot.title}" for slot in plan.slots if slot.site_id == site.id]
    if there:
        yield Fact("You are here for", "\n".join(there))


def _self_assessment(case: Case) -> Iterator[Block]:
    """Yield the host's own ratings, once the self-assessment is released; the whole text is a document of its own."""
    held = getattr(case, "self_assessment", None)
    version = held.versions.first() if held and held.status == SelfAssessmentStatus.ACCEPTED else None
    if version is None:
        return
    yield Lead("Read the whole self-assessment before you come: it is a document of its own.")
    for section in sections_to_read(version.content):
        rated = tuple((str(answer.number), answer.question, answer.rating_words) for answer in section.answers)
        yield Table((Column("No.", 8), Column("Question"), Column("The host’s rating", 22)), rated, section.title)


def _talks(visit: StudyVisit, *, for_host: bool) -> Iterator[Block]:
    yield from method.talks(for_host=for_host)
    if for_host:
        return
    items = list(visit.desk_items.filter(removed_at=None))
    for kind, title in (
        (DeskKind.QUESTION, "The team’s questions"),
        (DeskKind.HYPOTHESIS, "What the team expects to find"),
    ):
        texts = [item for item in items if item.kind == kind]
        if texts:
            yield Heading(title, anchor=f"talks-{kind}")
            yield _list_of(texts)
    requests = tuple((item.text, item.answer or "No answer yet") for item in items if item.kind in DESK_REQUESTS)
    if requests:
        yield Heading("What the team asked the host for", anchor="talks-requests")
        yield Table((Column("Request", 50), Column("Answer of the host")), requests)


def _list_of(items: list[DeskItem]) -> RichText:
    """Return the items as a numbered list: each is a text of its own, whatever marks it has."""
    entries = "".join(f"<li>{to_html(item.text, top=4)}</li>" for item in items)
    return RichText(f"<ol>{entries}</ol>")


def _after(case: Case) -> Iterator[Block]:
    rows = tuple(
        (dates(milestone.due), milestone.get_kind_display(), Role(milestone.owner).label)
        for milestone in case.milestones.filter(kind__in=_AFTER, due__isnull=False)
    )
    if rows:
        yield Table((Column("When", 25), Column("What", 45), Column("Who")), rows)


def _sheets(plan: Programme) -> Iterator[NoteSheet]:
    """Yield one sheet a talk, in order of time; a spare one closes the handbook."""
    talks = [slot for slot in plan.slots if slot.kind in SLOTS_WITH_PEOPLE][:MOST_SHEETS]
    for slot in talks:
        yield NoteSheet(slot.title, method.ALWAYS_ASK, tuple(_sheet_facts(slot)), 17, f"sheet-{slot.id}")
    spare = 26 if talks else 24  # the first sheet has the chapter's title above it
    yield NoteSheet("Notes", lines=spare, anchor="sheet-spare")


def _sheet_facts(slot: ProgrammeSlot) -> Iterator[Fact]:
    yield Fact("When", f"{slot.starts:%A %-d %B, %H:%M}–{slot.ends:%H:%M}")
    people = people_words(slot).replace("\n", ", ")
    who = " · ".join(
        part for part in (slot.lead and f"Leads: {slot.lead}", slot.note_taker and f"Notes: {slot.note_taker}") if part
    )
    named = (("Where", slot.where), ("You meet", people), ("You", who))
    yield from (Fact(term, value) for term, value in named if value)
