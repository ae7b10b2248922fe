"""What a form carries along so that answers find their place: bookmarks at the questions, content controls to write in.

Either may be lost when another program saves the file. Then the numbers and the texts of the questions are enough.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

if TYPE_CHECKING:
    from docx.text.paragraph import Paragraph

BETWEEN = ":"
_LONGEST_ALIAS = 64


def tag_of(anchor: str, field: str) -> str:
    """Return the tag of one field of one question."""
    return f"{anchor}{BETWEEN}{field}"


def bookmark(paragraph: Paragraph, name: str, number: int) -> None:
    """Put a bookmark around a paragraph."""
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    start.set(qn("w:id"), str(number))
    start.set(qn("w:name"), name)
    end.set(qn("w:id"), str(number))
    properties = paragraph._p.pPr
    if properties is None:
        paragraph._p.insert(0, start)
    else:
        properties.addnext(start)
    paragraph._p.append(end)


def enclose(elements: Iterable[Any], *, tag: str, title: str, number: int) -> None:
    """Put paragraphs and tables that follow each other into one content control."""
    found = list(elements)
    control, content = OxmlElement("w:sdt"), OxmlElement("w:sdtContent")
    control.append(_properties(tag, title, number))
    found[0].addprevious(control)
    control.append(content)
    for element in found:
        content.append(element)


def choice(
    paragraph: Paragraph, options: list[tuple[str, str]], shown: str, *, tag: str, title: str, number: int
) -> None:
    """Put a list to choose from into a line. `options` are values and labels."""
    control, content = OxmlElement("w:sdt"), OxmlElement("w:sdtContent")
    properties = _properties(tag, title, number)
    menu = OxmlElement("w:dropDownList")
    for value, label in options:
        item = OxmlElement("w:listItem")
        item.set(qn("w:displayText"), label)
        item.set(qn("w:value"), value or label)
        menu.append(item)
    properties.append(menu)
    run = paragraph.add_run(shown)
    control.append(properties)
    content.append(run._r)
    control.append(content)
    paragraph._p.append(control)


def _properties(tag: str, title: str, number: int) -> Any:
    made = OxmlElement("w:sdtPr")
    for name, value in (("alias", title[:_LONGEST_ALIAS]), ("tag", tag), ("id", str(number))):
        child = OxmlElement(f"w:{name}")
        child.set(qn("w:val"), value)
        made.append(child)
    return made
