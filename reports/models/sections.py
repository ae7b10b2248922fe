"""The sections of a report: texts, versions, what the case adds, what the team says about them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils import timezone

from reports.draws import labels_of
from reports.enums import SectionStatus
from reports.models.reports import Report
from reviews.fsm import in_choices

if TYPE_CHECKING:
    from people.models import User


class ReportSection(models.Model):
    """One section's text, Markdown, and what the outline said of it when the report was begun.

    `draws` names what the case adds, in its order (reports/draws.py). A lock is a courtesy with a name: it shows who is
    writing and can be taken over; what keeps texts safe is `version`.
    """

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="sections")
    key = models.CharField(max_length=40)
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=160)
    text = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)
    updated_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    updated_at = models.DateTimeField(default=timezone.now)
    purpose = models.TextField(blank=True)
    draws = models.JSONField(default=list, blank=True)
    words = models.PositiveIntegerField(default=0, help_text="A usual length; 0 for none.")
    is_required = models.BooleanField(default=False)
    is_annex = models.BooleanField(default=False)
    starts_page = models.BooleanField(default=True)
    status = models.CharField(max_length=8, choices=SectionStatus.choices, default=SectionStatus.OPEN)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="report_sections"
    )
    due = models.DateField(null=True, blank=True)
    locked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    locked_since = models.DateTimeField(null=True, blank=True, help_text="When who holds the lock began.")
    locked_at = models.DateTimeField(null=True, blank=True, help_text="The last sign of life of who holds the lock.")
    reminded_at = models.DateTimeField(null=True, blank=True, help_text="When the owner was last reminded.")

    class Meta:
        ordering = ("position",)
        constraints = (
            models.UniqueConstraint(fields=("report", "key"), name="report_section_once"),
            in_choices("status", SectionStatus, name="report_section_status_known"),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def anchor(self) -> str:
        """The address of its chapter in the document. A place in a draft ("s5-p3") keeps its name with it."""
        return f"s{self.position}"

    @property
    def drawn(self) -> list[str]:
        """What the case adds, by name."""
        return labels_of(self.draws)

    def write(self, text: str, *, by: User) -> None:
        """Put in a text as the next version."""
        self.text, self.version, self.updated_by, self.updated_at = text, self.version + 1, by, timezone.now()
        self.text_changed()

    def text_changed(self) -> None:
        """Move the status: first words begin the writing, a change takes an agreement back."""
        if self.status == SectionStatus.OPEN:
            self.status = SectionStatus.WRITING
        elif self.status == SectionStatus.AGREED:
            self.status = SectionStatus.TO_READ


class SectionVersion(models.Model):
    """A state of a section that is kept: what it said when somebody stopped writing, or before it was replaced.

    `by` and `at` say who wrote this text and when; `kept_at` when it was kept, `note` why where that is worth a word.
    """

    section = models.ForeignKey(ReportSection, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(help_text="`ReportSection.version` of this state.")
    text = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    kept_at = models.DateTimeField(default=timezone.now)
    note = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ("-number",)
        constraints = (models.UniqueConstraint(fields=("section", "number"), name="section_version_once"),)

    def __str__(self) -> str:
        return f"{self.section}, version {self.number}"


class PieceText(models.Model):
    """The team's own words for one piece of what the case draws into a section: a finding, the data sheet, a reason.

    `base` is what the case gave when the words were taken over, as Markdown. While the case still gives that, nothing
    differs; when it gives something else, the section's page shows the difference and offers it. Words that were given
    up for those of the case stay here, not `is_used`. Written by actions/pieces.py.
    """

    section = models.ForeignKey(ReportSection, on_delete=models.CASCADE, related_name="pieces")
    key = models.CharField(max_length=60, help_text="What it stands for, such as finding:12.")
    label = models.CharField(max_length=160, blank=True, help_text="What it was called when it was last drawn.")
    text = models.TextField(blank=True)
    base = models.TextField(blank=True)
    is_used = models.BooleanField(default=True, help_text="Whether the report shows these words.")
    version = models.PositiveIntegerField(default=1)
    updated_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    updated_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=("section", "key"), name="piece_text_once"),)

    def __str__(self) -> str:
        return f"{self.section}: {self.key}"


class PieceVersion(models.Model):
    """Earlier words for a piece, kept before they were replaced: by another person, or at once by a button."""

    piece = models.ForeignKey(PieceText, on_delete=models.CASCADE, related_name="versions")
    text = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now, help_text="When these words were last changed.")
    kept_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-kept_at", "-pk")

    def __str__(self) -> str:
        return f"{self.piece}, earlier words"


class SectionComment(models.Model):
    """What the team says to each other about a section. The host never sees it."""

    section = models.ForeignKey(ReportSection, on_delete=models.CASCADE, related_name="comments")
    quoted = models.TextField(blank=True, help_text="The words it is about, as they read then.")
    text = models.TextField()
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
                fields=("section", "client_id"),
                name="section_comment_once",
                condition=models.Q(client_id__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return self.text[:60]
