"""What stands behind the cover of a published report: citation, permanent address, licence, hash, erratum.

All of it is known when the host consents, so that what is consented to is what is published, to the last sign. The date
is therefore that of the text, not of the publication.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse
from django.utils.text import slugify

from people.templatetags.words import dates
from people.texts import to_html
from reports.enums import Audience, Licence
from reports.rendering.model import DocumentContent, Fact, Imprint, text_hash

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reviews.models import Case

SLUG_LENGTH = 90
FOR_MEMBERS = "For members of the network"
"""What cover and foot of every page say of a report that is not for everybody."""


@dataclass(frozen=True, slots=True)
class Terms:
    """A licence for people: its short name, what it lets others do, in one sentence, and where its text stands."""

    short: str
    words: str
    url: str = ""


TERMS: dict[str, Terms] = {
    Licence.CC_BY: Terms(
        "CC BY 4.0",
        "Everybody may pass it on, quote it, translate it and use it, also for money, if they name the source.",
        "https://creativecommons.org/licenses/by/4.0/",
    ),
    Licence.CC_BY_SA: Terms(
        "CC BY-SA 4.0",
        "Everybody may use and change it if they name the source and share what they make under the same terms.",
        "https://creativecommons.org/licenses/by-sa/4.0/",
    ),
    Licence.CC_BY_NC: Terms(
        "CC BY-NC 4.0",
        "Everybody may use and change it if they name the source, but not to earn money with it.",
        "https://creativecommons.org/licenses/by-nc/4.0/",
    ),
    Licence.RESERVED: Terms(
        "All rights reserved",
        "It can be read and quoted as the law allows; for everything else one has to ask.",
    ),
}
READERS: dict[str, str] = {
    Audience.PUBLIC: "It stands in the public library, in search engines and in open data, at a permanent address.",
    Audience.MEMBERS: "It can be read with a login of the network only, and stands in no public list.",
}
"""What the choice of readers means, in a sentence."""
OPPOSITES = (
    "A Creative Commons licence lets everybody pass the report on: it does not go with “Members of the network only”. "
    "Choose “All rights reserved”, or let everybody read the report."
)


def contradict(audience: str, licence: str) -> bool:
    """Whether the licence gives to everybody what is kept for members."""
    return audience == Audience.MEMBERS and licence != Licence.RESERVED


def with_imprint(case: Case, content: DocumentContent) -> DocumentContent:
    """Return a composed report with its imprint, as it would be published now."""
    report, terms = case.report, TERMS[case.report.licence]
    if report.audience == Audience.MEMBERS:
        content = replace(content, confidentiality=FOR_MEMBERS)
    licence = str(Licence(report.licence).label)
    address = permanent_address(slug_of(case, report.version))
    year = content.dated.year
    imprint = Imprint(
        citation=citation(case.host_city.name, year, case.title, report.version, address),
        address=address,
        rows=tuple(_rows(case, content)),
        licence=licence if licence == terms.short else f"{licence} ({terms.short})",
        licence_words=terms.words,
        licence_url=terms.url,
        sha256=text_hash(content),
        erratum=to_html(report.erratum, top=3) if report.version > 1 and report.erratum.strip() else "",
    )
    return replace(content, imprint=imprint)


def _rows(case: Case, content: DocumentContent) -> Iterator[Fact]:
    yield Fact("Version", f"{case.report.version}, text of {dates(content.dated)}")
    yield Fact("Who may read it", str(Audience(case.report.audience).label))
    if case.working_group.imprint:
        yield Fact("Published by", case.working_group.imprint)


def citation(city: str, year: int, title: str, version: int, address: str) -> str:
    """Return how to cite a report, in one line."""
    return f"{city} ({year}): {title}. Report of a critical friend review, version {version}. {address}"


def slug_of(case: Case, version: int) -> str:
    """Return the permanent part of the address: the case's own, with the version from the second on."""
    base = slugify(case.slug)[:SLUG_LENGTH]
    return base if version == 1 else f"{base}-v{version}"


def permanent_address(slug: str) -> str:
    """Return the whole address of a published version, under the address that people type (PUBLIC_URL)."""
    return f"{settings.PUBLIC_URL}{reverse('reports:publication', args=(slug,))}"
