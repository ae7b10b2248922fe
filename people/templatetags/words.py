"""Filters that all pages share; built in, so that no template has to load them.

Days and times become `<time>` elements that machines can read; words for people are British English.
"""

import datetime as dt
import zoneinfo
from collections.abc import Callable

from django import template
from django.forms import BoundField, Field
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from people import texts

register = template.Library()

_TO = "\N{EN DASH}"
_MINUTE, _HOUR = 60, 3600
_SOON_DAYS = 14
_WEEKS_DAYS = 60
_MONTHS_DAYS = 730


# --- Days ----------------------------------------------------------------------------------------
@register.filter
def dates(first: dt.date | None, last: dt.date | None = None) -> str:
    """A range of days: `12 June 2018`, `12-14 June 2018`, `30 May - 2 June 2018` with en dashes; empty without any."""
    if first is None:
        return ""
    if last is None or last == first:
        return _long(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}{_TO}{_long(last)}"
    if first.year == last.year:
        return f"{first:%-d %B} {_TO} {_long(last)}"
    return f"{_long(first)} {_TO} {_long(last)}"


@register.filter
def day(value: dt.date | None) -> SafeString:
    """`12 June 2018` as a `<time>` element; empty for no day. A moment is first taken to the current zone."""
    return _time_tag(_as_date(value), _long)


@register.filter
def weekday(value: dt.date | None) -> SafeString:
    """`Tuesday 12 June` as a `<time>` element; empty for no day."""
    return _time_tag(_as_date(value), lambda found: f"{found:%A %-d %B}")


@register.filter
def short_day(value: dt.date | None) -> SafeString:
    """`30 May` as a `<time>` element, with the year only when it is not this one; empty for no day."""
    return _time_tag(_as_date(value), _short)


@register.filter
def due(value: dt.date | None) -> str:
    """How far a deadline is: `today`, `tomorrow`, `in 5 days`, `3 days late`; empty for no day."""
    if value is None:
        return ""
    days = (_as_date_of(value) - timezone.localdate()).days
    if days < 0:
        return f"{_long_span(-days)} late"
    return _ahead(days)


def _ahead(days: int) -> str:
    """`today`, `tomorrow`, `in 5 days`, `in 3 weeks`, `in 4 months`."""
    if days <= 1:
        return "tomorrow" if days else "today"
    return f"in {_span(days)}"


def _long_span(days: int) -> str:
    """How late something is: to the day for two months, then in months and years."""
    if days < _WEEKS_DAYS:
        return counted(days, "day")
    return f"{days // 30} months" if days < _MONTHS_DAYS else f"{days // 365} years"


def _span(days: int) -> str:
    """A number of days in the unit that people would use."""
    if days <= _SOON_DAYS:
        return f"{days} days"
    return f"{days // 7} weeks" if days < _WEEKS_DAYS else _long_span(days)


# --- Moments -------------------------------------------------------------------------------------
@register.filter
def moment(value: dt.datetime | None, zone: str = "") -> SafeString:
    """`12 June 2018, 16:30 Bucharest time` as a `<time>` element; `zone` is a name such as Europe/Bucharest."""
    if value is None:
        return mark_safe("")
    there = _in_zone(value, zone)
    return _moment_tag(there, f"{_long(there.date())}, {there:%H:%M} {_zone_words(there)}")


@register.filter
def clock(value: dt.datetime | dt.time | None, zone: str = "") -> SafeString:
    """`16:30` as a `<time>` element. Say the zone once near by: `{{ visit.zone|zone_words }}`."""
    if value is None:
        return mark_safe("")
    if isinstance(value, dt.time):
        return format_html('<time datetime="{0}">{0}</time>', f"{value:%H:%M}")
    there = _in_zone(value, zone)
    return _moment_tag(there, f"{there:%H:%M}")


@register.filter
def zone_words(zone: str) -> str:
    """A zone's name in words: `Bucharest time` for Europe/Bucharest, `UTC` for UTC."""
    return zone if "/" not in zone else f"{zone.rsplit('/', 1)[-1].replace('_', ' ')} time"


@register.filter
def ago(value: dt.datetime | None) -> SafeString:
    """`5 minutes ago`, `yesterday`, `3 weeks ago` as a `<time>` element; the exact moment is in its title."""
    if value is None:
        return mark_safe("")
    there = timezone.localtime(value)
    exact = f"{_long(there.date())}, {there:%H:%M} {_zone_words(there)}"
    machine = there.isoformat(timespec="seconds")
    return format_html('<time datetime="{}" title="{}">{}</time>', machine, exact, _since(there))


def _since(there: dt.datetime) -> str:
    """The distance from a past moment to now, in words."""
    seconds = int((timezone.now() - there).total_seconds())
    if seconds < _MINUTE:
        return "just now"
    if seconds < _HOUR:
        return f"{counted(seconds // _MINUTE, 'minute')} ago"
    days = (timezone.localdate() - there.date()).days
    if days == 0:
        return f"{counted(seconds // _HOUR, 'hour')} ago"
    return "yesterday" if days == 1 else f"{_span(days)} ago"


# --- Texts ---------------------------------------------------------------------------------------
@register.filter
def markdown(text: str, top: int = 3) -> SafeString:
    """A text that people wrote, as sanitised HTML; `top` is the level of its highest heading."""
    return mark_safe(texts.to_html(text, top=top))  # noqa: S308 - sanitised by people/texts.py


@register.filter
def plain(text: str) -> str:
    """A text that people wrote, without its marks."""
    return texts.plain(text)


@register.filter
def words(text: str) -> int:
    """How many words a text has."""
    return texts.word_count(text)


@register.filter
def counted(number: int, names: str) -> str:
    """A number with its noun: `{{ 1|counted:"note" }}` is `1 note`, `{{ 3|counted:"city,cities" }}` is `3 cities`."""
    one, _, many = names.partition(",")
    return f"{number} {one if number == 1 else many or one + 's'}"


@register.filter
def initials(name: str) -> str:
    """One or two letters for a person's round mark: `Ana Popescu` is `AP`, an empty name is `?`."""
    parts = name.split()
    return ("".join((parts[0][0], parts[-1][0])) if len(parts) > 1 else name.strip()[:2] or "?").upper()


@register.filter
def file_size(size: int) -> str:
    """A number of bytes in words: `640 KB`, `2.4 MB`; always at least 1 KB."""
    kilobytes = max(1, round(size / 1000))
    return f"{kilobytes} KB" if kilobytes < 1000 else f"{kilobytes / 1000:.1f} MB"  # noqa: PLR2004 - 1000 KB are 1 MB


_LEFT_EMPTY = {
    "radioselect": "Please choose one.",
    "select": "Please choose one.",
    "checkboxselectmultiple": "Please choose at least one.",
    "checkbox": "Please tick this.",
    "clearablefile": "Please choose a file.",
    "file": "Please choose a file.",
}


@register.filter
def error_words(field: BoundField) -> str:
    """What is wrong with a field, in our words: an empty one is told what to do, by its kind."""
    said: list[str] = []
    for error in field.errors.as_data():
        left_empty = error.code == "required" and error.messages == [str(Field.default_error_messages["required"])]
        said.extend([_LEFT_EMPTY.get(field.widget_type, "Please fill this in.")] if left_empty else error.messages)
    return " ".join(said)


# --- Leaves --------------------------------------------------------------------------------------
def _long(value: dt.date) -> str:
    return f"{value:%-d %B %Y}"


def _short(value: dt.date) -> str:
    return f"{value:%-d %B}" if value.year == timezone.localdate().year else _long(value)


def _as_date(value: dt.date | None) -> dt.date | None:
    return None if value is None else _as_date_of(value)


def _as_date_of(value: dt.date) -> dt.date:
    """The day of a moment in the current zone; a plain day as it is."""
    return timezone.localtime(value).date() if isinstance(value, dt.datetime) else value


def _in_zone(value: dt.datetime, zone: str) -> dt.datetime:
    return timezone.localtime(value, zoneinfo.ZoneInfo(zone) if zone else None)


def _zone_words(value: dt.datetime) -> str:
    return zone_words(str(value.tzinfo))


def _time_tag(value: dt.date | None, words_of: Callable[[dt.date], str]) -> SafeString:
    if value is None:
        return mark_safe("")
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), words_of(value))


def _moment_tag(value: dt.datetime, shown: str) -> SafeString:
    return format_html('<time datetime="{}">{}</time>', value.isoformat(timespec="seconds"), shown)
