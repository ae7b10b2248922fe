"""Certificates of participation."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from reviews.models import Case


class Certificate(models.Model):
    """What a certificate says of one person's part in a review. Hours are proposed from the programme and confirmed."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="certificates")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="certificates")
    hours = models.DecimalField(max_digits=5, decimal_places=1, help_text="Hours of work, preparation included.")
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    issued_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("issued_at", "pk")
        constraints = (
            models.UniqueConstraint(fields=("case", "user"), name="certificate_once"),
            models.CheckConstraint(condition=models.Q(hours__gt=0), name="certificate_hours_positive"),
        )

    def __str__(self) -> str:
        return f"{self.user}: {self.case}"
