"""WHAT COMES OUT."""

from reports.models.documents import Document
from reports.models.reports import FactComment, Publication, Report, ReportSection

__all__ = ["Document", "FactComment", "Publication", "Report", "ReportSection"]
