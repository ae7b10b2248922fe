"""Signatures, the notice on confidentiality and later additions, as blocks of the self-assessment's document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.html import format_html, format_html_join

from people.templatetags.words import dates
from people.texts import to_html
from reports.rendering.compose import parts
from reports.rendering.model import Block, Callout, Column, Heading, Table
from reviews import confidentiality
from reviews.enums import EvidenceClass
from reviews.models import Addendum
from reviews.queries.signatures import signatures_on

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reviews.models import Case, SelfAssessmentVersion

Added = dict[int | None, list[Block]]


def signatures(version: SelfAssessmentVersion | None) -> Iterator[Block]:
    """Yield who signed the version, with the hash of what was signed; nothing for a draft."""
    if version is None:
        return
    rows = tuple(
        (row.name, row.function, row.get_role_display(), dates(parts.day_of(row.at))) for row in signatures_on(version)
    )
    yield Heading("Signed", anchor="s0-signed")
    if rows:
        yield Table((Column("Name", 28), Column("Office", 32), Column("As", 22), Column("Date")), rows)
    words = "SHA-256 of what was signed" if rows else "Nobody has signed this version. SHA-256 of its content"
    yield Callout(words, format_html("<p>{}</p>", version.sha256))


def notice(*, for_host: bool) -> Callout:
    """Return the notice on who reads this, and what may have to be released."""
    law = format_html(
        "<p><strong>{}</strong> {} {}</p>", confidentiality.PROMISE, confidentiality.LAW, confidentiality.PERSONS
    )
    rows = ((row.what, row.readers, row.release) for row in confidentiality.kept(for_host=for_host))
    items = format_html_join("", "<li><strong>{}:</strong> {} {}</li>", rows)
    return Callout(confidentiality.TITLE, format_html("{}<ul>{}</ul>", law, items))


def classes(found: Iterable[str]) -> Table:
    """Return what each class of the files shown means."""
    shown = set(found)
    rows = tuple(
        (str(access.label), confidentiality.FOR_CLASS[access].readers, confidentiality.FOR_CLASS[access].release)
        for access in EvidenceClass
        if access in shown
    )
    return Table((Column("Class", 22), Column("Who reads it here", 40), Column("What may be released")), rows)


def addenda(case: Case) -> Added:
    """Return what the host added after the release, by the number of the question, None for the whole."""
    rows = Addendum.objects.filter(self_assessment__case=case).select_related("question", "by").order_by("at", "pk")
    found: Added = {}
    for row in rows:
        number = row.question.number if row.question else None
        by = f" by {row.by.name}" if row.by else ""
        title = f"Added after the release, {dates(parts.day_of(row.at))}{by}"
        found.setdefault(number, []).append(Callout(title, to_html(row.text, top=4), kind="added"))
    return found
