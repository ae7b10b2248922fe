"""The project itself as an app: it brings the commands that touch every other app."""

from django.apps import AppConfig


class ProjectConfig(AppConfig):
    """Loads the deploy checks."""

    name = "config"
    verbose_name = "Critical Friend"

    def ready(self) -> None:
        """Register the deploy checks."""
        from config import checks  # noqa: F401, PLC0415 - registered by import, once the apps are there
