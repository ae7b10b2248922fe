"""`python -m config.background worker ...` or `beat ...`: the two commands of Celery that run here.

`celery -A config worker` does the same, and loads twenty other commands and what those need first: a third of a second
for each process at every start.
"""

import sys

from celery.bin.base import CLIContext

from config.celery import app


def main(command: str, arguments: list[str]) -> None:
    """Run one of them until it ends."""
    if command == "worker":
        from celery.bin.worker import worker as run  # noqa: PLC0415 - each process loads its own
    else:
        from celery.bin.beat import beat as run  # noqa: PLC0415 - the same
    context = CLIContext(app=app, no_color=False, workdir=None)
    run.main(arguments, prog_name=command, obj=context, auto_envvar_prefix=f"CELERY_{command.upper()}")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
