"""Evidence: files, their versions and their text, and files on their way."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone

from reviews.enums import EvidenceClass, EvidenceKind, ReadingStatus, ScanResult
from reviews.fsm import in_choices
from reviews.models.cases import Case
from reviews.models.question_sets import Question, Section


def evidence_path(evidence: "Evidence", _name: str) -> str:
    """Where a file is kept: by case and content hash, never by the name somebody gave it."""
    return f"evidence/{evidence.case_id}/{evidence.sha256[:2]}/{evidence.sha256}"


class Evidence(models.Model):
    """A file that shows what an answer says; announced while it has no file yet.

    `file_name` is only ever shown, `content_type` comes from the bytes. The fields of the file are those of its newest
    version; older ones are in `EvidenceVersion`.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="evidence")
    section = models.ForeignKey(Section, on_delete=models.SET_NULL, null=True, blank=True, related_name="evidence")
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=24, choices=EvidenceKind.choices, default=EvidenceKind.OTHER)
    access_class = models.CharField(max_length=8, choices=EvidenceClass.choices, default=EvidenceClass.TEAM)
    language = models.CharField(max_length=12, blank=True)
    dated = models.DateField(null=True, blank=True, help_text="The date of the thing itself.")
    note = models.TextField(blank=True, help_text="What it shows.")
    questions = models.ManyToManyField(Question, blank=True, related_name="evidence")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="announced_evidence"
    )
    due = models.DateField(null=True, blank=True, help_text="By when an announced file is promised.")
    number = models.PositiveSmallIntegerField(default=1, help_text="Counts the versions of the file.")
    file = models.FileField(upload_to=evidence_path, max_length=200, blank=True)
    file_name = models.CharField(max_length=255, blank=True)
    content_type = models.CharField(max_length=100, blank=True)
    size = models.PositiveBigIntegerField(default=0, help_text="Bytes.")
    sha256 = models.CharField(max_length=64, blank=True)
    scan = models.CharField(max_length=12, choices=ScanResult.choices, default=ScanResult.NOT_SCANNED)
    scanned_at = models.DateTimeField(null=True, blank=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="evidence"
    )
    uploaded_at = models.DateTimeField(default=timezone.now)
    removed_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True, help_text="When its owner was told that it is due.")
    saves = models.PositiveIntegerField(default=1, help_text="Counts the saves of what is said of it.")

    class Meta:
        ordering = ("section__position", "title")
        verbose_name_plural = "evidence"
        constraints = (
            in_choices("kind", EvidenceKind, name="evidence_kind_known"),
            in_choices("access_class", EvidenceClass, name="evidence_class_known"),
            in_choices("scan", ScanResult, name="evidence_scan_known"),
        )
        indexes = (models.Index(fields=("case", "removed_at"), name="evidence_of_case"),)

    def __str__(self) -> str:
        return self.title

    @property
    def is_announced(self) -> bool:
        """Whether the file itself is still to come."""
        return not self.file

    @property
    def extension(self) -> str:
        """What kind of file it is, as people call it: `PDF`, `DOCX`."""
        return self.file_name.rpartition(".")[2].upper()

    @property
    def language_words(self) -> str:
        """The language in words; its code where we do not know it, empty without one."""
        return str(dict(settings.LANGUAGES).get(self.language, self.language))


class EvidenceVersion(models.Model):
    """One version of a file, kept when a newer one came. `number` 1 is the first."""

    evidence = models.ForeignKey(Evidence, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    file = models.FileField(max_length=200)
    file_name = models.CharField(max_length=255)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField(help_text="Bytes.")
    sha256 = models.CharField(max_length=64)
    scan = models.CharField(max_length=12, choices=ScanResult.choices, default=ScanResult.NOT_SCANNED)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    uploaded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-number",)
        constraints = (
            in_choices("scan", ScanResult, name="evidence_version_scan_known"),
            models.UniqueConstraint(fields=("evidence", "number"), name="evidence_version_once"),
        )

    def __str__(self) -> str:
        return f"{self.evidence}, version {self.number}"


class EvidenceText(models.Model):
    """The text of a file, taken out by the worker so that it can be read beside the form, searched and quoted.

    Belongs to the bytes (`sha256`) of the newest version; a new version is read anew.
    """

    evidence = models.OneToOneField(Evidence, on_delete=models.CASCADE, related_name="text")
    sha256 = models.CharField(max_length=64)
    status = models.CharField(max_length=12, choices=ReadingStatus.choices, default=ReadingStatus.QUEUED)
    pages_done = models.PositiveIntegerField(default=0)
    pages_total = models.PositiveIntegerField(default=0, help_text="0 while unknown.")
    words = models.PositiveIntegerField(default=0)
    message = models.CharField(max_length=300, blank=True, help_text="A sentence for people.")
    attempts = models.PositiveSmallIntegerField(default=0)
    queued_at = models.DateTimeField(default=timezone.now)
    heartbeat_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (in_choices("status", ReadingStatus, name="evidence_text_status_known"),)
        indexes = (models.Index(fields=("status", "queued_at"), name="evidence_text_sweep"),)

    def __str__(self) -> str:
        return f"Text of {self.evidence}"


class EvidencePage(models.Model):
    """The text of one page, or of one part of a file without pages. `number` 1 is the first."""

    evidence_text = models.ForeignKey(EvidenceText, on_delete=models.CASCADE, related_name="pages")
    number = models.PositiveIntegerField()
    text = models.TextField(blank=True)
    folded = models.TextField(blank=True, help_text="The text as it is searched: people/folding.py.")

    class Meta:
        ordering = ("number",)
        constraints = (models.UniqueConstraint(fields=("evidence_text", "number"), name="evidence_page_once"),)

    def __str__(self) -> str:
        return f"Page {self.number} of {self.evidence_text}"


class Upload(models.Model):
    """A file that comes in pieces and can be taken up again. Its pieces lie in the storage until it is whole.

    A finished one stays for a day without pieces: whoever did not hear the answer may ask again.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="uploads")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    file_name = models.CharField(max_length=255)
    size = models.PositiveBigIntegerField(help_text="Bytes that it will have.")
    received = models.PositiveBigIntegerField(default=0, help_text="Bytes that are here.")
    described = models.JSONField(default=dict, blank=True, help_text="What was said of it.")
    evidence = models.ForeignKey(
        Evidence,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="uploads",
        help_text="The row that gets this file; empty for a new row until it is there.",
    )
    finished_at = models.DateTimeField(null=True, blank=True)
    begun_at = models.DateTimeField(default=timezone.now)
    touched_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-begun_at",)
        indexes = (models.Index(fields=("touched_at",), name="upload_sweep"),)

    def __str__(self) -> str:
        return f"{self.file_name}: {self.received} of {self.size} bytes"
