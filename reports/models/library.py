"""What can be found in the library: reports, and the good practices and recommendations in them."""

from django.db import models

from reports.enums import EntryKind, Scheme
from reports.models.publications import Publication
from reviews.fsm import in_choices


class LibraryEntry(models.Model):
    """One thing that can be found: a report, or a good practice or recommendation of it. Made when it is published.

    Theme, place and year are read from the publication. `words` is what the full-text search reads: folded
    (people/folding.py), so that SQLite and PostgreSQL find the same.
    """

    publication = models.ForeignKey(Publication, on_delete=models.CASCADE, related_name="entries")
    kind = models.CharField(max_length=16, choices=EntryKind.choices)
    position = models.PositiveIntegerField(default=0, help_text="The order in its publication.")
    anchor = models.CharField(max_length=60, blank=True, help_text="Where it stands on the page of the publication.")
    source_id = models.PositiveBigIntegerField(
        null=True, blank=True, help_text="The finding or recommendation of the case, for its status today."
    )
    title = models.CharField(max_length=300)
    summary = models.TextField(blank=True, help_text="Its own words without marks, for lists.")
    words = models.TextField(help_text="What the search reads.")
    is_current = models.BooleanField(default=True, help_text="As its publication.")
    published_at = models.DateTimeField()

    class Meta:
        ordering = ("-published_at", "-publication_id", "position")
        verbose_name_plural = "library entries"
        constraints = (
            in_choices("kind", EntryKind, name="library_entry_kind_known"),
            models.UniqueConstraint(fields=("publication", "kind", "position"), name="library_entry_once"),
        )
        indexes = (
            models.Index(
                fields=("kind", "-published_at", "-publication", "position"),
                condition=models.Q(is_current=True),
                name="library_entry_newest",
            ),
        )

    def __str__(self) -> str:
        return self.title


class Subject(models.Model):
    """A principle of the European Pillar of Social Rights or a Sustainable Development Goal of a publication."""

    publication = models.ForeignKey(Publication, on_delete=models.CASCADE, related_name="subjects")
    scheme = models.CharField(max_length=8, choices=Scheme.choices)
    number = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("scheme", "number")
        constraints = (
            in_choices("scheme", Scheme, name="subject_scheme_known"),
            models.UniqueConstraint(fields=("publication", "scheme", "number"), name="subject_once"),
        )
        indexes = (models.Index(fields=("scheme", "number"), name="subject_by_number"),)

    def __str__(self) -> str:
        return f"{self.scheme} {self.number}"
