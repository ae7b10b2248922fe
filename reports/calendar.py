"""Working days: Monday to Friday. Holidays differ from city to city and are not known here."""

from datetime import date, timedelta

SATURDAY = 5


def add_working_days(start: date, days: int) -> date:
    """Return the day that is so many working days after `start`."""
    end = start
    while days > 0:
        end += timedelta(days=1)
        days -= end.weekday() < SATURDAY
    return end
