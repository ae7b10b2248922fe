"""The life of one filled form in a worker. The row is the truth; a worker that lost it leaves quietly."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

from celery.exceptions import SoftTimeLimitExceeded
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from people.errors import StorageAway
from reviews.enums import ReadingStatus, TakeOver
from reviews.models import Answer, FilledAnswer, FilledForm, Question, SelfAssessment
from reviews.offline.brought import Brought, Filled, Unreadable
from reviews.offline.plan import case_mark

if TYPE_CHECKING:
    from django.db.models import QuerySet

logger = logging.getLogger(__name__)

HEARTBEAT_SECONDS = 1.0
STALE_AFTER = timedelta(seconds=30)
"""A form that is being read and shows no sign of life for so long has lost its worker."""
RESEND_AFTER = timedelta(seconds=20)
MOST_ATTEMPTS = 3
SOFT_SECONDS, HARD_SECONDS = 100, 120

TOO_SLOW = "Reading the file took too long, so it was ended. Keep it among the files, or try again with a shorter one."
SERVER_FAULT = "Something went wrong on the server while the file was read. The file is safe. Please try again."
GAVE_UP = "The server stopped three times while reading this file, so it was given up. The file is safe."
OTHER_CASE = "This form was made for another review. Look closely before you take anything over."


class Lost(Exception):  # noqa: N818 - not an error: somebody else decided
    """Another attempt has the form now."""


def read(form_id: int) -> None:
    """Read one form that waits. Safe to call twice: the second finds another state and leaves."""
    form = _start(form_id)
    if form is None:
        return
    try:
        filled = _read(form)
        _finish(form, filled)
    except Lost:
        logger.info("Form %s went to another attempt than %s", form.pk, form.attempts)
    except StorageAway:
        logger.warning("Form %s waits for the storage", form.pk)
        now = timezone.now()  # the sweeper gives it out again after its pause; nothing was read, so it was no attempt
        _ours(form).update(status=ReadingStatus.QUEUED, queued_at=now, attempts=F("attempts") - 1)
    except Unreadable as refused:
        _fail(form, refused.code, refused.message)
    except SoftTimeLimitExceeded:
        logger.warning("Form %s took too long", form.pk)
        _fail(form, "too_slow", TOO_SLOW)
    except Exception:
        logger.exception("Form %s failed", form.pk)
        _fail(form, "server", SERVER_FAULT)


def sweep() -> list[int]:
    """Put right what a lost worker or a lost message left behind; returns the ids to hand to a worker again."""
    now = timezone.now()
    for row in FilledForm.objects.filter(status=ReadingStatus.READING, heartbeat_at__lt=now - STALE_AFTER):
        _free(row)
    waiting = FilledForm.objects.filter(status=ReadingStatus.QUEUED, queued_at__lt=now - RESEND_AFTER)
    ids = list(waiting.order_by("queued_at").values_list("pk", flat=True))
    FilledForm.objects.filter(pk__in=ids, status=ReadingStatus.QUEUED).update(queued_at=now)
    return ids


def _free(row: FilledForm) -> None:
    """Give a form whose worker died to the next one, or end it after the last attempt."""
    lost = FilledForm.objects.filter(pk=row.pk, status=ReadingStatus.READING, heartbeat_at=row.heartbeat_at)
    if row.attempts >= MOST_ATTEMPTS:
        lost.update(status=ReadingStatus.FAILED, problem="server", message=GAVE_UP)
    else:
        long_ago = timezone.now() - RESEND_AFTER - timedelta(seconds=1)  # to be sent in the same turn
        lost.update(status=ReadingStatus.QUEUED, queued_at=long_ago)


def _start(form_id: int) -> FilledForm | None:
    """Take the row, unless somebody else has it."""
    with transaction.atomic():
        rows = FilledForm.objects.select_for_update(of=("self",))
        row = rows.filter(pk=form_id, status=ReadingStatus.QUEUED).first()
        if row is None:
            return None
        row.status, row.heartbeat_at, row.attempts = ReadingStatus.READING, timezone.now(), row.attempts + 1
        row.save(update_fields=("status", "heartbeat_at", "attempts"))
        return row


def _ours(form: FilledForm) -> QuerySet[FilledForm]:
    """The row, while this attempt has it."""
    return FilledForm.objects.filter(pk=form.pk, status=ReadingStatus.READING, attempts=form.attempts)


def _ticker(form: FilledForm) -> Callable[[], None]:
    """Return a function that shows life, at most once a second, and ends what another attempt has now."""
    told = time.monotonic()

    def tick() -> None:
        nonlocal told
        if time.monotonic() - told < HEARTBEAT_SECONDS:
            return
        told = time.monotonic()
        if not _ours(form).update(heartbeat_at=timezone.now()):
            raise Lost

    return tick


def _read(form: FilledForm) -> Filled:
    from reviews.offline.reading import read_form  # noqa: PLC0415 - large libraries, and a web server only sends this work

    held = SelfAssessment.objects.select_related("question_set").get(pk=form.self_assessment_id)
    questions = list(Question.objects.filter(section__question_set=held.question_set_id).select_related("section"))
    with form.file.open("rb") as file:
        content = file.read()
    return read_form(content, form.content_type, held.question_set, questions, _ticker(form))


@transaction.atomic
def _finish(form: FilledForm, filled: Filled) -> None:
    """Write down what the form says, beside what is there."""
    row = _ours(form).select_for_update(of=("self",)).select_related("self_assessment__case").first()
    if row is None:
        raise Lost
    present = {answer.question_id: answer for answer in Answer.objects.filter(self_assessment=row.self_assessment_id)}
    row.answers.all().delete()
    said = {pk: brought for pk, brought in filled.answers.items() if brought.says_something}
    brought = [_answer(row, pk, words, present.get(pk)) for pk, words in said.items()]
    FilledAnswer.objects.bulk_create(brought)
    row.unmatched = filled.loose
    is_other = filled.case_mark.startswith(case_mark("")) and filled.case_mark != case_mark(
        row.self_assessment.case.slug
    )
    row.status, row.problem, row.message = ReadingStatus.READY, "", OTHER_CASE if is_other else ""
    is_settled = all(answer.decision == TakeOver.SAME for answer in brought)
    row.closed_at = timezone.now() if is_settled and not filled.loose else None
    row.save()


def _answer(form: FilledForm, question: int, said: Brought, there: Answer | None) -> FilledAnswer:
    """Return the row of what is said to one question."""
    answer = FilledAnswer(
        form=form, question_id=question, text=said.text, rating=said.rating, rating_reason=said.reason, trend=said.trend
    )
    if there is not None and adds_nothing(answer, there):
        answer.decision = TakeOver.SAME
    return answer


def adds_nothing(brought: FilledAnswer, there: Answer) -> bool:
    """Whether all that the form says to a question is there already. What the form leaves empty says nothing."""
    from reviews.offline.same import is_same  # noqa: PLC0415 - as above

    values = all(
        not getattr(brought, name) or getattr(brought, name) == getattr(there, name) for name in ("rating", "trend")
    )
    texts = ((brought.text, there.text), (brought.rating_reason, there.rating_reason))
    return values and all(not new or is_same(new, old) for new, old in texts)


def _fail(form: FilledForm, problem: str, message: str) -> None:
    """Say why it was not read, if this attempt still has it."""
    _ours(form).update(status=ReadingStatus.FAILED, problem=problem, message=message[:300])
