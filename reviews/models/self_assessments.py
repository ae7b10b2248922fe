"""The host's self-assessment: answers, versions, verdicts."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from reviews.enums import Rating, SelfAssessmentStatus, Trend, Verdict
from reviews.fsm import FSMModelMixin, in_choices, state_field, step
from reviews.models.cases import Case
from reviews.models.question_sets import Question, QuestionSet, Section


def is_given(text: str, rating: str, rating_reason: str) -> bool:
    """Whether a question is answered: by a text, or by the reason why it does not apply."""
    return bool(text.strip()) or (rating == Rating.NOT_APPLICABLE and bool(rating_reason.strip()))


class SelfAssessment(FSMModelMixin, models.Model):
    """What the host writes about itself. `version` is the number that the next submission gets, or had."""

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="self_assessment")
    question_set = models.ForeignKey(QuestionSet, on_delete=models.PROTECT)
    status = state_field(SelfAssessmentStatus, SelfAssessmentStatus.DRAFT)
    version = models.PositiveIntegerField(default=1)
    submitted_at = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (in_choices("status", SelfAssessmentStatus, name="self_assessment_status_known"),)

    def __str__(self) -> str:
        return f"Self-assessment · {self.case}"

    @property
    def is_open(self) -> bool:
        """Whether the host may write."""
        return self.status in {SelfAssessmentStatus.DRAFT, SelfAssessmentStatus.RETURNED}

    @step(
        status,
        source=(SelfAssessmentStatus.DRAFT, SelfAssessmentStatus.RETURNED),
        target=SelfAssessmentStatus.SUBMITTED,
    )
    def submit(self) -> None:
        """The host hands a version over."""
        self.submitted_at = timezone.now()

    @step(status, source=(SelfAssessmentStatus.SUBMITTED,), target=SelfAssessmentStatus.RETURNED)
    def send_back(self) -> None:
        """The lead asks for changes, section by section: a new version is opened."""
        self.version += 1

    @step(status, source=(SelfAssessmentStatus.SUBMITTED,), target=SelfAssessmentStatus.ACCEPTED)
    def accept(self) -> None:
        """The lead accepts: the team may read."""
        self.accepted_at = timezone.now()

    @step(status, source=(SelfAssessmentStatus.SUBMITTED,), target=SelfAssessmentStatus.DRAFT)
    def withdraw(self) -> None:
        """The host takes a submission back before it is accepted: what it then writes is a new version."""
        self.version += 1

    @step(status, source=(SelfAssessmentStatus.ACCEPTED,), target=SelfAssessmentStatus.SUBMITTED)
    def reconsider(self) -> None:
        """The lead takes an acceptance back."""
        self.accepted_at = None


class Answer(models.Model):
    """The answer to one question. `version` counts the saves: a writer with an older one is told, never overwritten."""

    self_assessment = models.ForeignKey(SelfAssessment, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="answers")
    text = models.TextField(blank=True)
    rating = models.CharField(max_length=16, choices=Rating.choices, blank=True)
    rating_reason = models.TextField(blank=True)
    trend = models.CharField(max_length=8, choices=Trend.choices, blank=True)
    version = models.PositiveIntegerField(default=1)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="answers"
    )
    updated_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("question__number",)
        constraints = (
            in_choices("rating", Rating, name="answer_rating_known", blank=True),
            in_choices("trend", Trend, name="answer_trend_known", blank=True),
            models.UniqueConstraint(fields=("self_assessment", "question"), name="answer_once"),
        )

    def __str__(self) -> str:
        return f"{self.question.number}: {self.text[:60]}"

    @property
    def is_given(self) -> bool:
        """Whether the question is answered, or explained not to apply."""
        return is_given(self.text, self.rating, self.rating_reason)


class SelfAssessmentVersion(models.Model):
    """A submitted state, kept for good. `content` is the frozen form's JSON, `sha256` the hash of its bytes."""

    self_assessment = models.ForeignKey(SelfAssessment, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    submitted_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-number",)
        constraints = (
            models.UniqueConstraint(fields=("self_assessment", "number"), name="self_assessment_version_once"),
        )

    def __str__(self) -> str:
        return f"Version {self.number} of {self.self_assessment}"


class SectionVerdict(models.Model):
    """What the lead says of one section of one version; a draft until the version is returned or accepted.

    `saves` counts the saves, as `version` does for an answer.
    """

    self_assessment = models.ForeignKey(SelfAssessment, on_delete=models.CASCADE, related_name="verdicts")
    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="verdicts")
    version = models.PositiveIntegerField()
    verdict = models.CharField(max_length=12, choices=Verdict.choices, blank=True)
    reason = models.TextField(blank=True)
    saves = models.PositiveIntegerField(default=1)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("section__position",)
        constraints = (
            in_choices("verdict", Verdict, name="verdict_known", blank=True),
            models.UniqueConstraint(fields=("self_assessment", "section", "version"), name="verdict_once_per_version"),
        )

    def __str__(self) -> str:
        return f"{self.section}: {self.get_verdict_display()}"
