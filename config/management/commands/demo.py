"""`manage.py demo`: the demonstration. `--cases N` makes a large one, for measuring."""

from __future__ import annotations

import json
import secrets
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from config.celery import app as celery_app
from config.demonstration import bulk, cast
from config.demonstration.build import Builder
from config.demonstration.looks import make_looks
from config.demonstration.question_sets import make_question_sets
from config.demonstration.stories import stories
from people.models import Invitation, Notification
from reviews.models import Case

_WORDS = "amber birch cedar delta ember fjord grove haven inlet jetty kayak linen maple north olive pearl quartz river"


class Command(BaseCommand):
    """Builds cases in all stages, with a login per role."""

    help = "Build the demonstration: a dozen cases in all stages, and a login per role."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Size and password."""
        parser.add_argument("--cases", type=int, default=0, help="make a large demonstration of so many cases")
        parser.add_argument("--reset", action="store_true", help="throw away everything that is there first")
        parser.add_argument("--password", default="", help="the password of all logins; made up when not given")

    def handle(self, *_: Any, **options: Any) -> None:
        """Build what is not there yet; refuse outside a demonstration."""
        if not settings.DEMONSTRATION:
            raise CommandError(
                "This is not a demonstration: set DEMONSTRATION=true if invented cases may be written here."
            )
        password = options["password"] or self._kept_password() or _phrase()
        if options["reset"]:
            call_command("flush", interactive=False)
        # Nothing is mailed while the demonstration is built; documents are made by the worker's sweep.
        celery_app.conf.update(broker_url="memory://", broker_write_url="memory://")
        cities, groups = cast.make_cities(), cast.make_groups()
        people = cast.make_people(cities, password)
        make_looks(groups, people["secretariat"])
        builder = Builder(cities, groups, people)
        for story in stories():
            if not Case.objects.filter(slug=story.slug).exists():
                builder.build(story)
                self.stdout.write(f"  {story.title}")
        make_question_sets(people["secretariat"])
        Notification.objects.filter(mailed_at=None).delete()
        Invitation.objects.filter(mailed_at=None).update(mailed_at=timezone.now())
        self._write_logins(password)
        if missing := max(options["cases"] - Case.objects.count(), 0):
            bulk.make_cases(missing, cities=cities, groups=groups)
        self.stdout.write(f"{Case.objects.count()} reviews. The password of all logins: {password}")

    def _kept_password(self) -> str:
        """The password of the logins that were made before."""
        try:
            return str(json.loads((settings.VAR_DIR / "demo-logins.json").read_text())[0]["password"])
        except FileNotFoundError:
            return ""

    def _write_logins(self, password: str) -> None:
        """Keep the table of logins for those who start the product here."""
        kept = settings.VAR_DIR / "demo-logins.json"
        kept.touch(mode=0o600)
        kept.write_text(json.dumps(cast.logins(password), ensure_ascii=False, indent=1))


def _phrase() -> str:
    """A password that can be typed."""
    words = _WORDS.split()
    return "-".join([*(secrets.choice(words) for _ in range(3)), str(secrets.randbelow(900) + 100)])
