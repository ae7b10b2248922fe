"""WHAT COMES OUT: reports, fact checks, documents, publications."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class ReportsConfig(AppConfig):
    """Registers the gates and steps of the report."""

    name = "reports"

    def ready(self) -> None:
        """Load the registries: gates and steps register themselves when imported."""
        post_migrate.connect(_prepare_library, sender=self)
        from reports import (  # noqa: F401, PLC0415 - need loaded models
            belongings,
            gates,
            gates_fact_check,
            tabs,
            workflow,
            writing_tasks,
        )
        from reports.actions import (  # noqa: PLC0415 - effects of steps
            approval,  # noqa: F401
            fact_checks,  # noqa: F401
            publication,  # noqa: F401
            reports,  # noqa: F401
            section_versions,  # noqa: F401
        )


def _prepare_library(*, using: str, **_: Any) -> None:
    """After the tables stand: the index of the search, and what was published before there was a library of entries."""
    from reports.actions.shelving import fill  # noqa: PLC0415 - needs loaded models
    from reports.search_index import has_tables, make_index  # noqa: PLC0415 - needs loaded models

    if has_tables(using):
        make_index(using)
        fill()
