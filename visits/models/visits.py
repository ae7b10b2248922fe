"""The study visit: sites, groups, and the programme slot by slot."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone

from reviews.fsm import FSMModelMixin, in_choices, state_field, step
from reviews.models import Case
from visits.enums import PRIVATE_SLOTS, SlotKind, SourceGroup, VisitStatus


class StudyVisit(FSMModelMixin, models.Model):
    """The visit of one case. `version` counts the saved changes of the programme ("changed since")."""

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="study_visit")
    status = state_field(VisitStatus, VisitStatus.DRAFT)
    time_zone = models.CharField(max_length=60, default="Europe/Brussels")
    working_language = models.CharField(max_length=12, default="en")
    practical = models.TextField(blank=True, help_text="Getting there, hotel, phone numbers, access, meals.")
    practical_version = models.PositiveIntegerField(default=1, help_text="Counts the saves of the practical text.")
    practical_at = models.DateTimeField(null=True, blank=True)
    practical_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(default=timezone.now)
    desk_review_closed_at = models.DateTimeField(null=True, blank=True)
    frozen_at = models.DateTimeField(null=True, blank=True)
    held_at = models.DateTimeField(null=True, blank=True)
    feedback_held_on = models.DateField(null=True, blank=True)
    feedback_attendance = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="People of the host who came."
    )
    feedback_reply = models.TextField(blank=True, help_text="What the host answered in the feedback session.")
    feedback_version = models.PositiveIntegerField(
        default=1, help_text="Counts the saves of the feedback session's record."
    )
    feedback_at = models.DateTimeField(null=True, blank=True)
    feedback_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = (in_choices("status", VisitStatus, name="visit_status_known"),)

    def __str__(self) -> str:
        return f"Study visit · {self.case}"

    @property
    def is_frozen(self) -> bool:
        """Whether the programme is fixed."""
        return self.status in {VisitStatus.FROZEN, VisitStatus.HELD}

    @step(status, source=(VisitStatus.DRAFT,), target=VisitStatus.PROPOSED)
    def propose(self) -> None:
        """The host shows its programme to the team."""

    @step(status, source=(VisitStatus.PROPOSED,), target=VisitStatus.DRAFT)
    def return_programme(self) -> None:
        """The team asks the host for changes."""

    @step(status, source=(VisitStatus.PROPOSED,), target=VisitStatus.AGREED)
    def agree(self) -> None:
        """Both sides agree; it stays editable until frozen."""

    @step(status, source=(VisitStatus.AGREED,), target=VisitStatus.FROZEN)
    def freeze(self) -> None:
        """After the desk review the programme is fixed and the handbook issued."""
        self.frozen_at = timezone.now()

    @step(status, source=(VisitStatus.FROZEN,), target=VisitStatus.AGREED)
    def unfreeze(self) -> None:
        """Something has to change after all."""
        self.frozen_at = None

    @step(status, source=(VisitStatus.FROZEN,), target=VisitStatus.HELD)
    def hold(self) -> None:
        """The visit has taken place."""
        self.held_at = timezone.now()

    @step(status, source=(VisitStatus.HELD,), target=VisitStatus.FROZEN)
    def unhold(self) -> None:
        """Marked as held by mistake."""
        self.held_at = None


class HostSite(models.Model):
    """A place that receives critical friends."""

    visit = models.ForeignKey(StudyVisit, on_delete=models.CASCADE, related_name="sites")
    name = models.CharField(max_length=160)
    address = models.CharField(max_length=300, blank=True)
    description = models.TextField(blank=True)
    contact = models.CharField(max_length=200, blank=True, help_text="Who receives the group; for the programme only.")
    access_note = models.CharField(max_length=300, blank=True, help_text="Steps, lifts, quiet room.")
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("name", "pk")

    def __str__(self) -> str:
        return self.name


class VisitGroup(models.Model):
    """Critical friends who go together. A visit without groups has one team."""

    visit = models.ForeignKey(StudyVisit, on_delete=models.CASCADE, related_name="groups")
    name = models.CharField(max_length=60)
    members = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="visit_groups", blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("name", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("visit", "name"), condition=models.Q(removed_at=None), name="visit_group_name_once"
            ),
        )

    def __str__(self) -> str:
        return self.name


class Slot(models.Model):
    """One entry of the programme. Times are aware; shown in the visit's zone. `group` null means everybody.

    `version` is the version of the programme in which this slot last changed: it tells what is new to a reader,
    and that somebody else saved the slot in between.
    """

    visit = models.ForeignKey(StudyVisit, on_delete=models.CASCADE, related_name="slots")
    group = models.ForeignKey(VisitGroup, on_delete=models.SET_NULL, null=True, blank=True, related_name="slots")
    site = models.ForeignKey(HostSite, on_delete=models.SET_NULL, null=True, blank=True, related_name="slots")
    kind = models.CharField(max_length=16, choices=SlotKind.choices, default=SlotKind.INTERVIEW)
    title = models.CharField(max_length=200)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    place = models.CharField(max_length=200, blank=True, help_text="Building and room.")
    language = models.CharField(max_length=12, blank=True)
    is_interpreted = models.BooleanField(default=False)
    lead = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="slots_led"
    )
    note_taker = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="slots_noted"
    )
    remarks = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("starts_at", "ends_at", "pk")
        constraints = (
            in_choices("kind", SlotKind, name="slot_kind_known"),
            models.CheckConstraint(condition=models.Q(ends_at__gt=models.F("starts_at")), name="slot_ends_after_start"),
        )
        indexes = (models.Index(fields=("visit", "removed_at", "starts_at"), name="slot_of_visit"),)

    def __str__(self) -> str:
        return self.title

    @property
    def length(self) -> timedelta:
        """How long it takes."""
        return self.ends_at - self.starts_at

    @property
    def is_private(self) -> bool:
        """Whether the host stays outside."""
        return self.kind in PRIVATE_SLOTS


class SlotPerson(models.Model):
    """People met in a slot: the group they speak for and how many come. No names are kept."""

    slot = models.ForeignKey(Slot, on_delete=models.CASCADE, related_name="people")
    source_group = models.CharField(max_length=16, choices=SourceGroup.choices)
    count = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering = ("source_group",)
        constraints = (
            in_choices("source_group", SourceGroup, name="slot_person_group_known"),
            models.UniqueConstraint(fields=("slot", "source_group"), name="slot_person_group_once"),
            models.CheckConstraint(condition=models.Q(count__gte=1), name="slot_person_at_least_one"),
        )

    def __str__(self) -> str:
        return f"{self.count} · {self.get_source_group_display()}"


class ProgrammeLook(models.Model):
    """The version of a programme that one person has seen. Made on the first look, moved on by "I have seen this"."""

    visit = models.ForeignKey(StudyVisit, on_delete=models.CASCADE, related_name="looks")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    version = models.PositiveIntegerField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("visit", "user"), name="programme_look_once"),)

    def __str__(self) -> str:
        return f"{self.user} · version {self.version}"
