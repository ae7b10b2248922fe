"""Forms that were filled in offline and came back: what they say, beside what is there."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from reviews.enums import Rating, ReadingStatus, TakeOver, Trend
from reviews.fsm import in_choices
from reviews.models.question_sets import Question
from reviews.models.self_assessments import SelfAssessment


def filled_form_path(form: "FilledForm", _name: str) -> str:
    """Where the file is kept: by case and content hash."""
    return f"forms/{form.self_assessment.case_id}/{form.sha256}"


class FilledForm(models.Model):
    """One uploaded form (docx or xlsx) and how far it was read."""

    self_assessment = models.ForeignKey(SelfAssessment, on_delete=models.CASCADE, related_name="filled_forms")
    file = models.FileField(upload_to=filled_form_path, max_length=200)
    file_name = models.CharField(max_length=255)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField(help_text="Bytes.")
    sha256 = models.CharField(max_length=64)
    status = models.CharField(max_length=12, choices=ReadingStatus.choices, default=ReadingStatus.QUEUED)
    message = models.CharField(max_length=300, blank=True, help_text="A sentence for people.")
    problem = models.SlugField(
        max_length=16, blank=True, db_index=False, help_text="Why it was not read, for programs."
    )
    unmatched = models.JSONField(default=list, blank=True, help_text="Texts that belong to no question of the set.")
    attempts = models.PositiveSmallIntegerField(default=0)
    queued_at = models.DateTimeField(default=timezone.now)
    heartbeat_at = models.DateTimeField(null=True, blank=True)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    uploaded_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True, blank=True, help_text="When nothing in it was left to decide.")

    class Meta:
        ordering = ("-uploaded_at",)
        constraints = (in_choices("status", ReadingStatus, name="filled_form_status_known"),)
        indexes = (models.Index(fields=("status", "queued_at"), name="filled_form_sweep"),)

    def __str__(self) -> str:
        return self.file_name


class FilledAnswer(models.Model):
    """One answer that a filled form brings, and whether it was taken over."""

    form = models.ForeignKey(FilledForm, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="+")
    text = models.TextField(blank=True)
    rating = models.CharField(max_length=16, choices=Rating.choices, blank=True)
    rating_reason = models.TextField(blank=True)
    trend = models.CharField(max_length=8, choices=Trend.choices, blank=True)
    decision = models.CharField(max_length=8, choices=TakeOver.choices, default=TakeOver.OPEN)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    earlier = models.JSONField(default=dict, blank=True, help_text="What stood there before it was taken over.")

    class Meta:
        ordering = ("question__number",)
        constraints = (
            in_choices("rating", Rating, name="filled_answer_rating_known", blank=True),
            in_choices("trend", Trend, name="filled_answer_trend_known", blank=True),
            in_choices("decision", TakeOver, name="filled_answer_decision_known"),
            models.UniqueConstraint(fields=("form", "question"), name="filled_answer_once"),
        )

    def __str__(self) -> str:
        return f"{self.question.number}: {self.text[:60]}"
