"""What a report and its documents hold of a person (people/belongings.py)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from people import belongings
from reports import models as ours
from reports.storing import drop

if TYPE_CHECKING:
    from people.models import User

belongings.own_words(
    {
        (ours.Confirmation, "user"): ("objection",),
        (ours.FactComment, "by"): ("text", "proposal"),
        (ours.FactComment, "answered_by"): ("answer_reason",),
        (ours.GoAhead, "by"): ("reason",),
        (ours.HintSetAside, "by"): ("reason",),
        (ours.PieceText, "updated_by"): ("text",),
        (ours.PieceVersion, "by"): ("text",),
        (ours.Publication, "withdrawn_by"): ("withdrawal_reason",),
        (ours.Report, "host_statement_by"): ("host_statement",),
        (ours.ReportSection, "owner"): ("title",),
        (ours.ReportSection, "updated_by"): ("title", "text"),
        (ours.SectionComment, "author"): ("text",),
        (ours.SectionVersion, "by"): ("text",),
    }
)
belongings.names_in((ours.GoAhead, "names"), (ours.SectionVersion, "note"))


def forget_person(person: User, *, by: User) -> None:  # noqa: ARG001 - called alike in every app
    """Certificates go with their files, and nobody waits for a section that the person was to write."""
    ours.ReportSection.objects.filter(owner=person).update(owner=None, due=None)
    ours.ReportSection.objects.filter(locked_by=person).update(locked_by=None)
    person.certificates.all().delete()
    papers = ours.Document.objects.filter(about=person)
    for name in papers.exclude(file="").values_list("file", flat=True):
        _drop_later(name)
    papers.delete()


def _drop_later(name: str) -> None:
    """A file goes when its row has gone."""
    transaction.on_commit(lambda: drop(name), robust=True)


belongings.forgetting.append(forget_person)
