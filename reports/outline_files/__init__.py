"""Outlines of reports as plain values and as files that people can read and change."""

from reports.outline_files.plan import OutlinePlan, SectionPlan
from reports.outline_files.reading import read
from reports.outline_files.writing import write

__all__ = ["OutlinePlan", "SectionPlan", "read", "write"]
