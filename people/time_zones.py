"""The time zones in which cities of the network may lie."""

from __future__ import annotations

import zoneinfo
from functools import cache

_REGIONS = ("Europe/", "Asia/", "Atlantic/", "Africa/")


@cache
def zone_choices() -> tuple[tuple[str, str], ...]:
    """Names and words, in order. Read once: they are a thousand files, opened one by one."""
    names = sorted(name for name in zoneinfo.available_timezones() if name.startswith(_REGIONS))
    return tuple((name, name.replace("_", " ")) for name in names)
