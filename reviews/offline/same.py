"""Whether two texts say the same in the same form, however their Markdown is written."""

from __future__ import annotations

import re
from io import BytesIO

from docx import Document

from people.texts import to_html
from reviews.offline import look
from reviews.offline.blocks import Reader, joined
from reviews.offline.from_markdown import Writer

_LOOSE = re.compile(r"\s*</?p>\s*|\s+")


def is_same(one: str, other: str) -> bool:
    """Whether two Markdown texts are the same to a reader."""
    if one == other or one.split() == other.split():
        return True
    return _shown(one) == _shown(other) or through_word(one) == through_word(other)


def _shown(text: str) -> str:
    """The text as the page shows it, apart from the space between its blocks."""
    return _LOOSE.sub(" ", to_html(text)).strip()


def through_word(text: str) -> str:
    """Return the Markdown that comes back when a text has been in a Word document."""
    document = look.new_document(title="", subject="", mark="", language="en")
    Writer(document).write(text)
    stream = BytesIO()
    document.save(stream)
    return joined(list(Reader(Document(BytesIO(stream.getvalue())), _nothing).blocks()))


def _nothing() -> None:
    """Nobody waits."""
