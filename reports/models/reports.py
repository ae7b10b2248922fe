"""The final report: sections, fact check, versions, publication."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone

from people.countries import country_name
from reports.enums import FactAnswer, FactKind, ReportStatus
from reviews.enums import Theme
from reviews.fsm import FSMModelMixin, in_choices, state_field, step
from reviews.models import Case


class Report(FSMModelMixin, models.Model):
    """The report of one case. Sections hold the text; findings and recommendations come from the case."""

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="report")
    status = state_field(ReportStatus, ReportStatus.DRAFTING)
    version = models.PositiveIntegerField(default=1, help_text="Number of the version that is or was written.")
    fact_check_due = models.DateField(null=True, blank=True)
    fact_check_closed_at = models.DateTimeField(null=True, blank=True)
    consent_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    consent_at = models.DateTimeField(null=True, blank=True)
    consent_hash = models.CharField(max_length=64, blank=True, help_text="SHA-256 of what the host consented to.")
    host_statement = models.TextField(blank=True, help_text="The host's own words, printed with the report.")
    host_statement_version = models.PositiveIntegerField(default=1)
    host_statement_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    host_statement_at = models.DateTimeField(null=True, blank=True)
    finalised_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (in_choices("status", ReportStatus, name="report_status_known"),)

    def __str__(self) -> str:
        return f"Report · {self.case}"

    @property
    def is_open(self) -> bool:
        """Whether the team may write."""
        return self.status in {ReportStatus.DRAFTING, ReportStatus.FACT_CHECK}

    @step(status, source=(ReportStatus.DRAFTING,), target=ReportStatus.FACT_CHECK)
    def send_to_host(self) -> None:
        """The host checks the facts."""
        self.fact_check_closed_at = None

    @step(status, source=(ReportStatus.FACT_CHECK,), target=ReportStatus.DRAFTING)
    def take_back(self) -> None:
        """The team writes on before the host goes on checking."""

    @step(status, source=(ReportStatus.FACT_CHECK,), target=ReportStatus.FINAL)
    def finalise(self) -> None:
        """Every comment has its answer: the text stands."""
        self.finalised_at = timezone.now()

    @step(status, source=(ReportStatus.FINAL,), target=ReportStatus.DRAFTING)
    def reopen(self) -> None:
        """Back to writing, before publication. The consent falls."""
        self.forget_consent()
        self.finalised_at = None

    @step(status, source=(ReportStatus.FINAL,), target=ReportStatus.PUBLISHED)
    def publish(self) -> None:
        """With the host's consent, everybody may read it."""

    @step(status, source=(ReportStatus.PUBLISHED,), target=ReportStatus.DRAFTING)
    def correct(self) -> None:
        """A new version is opened; the published one stays reachable."""
        self.version += 1
        self.forget_consent()
        self.finalised_at = None

    def forget_consent(self) -> None:
        """Nobody has consented to the text as it will be."""
        self.consent_at = self.consent_by = None
        self.consent_hash = ""


class ReportSection(models.Model):
    """One section's text, Markdown. `key` says which data of the case is shown with it."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="sections")
    key = models.CharField(max_length=40)
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=160)
    text = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)
    updated_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    updated_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("position",)
        constraints = (models.UniqueConstraint(fields=("report", "key"), name="report_section_once"),)

    def __str__(self) -> str:
        return self.title


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
            models.CheckConstraint(
                condition=models.Q(answer__in=("", FactAnswer.ACCEPTED)) | ~models.Q(answer_reason=""),
                name="fact_comment_refusal_has_reason",
            ),
        )

    def __str__(self) -> str:
        return f"{self.number}. {self.text[:60]}"

    @property
    def seen(self) -> str:
        """Which answer a page shows, so that two people do not answer over each other."""
        return self.answered_at.isoformat() if self.answered_at else ""


CURRENT = models.Q(is_current=True)


class Publication(models.Model):
    """One published version, frozen: `content` is what both the page and the PDF show. Never changed after.

    Theme, city and year are kept here as they were, so that the library reads one table. A newer version of the same
    case takes `is_current` away from this one; its address stays.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="publications")
    version = models.PositiveIntegerField()
    slug = models.SlugField(max_length=100, unique=True, help_text="The permanent address.")
    title = models.CharField(max_length=200)
    summary = models.TextField(blank=True, help_text="The first words, without marks, for lists.")
    theme = models.CharField(max_length=24, choices=Theme.choices)
    city_name = models.CharField(max_length=120)
    country = models.CharField(max_length=2)
    year = models.PositiveSmallIntegerField(help_text="Of the study visit.")
    language = models.CharField(max_length=12, default="en")
    content = models.JSONField(help_text="The composed document, as reports.rendering serialises it.")
    sha256 = models.CharField(max_length=64)
    recommendation_ids = models.JSONField(default=list, blank=True, help_text="The recommendations, in their order.")
    document = models.ForeignKey(
        "reports.Document", on_delete=models.SET_NULL, null=True, blank=True, related_name="publications"
    )
    erratum = models.TextField(blank=True, help_text="What changed against the version before.")
    is_current = models.BooleanField(default=True)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    published_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-published_at", "-pk")
        constraints = (
            in_choices("theme", Theme, name="publication_theme_known"),
            models.UniqueConstraint(fields=("case", "version"), name="publication_version_once"),
            models.UniqueConstraint(fields=("case",), condition=CURRENT, name="publication_one_current"),
        )
        # Partial: SQLite does not use a flag in front of an index, and the library shows current versions only.
        indexes = (
            models.Index(fields=("-published_at", "-id"), condition=CURRENT, name="publication_library"),
            models.Index(fields=("theme", "-published_at", "-id"), condition=CURRENT, name="publication_by_theme"),
            models.Index(
                fields=("country", "city_name", "-published_at", "-id"), condition=CURRENT, name="publication_by_place"
            ),
            models.Index(fields=("year", "-published_at", "-id"), condition=CURRENT, name="publication_by_year"),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The permanent address of this version."""
        return reverse("reports:publication", args=(self.slug,))

    @property
    def country_name(self) -> str:
        """The country in words."""
        return country_name(self.country)


class PublicationText(models.Model):
    """The words of a publication for the search, in a table of its own so that lists never read them.

    Each word stands once, folded (people/folding.py): lower case, without accents, so that every database finds the
    same. Without repetition they are a quarter of the text, and searching reads all of them.
    """

    publication = models.OneToOneField(Publication, on_delete=models.CASCADE, related_name="text", primary_key=True)
    words = models.TextField()

    def __str__(self) -> str:
        return self.words[:60]
