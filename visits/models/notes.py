"""What the critical friends write down: before the visit (desk review) and in it (notes). The host never sees notes."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone

from reviews.fsm import in_choices
from reviews.models import Finding
from visits.enums import Confidence, DeskKind, NoteKind, SourceGroup
from visits.models.visits import HostSite, Slot, StudyVisit


class DeskItem(models.Model):
    """A question or expectation (team only), or a request for a person or paper (which the host answers)."""

    visit = models.ForeignKey(StudyVisit, on_delete=models.CASCADE, related_name="desk_items")
    kind = models.CharField(max_length=12, choices=DeskKind.choices)
    text = models.TextField()
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="desk_items"
    )
    created_at = models.DateTimeField(default=timezone.now)
    answer = models.TextField(blank=True, help_text="The host's answer to a request.")
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1, help_text="Counts the saves of the answer.")
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("kind", "created_at", "pk")
        constraints = (in_choices("kind", DeskKind, name="desk_item_kind_known"),)

    def __str__(self) -> str:
        return self.text[:80]


class Note(models.Model):
    """One thing heard, seen or read. `client_id` makes a note that is sent twice one note.

    `version` counts the saves; `source_group` says who spoke, never by name.
    """

    visit = models.ForeignKey(StudyVisit, on_delete=models.CASCADE, related_name="notes")
    slot = models.ForeignKey(Slot, on_delete=models.SET_NULL, null=True, blank=True, related_name="notes")
    site = models.ForeignKey(HostSite, on_delete=models.SET_NULL, null=True, blank=True, related_name="notes")
    client_id = models.UUIDField(default=uuid.uuid4)
    kind = models.CharField(max_length=12, choices=NoteKind.choices, default=NoteKind.HEARD)
    text = models.TextField()
    source_group = models.CharField(max_length=16, choices=SourceGroup.choices, blank=True)
    confidence = models.CharField(max_length=8, choices=Confidence.choices, default=Confidence.SURE)
    findings = models.ManyToManyField(Finding, related_name="notes", blank=True)
    is_private = models.BooleanField(default=False, help_text="An observer's note: only its author sees it.")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="notes")
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(auto_now=True)
    version = models.PositiveIntegerField(default=1)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("created_at", "pk")
        constraints = (
            in_choices("kind", NoteKind, name="note_kind_known"),
            in_choices("source_group", SourceGroup, name="note_source_group_known", blank=True),
            in_choices("confidence", Confidence, name="note_confidence_known"),
            models.UniqueConstraint(fields=("visit", "client_id"), name="note_sent_once"),
        )
        indexes = (models.Index(fields=("visit", "removed_at", "created_at"), name="note_of_visit"),)

    def __str__(self) -> str:
        return self.text[:80]
