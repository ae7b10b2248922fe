"""How a Word document looks: the styles that people know, and a few of ours for what is special in a review."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from people.colours import WHITE, mixed

if TYPE_CHECKING:
    from docx.document import Document as DocxDocument
    from docx.styles.style import ParagraphStyle

INK, MUTED, BRAND = RGBColor(0x1D, 0x2A, 0x33), RGBColor(0x4B, 0x58, 0x61), RGBColor(0x0F, 0x52, 0x57)
TINT, _LINE, _PALE = "E3EFED", "CFC7B9", 0.88
LEAD, LABEL, NOTE, CALLOUT, CALLOUT_TITLE = "Lead paragraph", "Label", "Note", "Callout", "Callout title"
BLOCK_TITLE, CELL, CELL_HEAD, CODE_BLOCK, CODE, LINK = (
    "Block title",
    "Table text",
    "Table head",
    "Code block",
    "Code",
    "Hyperlink",
)
_FONT = "Calibri"
_HEADINGS = {1: (20, BRAND, 26, 8), 2: (14, INK, 18, 4), 3: (12, INK, 12, 3), 4: (11, INK, 10, 2), 5: (11, MUTED, 8, 2)}
_REGIONS = {"en": "en-GB", "ro": "ro-RO", "el": "el-GR", "bg": "bg-BG", "de": "de-DE", "fr": "fr-FR", "ar": "ar-SA"}
_OF_TEXT = ("Normal", "Quote", "Caption", "Title", "Subtitle", *(f"Heading {level}" for level in range(1, 6)))
_LISTS = tuple(f"List {kind}{end}" for kind in ("Bullet", "Number", "Continue") for end in ("", " 2", " 3"))


def styled_document(language: str, *, is_rtl: bool, colour: str = "") -> DocxDocument:
    """Return an empty A4 document with our styles, in a language, its direction and the colour of a group."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.4)
    section.top_margin, section.bottom_margin = Cm(2.4), Cm(2.2)
    _known(document)
    _ours(document)
    if colour:
        _recoloured(document, colour)
    _speak(document, language, is_rtl=is_rtl)
    return document


def region_of(language: str) -> str:
    """The language as Word asks for it, with a region."""
    return _REGIONS.get(language, language)


def tint_of(colour: str) -> str:
    """The pale shade behind heads of columns and notices, as Word writes it; ours without a colour."""
    return mixed(colour, WHITE, _PALE)[1:].upper() if colour else TINT


def _recoloured(document: DocxDocument, colour: str) -> None:
    """Give every style that has our colour the one of a group: later text in these styles has it too."""
    theirs = RGBColor.from_string(colour[1:].upper())
    for style in document.styles:
        font = getattr(style, "font", None)
        if font is not None and font.color.rgb == BRAND:
            font.color.rgb = theirs
    for shade in document.styles.element.iter(qn("w:shd")):
        if shade.get(qn("w:fill")) == TINT:
            shade.set(qn("w:fill"), tint_of(colour))


def _known(document: DocxDocument) -> None:
    """Set the looks of the styles that every Word document has."""
    normal = paragraph_style(document, "Normal")
    _font(normal, 11, INK)
    _space(normal, 0, 7)
    normal.paragraph_format.line_spacing = 1.15
    for level, (size, colour, before, after) in _HEADINGS.items():
        style = paragraph_style(document, f"Heading {level}")
        _font(style, size, colour, bold=True)
        style.font.italic = False
        _space(style, before, after)
        style.paragraph_format.keep_with_next = True
    title = paragraph_style(document, "Title")
    _font(title, 30, BRAND, bold=True)
    _space(title, 60, 8)
    _without_edges(title)
    _font(paragraph_style(document, "Subtitle"), 15, MUTED)
    paragraph_style(document, "Subtitle").font.italic = False
    caption = paragraph_style(document, "Caption")
    _font(caption, 10, MUTED, bold=True)
    _space(caption, 8, 3)
    quote = paragraph_style(document, "Quote")
    _font(quote, 11, MUTED)
    quote.paragraph_format.left_indent = Cm(0.8)


def _ours(document: DocxDocument) -> None:
    _font(_added(document, LEAD), 13, MUTED)
    label = _added(document, LABEL)
    _font(label, 10, BRAND, bold=True)
    _space(label, 12, 1)
    title = _added(document, BLOCK_TITLE)
    _font(title, 12, INK, bold=True)
    _space(title, 0, 3)
    for style in (label, title):
        style.paragraph_format.keep_with_next = True
    _font(_added(document, NOTE), 10, MUTED)
    _space(paragraph_style(document, NOTE), 0, 4)
    for name, size in ((CALLOUT, 10.5), (CALLOUT_TITLE, 11)):
        style = _added(document, name)
        _font(style, size, INK, bold=name == CALLOUT_TITLE)
        _fill(style.element.get_or_add_pPr())
        style.paragraph_format.left_indent = style.paragraph_format.right_indent = Cm(0.3)
    paragraph_style(document, CALLOUT_TITLE).paragraph_format.keep_with_next = True
    for name in (CELL, CELL_HEAD):
        style = _added(document, name)
        _font(style, 10, INK, bold=name == CELL_HEAD)
        _space(style, 2, 2)
    for edge in document.styles["Table Grid"].element.find(f".//{qn('w:tblBorders')}"):
        edge.set(qn("w:color"), _LINE)
    code = _added(document, CODE_BLOCK)
    _font(code, 10, INK, face="Consolas")
    document.styles.add_style(CODE, WD_STYLE_TYPE.CHARACTER).font.name = "Consolas"
    link: Any = document.styles.add_style(LINK, WD_STYLE_TYPE.CHARACTER)
    link.font.color.rgb, link.font.underline = BRAND, True


def paragraph_style(document: DocxDocument, name: str) -> ParagraphStyle:
    """Return a style of paragraphs."""
    return cast("ParagraphStyle", document.styles[name])


def _added(document: DocxDocument, name: str) -> ParagraphStyle:
    style = cast("ParagraphStyle", document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH))
    style.base_style = document.styles["Normal"]
    style.next_paragraph_style = document.styles["Normal"]
    style.quick_style = True
    return style


def _font(style: ParagraphStyle, size: float, colour: RGBColor, *, bold: bool = False, face: str = _FONT) -> None:
    style.font.name, style.font.size, style.font.bold = face, Pt(size), bold
    style.font.color.rgb = colour
    properties = style.element.get_or_add_rPr()
    fonts = properties.get_or_add_rFonts()
    for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(theme), None)
    for kind in ("w:ascii", "w:hAnsi", "w:cs"):
        fonts.set(qn(kind), face)
    for name, value in (("w:szCs", str(round(size * 2))), ("w:bCs", "1" if bold else "0")):
        found = properties.find(qn(name))
        if found is None:
            found = OxmlElement(name)
            properties.append(found)
        found.set(qn("w:val"), value)


def _space(style: ParagraphStyle, before: float, after: float) -> None:
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)


def _without_edges(style: ParagraphStyle) -> None:
    if (border := style.element.find(f"{qn('w:pPr')}/{qn('w:pBdr')}")) is not None:
        border.getparent().remove(border)


def _fill(properties: Any) -> None:
    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", TINT)):
        shade.set(qn(f"w:{name}"), value)
    properties.append(shade)


def _speak(document: DocxDocument, language: str, *, is_rtl: bool) -> None:
    """Say the language of everything, so that it is read aloud and checked in it, and turn it if it runs left."""
    kind, code = qn("w:bidi" if is_rtl else "w:val"), region_of(language)
    normal = paragraph_style(document, "Normal")
    spoken = OxmlElement("w:lang")
    spoken.set(kind, code)
    normal.element.get_or_add_rPr().append(spoken)
    defaults = normal.element.getparent().find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
    if defaults is not None:
        defaults.set(kind, code)
    if is_rtl:
        document.sections[0]._sectPr.append(OxmlElement("w:bidi"))
