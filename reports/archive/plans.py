"""Lists what goes into the archive of a case, as one edition may read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.text import slugify

from people.templatetags.words import file_size
from reports.access import OFFERS
from reports.archive.entries import Entry, Plan, in_order, json_entry, text_entry
from reports.archive.names import Names
from reports.archive.readers import reader_of
from reports.archive.records import RECORDS
from reports.archive.report_records import REPORT_RECORDS
from reports.enums import Edition, Format
from reports.models import Document
from reports.queries.documents import newest_of_each
from reports.rendering.errors import NothingToShow
from reviews.enums import EvidenceClass
from reviews.evidence_access import evidence_for, readable_versions

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from reviews.access import Seat
    from reviews.models import Case, Evidence, EvidenceVersion

CONTENT_TYPES = {
    Format.PDF: "application/pdf",
    Format.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Format.ZIP: "application/zip",
}
README = """\
{title}
{line}

Archive of a critical friend review, {edition}.
It holds what {readers} may read; what was written or added since then is not in it.

documents/   the newest finished version of each document
evidence/    the files of the self-assessment, by section{host_only};
             earlier-versions/ holds what newer versions replaced, in a folder for each number
data/        the case as data (JSON): scope, people and deadlines, programme, self-assessment, findings,
             recommendations, report, fact check, publications, follow-up and timeline, as far as they exist
SHA256SUMS   the hash of every file

To check that nothing was changed, open a terminal in this folder and type:

    sha256sum -c SHA256SUMS

What is not in it: earlier states of texts, comments among those who write, declarations of interests, private
notes, certificates (they belong to one person each), e-mail addresses, and who looked at or downloaded what.

{notice}
{files} files, {size} before packing.
"""
READERS = {Edition.TEAM: "the review team", Edition.HOST: "the host city"}
NOTICE = (
    "This archive holds texts that were not written for the public. Keep it where only those can read it who may,\n"
    "and delete it when you no longer need it.\n"
)


def plan_of(case: Case, edition: str) -> Plan:
    """Return what goes in now. About twenty-five queries, however large the case; no file is opened.

    Raises `NothingToShow` for an edition that does not exist.
    """
    if edition not in READERS:
        raise NothingToShow("There is no archive of this edition.")
    reader, names = reader_of(case, edition), Names()
    dated = case.created_at
    entries = [*_documents(reader, names), *_evidence(reader, names), *_records(reader, dated)]
    entries.append(_readme(case, edition, entries, dated))
    return Plan(folder=_folder(case, edition), entries=in_order(entries))


def file_name(document: Document) -> str:
    """A name that says what it is on somebody's desk: `timisoara-2018-handbook-team-v2.pdf`."""
    kind = slugify(document.get_kind_display())
    if document.about is not None:
        return f"{_whose(document.case)}-{kind}-{slugify(document.about.name)}-v{document.number}.{document.format}"
    return f"{_whose(document.case)}-{kind}-{document.edition}-v{document.number}.{document.format}"


def _folder(case: Case, edition: str) -> str:
    return f"{_whose(case)}-archive-{edition}"


def _whose(case: Case) -> str:
    year = f"-{case.visit_start.year}" if case.visit_start else ""
    return f"{slugify(case.host_city.name) or 'city'}{year}"


def _documents(reader: Seat, names: Names) -> Iterator[Entry]:
    """The newest ready document of each kind, edition and format that this side may have, in the order of offers."""
    may = {(offer.kind, offer.edition) for offer in OFFERS.values() if not offer.refused(reader)}
    for row in newest_of_each(reader.case):
        row.case = reader.case
        if (row.kind, row.edition) in may and row.format != Format.ZIP and row.about_id is None and row.file:
            yield Entry(
                names.path("documents", file_name(row)),
                row.sha256,
                row.size,
                row.finished_at or row.requested_at,
                CONTENT_TYPES[Format(row.format)],
                stored=str(row.file.name),
                title=row.name,
            )


def _evidence(reader: Seat, names: Names) -> Iterator[Entry]:
    """Every file as it stands, and what it replaced."""
    for row in evidence_for(reader).order_by("pk").prefetch_related("versions"):
        if not row.is_announced:
            top, section = _place(row)
            path = names.path(f"{top}/{section}", row.file_name or row.title)
            yield _file(path, row, row.title)
            folder = f"{top}/earlier-versions/{section}/{path.rpartition('/')[2]}"
            for version in readable_versions(reader, row, list(row.versions.all())):
                path = names.path(f"{folder}/version-{version.number}", version.file_name or row.title)
                yield _file(path, version, f"{row.title}, version {version.number}")


def _file(path: str, row: Evidence | EvidenceVersion, title: str) -> Entry:
    stored = str(row.file.name)
    return Entry(path, row.sha256, row.size, row.uploaded_at, row.content_type, stored=stored, title=title)


def _place(row: Evidence) -> tuple[str, str]:
    """The two folders of a file: what only the host may read stands apart."""
    top = "evidence/host-only" if row.access_class == EvidenceClass.HOST else "evidence"
    return top, f"section-{row.section.position}" if row.section else "all-sections"


def _records(reader: Seat, dated: datetime) -> Iterator[Entry]:
    for name, values_of in {**RECORDS, **REPORT_RECORDS}.items():
        values = values_of(reader)
        if values is not None:
            yield json_entry(f"data/{name}", values, dated)


def _readme(case: Case, edition: str, entries: list[Entry], dated: datetime) -> Entry:
    side = Edition(edition)
    words = README.format(
        title=case.title,
        line="=" * len(case.title),
        edition=side.label.lower(),
        readers=READERS[side],
        host_only="; host-only/ is for the host city alone" if side == Edition.HOST else "",
        notice=NOTICE,
        files=len(entries),
        size=file_size(sum(entry.size for entry in entries)),
    )
    return text_entry("README.txt", words, dated)
