"""The project itself as an app: it brings the commands that touch every other app. And which static files are ours."""

from django.apps import AppConfig
from django.contrib.staticfiles import apps as staticfiles


class ProjectConfig(AppConfig):
    """Loads the deploy checks."""

    name = "config"
    verbose_name = "Critical Friend"

    def ready(self) -> None:
        """Register the deploy checks."""
        from config import checks  # noqa: F401, PLC0415 - registered by import, once the apps are there


class StaticFilesConfig(staticfiles.StaticFilesConfig):
    """Leaves out what the package of htmx brings besides the one file that we use: packing takes time at a start."""

    ignore_patterns = [*staticfiles.StaticFilesConfig.ignore_patterns, "htmx-2.js", "htmx-4*.js", "htmax-4*.js"]
