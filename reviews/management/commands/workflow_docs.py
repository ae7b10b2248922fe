"""`manage.py workflow_docs`: write docs/workflow.md from the registries."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from reviews.workflow_text import workflow_text


class Command(BaseCommand):
    """Writes docs/workflow.md, or checks that it is up to date."""

    help = "Write docs/workflow.md from the steps, gates, deadlines and permissions in the code."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add `--check`."""
        parser.add_argument("--check", action="store_true", help="Change nothing; fail when the page is out of date.")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Write or compare."""
        page, text = settings.BASE_DIR / "docs" / "workflow.md", workflow_text()
        if not options["check"]:
            page.write_text(text)
            self.stdout.write(f"Wrote {page.relative_to(settings.BASE_DIR)}.")
        elif not page.exists() or page.read_text() != text:
            raise CommandError("docs/workflow.md is out of date: run `python manage.py workflow_docs`.")
