"""`manage.py doctor`: every wrong setting in a sentence, with its cure."""

import logging
import sys
from typing import Any

from django.core.management.base import BaseCommand

from config.diagnosis import Finding, Verdict, examine


class Command(BaseCommand):
    """Look at everything; exit with 1 when something is wrong."""

    help = "Names every wrong setting in a sentence, with its cure. Sends nothing, leaves nothing behind."
    requires_system_checks: list[str] = []  # it must be able to speak when a check would stop it

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Print a line for each thing, and the cure below where there is one."""
        logging.disable(logging.ERROR)  # each finding says it in words
        try:
            count = self._print_all()
        finally:
            logging.disable(logging.NOTSET)
        if count:
            self.stdout.write(f"\n{count} thing{'s' if count > 1 else ''} to put right.")
            sys.exit(1)
        self.stdout.write("\nNothing is wrong.")

    def _print_all(self) -> int:
        """Print each finding; returns how many are wrong."""
        count = 0
        for finding in examine():
            count += finding.verdict is Verdict.WRONG
            self._print(finding)
        return count

    def _print(self, finding: Finding) -> None:
        style = {Verdict.WRONG: self.style.ERROR, Verdict.DOUBTFUL: self.style.WARNING}.get(finding.verdict, str)
        self.stdout.write(f"{style(finding.verdict.value.ljust(5))}  {finding.about:13}  {finding.sentence}")
        if finding.cure:
            self.stdout.write(f"{'':22}Cure: {finding.cure}")
