"""Signatures on a self-assessment, and what is added after its release."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from reviews.enums import Role
from reviews.fsm import in_choices
from reviews.models.question_sets import Question, Section
from reviews.models.self_assessments import SelfAssessment


class SectionSignature(models.Model):
    """Somebody of the host city stands for one section, as its text was (`sha256`) when they signed."""

    self_assessment = models.ForeignKey(SelfAssessment, on_delete=models.CASCADE, related_name="section_signatures")
    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="signatures")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    name = models.CharField(max_length=160)
    sha256 = models.CharField(max_length=64)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("section__position", "-at")
        constraints = (models.UniqueConstraint(fields=("self_assessment", "section"), name="section_signature_once"),)

    def __str__(self) -> str:
        return f"{self.section}: {self.name}"


class Signature(models.Model):
    """A named sign-off of one version by the coordinator or the political sponsor, over the hash of its content."""

    self_assessment = models.ForeignKey(SelfAssessment, on_delete=models.CASCADE, related_name="signatures")
    version = models.PositiveIntegerField()
    role = models.CharField(max_length=24, choices=Role.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    name = models.CharField(max_length=160)
    function = models.CharField(max_length=160, blank=True, help_text="The office in which they sign.")
    sha256 = models.CharField(max_length=64)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("version", "at")
        constraints = (
            in_choices("role", Role, name="signature_role_known"),
            models.UniqueConstraint(fields=("self_assessment", "version", "role", "sha256"), name="signature_once"),
        )

    def __str__(self) -> str:
        return f"{self.name}, {self.get_role_display()}, version {self.version}"


class Declined(models.Model):
    """The political sponsor does not sign a version, and tells the host coordinator why. Only the host reads it."""

    self_assessment = models.ForeignKey(SelfAssessment, on_delete=models.CASCADE, related_name="declines")
    version = models.PositiveIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    message = models.TextField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("version", "at")
        verbose_name_plural = "declined"

    def __str__(self) -> str:
        return f"Version {self.version} not signed by {self.by}"


class SetAside(models.Model):
    """A warning of the check before submitting that somebody of the host city looked at, and found to be fine.

    `key` names the warning by what it is about: another text gives another warning.
    """

    self_assessment = models.ForeignKey(SelfAssessment, on_delete=models.CASCADE, related_name="set_aside")
    key = models.CharField(max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name_plural = "set aside"
        constraints = (models.UniqueConstraint(fields=("self_assessment", "key"), name="set_aside_once"),)

    def __str__(self) -> str:
        return self.key


class Addendum(models.Model):
    """What the host adds after the release. Never changed: what follows is the next addendum."""

    self_assessment = models.ForeignKey(SelfAssessment, on_delete=models.CASCADE, related_name="addenda")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, null=True, blank=True, related_name="addenda")
    text = models.TextField()
    client_id = models.UUIDField(null=True, blank=True, help_text="Made in the page: sent twice, it is one addendum.")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("at", "pk")
        verbose_name_plural = "addenda"
        constraints = (
            models.UniqueConstraint(
                fields=("self_assessment", "client_id"),
                name="addendum_once",
                condition=models.Q(client_id__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return self.text[:60]
