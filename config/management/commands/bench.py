"""`manage.py bench [GROUP ...]`: measure, one line a figure."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from config.bench import documents, large_documents, memory, pages, queue, self_assessment

GROUPS = {
    "pages": pages,
    "self_assessment": self_assessment,
    "documents": documents,
    "documents-large": large_documents,
    "queue": queue,
    "memory": memory,
}


class Command(BaseCommand):
    """Prints `name<TAB>value<TAB>goal<TAB>held|short`. Values are ratios within one run, unless a unit stands there."""

    help = "Measure the product. Groups: " + ", ".join(GROUPS)

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which groups; `--inside` is how a group calls itself in an installation of its own."""
        parser.add_argument("groups", nargs="*", help="only these groups", metavar="GROUP")
        parser.add_argument("--inside", choices=list(GROUPS), help="used by the benchmark itself")

    def handle(self, *_: Any, **options: Any) -> None:
        """Measure what was asked for, everything by default."""
        if options["inside"]:
            self.stdout.write(json.dumps(GROUPS[options["inside"]].inside()))
            return
        unknown = set(options["groups"]) - set(GROUPS)
        if unknown:
            self.stderr.write(f"There is no group {', '.join(sorted(unknown))}. Groups: {', '.join(GROUPS)}.")
            raise SystemExit(2)
        for name in options["groups"] or GROUPS:
            for figure in GROUPS[name].figures():
                self.stdout.write(figure.line())
                self.stdout.flush()
