"""What a document shows: composed from the case as it is now, or kept as it was when it was sent or published."""

import hashlib
from dataclasses import replace

from people.errors import NotReady
from reports.draws import HOSTS
from reports.enums import DocumentKind, Edition, ReportStatus
from reports.imprint import with_imprint
from reports.models import Document, Publication, SentDraft
from reports.rendering import (
    DocumentContent,
    RenderError,
    compose_certificate,
    compose_document,
    content_hash,
    deserialise,
    text_hash,
)
from reviews.models import Case
from reviews.requirements import once

WITHDRAWN = "The published report was withdrawn. A new version can be opened on the page of the report."


def content_for(case: Case, kind: str, edition: str, about_id: int | None = None) -> DocumentContent:
    """Return what a document of this kind and edition shows now.

    The draft of the fact check and a published report never change: they are what was kept. Raises `NotReady` when
    there is nothing to show yet. `about_id` is the person whom a certificate names.
    """
    if kind == DocumentKind.CERTIFICATE:
        return _certificate(case, about_id or 0)
    kept = _kept_report(case, edition) if kind == DocumentKind.REPORT else None
    if kept is not None:
        return deserialise(kept)
    if (kind, edition) == (DocumentKind.REPORT, Edition.HOST):
        raise NotReady("The draft has not been sent to the host yet.")
    return composed(case, kind, edition)


def _certificate(case: Case, user_id: int) -> DocumentContent:
    try:
        return compose_certificate(case.pk, user_id)
    except RenderError as error:
        raise NotReady(error.message) from error


def composed(case: Case, kind: str, edition: str) -> DocumentContent:
    """Return what the case gives now, whatever was kept before. Raises `NotReady` when there is nothing to show."""
    if (kind, edition) == (DocumentKind.REPORT, Edition.PUBLIC):
        return printed(case)
    return _composed(case, kind, edition)


def _composed(case: Case, kind: str, edition: str) -> DocumentContent:
    try:
        return compose_document(kind, edition, case.pk)
    except RenderError as error:
        raise NotReady(error.message) from error


def content_of(document: Document) -> tuple[DocumentContent, str]:
    """Return what a requested document shows, and its hash.

    A kept content is found again by its hash, whatever was written since; everything else is composed now.
    """
    kept = _kept_with_hash(document)
    if kept is not None:
        return deserialise(kept), document.content_hash
    content = content_for(document.case, document.kind, document.edition, document.about_id)
    return content, content_hash(content)


def printed(case: Case) -> DocumentContent:
    """Return what everybody could read if the report were published now.

    Composed once in one look at the case; the imprint is of this moment, with the readers and the licence chosen now.
    """
    return with_imprint(case, once(_public, case))


def to_send(case: Case) -> DocumentContent:
    """Return what the host would get for its fact check now. Composed once in one look at the case."""
    return once(_for_host, case)


def _public(case: Case) -> DocumentContent:
    return _composed(case, DocumentKind.REPORT, Edition.PUBLIC)


def _for_host(case: Case) -> DocumentContent:
    return _composed(case, DocumentKind.REPORT, Edition.HOST)


def shown_hash(content: DocumentContent) -> str:
    """Return the hash of what the host reads before it consents: the text and what a new version says it changes.

    The same under whatever licence: the host chooses it in the same form.
    """
    shown = [content.imprint.sha256, content.imprint.erratum] if content.imprint else []
    return hashlib.sha256("\n".join(shown).encode()).hexdigest()


def team_hash(case: Case, content: DocumentContent | None = None) -> str:
    """Return the hash of what the team answers for: the report without imprint, look and the host's own chapters.

    So the host can still write its statement and choose readers and licence while the team confirms. A chapter that
    has both is the team's. `content` is what would be printed, if it was composed already.
    """
    content = content or printed(case)
    sections = case.report.sections.all()
    hosts = {section.anchor for section in sections if section.draws and HOSTS.issuperset(section.draws)}
    chapters = tuple(chapter for chapter in content.chapters if chapter.anchor not in hosts)
    return text_hash(replace(content, chapters=chapters, confidentiality="", look=None))


def consent_stands(case: Case, content: DocumentContent | None = None) -> bool:
    """Whether the host has consented to exactly what would be published now (`content`, if composed already)."""
    report = case.report
    return report.consent_at is not None and report.consent_hash == content_hash(content or printed(case))


def hash_for(case: Case, kind: str, edition: str, content: DocumentContent) -> str:
    """Return the hash under which a content is requested: of a kept one, the hash that it was kept with."""
    row = _kept_row(case, edition) if kind == DocumentKind.REPORT else None
    return row.sha256 if row is not None else content_hash(content)


def _kept_report(case: Case, edition: str) -> dict[str, object] | None:
    row = _kept_row(case, edition)
    return row.content if row is not None else None


def _kept_row(case: Case, edition: str) -> SentDraft | Publication | None:
    """The newest sent draft, or the published version while it is the newest."""
    if edition == Edition.HOST:
        return SentDraft.objects.filter(report__case=case).order_by("-number").first()
    if edition == Edition.PUBLIC and case.report.status == ReportStatus.PUBLISHED:
        return _still_there(Publication.objects.filter(case=case, version=case.report.version).first())
    return None


def _still_there(row: Publication | None) -> Publication | None:
    if row is not None and row.is_withdrawn:
        raise NotReady(WITHDRAWN)
    return row


def _kept_with_hash(document: Document) -> dict[str, object] | None:
    if document.kind != DocumentKind.REPORT:
        return None
    row: SentDraft | Publication | None = None
    if document.edition == Edition.PUBLIC:
        row = Publication.objects.filter(case_id=document.case_id, sha256=document.content_hash).first()
        if row is not None and row.is_erased:
            raise NotReady(WITHDRAWN)
    elif document.edition == Edition.HOST:
        row = SentDraft.objects.filter(report__case_id=document.case_id, sha256=document.content_hash).first()
    return row.content if row is not None else None
