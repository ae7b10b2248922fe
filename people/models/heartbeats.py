"""The signs of life of the worker and of the clock."""

from django.db import models
from django.utils import timezone


class Heartbeat(models.Model):
    """When a named process last did something. One row a name; a task writes the worker's, the clock its own."""

    name = models.CharField(max_length=40, unique=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} at {self.at:%H:%M:%S}"

    @classmethod
    def note(cls, name: str) -> None:
        """Write that it did something now."""
        cls.objects.update_or_create(name=name, defaults={"at": timezone.now()})
