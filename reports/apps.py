"""WHAT COMES OUT: reports, fact checks, documents, publications."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """Registers the gates and steps of the report."""

    name = "reports"

    def ready(self) -> None:
        """Load the registries: gates and steps register themselves when imported."""
        from reports import gates, gates_fact_check, tabs, workflow  # noqa: F401, PLC0415 - need loaded models
        from reports.actions import (  # noqa: PLC0415 - effects of steps
            approval,  # noqa: F401
            fact_checks,  # noqa: F401
            publication,  # noqa: F401
            reports,  # noqa: F401
            section_versions,  # noqa: F401
        )
        from reports import writing_tasks  # noqa: F401, PLC0415 - what waits for its owners
