"""How our Word documents look: one family of styles, language, page and footer. Made to be edited by people."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from people.languages import language_of

if TYPE_CHECKING:
    from docx.document import Document as DocxDocument
    from docx.styles.style import ParagraphStyle
    from docx.text.paragraph import Paragraph

INK, MUTED, BRAND = RGBColor(0x1D, 0x2A, 0x33), RGBColor(0x4B, 0x58, 0x61), RGBColor(0x0F, 0x52, 0x57)
LABEL, ANSWER, NOTE, LEDE, PLACEHOLDER = "Form label", "Form answer", "Form note", "Form lede", "Form placeholder"
CODE, CODE_BLOCK, RULE = "Form code", "Form code block", "Form rule"
_FONT = "Calibri"
_HEADINGS = {1: (17, BRAND, 22, 6), 2: (13, INK, 18, 3), 3: (12, INK, 10, 2), 4: (11, INK, 8, 2), 5: (11, MUTED, 8, 2)}
_REGIONS = {"en": "en-GB", "ro": "ro-RO", "el": "el-GR", "bg": "bg-BG", "de": "de-DE", "fr": "fr-FR"}


def new_document(*, title: str, subject: str, mark: str, language: str) -> DocxDocument:
    """Return an empty document with our styles, in a language, with what readers' programs show about it."""
    document = Document()
    core = document.core_properties
    core.title, core.subject, core.identifier, core.language = title, subject, mark, language
    core.author, core.comments, core.keywords = "Critical Friend", "", ""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.4)
    section.top_margin, section.bottom_margin = Cm(2.2), Cm(2)
    _text_styles(document, language)
    _own_styles(document)
    return document


def _text_styles(document: DocxDocument, language: str) -> None:
    normal = _paragraph_style(document, "Normal")
    _font(normal, 11, INK)
    normal.paragraph_format.space_after = Pt(6)
    normal.paragraph_format.line_spacing = 1.15
    _speak(normal, language)
    title = _paragraph_style(document, "Title")
    _font(title, 26, BRAND, bold=True)
    title.paragraph_format.space_after = Pt(4)
    if (border := title.element.find(f"{qn('w:pPr')}/{qn('w:pBdr')}")) is not None:
        border.getparent().remove(border)
    for level, (size, colour, before, after) in _HEADINGS.items():
        style = _paragraph_style(document, f"Heading {level}")
        _font(style, size, colour, bold=True)
        style.font.italic = False
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
        style.paragraph_format.keep_with_next = True


def _own_styles(document: DocxDocument) -> None:
    for name in (LABEL, ANSWER, NOTE, LEDE, CODE_BLOCK, RULE):
        style = _added(document, name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = document.styles["Normal"]
        style.quick_style = True
    _font(_paragraph_style(document, LABEL), 10, BRAND, bold=True)
    _paragraph_style(document, LABEL).paragraph_format.keep_with_next = True
    _paragraph_style(document, LABEL).paragraph_format.space_before = Pt(8)
    _paragraph_style(document, LABEL).paragraph_format.space_after = Pt(2)
    _font(_paragraph_style(document, NOTE), 10, MUTED)
    _paragraph_style(document, NOTE).paragraph_format.space_after = Pt(3)
    _paragraph_style(document, NOTE).paragraph_format.keep_with_next = True
    _font(_paragraph_style(document, LEDE), 13, MUTED)
    _font(_paragraph_style(document, CODE_BLOCK), 10, INK)
    for name in (LABEL, NOTE, LEDE):  # whoever presses Enter after them goes on in an answer
        _paragraph_style(document, name).next_paragraph_style = _paragraph_style(document, ANSWER)
    _edge(_paragraph_style(document, ANSWER), "left", "0F5257", 12, 8)
    _edge(_paragraph_style(document, RULE), "bottom", "847B6C", 6, 1)
    for name in (CODE, PLACEHOLDER):
        _added(document, name, WD_STYLE_TYPE.CHARACTER)
    document.styles[CODE].font.name = "Consolas"
    document.styles[PLACEHOLDER].font.color.rgb = MUTED


def _added(document: DocxDocument, name: str, kind: WD_STYLE_TYPE) -> ParagraphStyle:
    return cast("ParagraphStyle", document.styles.add_style(name, kind))


def _paragraph_style(document: DocxDocument, name: str) -> ParagraphStyle:
    return cast("ParagraphStyle", document.styles[name])


def _font(style: ParagraphStyle, size: int, colour: RGBColor, *, bold: bool = False) -> None:
    style.font.name, style.font.size, style.font.bold = _FONT, Pt(size), bold
    style.font.color.rgb = colour
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(theme), None)
    for kind in ("w:ascii", "w:hAnsi", "w:cs"):
        fonts.set(qn(kind), _FONT)


def _edge(style: ParagraphStyle, side: str, colour: str, width: int, space: int) -> None:
    """Draw one line along the paragraphs of a style."""
    borders, line = OxmlElement("w:pBdr"), OxmlElement(f"w:{side}")
    for name, value in (("val", "single"), ("sz", width), ("space", space), ("color", colour)):
        line.set(qn(f"w:{name}"), str(value))
    borders.append(line)
    style.element.get_or_add_pPr().append(borders)


def _speak(style: ParagraphStyle, language: str) -> None:
    """Say the language of everything, so that it is read aloud and checked in it."""
    spoken = OxmlElement("w:lang")
    code = _REGIONS.get(language, language)
    kind = "w:bidi" if language_of(language).direction == "rtl" else "w:val"
    spoken.set(qn(kind), code)
    style.element.get_or_add_rPr().append(spoken)
    defaults = style.element.getparent().find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
    if defaults is not None:
        defaults.set(qn(kind), code)


def number_pages(document: DocxDocument, words: str, before: str) -> None:
    """Put a line at the foot of every page: what this is, and `Page 3 of 12` in the words of the language."""
    foot = document.sections[0].footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.LEFT
    foot.style = document.styles[NOTE]
    head, _, rest = words.partition("{page}")
    middle, _, tail = rest.partition("{pages}")
    foot.add_run(f"{before} · {head}")
    _field(foot, "PAGE")
    foot.add_run(middle)
    _field(foot, "NUMPAGES")
    foot.add_run(tail)


def _field(paragraph: Paragraph, code: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)
