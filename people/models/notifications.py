"""What the product tells a person, on the page and by e-mail."""

from django.conf import settings
from django.db import models
from django.utils import timezone


class Notification(models.Model):
    """One sentence for one person, with the page where they can act."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notifications")
    text = models.CharField(max_length=300)
    detail = models.TextField(blank=True, help_text="What somebody wrote with it: for the inbox, never for e-mail.")
    url = models.CharField(max_length=300)
    created_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-created_at", "-pk")
        indexes = (models.Index(fields=("user", "read_at", "-created_at"), name="notification_inbox"),)

    def __str__(self) -> str:
        return self.text
