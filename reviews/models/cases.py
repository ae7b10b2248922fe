"""The review case, who is in it, and what happened to it."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django_fsm import GET_STATE

from people.models import City, WorkingGroup
from reviews.enums import (
    STAGES_AT_REST,
    EventKind,
    Interest,
    InterestDecision,
    MilestoneKind,
    MilestoneStatus,
    ObjectionDecision,
    Role,
    Stage,
    Theme,
    Wants,
)
from reviews.fsm import FSMModelMixin, in_choices, state_field, step
from reviews.pages import address_of


class Case(FSMModelMixin, models.Model):
    """One review of one host city. The stage is coarse; the artefacts have machines of their own.

    Written by actions/propose.py, actions/scope.py and actions/steps.py.
    """

    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=200)
    host_city = models.ForeignKey(City, on_delete=models.PROTECT, related_name="hosted_cases")
    working_group = models.ForeignKey(WorkingGroup, on_delete=models.PROTECT, related_name="cases")
    theme = models.CharField(max_length=24, choices=Theme.choices)
    principles = models.JSONField(
        default=list, blank=True, help_text="Numbers of the European Pillar of Social Rights' principles, 1 to 20."
    )
    goals = models.JSONField(default=list, blank=True, help_text="Numbers of Sustainable Development Goals, 1 to 17.")
    challenge = models.TextField(blank=True)
    off_limits = models.TextField(blank=True)
    wants = models.CharField(max_length=16, choices=Wants.choices, default=Wants.IDEAS)
    language = models.CharField(max_length=12, default="en", help_text="Language of the documents, BCP 47.")
    visit_start = models.DateField(null=True, blank=True)
    visit_end = models.DateField(null=True, blank=True)
    stage = state_field(Stage, Stage.DRAFT)
    paused_stage = models.CharField(max_length=24, blank=True, default="", choices=Stage.choices)
    scope_version = models.PositiveIntegerField(default=1, help_text="Counts the saved states of the scope's texts.")
    scope_confirmed_at = models.DateTimeField(null=True, blank=True)
    team_confirmed_at = models.DateTimeField(null=True, blank=True)
    findings_shared_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    demonstration_note = models.CharField(max_length=300, blank=True, help_text="What in this case is invented.")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="proposed_cases"
    )
    created_at = models.DateTimeField(default=timezone.now)
    moved_at = models.DateTimeField(default=timezone.now, help_text="When the case last changed its stage.")

    class Meta:
        ordering = ("-visit_start", "-pk")
        constraints = (
            in_choices("stage", Stage, name="case_stage_known"),
            in_choices("paused_stage", Stage, name="case_paused_stage_known", blank=True),
            in_choices("theme", Theme, name="case_theme_known"),
            in_choices("wants", Wants, name="case_wants_known"),
            models.CheckConstraint(
                condition=models.Q(visit_end__isnull=True) | models.Q(visit_end__gte=models.F("visit_start")),
                name="case_visit_ends_after_it_starts",
            ),
        )
        indexes = (
            models.Index(fields=("-visit_start", "-id"), name="case_by_visit"),
            models.Index(fields=("stage", "-visit_start", "-id"), name="case_by_stage"),
            models.Index(fields=("host_city", "-visit_start"), name="case_by_city"),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The overview of the case."""
        return address_of("reviews:case", self.slug)

    @property
    def is_at_rest(self) -> bool:
        """Closed, postponed or cancelled: nothing may be written."""
        return self.stage in STAGES_AT_REST

    @property
    def effective_stage(self) -> str:
        """The stage, or the one in which the case was postponed."""
        return self.paused_stage or self.stage

    @step(stage, source=(Stage.DRAFT,), target=Stage.PLANNING)
    def accept_proposal(self) -> None:
        """The secretariat takes the proposal up."""
        self.scope_confirmed_at = timezone.now()

    @step(stage, source=(Stage.PLANNING,), target=Stage.SELF_ASSESSMENT)
    def open_self_assessment(self) -> None:
        """Sponsor, scope, dates, lead and team stand: the host writes."""
        self.team_confirmed_at = timezone.now()

    @step(stage, source=(Stage.SELF_ASSESSMENT,), target=Stage.FEEDBACK)
    def start_feedback(self) -> None:
        """The self-assessment is accepted and the programme frozen: the team visits."""

    @step(stage, source=(Stage.FEEDBACK,), target=Stage.REPORTING)
    def start_report(self) -> None:
        """The findings are with the host: the report is written."""

    @step(stage, source=(Stage.REPORTING,), target=Stage.FOLLOW_UP)
    def start_follow_up(self) -> None:
        """The report is published: the host acts on it."""

    @step(stage, source=(Stage.FOLLOW_UP,), target=Stage.CLOSED)
    def close(self) -> None:
        """Every recommendation has its response and the progress has been looked at."""

    @step(stage, source=(Stage.PLANNING,), target=Stage.DRAFT)
    def return_proposal(self) -> None:
        """Back to the host: the proposal needs work."""
        self.scope_confirmed_at = None

    @step(stage, source=(Stage.SELF_ASSESSMENT,), target=Stage.PLANNING)
    def reopen_planning(self) -> None:
        """Back to preparation."""

    @step(stage, source=(Stage.FEEDBACK,), target=Stage.SELF_ASSESSMENT)
    def reopen_self_assessment(self) -> None:
        """Back to the self-assessment."""

    @step(stage, source=(Stage.REPORTING,), target=Stage.FEEDBACK)
    def reopen_feedback(self) -> None:
        """Back to the findings."""

    @step(stage, source=(Stage.FOLLOW_UP,), target=Stage.REPORTING)
    def reopen_report(self) -> None:
        """Back to the report: a new version becomes possible."""

    @step(stage, source=(Stage.CLOSED,), target=Stage.FOLLOW_UP)
    def reopen_follow_up(self) -> None:
        """Back to follow-up."""

    @step(stage, source=(Stage.PLANNING, Stage.SELF_ASSESSMENT, Stage.FEEDBACK), target=Stage.POSTPONED)
    def postpone(self) -> None:
        """Rest. Dates go; scope and team must be confirmed again before the case goes on."""
        self.visit_start = self.visit_end = None
        self.scope_confirmed_at = self.team_confirmed_at = None

    @step(
        stage,
        source=(Stage.POSTPONED,),
        target=GET_STATE(
            lambda case: case.paused_stage,
            states=(Stage.PLANNING.value, Stage.SELF_ASSESSMENT.value, Stage.FEEDBACK.value),
        ),
    )
    def resume(self) -> None:
        """Go on where the case was postponed."""

    @step(
        stage,
        source=(
            Stage.DRAFT,
            Stage.PLANNING,
            Stage.SELF_ASSESSMENT,
            Stage.FEEDBACK,
            Stage.REPORTING,
            Stage.POSTPONED,
        ),
        target=Stage.CANCELLED,
    )
    def cancel(self) -> None:
        """End without a report. Nothing is deleted."""


class GuidingQuestion(models.Model):
    """One of the (at most three) questions that the host asks of its critical friends."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="guiding_questions")
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=400)

    class Meta:
        ordering = ("position",)
        constraints = (
            models.UniqueConstraint(fields=("case", "position"), name="guiding_question_position_once"),
            models.CheckConstraint(
                condition=models.Q(position__gte=1, position__lte=3), name="guiding_question_three_at_most"
            ),
        )

    def __str__(self) -> str:
        return self.text


class Membership(models.Model):
    """A person's role in a case, with what they declared before seeing the host's papers.

    One row per person, case and role. The declaration stands on every role row of the person.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=24, choices=Role.choices)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="memberships_given"
    )
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("case", "role", "user__name")
        constraints = (
            in_choices("role", Role, name="membership_role_known"),
            models.CheckConstraint(condition=~models.Q(role=Role.SECRETARIAT), name="membership_not_secretariat"),
            models.UniqueConstraint(fields=("case", "user", "role"), name="membership_once"),
            models.UniqueConstraint(
                fields=("case",), condition=models.Q(role=Role.LEAD), name="membership_one_lead_per_case"
            ),
        )
        indexes = (models.Index(fields=("user", "role", "case"), name="membership_of_user"),)

    def __str__(self) -> str:
        return f"{self.user} · {self.get_role_display()}"


class InterestDeclaration(models.Model):
    """What one team member declared for one case, and what was decided. The newest row counts; old ones are kept."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="declarations")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="declarations")
    interest = models.CharField(max_length=16, choices=Interest.choices)
    text = models.TextField(blank=True)
    declared_at = models.DateTimeField(default=timezone.now)
    decision = models.CharField(max_length=16, choices=InterestDecision.choices, default=InterestDecision.PENDING)
    decision_reason = models.TextField(blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="interests_decided"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    is_current = models.BooleanField(default=True)

    class Meta:
        ordering = ("-declared_at",)
        constraints = (
            in_choices("interest", Interest, name="declaration_interest_known"),
            in_choices("decision", InterestDecision, name="declaration_decision_known"),
            models.UniqueConstraint(
                fields=("case", "user"), condition=models.Q(is_current=True), name="declaration_one_current"
            ),
        )
        indexes = (models.Index(fields=("case",), condition=models.Q(decision="pending"), name="declaration_waiting"),)

    def __str__(self) -> str:
        return f"{self.user}: {self.get_interest_display()}"


class Objection(models.Model):
    """What the host has against somebody's taking part, and what was decided. Written by actions/objections.py."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="objections")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="objections_to")
    text = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="objections")
    at = models.DateTimeField(default=timezone.now)
    decision = models.CharField(max_length=16, choices=ObjectionDecision.choices, default=ObjectionDecision.PENDING)
    decision_reason = models.TextField(blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="objections_decided"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-at", "-pk")
        constraints = (
            in_choices("decision", ObjectionDecision, name="objection_decision_known"),
            models.UniqueConstraint(
                fields=("case", "user"), condition=models.Q(decision="pending"), name="objection_one_open"
            ),
        )

    def __str__(self) -> str:
        return f"{self.user}: {self.text[:60]}"


class Milestone(models.Model):
    """One deadline of a case, with the role that owns it. These rows are everybody's task list.

    `is_manual` marks a date set by hand: new visit dates leave it alone.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="milestones")
    kind = models.CharField(max_length=32, choices=MilestoneKind.choices)
    owner = models.CharField(max_length=24, choices=Role.choices)
    due = models.DateField(null=True, blank=True)
    is_manual = models.BooleanField(default=False)
    status = models.CharField(max_length=12, choices=MilestoneStatus.choices, default=MilestoneStatus.WAITING)
    done_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("due", "pk")
        constraints = (
            in_choices("kind", MilestoneKind, name="milestone_kind_known"),
            in_choices("owner", Role, name="milestone_owner_known"),
            in_choices("status", MilestoneStatus, name="milestone_status_known"),
            models.UniqueConstraint(fields=("case", "kind"), name="milestone_once"),
        )
        indexes = (
            models.Index(fields=("owner", "status", "due", "id"), name="milestone_tasks"),
            models.Index(fields=("due", "id"), name="milestone_calendar"),
            models.Index(fields=("due", "id"), condition=models.Q(status="open"), name="milestone_open_by_due"),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.due}"


class CaseEvent(models.Model):
    """One line of the timeline: who did what, and when. Rows are only ever added."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(max_length=24, choices=EventKind.choices)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="case_events"
    )
    at = models.DateTimeField(default=timezone.now)
    step = models.CharField(max_length=40, blank=True, help_text="Name of the step, for steps.")
    text = models.CharField(max_length=300, help_text="The sentence that people read, without the actor.")
    reason = models.TextField(blank=True)
    source = models.CharField(max_length=24, blank=True)
    target = models.CharField(max_length=24, blank=True)
    team_only = models.BooleanField(default=False, help_text="Not shown to the host.")
    evidence = models.ForeignKey(
        "Evidence",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="The file that `{file}` in the text stands for: named only to those who may know of it.",
    )

    SYSTEM: ClassVar[str] = "Critical Friend"

    class Meta:
        ordering = ("-at", "-pk")
        constraints = (in_choices("kind", EventKind, name="case_event_kind_known"),)
        indexes = (models.Index(fields=("case", "-at", "-id"), name="case_event_timeline"),)

    def __str__(self) -> str:
        return self.text
