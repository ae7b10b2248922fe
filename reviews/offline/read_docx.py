"""What a filled Word form says, however much of its marks another program has lost."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import TYPE_CHECKING

from docx import Document

from reviews.offline import look
from reviews.offline.blocks import Block, Reader, joined
from reviews.offline.brought import Brought, Filled, cleaned
from reviews.offline.controls import BETWEEN
from reviews.offline.words import FIELDS, field_named, is_ours, label_at

if TYPE_CHECKING:
    from docx.document import Document as DocxDocument

    from reviews.offline.matching import Matcher

_CHOSEN = ("rating", "trend")


def read_docx(content: bytes, matcher: Matcher, tick: Callable[[], None]) -> Filled:
    """Read a Word form. `tick` is called often, so that a long one shows signs of life."""
    document = Document(BytesIO(content))
    walk = _Walk(matcher)
    walk.filled.case_mark, walk.subject = document.core_properties.identifier, document.core_properties.subject
    for block in Reader(document, tick).blocks():
        walk.take(block)
    walk.end()
    _keep_comments(document, walk.filled)
    return walk.filled


def _keep_comments(document: DocxDocument, filled: Filled) -> None:
    for comment in document.comments:
        filled.keep(comment.text, f"Comment of {comment.author}" if comment.author else "Comment")


def _is_styled_label(block: Block) -> bool:
    return block.style == look.LABEL.lower()


class _Walk:
    """Goes through the blocks and puts each to its question and field."""

    def __init__(self, matcher: Matcher) -> None:
        self.matcher, self.filled = matcher, Filled()
        self.question: int | None = None
        self.field = "answer"
        self.fields: dict[tuple[int, str], list[Block]] = {}
        self.between: list[Block] = []
        self.seen: set[int] = set()
        self.subject = ""

    def take(self, block: Block) -> None:
        """Take the next block."""
        if block.pictures:
            self.filled.keep("There is a picture here. Add it to the files.", self._place())
        if self._is_controlled(block) or not block.plain:
            self._append(block) if block.kind == "rule" else None
        elif not (self._is_question(block) or self._is_label(block) or self._is_ours(block)):
            self._append(block)

    # --- where a block belongs --------------------------------------------------------------------
    def _is_controlled(self, block: Block) -> bool:
        """Whether a content control of ours says where the block belongs; then it is put there."""
        for tag in reversed(block.tags):
            anchor, between, field = tag.partition(BETWEEN)
            question = self.matcher.anchored(anchor) if between else None
            if question is not None and field in FIELDS:
                self._begin(question, field)
                if not (self._is_ours(block) or (_is_styled_label(block) and self._is_label(block))):
                    self._append(block)
                return True
        return False

    def _is_question(self, block: Block) -> bool:
        """Whether the block asks a question; what was written behind its words is taken as well."""
        if block.kind == "table" or (block.mark is not None and not block.names):
            return False
        named = next((pk for name in block.names if (pk := self.matcher.anchored(name)) is not None), None)
        asked = self.matcher.asked(block.plain, is_heading=bool(block.heading))
        found = asked if asked is not None else named if block.heading else None
        if found is None:
            return self._ends_section(block)
        self._begin(found, "answer")
        if asked is None:
            self.filled.keep(block.plain, self._place())
        return True

    def _ends_section(self, block: Block) -> bool:
        """Whether the title of a section stands here: what follows belongs to no question yet."""
        if not (block.heading and self.matcher.is_section(block.plain)):
            return False
        self.question = None
        return True

    def _is_label(self, block: Block) -> bool:
        """Whether the block names a field of the form; what was written behind the name is taken as well."""
        if self.question is None or block.kind == "table":
            return False
        if field := field_named(block.plain):
            self.field = field
            return True
        field, rest = label_at(block.plain) if _is_styled_label(block) else ("", "")
        if not field:
            return False
        self.field = field
        self._append(Block("paragraph", rest, rest))
        return True

    def _is_ours(self, block: Block) -> bool:
        """Whether the form itself says this."""
        at_front = self.question is None and not self.seen
        if at_front and block.plain == self.subject:
            return True
        return is_ours(block.plain, at_front=at_front) or self.matcher.is_around(self.question, block.plain)

    def _begin(self, question: int, field: str) -> None:
        self.question, self.field = question, field
        self.seen.add(question)

    def _append(self, block: Block) -> None:
        if self.question is None:
            self.between.append(block)
        else:
            self.fields.setdefault((self.question, self.field), []).append(block)

    # --- the end ----------------------------------------------------------------------------------
    def end(self) -> None:
        """Put together what was collected."""
        self.filled.questions_seen = len(self.seen)
        self.filled.keep(joined(self.between))
        for (question, field), blocks in self.fields.items():
            brought = self.filled.answers.setdefault(question, Brought())
            if field in _CHOSEN:
                text = "\n".join(block.plain for block in blocks)
                self.filled.choose(brought, field, text, self._place(question))
            else:
                name = "text" if field == "answer" else field
                setattr(brought, name, cleaned(joined(blocks)))

    def _place(self, question: int | None = None) -> str:
        found = self.matcher.questions.get(question or self.question or 0)
        return f"Question {found.number}" if found else ""
