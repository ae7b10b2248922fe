"""`manage.py build_fonts`: the fonts of page and PDF below FONTS_DIR."""

import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from people.fonts import build_fonts


class Command(BaseCommand):
    """Cut the fonts from their packages; does nothing when they are there already."""

    help = "Makes the fonts for pages and PDF files (once; repeated runs do nothing)."
    requires_system_checks: list[str] = []  # the static files check would miss the folder that this command makes

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Build, and say how long it took."""
        started = time.monotonic()
        built = build_fonts(settings.FONTS_DIR)
        if built.made:
            seconds = time.monotonic() - started
            self.stdout.write(f"Made {len(built.files)} font files in {seconds:.0f} s.")
        else:
            self.stdout.write("The fonts are there already.")
