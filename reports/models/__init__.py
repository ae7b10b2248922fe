"""WHAT COMES OUT."""

from reports.models.certificates import Certificate
from reports.models.documents import Document
from reports.models.fact_checks import FactComment, SentDraft
from reports.models.library import EntryText, LibraryEntry, Shelf, Subject
from reports.models.outlines import Outline, OutlineSection
from reports.models.publications import Publication
from reports.models.reports import Confirmation, GoAhead, HintSetAside, Report
from reports.models.sections import PieceText, PieceVersion, ReportSection, SectionComment, SectionVersion

__all__ = [
    "Certificate",
    "Confirmation",
    "Document",
    "EntryText",
    "FactComment",
    "GoAhead",
    "HintSetAside",
    "LibraryEntry",
    "Outline",
    "OutlineSection",
    "PieceText",
    "PieceVersion",
    "Publication",
    "Report",
    "ReportSection",
    "SectionComment",
    "SectionVersion",
    "SentDraft",
    "Shelf",
    "Subject",
]
