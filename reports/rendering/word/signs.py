"""The signs that a Word document can hold: those of XML."""

import re
from typing import Any

from reports.rendering.model import DocumentContent, deserialise, serialise

_NOT_XML = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def speakable(content: DocumentContent) -> DocumentContent:
    """Return the content without the others: somebody pasted one from a scan, and every export would fail."""
    return deserialise(_without(serialise(content)))


def _without(value: Any) -> Any:
    if isinstance(value, str):
        return _NOT_XML.sub("", value)
    if isinstance(value, dict):
        return {name: _without(part) for name, part in value.items()}
    return [_without(part) for part in value] if isinstance(value, list | tuple) else value
