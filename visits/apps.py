"""WHERE AND WHEN: study visits, sites, groups, slots, desk review, notes."""

from django.apps import AppConfig


class VisitsConfig(AppConfig):
    """Registers the gates and steps of the study visit."""

    name = "visits"

    def ready(self) -> None:
        """Load the registries: gates and steps register themselves when imported."""
        from visits import (  # noqa: PLC0415 - need loaded models
            belongings,  # noqa: F401
            gates,  # noqa: F401
            gates_findings,  # noqa: F401
            receivers,  # noqa: F401
            tabs,  # noqa: F401
            tabs_findings,  # noqa: F401
            workflow,  # noqa: F401
        )
