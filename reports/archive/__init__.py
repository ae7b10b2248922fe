"""The archive of a case: one ZIP with its documents, evidence, data and a list of hashes.

1. `plan_of` lists what goes in, as one edition may read it, each entry with its hash; nothing is opened.
2. `written` writes the ZIP into a temporary file, piece by piece: no file is ever whole in memory.

The same content gives the same plan, the same hash and the same bytes.
"""

from reports.archive.entries import Entry, Plan
from reports.archive.plans import plan_of
from reports.archive.zipping import written

__all__ = ["Entry", "Plan", "plan_of", "written"]
