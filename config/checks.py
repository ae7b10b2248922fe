"""Deploy checks: `manage.py check --deploy` refuses settings that are only good on a desk."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register  # noqa: A004 - Django's name


@register(Tags.security, deploy=True)
def secrets_are_ours(**_: Any) -> list[CheckMessage]:
    """Refuse the demonstration in production, and name servers that are still the embedded ones."""
    messages: list[CheckMessage] = []
    if settings.DEMONSTRATION:
        messages.append(
            Error(
                "The demonstration is on: its logins have passwords that are written in a file.",
                hint="Set DEMONSTRATION=false.",
                id="critical_friend.E001",
            )
        )
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        messages.append(
            Warning(
                "The database is SQLite: right for one machine, not for several.",
                hint="Set DATABASE_URL=postgres://user:password@host/name.",
                id="critical_friend.W001",
            )
        )
    if not settings.EMAIL_IS_SENT:
        messages.append(
            Warning(
                "E-mail is written to files and never sent.",
                hint="Set EMAIL_URL=smtp+tls://user:password@host:587.",
                id="critical_friend.W002",
            )
        )
    return messages
