"""The work on a self-assessment, shared out inside the host city: assignments, comments, who is writing where."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from reviews.models.question_sets import Question, Section
from reviews.models.self_assessments import SelfAssessment


class Assignment(models.Model):
    """What a person of the host city writes: one question, one section, or everything when both are empty."""

    self_assessment = models.ForeignKey(SelfAssessment, on_delete=models.CASCADE, related_name="assignments")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="assignments")
    section = models.ForeignKey(Section, on_delete=models.CASCADE, null=True, blank=True, related_name="assignments")
    question = models.ForeignKey(Question, on_delete=models.CASCADE, null=True, blank=True, related_name="assignments")
    due = models.DateField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("section__position", "question__number", "pk")
        constraints = (
            models.UniqueConstraint(fields=("self_assessment", "user", "section"), name="assignment_of_section_once"),
            models.UniqueConstraint(fields=("self_assessment", "user", "question"), name="assignment_of_question_once"),
            models.UniqueConstraint(
                fields=("self_assessment", "user"),
                name="assignment_of_all_once",
                condition=models.Q(section__isnull=True, question__isnull=True),
            ),
            models.CheckConstraint(
                condition=models.Q(section__isnull=True) | models.Q(question__isnull=True),
                name="assignment_is_section_or_question",
            ),
        )

    def __str__(self) -> str:
        return f"{self.user}: {self.question or self.section or 'everything'}"


class Comment(models.Model):
    """What the host's people say to each other about a question. The review team never sees it."""

    self_assessment = models.ForeignKey(SelfAssessment, on_delete=models.CASCADE, related_name="comments")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="comments")
    text = models.TextField()
    mentions = models.ManyToManyField(settings.AUTH_USER_MODEL, blank=True, related_name="+")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    client_id = models.UUIDField(null=True, blank=True, help_text="Made in the page: sent twice, it is one comment.")
    at = models.DateTimeField(default=timezone.now)
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ("at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("self_assessment", "client_id"),
                name="comment_once",
                condition=models.Q(client_id__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return self.text[:60]


class Presence(models.Model):
    """Who is writing at which question, told by the page every few seconds. Old rows mean nothing."""

    self_assessment = models.ForeignKey(SelfAssessment, on_delete=models.CASCADE, related_name="presences")
    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("self_assessment", "user"), name="presence_once"),)
        verbose_name_plural = "presence"

    def __str__(self) -> str:
        return f"{self.user} at {self.question_id}"
