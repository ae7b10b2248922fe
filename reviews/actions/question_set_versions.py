"""The life of a question set: a draft, published, retired; new versions, and files that become drafts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.text import slugify

from people.errors import AlreadyDone, NotReady
from reviews import question_bank
from reviews.actions.question_set_content import write_content
from reviews.actions.question_set_drafts import hold, hold_draft
from reviews.enums import QuestionSetStatus
from reviews.models import QuestionSet
from reviews.queries.question_sets import outline_of, plain_of
from reviews.question_files.plain import PlainSection, PlainSet
from reviews.question_set_access import require_keeper
from reviews.question_set_checks import missing

if TYPE_CHECKING:
    from people.models import User

S = QuestionSetStatus
_SLUG_LENGTH = 60


@transaction.atomic
def begin_set(name: str, language: str, *, by: User) -> QuestionSet:
    """Make the draft of a set that did not exist, with one empty section to begin with.

    Raises NotAllowed for everybody but the secretariat.
    """
    require_keeper(by)
    base = slugify(name)[:_SLUG_LENGTH].strip("-") or "questions"
    slug, number = base, 2
    while QuestionSet.objects.filter(slug=slug).exists():
        slug, number = f"{base}-{number}", number + 1
    return import_set(PlainSet(slug=slug, name=name, language=language, sections=(PlainSection(),)), by=by)


@transaction.atomic
def import_set(content: PlainSet, *, by: User) -> QuestionSet:
    """Make a draft from plain values: a new set, or the next version of the set with the same slug.

    Raises NotAllowed for everybody but the secretariat.
    """
    require_keeper(by)
    list(QuestionSet.objects.select_for_update(no_key=True).filter(slug=content.slug).values_list("pk"))
    last = QuestionSet.objects.filter(slug=content.slug).aggregate(last=Max("version"))["last"] or 0
    made = QuestionSet.objects.create(
        name=content.name,
        slug=content.slug,
        version=last + 1,
        language=content.language,
        is_current=False,
        status=S.DRAFT,
        made_by=by,
    )
    write_content(made, content)
    return made


def begin_version(question_set: QuestionSet, *, by: User) -> QuestionSet:
    """Make a draft that begins as a copy, with the same keys, so that answers can be compared over versions.

    Raises NotAllowed for everybody but the secretariat.
    """
    return import_set(replace(plain_of(question_set), changes=""), by=by)


@transaction.atomic
def publish(question_set: QuestionSet, *, by: User) -> QuestionSet:
    """Publish a draft: from now on reviews can begin with it, and it never changes.

    Effects in order: lock, permit, gate; the version is published and becomes the current one of its set.

    Raises AlreadyDone when it is no draft, NotReady with what is missing.
    """
    held = hold_draft(question_set.pk, by=by)
    if reasons := missing(outline_of(held)):
        raise NotReady("It cannot be published yet: this is missing.", reasons=reasons)
    QuestionSet.objects.filter(slug=held.slug, language=held.language).update(is_current=False)
    held.status, held.is_current, held.published_at = S.PUBLISHED, True, timezone.now()
    held.save(update_fields=["status", "is_current", "published_at"])
    return held


@transaction.atomic
def retire(question_set: QuestionSet, *, by: User) -> QuestionSet:
    """Offer a version to no new review any more; reviews that use it keep it. Another version becomes the current one.

    Raises AlreadyDone when it is not published, NotReady for the version that new reviews begin with.
    """
    held = hold(question_set.pk, by=by)
    if held.status != S.PUBLISHED:
        raise AlreadyDone("Only a published version can be retired.")
    if held.is_current and held.slug == question_bank.SLUG:
        raise NotReady("New reviews begin with this version. Publish another version of this set first.")
    held.status, held.is_current = S.RETIRED, False
    held.save(update_fields=["status", "is_current"])
    _name_current(held)
    return held


@transaction.atomic
def reinstate(question_set: QuestionSet, *, by: User) -> QuestionSet:
    """Offer a retired version again. It becomes the current one where its set has no other.

    Raises AlreadyDone when it is not retired.
    """
    held = hold(question_set.pk, by=by)
    if held.status != S.RETIRED:
        raise AlreadyDone("Only a retired version can be offered again.")
    held.status = S.PUBLISHED
    held.save(update_fields=["status"])
    _name_current(held)
    held.refresh_from_db()
    return held


def _name_current(held: QuestionSet) -> None:
    """Make the newest published version of a set the current one where none is."""
    versions = QuestionSet.objects.filter(slug=held.slug, language=held.language, status=S.PUBLISHED)
    newest = versions.order_by("-version").first()
    if newest and not versions.filter(is_current=True).exists():
        QuestionSet.objects.filter(pk=newest.pk).update(is_current=True)


@transaction.atomic
def delete_draft(question_set: QuestionSet, *, by: User) -> None:
    """Delete a draft with all its sections and questions. No review can use a draft.

    Raises AlreadyDone when it is no draft.
    """
    hold_draft(question_set.pk, by=by).delete()
