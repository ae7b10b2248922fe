"""The filled self-assessment as a Word document: to read, to quote, to put on a desk."""

from __future__ import annotations

from io import BytesIO
from itertools import groupby
from typing import TYPE_CHECKING

from reviews import confidentiality
from reviews.enums import EvidenceClass
from reviews.offline import look
from reviews.offline.from_markdown import Writer
from reviews.offline.plan import case_mark
from reviews.offline.words import words_in

if TYPE_CHECKING:
    from reviews.models import Evidence
    from reviews.offline.exported import Exported
    from reviews.queries.frozen import ReadAnswer
    from reviews.self_assessment_reading import ReadPart

_LANGUAGE = "en"
"""Of the words around the answers: those of the pages from which it is downloaded."""


def export_docx(given: Exported) -> bytes:
    """Return the export as the bytes of a Word document."""
    title = f"Self-assessment of {given.case.host_city.name}"
    mark = case_mark(given.case.slug)
    document = look.new_document(title=title, subject=given.case.title, mark=mark, language=_LANGUAGE)
    _Exporter(given, Writer(document, style="Normal")).write(title)
    look.number_pages(document, words_in(_LANGUAGE)["page"], f"{title}, {given.version_words}")
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


class _Exporter:
    """Writes one export into its document."""

    def __init__(self, given: Exported, writer: Writer) -> None:
        self.given, self.writer = given, writer

    def write(self, title: str) -> None:
        say, version = self.writer.paragraph, self.given.reading.version
        say("Title", title)
        say(look.LEDE, self.given.case.title)
        day = words_in(_LANGUAGE).day
        say(
            look.LEDE,
            f"Version {version.number}, submitted {day(version.submitted_at.date())}"
            if version
            else "Draft: this is what is written so far. It was not submitted.",
        )
        say(look.NOTE, f"{confidentiality.PROMISE} {confidentiality.LAW} {confidentiality.PERSONS}")
        if not self.given.is_for_host:
            say(look.NOTE, confidentiality.FOR_READERS)
        for part in self.given.reading.parts:
            self._section(part)
        self._addenda()
        self._evidence()
        self._readers()
        self._end()

    def _section(self, part: ReadPart) -> None:
        self.writer.paragraph("Heading 1", f"{part.section.position}. {part.section.title}")
        for answer in part.section.answers:
            self._answer(answer)

    def _answer(self, answer: ReadAnswer) -> None:
        say = self.writer.paragraph
        say("Heading 2", f"{answer.number}. {answer.question}")
        if answer.text.strip():
            self.writer.write(answer.text)
        elif not answer.is_given:
            say(look.NOTE, "Not answered." if answer.required else "Not answered (optional question).")
        chosen = [("Rating", answer.rating_words), ("Trend", answer.trend_words.lower())]
        if line := "; ".join(f"{name}: {words}" for name, words in chosen if words):
            say(look.LABEL, line)
        if answer.rating_reason.strip():
            self.writer.write(answer.rating_reason)

    def _addenda(self) -> None:
        if not self.given.addenda:
            return
        self.writer.paragraph("Heading 1", "Added after the release")
        for row in self.given.addenda:
            where = f", to question {row.question.number}" if row.question else ""
            self.writer.paragraph("Heading 2", f"{words_in(_LANGUAGE).day(row.at.date())}{where}")
            self.writer.write(row.text)

    def _evidence(self) -> None:
        """The files by who may read them."""
        rows = sorted(self.given.evidence, key=lambda row: list(EvidenceClass).index(EvidenceClass(row.access_class)))
        if not rows:
            return
        self.writer.paragraph("Heading 1", "Files")
        for access_class, group in groupby(rows, key=lambda row: row.get_access_class_display()):
            self.writer.paragraph("Heading 2", f"{access_class}")
            for row in group:
                self.writer.paragraph("List Bullet", _file_words(row))

    def _readers(self) -> None:
        """Who reads what, and what an access law can reach."""
        self.writer.paragraph("Heading 1", confidentiality.TITLE)
        for row in confidentiality.kept(for_host=self.given.is_for_host):
            self.writer.paragraph("List Bullet", f"{row.what}: {row.readers} {row.release}")

    def _end(self) -> None:
        say, version = self.writer.paragraph, self.given.reading.version
        if version is None:
            return
        say("Heading 1", "Signatures and fingerprint")
        for row in self.given.signatures:
            office = f", {row.function}" if row.function else ""
            say("Normal", f"{row.name}{office} ({row.get_role_display()}), {words_in(_LANGUAGE).day(row.at.date())}")
        say(look.NOTE, f"Version {version.number}. SHA-256 of the content: {version.sha256}")


def _file_words(row: Evidence) -> str:
    facts = [row.get_kind_display(), words_in(_LANGUAGE).day(row.dated) if row.dated else "", row.file_name]
    facts.append(f"section {row.section.position}" if row.section else "")
    note = f" {row.note.strip()}" if row.note.strip() else ""
    return f"{row.title}. {', '.join(filter(None, facts))}.{note}"
