"""The form as a Word document: to be filled in with Word, LibreOffice or Google Docs."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from reviews.offline import look
from reviews.offline.controls import bookmark, choice, enclose, tag_of
from reviews.offline.from_markdown import Writer

if TYPE_CHECKING:
    from collections.abc import Callable

    from reviews.models import Answer
    from reviews.offline.plan import Asked, AskedSection, Form


def docx_form(form: Form) -> bytes:
    """Return the form as the bytes of a Word document."""
    document = look.new_document(
        title=form.title, subject=form.review, mark=form.case_mark, language=form.words.language
    )
    document.core_properties.keywords = form.question_set
    _FormWriter(form, Writer(document, top=3)).write()
    look.number_pages(document, form.words["page"], form.title)
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


class _FormWriter:
    """Writes one form into its document."""

    def __init__(self, form: Form, writer: Writer) -> None:
        self.form, self.words, self.writer = form, form.words, writer
        self._numbers = 100

    def write(self) -> None:
        self._front()
        for section in self.form.sections:
            self._section(section)

    def _front(self) -> None:
        """What this is, until when, whom to ask, and who can read it."""
        words, form, say = self.words, self.form, self.writer.paragraph
        say("Title", form.title)
        say(look.LEDE, form.review)
        say(look.LEDE, form.lede)
        say("Heading 1", words["about"])
        for line in words.many("how"):
            say("List Bullet", line)
        if form.deadline:
            say("Normal", words.say("deadline", day=words.day(form.deadline))).runs[0].bold = True
        if form.contact:
            say("Normal", words.say("contact", contact=form.contact))
        say("Heading 1", words["secrecy"])
        for line in words.many("secret"):
            say("Normal", line)

    def _section(self, section: AskedSection) -> None:
        heading = self.writer.paragraph("Heading 1", f"{section.position}. {section.title}")
        heading.paragraph_format.page_break_before = section.position == self.form.sections[0].position
        if section.help_text:
            self.writer.paragraph(look.NOTE, section.help_text)
        for asked in section.questions:
            self._question(asked)

    def _question(self, asked: Asked) -> None:
        heading = self.writer.paragraph("Heading 2", f"{asked.number}. {asked.text}")
        bookmark(heading, asked.anchor, self._number())
        for line in (asked.help_text, *asked.prompts):
            if line.strip():
                self.writer.paragraph(look.NOTE, line)
        if asked.max_words:
            self.writer.paragraph(look.NOTE, self.words.say("most_words", number=asked.max_words))
        if not asked.is_required:
            self.writer.paragraph(look.NOTE, self.words["optional"])
        answer = asked.answer
        self._text(asked, "answer", answer.text if answer else "")
        if asked.is_rated:
            self._rating(asked, answer)

    def _rating(self, asked: Asked, answer: Answer | None) -> None:
        words = self.words
        table: tuple[tuple[str, dict[str, str], Callable[[str], str], str], ...] = (
            ("rating", words.table["ratings"], words.rating, answer.rating if answer else ""),
            ("trend", words.table["trends"], words.trend, answer.trend if answer else ""),
        )
        for field, labels, label, value in table:
            self.writer.paragraph(look.LABEL, words[field])
            self.writer.paragraph(look.NOTE, words.choices(list(labels.values())))
            line = self.writer.paragraph(look.ANSWER)
            options = [("", words["choose"]), *labels.items()]
            tag, title = tag_of(asked.anchor, field), f"{asked.number}. {words[field]}"
            choice(line, options, label(value) or words["choose"], tag=tag, title=title, number=self._number())
            if field == "rating":
                self._text(asked, "reason", answer.rating_reason if answer else "")

    def _text(self, asked: Asked, field: str, text: str) -> None:
        """A label and the place to write, with what is there already, in one content control.

        The label is its first paragraph: in that one LibreOffice forgets bold, italic and links.
        """
        body = self.writer.document.element.body
        before = len(body)
        self.writer.paragraph(look.LABEL, self.words[field])
        if field == "reason":
            self.writer.paragraph(look.NOTE, self.words["reason_help"])
        if text.strip():
            self.writer.write(text)
        else:
            made = self.writer.paragraph(look.ANSWER)
            made.add_run(self.words["write"], style=look.PLACEHOLDER)
        written = list(body)[before - 1 : -1]  # the last element of a body is its page
        tag, title = tag_of(asked.anchor, field), f"{asked.number}. {self.words[field]}"
        enclose(written, tag=tag, title=title, number=self._number())

    def _number(self) -> int:
        self._numbers += 1
        return self._numbers
