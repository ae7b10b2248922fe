"""Having a file read by the worker."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from people.errors import AlreadyDone
from reviews import reading_jobs
from reviews.enums import ReadingStatus
from reviews.models import EvidenceText
from reviews.queries.evidence_text import is_readable
from reviews.tasks import read_evidence

if TYPE_CHECKING:
    from reviews.access import Seat
    from reviews.models import Evidence


@transaction.atomic
def have_read(row: Evidence) -> None:
    """Have the text of a file taken out: call it where a file, or a newer version, is kept.

    Effects: throw the text of older bytes away; after commit hand the file to a worker. A broker that does not answer
    fails nothing: the sweeper sends it later. A picture has no text.
    """
    if not is_readable(row):
        EvidenceText.objects.filter(evidence=row).delete()
        return
    reading_jobs.renew(row)
    transaction.on_commit(lambda: read_evidence.delay(row.pk), robust=True)


@transaction.atomic
def read_again(seat: Seat, row: Evidence) -> None:
    """Try again to read a file that could not be read. Whoever reads the files of a case may ask.

    Raises AlreadyDone when it is read, or about to be.
    """
    text = EvidenceText.objects.select_for_update().filter(evidence__case=seat.case, evidence=row).first()
    if text is not None and text.status != ReadingStatus.FAILED:
        raise AlreadyDone("This file is read already, or about to be.")
    have_read(row)
