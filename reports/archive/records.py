"""The case as data: one function a file, each with what its reader may read, as plain values for JSON.

Identities (`id`) are only there to follow links between the files. E-mail addresses are left out.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from people.errors import NotThere
from reviews.enums import EventKind, MilestoneKind, Role
from reviews.evidence_access import file_words
from reviews.offline.export_json import plain
from reviews.offline.exported import exported
from reviews.permissions import Ability
from reviews.queries.events import events_of
from reviews.queries.findings import findings_of, recommendations_of
from reviews.queries.follow_up import follow_up_of
from reviews.queries.team import members
from reviews.self_assessment_reading import reading_of
from visits.enums import DESK_REQUESTS
from visits.models import DeskItem, Note
from visits.queries.programme import programme, visit_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import Model

    from people.models import User
    from reviews.access import Seat
    from reviews.models import CaseEvent

Values = dict[str, Any] | list[dict[str, Any]]
LOOKED_AT = (EventKind.DOCUMENT, EventKind.DOWNLOADED, EventKind.READ)
"""Who looked at what stays on the page: an archive that is taken must not change what the next one shows."""
_SCOPE = (
    "slug",
    "title",
    "theme",
    "principles",
    "goals",
    "challenge",
    "off_limits",
    "wants",
    "language",
    "visit_start",
    "visit_end",
    "stage",
    "scope_confirmed_at",
    "team_confirmed_at",
    "findings_shared_at",
    "published_at",
    "demonstration_note",
    "created_at",
)
_FINDING = ("id", "kind", "theme", "text", "status", "guiding_question_id", "single_source_reason", "shared_at")
_RECOMMENDATION = (
    "id",
    "text",
    "reason",
    "addressee",
    "time_frame",
    "effort",
    "impact",
    "feasibility",
    "status",
    "shared_at",
)
_ACTION = ("text", "owner", "due", "status", "progress", "created_at", "updated_at")
_NOTE = (
    "id",
    "kind",
    "text",
    "source_group",
    "confidence",
    "slot_id",
    "site_id",
    "created_at",
    "updated_at",
)


def told(row: Model, names: tuple[str, ...]) -> dict[str, Any]:
    """Return the named columns of a row."""
    return {name: getattr(row, name) for name in names}


def named(user: User | None) -> str | None:
    """The name of a person; nothing for one who is gone."""
    return user.name if user else None


def scope(reader: Seat) -> Values:
    """What the review is about, who takes part, and the deadlines."""
    case = reader.case
    return {
        **told(case, _SCOPE),
        "host_city": {"name": case.host_city.name, "country": case.host_city.country},
        "working_group": case.working_group.name,
        "guiding_questions": [told(row, ("id", "position", "text")) for row in case.guiding_questions.all()],
        "people": [
            {
                "name": person.user.name,
                "city": person.user.city.name if person.user.city else None,
                "roles": [role for role in Role if role in person.roles],
            }
            for person in members(case)
        ],
        "deadlines": [
            {**told(row, ("kind", "owner", "due", "status", "done_at")), "label": MilestoneKind(row.kind).label}
            for row in case.milestones.all()
        ],
    }


def visit_programme(reader: Seat) -> Values | None:
    """The programme as this side sees it."""
    visit = visit_in(reader.case)
    if visit is None or not reader.can(Ability.VIEW_PROGRAMME):
        return None
    return asdict(programme(visit, for_host=reader.is_host))


def self_assessment(reader: Seat) -> Values | None:
    """The export of the self-assessment (docs/self-assessment-export.md), once it is there to be read."""
    if not reader.can(Ability.VIEW_SELF_ASSESSMENT):
        return None
    try:
        return plain(exported(reader, reading_of(reader)))
    except NotThere:
        return None


def desk_review(reader: Seat) -> Values | None:
    """Questions and requests of the desk review; the host has the requests."""
    visit = visit_in(reader.case)
    if visit is None or not reader.can(Ability.VIEW_DESK_REVIEW):
        return None
    rows = DeskItem.objects.filter(visit=visit, removed_at=None).select_related("author")
    rows = rows.filter(kind__in=DESK_REQUESTS) if reader.is_host else rows
    return [
        {**told(row, ("kind", "text", "created_at", "answer", "answered_at")), "author": named(row.author)}
        for row in rows
    ]


def notes(reader: Seat) -> Values | None:
    """The team's notes, with the findings that rest on them. Never for the host; private ones for nobody."""
    if not reader.can(Ability.VIEW_NOTES):
        return None
    rows = Note.objects.filter(visit__case=reader.case, removed_at=None, is_private=False)
    return [
        {**told(row, _NOTE), "author": named(row.author), "findings": sorted(found.pk for found in row.findings.all())}
        for row in rows.select_related("author").prefetch_related("findings")
    ]


def findings(reader: Seat) -> Values | None:
    """The findings, with the recommendations that rest on each."""
    if not reader.can(Ability.VIEW_FINDINGS):
        return None
    return [
        {**told(row, _FINDING), "recommendations": sorted(found.pk for found in row.recommendations.all())}
        for row in findings_of(reader.case, for_team=reader.is_team)
    ]


def recommendations(reader: Seat) -> Values | None:
    """The recommendations, with the findings that they rest on."""
    if not reader.can(Ability.VIEW_FINDINGS):
        return None
    return [
        {**told(row, _RECOMMENDATION), "findings": sorted(found.pk for found in row.findings.all())}
        for row in recommendations_of(reader.case, for_team=reader.is_team)
    ]


def follow_up(reader: Seat) -> Values | None:
    """The host's responses, and what became of each recommendation."""
    if not reader.can(Ability.VIEW_FOLLOW_UP):
        return None
    return [
        {
            "recommendation": row.recommendation.pk,
            "response": told(row.response, ("decision", "reason", "at")) if row.response else None,
            "actions": [told(action, _ACTION) for action in row.actions],
        }
        for row in follow_up_of(reader.case).rows
    ]


def timeline(reader: Seat) -> Values:
    """What happened, oldest first, without who looked at what."""
    rows = events_of(reader.case, for_team=reader.is_team).exclude(kind__in=LOOKED_AT)
    return [_event(reader, row) for row in reversed(rows)]


def _event(reader: Seat, row: CaseEvent) -> dict[str, Any]:
    text = row.text.replace("{file}", file_words(reader, row.evidence)) if "{file}" in row.text else row.text
    return {**told(row, ("at", "kind", "step", "source", "target", "reason")), "by": named(row.actor), "text": text}


RECORDS: dict[str, Callable[[Seat], Values | None]] = {
    "case.json": scope,
    "programme.json": visit_programme,
    "self-assessment.json": self_assessment,
    "desk-review.json": desk_review,
    "notes.json": notes,
    "findings.json": findings,
    "recommendations.json": recommendations,
    "follow-up.json": follow_up,
    "timeline.json": timeline,
}
"""File -> what it holds; nothing where this reader may not read it, or where it is not there yet."""
