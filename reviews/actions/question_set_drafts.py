"""What all changes of a question set have in common: the secretariat, a draft, one at a time, versions counted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, TypeVar

from people.errors import AlreadyDone, NotThere, StaleText
from reviews.enums import QuestionSetStatus
from reviews.models import Question, QuestionSet, Section
from reviews.question_set_access import require_keeper

if TYPE_CHECKING:
    from people.models import User

Row = TypeVar("Row", QuestionSet, Section, Question)


def hold(pk: int, *, by: User) -> QuestionSet:
    """Lock one version of a set until the transaction ends.

    Raises NotAllowed for everybody but the secretariat, NotThere for a version that is gone.
    """
    require_keeper(by)
    held = QuestionSet.objects.select_for_update(no_key=True).filter(pk=pk).first()
    if held is None:
        raise NotThere
    return held


def hold_draft(pk: int, *, by: User) -> QuestionSet:
    """Lock a version that may change.

    Raises what `hold` raises, and AlreadyDone for a version that was published: reviews rest on it.
    """
    held = hold(pk, by=by)
    if held.status != QuestionSetStatus.DRAFT:
        message = "This version was published, so it never changes. Make a new version of it to change something."
        raise AlreadyDone(message, code="published")
    return held


def write(row: Row, fields: Mapping[str, object], *, version: int) -> Row:
    """Write the fields of a row unless somebody saved in between; the same fields sent twice are one save.

    Raises StaleText with what is stored, as texts.
    """
    stored = {name: getattr(row, name) for name in fields}
    if stored == dict(fields):
        return row
    if version != row.saves:
        texts = {name: str(value) for name, value in stored.items()}
        raise StaleText(version=row.saves, texts=texts, by="", at=None)
    for name, value in fields.items():
        setattr(row, name, value)
    row.saves += 1
    row.save(update_fields=[*fields, "saves"])
    return row
