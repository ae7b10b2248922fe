"""The sign of life of the worker."""

from django.db import models


class Heartbeat(models.Model):
    """When a named process last did something. One row a name; a task writes it."""

    name = models.CharField(max_length=40, unique=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} at {self.at:%H:%M:%S}"
