"""The people of the demonstration."""

import json
from dataclasses import dataclass

from django.conf import settings


@dataclass(frozen=True, slots=True)
class DemonstrationLogin:
    """A role of the demonstration and the address with which one logs in as it."""

    role: str
    name: str
    email: str


def demonstration_logins() -> list[DemonstrationLogin]:
    """Who can be tried out; nobody outside a demonstration. The password is told only where it was started."""
    if not settings.DEMONSTRATION:
        return []
    try:
        rows = json.loads((settings.VAR_DIR / "demo-logins.json").read_text())
    except FileNotFoundError:
        return []
    return [DemonstrationLogin(row["role"], row["name"], row["email"]) for row in rows]
