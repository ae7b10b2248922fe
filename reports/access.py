"""Who may have which document. The edition decides: the host never gets what is made for the team.

Asked when a document is requested, and again at every look and download: roles change, files stay.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from people.errors import NotAllowed, NotThere
from reports.enums import DocumentKind, Edition, Format, ReportStatus
from reports.queries.documents import documents
from reports.queries.publications import NOT_PUBLISHED, is_of_network, publication_at, publications_of
from reviews.enums import Stage
from reviews.evidence_access import sees_host_only
from reviews.permissions import Ability, verdict
from reviews.queries.shares import NOT_ALL

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.contrib.auth.models import AnonymousUser

    from people.models import User
    from reports.models import Document, Publication
    from reviews.access import Seat

FOR_THE_TEAM = "This edition is made for the review team. Your edition is on the documents page."
NOT_YOUR_CERTIFICATE = "A certificate is for the person it names. Your own is on the documents page."
FOR_THE_HOST = "This edition is made for the host city. Your edition is on the documents page."


@dataclass(frozen=True, slots=True)
class Offer:
    """One kind in one edition: what it is, and why somebody may not have it ("" when they may)."""

    kind: DocumentKind
    edition: Edition
    label: str
    about: str
    refused: Callable[[Seat], str]
    formats: tuple[Format, ...] = (Format.PDF,)


def _whole(seat: Seat) -> str:
    """Documents show the whole self-assessment: not to a contributor who reads a share of it."""
    return "" if seat.reads.everything else NOT_ALL


def _of_team(ability: Ability) -> Callable[[Seat], str]:
    return lambda seat: verdict(seat, ability) if seat.is_team else FOR_THE_TEAM


def _of_host(ability: Ability) -> Callable[[Seat], str]:
    return lambda seat: (
        (verdict(seat, ability) or _whole(seat)) if seat.is_host or seat.is_secretariat else FOR_THE_HOST
    )


def _of_all(ability: Ability) -> Callable[[Seat], str]:
    return lambda seat: verdict(seat, ability) or _whole(seat)


def _hosts_handbook(seat: Seat) -> str:
    """It has the host's own ratings in it: the team reads those, as everything of the host, with cleared interests."""
    return verdict(seat, Ability.VIEW_PROGRAMME) or verdict(seat, Ability.VIEW_DESK_REVIEW) or _whole(seat)


def _sent_report(seat: Seat) -> str:
    """The draft of the fact check exists once it was sent."""
    if refused := verdict(seat, Ability.VIEW_REPORT):
        return refused
    return "" if seat.report_status not in {"", ReportStatus.DRAFTING} else "The draft has not been sent to the host."


def _finished_report(seat: Seat) -> str:
    """The public edition exists once the text stands."""
    if refused := verdict(seat, Ability.VIEW_REPORT):
        return refused
    is_finished = seat.report_status in {ReportStatus.FINAL, ReportStatus.PUBLISHED}
    return "" if is_finished else "The report is not final yet."


def _teams_archive(seat: Seat) -> str:
    """It holds what a critical friend with cleared interests reads."""
    if not seat.is_team:
        return FOR_THE_TEAM
    return verdict(seat, Ability.VIEW_NOTES) or verdict(seat, Ability.VIEW_DESK_REVIEW)


def _hosts_archive(seat: Seat) -> str:
    """It holds what the host alone may read: for the coordinator and the sponsor, and for nobody else."""
    if not sees_host_only(seat):
        return FOR_THE_HOST
    return _whole(seat)


def _follow_up(seat: Seat) -> str:
    """Host and team follow the recommendations up together, with the names of who does what."""
    return verdict(seat, Ability.VIEW_FOLLOW_UP)


def _public_follow_up(seat: Seat) -> str:
    """What everybody may read follows what everybody may read already: the report."""
    if refused := verdict(seat, Ability.VIEW_FOLLOW_UP):
        return refused
    is_open = seat.report_status == ReportStatus.PUBLISHED or seat.case.stage == Stage.CLOSED
    return "" if is_open else "The public edition can be made once the report is published."


def _released(seat: Seat) -> str:
    """The slides show what was released to the host, and nothing else."""
    return verdict(seat, Ability.VIEW_FINDINGS)


TO_EDIT = (Format.PDF, Format.DOCX)
"""A report is also there for those who must edit it."""
K, E = DocumentKind, Edition
OFFERS: dict[tuple[str, str], Offer] = {
    (offer.kind, offer.edition): offer
    for offer in (
        Offer(
            K.HANDBOOK,
            E.TEAM,
            "Team edition",
            "Scope, people, programme, host sites, the team’s own questions and note sheets. Not for the host.",
            _of_team(Ability.VIEW_NOTES),
        ),
        Offer(
            K.HANDBOOK,
            E.HOST,
            "Host edition",
            "The same without the team’s questions and meetings. Can be passed on in the host city.",
            _hosts_handbook,
        ),
        Offer(
            K.PROGRAMME,
            E.TEAM,
            "Team edition",
            "The days of the visit and the way of each group, with who leads and who takes notes.",
            _of_team(Ability.VIEW_PROGRAMME),
        ),
        Offer(
            K.PROGRAMME,
            E.HOST,
            "Host edition",
            "The days of the visit and the way of each group, without the team’s tasks and private meetings.",
            lambda seat: verdict(seat, Ability.VIEW_PROGRAMME),
        ),
        Offer(
            K.SELF_ASSESSMENT,
            E.TEAM,
            "Team edition",
            "All answers of the host city, with the evidence that the team may read.",
            _of_all(Ability.VIEW_SELF_ASSESSMENT),
        ),
        Offer(
            K.SELF_ASSESSMENT,
            E.HOST,
            "Host edition",
            "All answers, with the list of all evidence.",
            _of_host(Ability.VIEW_SELF_ASSESSMENT),
        ),
        Offer(
            K.REPORT,
            E.TEAM,
            "Working draft",
            "The report as it stands now, with numbered paragraphs. For the team only.",
            _of_team(Ability.VIEW_REPORT),
            TO_EDIT,
        ),
        Offer(
            K.REPORT,
            E.HOST,
            "Draft for the fact check",
            "The draft as it was sent to the host, with numbered paragraphs.",
            _sent_report,
            TO_EDIT,
        ),
        Offer(
            K.REPORT,
            E.PUBLIC,
            "Final report",
            "The report as everybody may read it once published.",
            _finished_report,
            TO_EDIT,
        ),
        Offer(
            K.SLIDES,
            E.HOST,
            "For the feedback session",
            "What was released to the host, one thought a slide, in large type.",
            _released,
        ),
        Offer(
            K.PROGRESS,
            E.HOST,
            "For host and team",
            "What became of each recommendation: response, actions, who, by when, and what has changed.",
            _follow_up,
        ),
        Offer(
            K.PROGRESS,
            E.PUBLIC,
            "Public edition",
            "The same without the names of those who do it.",
            _public_follow_up,
        ),
        Offer(
            K.ARCHIVE,
            E.TEAM,
            "Team edition",
            "Everything that the review team may read in one ZIP file: documents, evidence, notes, data, hashes.",
            _teams_archive,
            (Format.ZIP,),
        ),
        Offer(
            K.ARCHIVE,
            E.HOST,
            "Host edition",
            "Everything that the host city may read in one ZIP file, with its own confidential evidence.",
            _hosts_archive,
            (Format.ZIP,),
        ),
    )
}


def refused_document(seat: Seat, kind: str, edition: str) -> str:
    """Why this person may not have this kind of document in this edition; the empty string when they may."""
    offer = OFFERS.get((kind, edition))
    return offer.refused(seat) if offer else "There is no such document."


def refused_row(seat: Seat, document: Document) -> str:
    """Why this person may not have this document, or one like it that is not saved yet."""
    if document.kind == DocumentKind.CERTIFICATE:
        return _refused_certificate(seat, document)
    return refused_document(seat, document.kind, document.edition) or _refused_format(document)


def _refused_certificate(seat: Seat, document: Document) -> str:
    """The person it names has it, and whoever issues certificates."""
    if document.about_id is None or document.format != Format.PDF:
        return "There is no such document."
    is_own = document.about_id == seat.user.pk
    return "" if is_own or seat.can(Ability.ISSUE_CERTIFICATES) else NOT_YOUR_CERTIFICATE


def _refused_format(document: Document) -> str:
    offer = OFFERS[document.kind, document.edition]
    return "" if document.format in offer.formats else f"There is no {document.get_format_display()} of this kind."


def offers_to(seat: Seat) -> list[Offer]:
    """The kinds and editions that this person may have now."""
    return [offer for offer in OFFERS.values() if not offer.refused(seat)]


def document_for(seat: Seat, pk: int) -> Document:
    """Fetch one document of this case, if this person may have it.

    Raises NotThere for a document of another case and NotAllowed, with the reason, for an edition of the other side.
    """
    document = documents().filter(case=seat.case, pk=pk).first()
    if document is None:
        raise NotThere
    document.case = seat.case
    if refused := refused_row(seat, document):
        raise NotAllowed(refused)
    if document.is_withdrawn and not seat.is_secretariat:
        raise NotAllowed("This is the document of a publication that was withdrawn. The secretariat keeps it.")
    return document


def publication_for(user: User | AnonymousUser, slug: str) -> Publication:
    """Fetch one published version, if this person may know of it. Raises NotThere."""
    found = publication_at(slug)
    if not found.is_public and not is_of_network(user):
        raise NotThere(NOT_PUBLISHED)
    return found


def versions_for(user: User | AnonymousUser, publication: Publication) -> list[Publication]:
    """The versions of the same report that this person may know of, newest first."""
    rows = publications_of(publication.case)
    if all(row.is_public for row in rows) or is_of_network(user):
        return rows
    return [row for row in rows if row.is_public]
