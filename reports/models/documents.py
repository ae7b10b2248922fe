"""A document and its job are one row: what people see is the truth."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.crypto import get_random_string

from reports.enums import DocumentKind, DocumentStatus, Edition, Format
from reviews.fsm import FSMModelMixin, in_choices, state_field, step
from reviews.models import Case

REPORT_WORDS: dict[str, str] = {
    Edition.TEAM: "Working draft",
    Edition.HOST: "Draft for the fact check",
    Edition.PUBLIC: "Final report",
}
"""What the editions of a report are called."""
EDITION_WORDS: dict[tuple[str, str], str] = {
    (DocumentKind.SLIDES, Edition.HOST): "For the feedback session",
    (DocumentKind.PROGRESS, Edition.HOST): "For host and team",
    (DocumentKind.CERTIFICATE, Edition.TEAM): "For its holder",
}
"""What editions are called that are not those of a team and a host."""
UNITS: dict[str, str] = {Format.PDF: "page", Format.DOCX: "chapter", Format.ZIP: "file"}
"""What the progress of each format counts."""
USUAL_WAIT = 8
"""Seconds in which a worker usually takes a document."""


def document_path(document: "Document", _name: str) -> str:
    """Where the file is kept: below its case, by the hash of what it shows, and apart for every attempt."""
    name = f"{document.kind}-{document.edition}-{document.content_hash}-{get_random_string(6)}"
    return f"documents/{document.case_id}/{name}.{document.format}"


class Document(FSMModelMixin, models.Model):
    """One file of one state of a case. The same content is the same row, and is never made twice.

    Written by actions/documents.py (request, cancel, retry) and by jobs.py (start, progress, finish, fail). `file` is
    named before it is written, so that what a killed worker left is found and deleted; it counts when the row is ready.
    `pages` counts what `unit` says.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="documents")
    kind = models.CharField(max_length=24, choices=DocumentKind.choices)
    edition = models.CharField(max_length=8, choices=Edition.choices)
    format = models.CharField(max_length=4, choices=Format.choices, default=Format.PDF)
    about = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        help_text="Whom a certificate is for; nobody for every other kind.",
    )
    number = models.PositiveIntegerField(
        default=1, help_text="Counts the versions of this kind and edition in the case."
    )
    content_hash = models.CharField(max_length=64, help_text="SHA-256 of everything that the document shows.")
    status = state_field(DocumentStatus, DocumentStatus.QUEUED)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    requested_at = models.DateTimeField(default=timezone.now)
    queued_at = models.DateTimeField(default=timezone.now, help_text="When it was last handed to the worker.")
    started_at = models.DateTimeField(null=True, blank=True)
    heartbeat_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    watched_at = models.DateTimeField(null=True, blank=True, help_text="When the page of who asked for it last looked.")
    attempts = models.PositiveSmallIntegerField(default=0)
    pages_done = models.PositiveIntegerField(default=0)
    pages_expected = models.PositiveIntegerField(default=0, help_text="0 while unknown.")
    pages = models.PositiveIntegerField(default=0)
    size = models.PositiveBigIntegerField(default=0, help_text="Bytes.")
    seconds = models.FloatField(default=0, help_text="Time of rendering.")
    sha256 = models.CharField(max_length=64, blank=True, help_text="SHA-256 of the file.")
    file = models.FileField(upload_to=document_path, max_length=200, blank=True)
    warnings = models.JSONField(default=list, blank=True)
    figures = models.JSONField(default=dict, blank=True, help_text="What the check of the finished file counted.")
    error = models.TextField(blank=True, help_text="A sentence for people.")

    is_awaited: bool
    """Whether a published report waits for it: set by queries.documents."""
    is_withdrawn: bool
    """Whether it shows a publication that was withdrawn: set by queries.documents."""

    class Meta:
        ordering = ("-requested_at", "-pk")
        constraints = (
            in_choices("kind", DocumentKind, name="document_kind_known"),
            in_choices("edition", Edition, name="document_edition_known"),
            in_choices("format", Format, name="document_format_known"),
            in_choices("status", DocumentStatus, name="document_status_known"),
            models.UniqueConstraint(
                fields=("case", "kind", "edition", "format", "content_hash"), name="document_once_per_content"
            ),
        )
        indexes = (
            models.Index(fields=("case", "-requested_at"), name="document_of_case"),
            models.Index(fields=("status", "queued_at"), name="document_sweep"),
        )

    def __str__(self) -> str:
        return f"{self.name} · {self.case}"

    @property
    def edition_words(self) -> str:
        """The edition as people call it: `Team edition`, `Working draft`."""
        if self.kind == DocumentKind.REPORT:
            return REPORT_WORDS[Edition(self.edition)]
        return EDITION_WORDS.get((self.kind, self.edition)) or str(self.get_edition_display())

    @property
    def name(self) -> str:
        """What it is: `Handbook, team edition, version 2`, `Final report, version 1`."""
        if self.kind == DocumentKind.REPORT:
            words = self.edition_words
        elif self.kind == DocumentKind.CERTIFICATE:
            words = self.get_kind_display()
        else:
            words = f"{self.get_kind_display()}, {self.edition_words.lower()}"
        as_word = " as a Word document" if self.format == Format.DOCX else ""
        return f"{words}{as_word}, version {self.number}"

    @property
    def unit(self) -> str:
        """What `pages` counts: pages of a PDF, chapters of a Word document, files of an archive."""
        return UNITS[self.format]

    @property
    def days(self) -> int:
        """How long the file is kept after it was made; 0 for ever."""
        return int(settings.ARCHIVE_DAYS) if self.format == Format.ZIP else 0

    @property
    def is_swept(self) -> bool:
        """Whether it was ready and its file was deleted after its days; it can be made again."""
        return self.status == DocumentStatus.READY and not self.file

    @property
    def is_final(self) -> bool:
        """Whether nothing more will happen by itself."""
        return self.status in {DocumentStatus.READY, DocumentStatus.FAILED, DocumentStatus.CANCELLED}

    @property
    def waits_long(self) -> bool:
        """Whether no worker has taken it for longer than usual."""
        waits = self.status == DocumentStatus.QUEUED
        return waits and (timezone.now() - self.requested_at).total_seconds() > USUAL_WAIT

    @step(status, source=(DocumentStatus.QUEUED,), target=DocumentStatus.RENDERING)
    def start(self) -> None:
        """A worker takes it. A second worker finds another state and leaves."""
        self.attempts += 1
        self.pages_done = 0
        self.started_at = self.heartbeat_at = timezone.now()

    @step(status, source=(DocumentStatus.RENDERING,), target=DocumentStatus.READY)
    def finish(self) -> None:
        """The file is stored."""
        self.finished_at = timezone.now()
        self.error = ""

    @step(status, source=(DocumentStatus.QUEUED, DocumentStatus.RENDERING), target=DocumentStatus.FAILED)
    def fail(self) -> None:
        """It could not be made; `error` says why."""
        self.finished_at = timezone.now()

    @step(status, source=(DocumentStatus.QUEUED, DocumentStatus.RENDERING), target=DocumentStatus.CANCELLED)
    def cancel(self) -> None:
        """Somebody does not want it any more."""
        self.finished_at = timezone.now()

    @step(
        status,
        source=(DocumentStatus.RENDERING, DocumentStatus.FAILED, DocumentStatus.CANCELLED, DocumentStatus.READY),
        target=DocumentStatus.QUEUED,
    )
    def requeue(self) -> None:
        """Again: the worker died, somebody asked for another try, or the file is gone."""
        self.queued_at = timezone.now()
        self.error = ""
