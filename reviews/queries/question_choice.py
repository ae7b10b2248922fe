"""Whether a review can still begin with another set of questions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from reviews.models import Answer, Assignment, Comment, Evidence, FilledForm, SectionSignature

if TYPE_CHECKING:
    from reviews.models import SelfAssessment


def is_begun(held: SelfAssessment) -> bool:
    """Whether anything rests on the questions: an answer, a file, work shared out, a comment. At most six queries."""
    on_parts = Q(section__isnull=False) | Q(question__isnull=False)
    of_files = Q(section__isnull=False) | Q(questions__isnull=False)
    return (
        Answer.objects.filter(self_assessment=held).exists()
        or Assignment.objects.filter(on_parts, self_assessment=held).exists()
        or Comment.objects.filter(self_assessment=held).exists()
        or FilledForm.objects.filter(self_assessment=held).exists()
        or SectionSignature.objects.filter(self_assessment=held).exists()
        or Evidence.objects.filter(of_files, case=held.case_id).exists()
    )
