"""Brings properties into the order that the standard asks for (ECMA-376, 17): Word refuses a file in another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docx.oxml.ns import qn

if TYPE_CHECKING:
    from docx.document import Document as DocxDocument

_ORDERS = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs"
    " suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd"
    " snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment"
    " textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
    "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid"
    " vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em"
    " lang eastAsianLayout specVanish oMath",
    "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing"
    " tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription",
    "sectPr": "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType"
    " pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid",
}
_PLACES = {
    qn(f"w:{name}"): {qn(f"w:{child}"): at for at, child in enumerate(order.split())} for name, order in _ORDERS.items()
}


def bring_into_order(document: DocxDocument) -> None:
    """Sort the properties of everything in a document."""
    section = document.sections[0]
    for root in (document.element, document.styles.element, section.header._element, section.footer._element):
        for element in root.iter(*_PLACES):
            _sort(element)


def _sort(element: Any) -> None:
    places = _PLACES[element.tag]
    children = list(element)
    ordered = sorted(children, key=lambda child: places.get(child.tag, len(places)))
    if ordered != children:
        for child in ordered:
            element.append(child)
