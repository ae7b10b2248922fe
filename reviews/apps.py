"""WHAT: cases, roles, self-assessments, findings, recommendations, follow-up."""

from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    """Registers the gates and steps of the case and of the self-assessment."""

    name = "reviews"

    def ready(self) -> None:
        """Load the registries: gates, steps and tabs register themselves when imported."""
        from reviews import (  # noqa: PLC0415 - need loaded models
            belongings,  # noqa: F401
            gates,  # noqa: F401
            gates_follow_up,  # noqa: F401
            gates_self_assessment,  # noqa: F401
            tabs,  # noqa: F401
            tabs_follow_up,  # noqa: F401
            tabs_self_assessment,  # noqa: F401
            workflow,  # noqa: F401
        )
        from reviews.actions import self_assessment_versions  # noqa: F401, PLC0415 - registers effects
