"""How to cite a publication: in one line, and for programs that keep references (BibTeX, RIS)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reports.imprint import TERMS, citation, permanent_address

if TYPE_CHECKING:
    from reports.models import Publication

BIBTEX, RIS = "application/x-bibtex; charset=utf-8", "application/x-research-info-systems; charset=utf-8"
_LATEX = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",  # BibTeX counts braces, also escaped ones: a single one would end the field
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "#$%&_"},
}


def address_of(publication: Publication) -> str:
    """Return the permanent address, as the imprint prints it."""
    return str(_imprint(publication).get("address") or permanent_address(publication.slug))


def line(publication: Publication) -> str:
    """Return the citation in one line: the one that the imprint prints, where there is one."""
    kept = _imprint(publication).get("citation")
    return (
        str(kept)
        if kept
        else citation(
            publication.city_name, year_of(publication), publication.title, publication.version, address_of(publication)
        )
    )


def sha256_of(publication: Publication) -> str:
    """Return the hash of the text that the imprint prints; of the whole content where it has none."""
    return str(_imprint(publication).get("sha256") or publication.sha256)


def year_of(publication: Publication) -> int:
    """The year of the text, as the citation says it."""
    dated = str(publication.content.get("dated", ""))
    return int(dated[:4]) if dated[:4].isdigit() else publication.published_at.year


def bibtex(publication: Publication) -> str:
    """Return the publication as one BibTeX entry. Signs that mean something to LaTeX are escaped."""
    fields = {
        "title": f"{{{_latex(publication.title)}}}",
        "author": " and ".join(f"{{{_latex(author)}}}" for author in _authors(publication)),
        "year": str(year_of(publication)),
        "type": "Report of a critical friend review",
        "institution": _latex(", ".join(_authors(publication))),
        "address": _latex(f"{publication.city_name}, {publication.country_name}"),
        "edition": f"Version {publication.version}",
        "language": _latex(publication.language),
        "note": _latex(f"Licence: {TERMS[publication.licence].short}. SHA-256 of the text: {sha256_of(publication)}"),
    }
    rows = [f"  {name} = {{{value}}}" for name, value in fields.items()]
    rows.append(f"  url = {{{address_of(publication)}}}")
    return "@techreport{" + publication.slug + ",\n" + ",\n".join(rows) + "\n}\n"


def ris(publication: Publication) -> str:
    """Return the publication as one RIS record. A field is one line, whatever somebody wrote into a title."""
    rows = [
        ("TY", "RPRT"),
        ("TI", publication.title),
        *(("AU", author) for author in _authors(publication)),
        ("PY", str(year_of(publication))),
        ("CY", f"{publication.city_name}, {publication.country_name}"),
        ("PB", ", ".join(_authors(publication))),
        ("M3", "Report of a critical friend review"),
        ("ET", f"Version {publication.version}"),
        ("LA", publication.language),
        ("UR", address_of(publication)),
        ("N1", f"Licence: {TERMS[publication.licence].short}"),
        ("ER", ""),
    ]
    return "".join(f"{tag}  - {' '.join(value.split())}\r\n" for tag, value in rows)


def _imprint(publication: Publication) -> dict[str, Any]:
    return publication.content.get("imprint") or {}


def _authors(publication: Publication) -> list[str]:
    """The working group, as the document says it; else the city."""
    return [str(author) for author in publication.content.get("authors") or ()] or [publication.city_name]


def _latex(text: str) -> str:
    return "".join(_LATEX.get(sign, sign) for sign in " ".join(text.split()))
