"""What the critical friends found, what they recommend, and what the host does with it."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from reviews.enums import ActionStatus, Decision, Effort, FindingKind, FindingStatus, Level
from reviews.fsm import FSMModelMixin, in_choices, state_field, step
from reviews.models.cases import Case


class _Shared(FSMModelMixin, models.Model):
    """What findings and recommendations have in common: a text, a place in the order, and a way to the host."""

    text = models.TextField()
    position = models.PositiveIntegerField(default=0)
    status = state_field(FindingStatus, FindingStatus.DRAFT)
    version = models.PositiveIntegerField(default=1)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    updated_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    updated_at = models.DateTimeField(auto_now=True)
    shared_at = models.DateTimeField(null=True, blank=True)
    status_reason = models.TextField(blank=True, help_text="Why it was taken back or dropped, while it is.")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.text[:80]

    @step(status, source=(FindingStatus.DRAFT,), target=FindingStatus.SHARED)
    def share(self) -> None:
        """The host may read it."""
        self.shared_at, self.status_reason = timezone.now(), ""

    @step(status, source=(FindingStatus.SHARED,), target=FindingStatus.AGREED)
    def agree(self) -> None:
        """Team and host agree on it."""

    @step(status, source=(FindingStatus.SHARED, FindingStatus.AGREED), target=FindingStatus.DRAFT)
    def take_back(self) -> None:
        """Back to the team."""
        self.shared_at = None

    @step(status, source=(FindingStatus.DRAFT, FindingStatus.SHARED), target=FindingStatus.DROPPED)
    def drop(self) -> None:
        """It will not be in the report. It is kept and can be picked up again."""

    @step(status, source=(FindingStatus.DROPPED,), target=FindingStatus.DRAFT)
    def pick_up(self) -> None:
        """It counts again."""
        self.status_reason = ""


class Finding(_Shared):
    """A finding of one of the four kinds. Notes (in visits) point at it; it never points back."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="findings")
    kind = models.CharField(max_length=16, choices=FindingKind.choices)
    theme = models.CharField(max_length=120, blank=True, help_text="The heading under which the report shows it.")
    guiding_question = models.ForeignKey(
        "reviews.GuidingQuestion", on_delete=models.SET_NULL, null=True, blank=True, related_name="findings"
    )
    single_source_reason = models.CharField(max_length=300, blank=True, help_text="Why one source is enough.")

    class Meta:
        ordering = ("position", "pk")
        constraints = (
            in_choices("kind", FindingKind, name="finding_kind_known"),
            in_choices("status", FindingStatus, name="finding_status_known"),
        )
        indexes = (models.Index(fields=("case", "status", "position"), name="finding_of_case"),)


class Recommendation(_Shared):
    """What the team recommends, with the findings it rests on."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="recommendations")
    reason = models.TextField(blank=True)
    findings = models.ManyToManyField(Finding, related_name="recommendations")
    addressee = models.CharField(max_length=160, blank=True)
    time_frame = models.CharField(max_length=80, blank=True)
    effort = models.CharField(max_length=12, choices=Effort.choices, blank=True)
    impact = models.CharField(max_length=8, choices=Level.choices, blank=True)
    feasibility = models.CharField(max_length=8, choices=Level.choices, blank=True)

    class Meta:
        ordering = ("position", "pk")
        constraints = (
            in_choices("status", FindingStatus, name="recommendation_status_known"),
            in_choices("effort", Effort, name="recommendation_effort_known", blank=True),
            in_choices("impact", Level, name="recommendation_impact_known", blank=True),
            in_choices("feasibility", Level, name="recommendation_feasibility_known", blank=True),
        )
        indexes = (models.Index(fields=("case", "status", "position"), name="recommendation_of_case"),)


class HostResponse(models.Model):
    """The host's answer to one recommendation. `version` counts the saves."""

    recommendation = models.OneToOneField(Recommendation, on_delete=models.CASCADE, related_name="response")
    decision = models.CharField(max_length=12, choices=Decision.choices)
    reason = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (
            in_choices("decision", Decision, name="response_decision_known"),
            models.CheckConstraint(
                condition=models.Q(decision=Decision.ACCEPTED) | ~models.Q(reason=""),
                name="response_refusal_has_reason",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_decision_display()}: {self.recommendation}"


class Action(models.Model):
    """One thing the host does about a recommendation: who, by when, how it is going. `version` counts the saves."""

    recommendation = models.ForeignKey(Recommendation, on_delete=models.CASCADE, related_name="actions")
    text = models.TextField()
    owner = models.CharField(max_length=160, blank=True)
    due = models.DateField(null=True, blank=True)
    status = models.CharField(max_length=12, choices=ActionStatus.choices, default=ActionStatus.PLANNED)
    progress = models.TextField(blank=True, help_text="What has changed, and how one can see it.")
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=timezone.now)
    updated_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    updated_at = models.DateTimeField(auto_now=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("due", "pk")
        constraints = (in_choices("status", ActionStatus, name="action_status_known"),)

    def __str__(self) -> str:
        return self.text[:80]
