"""WHAT COMES OUT."""

from reports.models.documents import Document
from reports.models.reports import FactComment, Publication, PublicationText, Report, ReportSection, SentDraft

__all__ = [
    "Document",
    "FactComment",
    "Publication",
    "PublicationText",
    "Report",
    "ReportSection",
    "SentDraft",
]
