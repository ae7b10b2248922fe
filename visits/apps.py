"""WHERE AND WHEN: study visits, sites, groups, slots, desk review, notes."""

from django.apps import AppConfig


class VisitsConfig(AppConfig):
    """Registers the gates and steps of the study visit."""

    name = "visits"

    def ready(self) -> None:
        """Load the registries: gates and steps register themselves when imported."""
        from visits import gates, gates_findings, receivers, tabs, tabs_findings, workflow  # noqa: F401, PLC0415 - need loaded models
