"""The outline that stands where neither a working group nor all of them together have another: a file of the product.

A new report gets one `ReportSection` row for each plan, in this order, with everything that the plan says
(actions/reports.py). From then on only the row counts.
"""

from functools import cache
from pathlib import Path

from reports.outline_files import OutlinePlan, SectionPlan, read

__all__ = ["FILE", "OutlinePlan", "SectionPlan", "built_in"]

FILE = Path(__file__).with_name("outline.toml")


@cache
def built_in() -> OutlinePlan:
    """Return the outline of the product."""
    return read(FILE.read_bytes())
