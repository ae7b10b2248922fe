"""WHAT: cases, roles, self-assessments, findings, recommendations, follow-up."""

from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    """Registers the gates and steps of the case and of the self-assessment."""

    name = "reviews"

    def ready(self) -> None:
        """Load the registries: gates, steps and tabs register themselves when imported."""
        from reviews import gates, tabs, workflow  # noqa: F401, PLC0415 - need loaded models
