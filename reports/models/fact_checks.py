"""The drafts that were sent to the host, and its comments on facts."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from reports.enums import FactAnswer, FactKind
from reports.models.reports import Report
from reviews.fsm import in_choices
from reviews.models import Evidence


class SentDraft(models.Model):
    """A draft as it was sent to the host, kept for good: the host comments on this, whatever is written since."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="sent_drafts")
    number = models.PositiveIntegerField(help_text="Counts the drafts that were sent.")
    content = models.JSONField(help_text="The composed document, as reports.rendering serialises it.")
    sha256 = models.CharField(max_length=64)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    sent_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-number",)
        constraints = (models.UniqueConstraint(fields=("report", "number"), name="sent_draft_number_once"),)

    def __str__(self) -> str:
        return f"Draft {self.number} of {self.report}"


class FactComment(models.Model):
    """One factual comment of the host on one numbered place of a draft, with the team's answer.

    Numbers are never given twice: a comment that the host takes back keeps its row and its number.
    """

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="comments")
    draft = models.ForeignKey(SentDraft, on_delete=models.PROTECT, related_name="comments")
    number = models.PositiveIntegerField(help_text="Counted through the report.")
    place = models.CharField(max_length=40, help_text="Anchor of the paragraph, for example s3-p2.")
    label = models.CharField(max_length=20, help_text="How people say the place, for example 3.2.")
    quoted = models.TextField(blank=True, help_text="The paragraph as it read then.")
    kind = models.CharField(max_length=16, choices=FactKind.choices)
    text = models.TextField()
    proposal = models.TextField(blank=True)
    evidence = models.ManyToManyField(Evidence, blank=True, related_name="fact_comments")
    applied_at = models.DateTimeField(null=True, blank=True, help_text="When the proposal was put into the text.")
    is_printed = models.BooleanField(default=False, help_text="The host has this printed with its response.")
    version = models.PositiveIntegerField(default=1, help_text="Counts the changes of the host's words.")
    edited_at = models.DateTimeField(null=True, blank=True)
    client_id = models.UUIDField(null=True, blank=True, help_text="Made in the page: sent twice, it is one comment.")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="fact_comments")
    at = models.DateTimeField(default=timezone.now)
    answer = models.CharField(max_length=12, choices=FactAnswer.choices, blank=True)
    answer_reason = models.TextField(blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("number",)
        constraints = (
            in_choices("kind", FactKind, name="fact_comment_kind_known"),
            in_choices("answer", FactAnswer, name="fact_comment_answer_known", blank=True),
            models.UniqueConstraint(fields=("report", "number"), name="fact_comment_number_once"),
            models.UniqueConstraint(
                fields=("report", "client_id"),
                name="fact_comment_sent_once",
                condition=models.Q(client_id__isnull=False),
            ),
            models.CheckConstraint(
                condition=models.Q(answer__in=("", FactAnswer.ACCEPTED)) | ~models.Q(answer_reason=""),
                name="fact_comment_refusal_has_reason",
            ),
        )

    def __str__(self) -> str:
        return f"{self.number}. {self.text[:60]}"

    @property
    def is_to_apply(self) -> bool:
        """Whether the team agreed to change its text, and has not done so yet."""
        agreed = self.answer in {FactAnswer.ACCEPTED, FactAnswer.PARTLY}
        return agreed and self.applied_at is None and self.kind != FactKind.DISAGREEMENT

    @property
    def seen(self) -> str:
        """Which answer a page shows, so that two people do not answer over each other."""
        return self.answered_at.isoformat() if self.answered_at else ""
