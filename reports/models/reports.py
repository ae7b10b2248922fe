"""The final report of one case."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from reports.enums import Audience, Licence, ReportStatus
from reviews.fsm import FSMModelMixin, in_choices, state_field, step
from reviews.models import Case


class Report(FSMModelMixin, models.Model):
    """The report of one case. Sections hold the text; findings and recommendations come from the case."""

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="report")
    status = state_field(ReportStatus, ReportStatus.DRAFTING)
    version = models.PositiveIntegerField(default=1, help_text="Number of the version that is or was written.")
    fact_check_due = models.DateField(null=True, blank=True)
    fact_check_closed_at = models.DateTimeField(null=True, blank=True)
    fact_check_reminded = models.DateField(
        null=True, blank=True, help_text="The last day of comments that the host was reminded of."
    )
    fact_check_told = models.DateField(
        null=True, blank=True, help_text="The last day of comments whose end everybody was told of."
    )
    consent_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    consent_at = models.DateTimeField(null=True, blank=True)
    consent_hash = models.CharField(max_length=64, blank=True, help_text="SHA-256 of what the host consented to.")
    consent_lapsed_at = models.DateTimeField(
        null=True, blank=True, help_text="When the clock found that the text had outrun the consent."
    )
    host_statement = models.TextField(blank=True, help_text="The host's own words, printed with the report.")
    host_statement_version = models.PositiveIntegerField(default=1)
    host_statement_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    host_statement_at = models.DateTimeField(null=True, blank=True)
    finalised_at = models.DateTimeField(null=True, blank=True)
    audience = models.CharField(max_length=8, choices=Audience.choices, default=Audience.PUBLIC)
    licence = models.CharField(max_length=16, choices=Licence.choices, default=Licence.CC_BY)
    sponsor_informed_at = models.DateTimeField(
        null=True, blank=True, help_text="When the host's sponsor was told of the final text."
    )
    sponsor_informed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    erratum = models.TextField(blank=True, help_text="What a new version changes, printed in it. Markdown.")
    erratum_version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = (
            in_choices("status", ReportStatus, name="report_status_known"),
            in_choices("audience", Audience, name="report_audience_known"),
            in_choices("licence", Licence, name="report_licence_known"),
        )

    def __str__(self) -> str:
        return f"Report · {self.case}"

    @property
    def is_open(self) -> bool:
        """Whether the team may write."""
        return self.status in {ReportStatus.DRAFTING, ReportStatus.FACT_CHECK}

    @property
    def consent_mark(self) -> str:
        """Which consent is on record, for a page to name when it is sent; empty without one."""
        return self.consent_at.isoformat() if self.consent_at else ""

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
        self._open_again()

    @step(status, source=(ReportStatus.FINAL,), target=ReportStatus.PUBLISHED)
    def publish(self) -> None:
        """With the host's consent, everybody may read it."""

    @step(status, source=(ReportStatus.PUBLISHED,), target=ReportStatus.DRAFTING)
    def correct(self) -> None:
        """A new version is opened; the published one stays reachable."""
        self.version += 1
        self._open_again()

    def forget_consent(self) -> None:
        """Nobody has consented to the text as it will be."""
        self.consent_at = self.consent_by = self.consent_lapsed_at = None
        self.consent_hash = ""

    def _open_again(self) -> None:
        """Whatever was agreed to was another text."""
        self.forget_consent()
        self.finalised_at = self.sponsor_informed_at = self.sponsor_informed_by = None


class Confirmation(models.Model):
    """What a member of the team says to the final text: that they stand behind it, or what stands against it.

    It is over a hash: another text needs another one. Written by actions/approval.py.
    """

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="confirmations")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    content_hash = models.CharField(max_length=64, help_text="SHA-256 of what was read.")
    objection = models.TextField(blank=True, help_text="What stands against it; empty: the person stands behind it.")
    at = models.DateTimeField(default=timezone.now)
    lapsed_at = models.DateTimeField(
        null=True, blank=True, help_text="When the clock found that the text had outrun the word."
    )

    class Meta:
        ordering = ("at", "pk")
        constraints = (models.UniqueConstraint(fields=("report", "user"), name="report_confirmation_once"),)

    def __str__(self) -> str:
        return f"{self.user}: {self.report}"


class GoAhead(models.Model):
    """The report goes on without the word of some of the team, with a reason. Over a hash, as the confirmations."""

    report = models.OneToOneField(Report, on_delete=models.CASCADE, related_name="go_ahead")
    names = models.TextField(help_text="Who had not confirmed then, as the timeline tells it.")
    reason = models.TextField()
    content_hash = models.CharField(max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.report}: without {self.names}"


class HintSetAside(models.Model):
    """A warning of the scan for names that somebody read and set aside, with the reason. One row a found word."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="hints_set_aside")
    key = models.CharField(max_length=64, help_text="Hash of the place and the words found.")
    words = models.CharField(max_length=300)
    reason = models.CharField(max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("report", "key"), name="report_hint_set_aside_once"),)
        verbose_name_plural = "hints set aside"

    def __str__(self) -> str:
        return self.words[:60]
