"""What can be found in the library: reports, and the good practices and recommendations in them."""

from django.db import models
from django.utils import timezone

from reports.enums import Audience, EntryKind, Scheme
from reports.models.publications import Publication
from reviews.fsm import in_choices


class LibraryEntry(models.Model):
    """One thing that can be found: a report, or a good practice or recommendation of it. Made when it is published.

    Theme, place, year and readers are those of the publication. Written by actions/shelving.py.
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
    details = models.JSONField(
        default=dict, blank=True, help_text="Number, addressee, time frame, effort, as published."
    )
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


class EntryText(models.Model):
    """What an entry says, paragraph by paragraph, in a table of its own so that lists never read it.

    `words` has the same paragraphs as the search reads them (reports/searching.py): folded words with a space before
    and after each, so that a phrase is found by a plain `contains`. The databases' own indexes stand on it
    (reports/search_index.py).
    """

    entry = models.OneToOneField(LibraryEntry, on_delete=models.CASCADE, related_name="text", primary_key=True)
    title = models.TextField(blank=True, help_text="The words of the title: what is found there comes first.")
    words = models.TextField(blank=True)
    said = models.TextField(blank=True, help_text="As it was published, without marks: one line a paragraph.")

    def __str__(self) -> str:
        return self.said[:60]


class Shelf(models.Model):
    """How many entries the library has of each theme, place, year and subject, for one kind of readers.

    Counting is for those who publish, not for those who read: the front of the library is one row.
    """

    audience = models.CharField(max_length=8, choices=Audience.choices, unique=True, help_text="Who reads.")
    counts = models.JSONField(default=dict)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (in_choices("audience", Audience, name="shelf_audience_known"),)
        verbose_name_plural = "shelves"

    def __str__(self) -> str:
        return self.get_audience_display()


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
