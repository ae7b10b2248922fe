"""Outlines of reports, as data: which sections, in which order, with which words and which data of the case."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from people.models import WorkingGroup
from reports.draws import DRAWS, Draw


class Outline(models.Model):
    """The outline that reports of one working group begin with; without a group, the one for all others.

    A report copies the sections when it is begun: changing an outline never changes a report. `version` counts the
    saves of the name; the sections count their own. Written by actions/outlines.py and outline_editing.py.
    """

    working_group = models.OneToOneField(
        WorkingGroup, on_delete=models.CASCADE, null=True, blank=True, related_name="outline"
    )
    name = models.CharField(max_length=120)
    version = models.PositiveIntegerField(default=1)
    updated_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    updated_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("name",)
        constraints = (
            models.UniqueConstraint(
                fields=("name",), condition=models.Q(working_group__isnull=True), name="outline_for_all_once"
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def for_whom(self) -> str:
        """Whose reports begin with it."""
        return self.working_group.name if self.working_group else "All groups without their own"


class OutlineSection(models.Model):
    """One section of an outline. `draws` names what the case adds, in its order (reports/draws.py)."""

    outline = models.ForeignKey(Outline, on_delete=models.CASCADE, related_name="sections")
    key = models.CharField(max_length=40)
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=160)
    purpose = models.TextField(blank=True, help_text="What the section is for, shown to who writes it.")
    opening = models.TextField(blank=True, help_text="Markdown that a new report begins this section with.")
    draws = models.JSONField(default=list, blank=True)
    words = models.PositiveIntegerField(default=0, help_text="A usual length; 0 for none.")
    is_required = models.BooleanField(default=False)
    is_annex = models.BooleanField(default=False)
    starts_page = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=1, help_text="Counts the saves of its texts and settings.")

    class Meta:
        ordering = ("position", "pk")
        constraints = (models.UniqueConstraint(fields=("outline", "key"), name="outline_section_once"),)

    def __str__(self) -> str:
        return self.title

    @property
    def drawn(self) -> list[Draw]:
        """What the case adds, in its order."""
        return [DRAWS[key] for key in self.draws if key in DRAWS]
