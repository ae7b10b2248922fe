"""`manage.py up`: everything on this machine, in one terminal. `make run` calls it."""

import os
import sys
import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from config import launch, programs
from config.supervisor import Broken, Stopped, Supervisor

SECONDS_TO_START = 120


class Command(BaseCommand):
    """Start web server, worker, clock and broker together; stop them together."""

    help = "Starts the product on this machine: web server, worker, clock and a private broker. Ctrl-C stops all."
    requires_system_checks: list[str] = []  # the static files check would miss the folder that this command makes

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to listen."""
        parser.add_argument("--host", default=os.environ.get("BIND", "127.0.0.1"), help="address to listen on")
        parser.add_argument("--port", default=os.environ.get("PORT", "8000"), help="port to listen on")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Start, stay, stop."""
        started = time.monotonic()
        try:
            place = launch.Place.of(options["host"], options["port"])
            with launch.only_one(settings.RUN_DIR, address=place.address):
                launch.check_port(place)
                self._run(place, started)
        except Stopped:
            self._say("\nStopped. Your data is kept; `make run` starts again.")
        except KeyboardInterrupt:  # before there was anything to stop
            self._say("\nStopped before the start was done.")
        except launch.CannotStart as error:
            raise CommandError(str(error)) from None
        except Broken as error:
            raise CommandError(f"{error}\nEverything was stopped. The whole story: {launch.log_file()}") from None

    def _run(self, place: launch.Place, started: float) -> None:
        self._say("Preparing the database and the files ...")
        launch.prepare(self._say)
        broker = launch.private_broker()
        environment = launch.environment(place)
        with Supervisor(log=launch.log_file(), say=self._say, environment=environment) as supervisor:
            if broker:
                self._start_broker(supervisor, broker)
            if launch.needs_demonstration(environment):
                self._load_demonstration(supervisor)
            supervisor.start(programs.web(host=place.host, port=place.port))
            supervisor.start(programs.worker())
            supervisor.start(programs.beat())
            self._wait_until_ready(supervisor, place)
            self._welcome(place, environment, time.monotonic() - started)
            supervisor.watch()

    def _start_broker(self, supervisor: Supervisor, broker: programs.Program) -> None:
        supervisor.start(broker)
        if not supervisor.wait(launch.broker_answers, seconds=20):
            raise launch.CannotStart(
                f"The broker was started and does not answer. Its words are in {launch.log_file()}"
            )

    def _load_demonstration(self, supervisor: Supervisor) -> None:
        self._say("Loading the demonstration (once) ...")
        if supervisor.run([sys.executable, "manage.py", "demo"]):
            raise launch.CannotStart("The demonstration could not be loaded; its words are above.")

    def _wait_until_ready(self, supervisor: Supervisor, place: launch.Place) -> None:
        self._say("Starting web server, worker and clock ...")
        if supervisor.wait(lambda: launch.unready(place) == {}, seconds=SECONDS_TO_START):
            return
        complaints = launch.unready(place) or {"web": "The web server does not answer."}
        sentences = "\n".join(f"  {name}: {sentence}" for name, sentence in complaints.items())
        raise launch.CannotStart(
            f"Not ready after {SECONDS_TO_START} seconds:\n{sentences}\nThe whole story: {launch.log_file()}"
        )

    def _welcome(self, place: launch.Place, environment: dict[str, str], seconds: float) -> None:
        self._say(f"\nCritical Friend is ready after {seconds:.0f} s:\n\n    {place.address}\n")
        if launch.is_demonstration(environment) and (logins := launch.logins_table()):
            self._say(f"Log in to the demonstration as:\n\n{logins}\n")
        self._say(f"Ctrl-C stops it. Log: {launch.log_file()}")

    def _say(self, text: str) -> None:
        self.stdout.write(f"{text}\n", ending="")
        self.stdout.flush()
