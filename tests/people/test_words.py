"""The filters that all pages share."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django import forms
from django.template import engines

from people.templatetags import words

NOW = dt.datetime(2018, 6, 12, 14, 30, tzinfo=dt.UTC)
FIRST = dt.date(2018, 6, 12)


@pytest.mark.parametrize(
    ("first", "last", "shown"),
    [
        (None, None, ""),
        (FIRST, None, "12 June 2018"),
        (FIRST, FIRST, "12 June 2018"),
        (FIRST, dt.date(2018, 6, 14), "12\N{EN DASH}14 June 2018"),
        (dt.date(2018, 5, 30), dt.date(2018, 6, 2), "30 May \N{EN DASH} 2 June 2018"),
        (dt.date(2018, 12, 30), dt.date(2019, 1, 2), "30 December 2018 \N{EN DASH} 2 January 2019"),
    ],
)
def test_dates_say_a_range_once(first: dt.date | None, last: dt.date | None, shown: str) -> None:
    assert words.dates(first, last) == shown


@time_machine.travel(NOW, tick=False)
@pytest.mark.parametrize(
    ("days", "shown"),
    [
        (-3316, "9 years late"),
        (-133, "4 months late"),
        (-30, "30 days late"),
        (-1, "1 day late"),
        (0, "today"),
        (1, "tomorrow"),
        (5, "in 5 days"),
        (21, "in 3 weeks"),
        (95, "in 3 months"),
    ],
)
def test_due_says_how_far_a_deadline_is(days: int, shown: str) -> None:
    assert words.due(FIRST + dt.timedelta(days=days)) == shown


@time_machine.travel(NOW, tick=False)
@pytest.mark.parametrize(
    ("before", "shown"),
    [
        (dt.timedelta(seconds=20), "just now"),
        (dt.timedelta(minutes=1), "1 minute ago"),
        (dt.timedelta(hours=3), "3 hours ago"),
        (dt.timedelta(hours=20), "yesterday"),
        (dt.timedelta(days=9), "9 days ago"),
        (dt.timedelta(days=30), "4 weeks ago"),
        (dt.timedelta(days=200), "6 months ago"),
    ],
)
def test_ago_says_how_long_ago(before: dt.timedelta, shown: str) -> None:
    assert words.ago(NOW - before).endswith(f">{shown}</time>")


@time_machine.travel(NOW, tick=False)
def test_ago_carries_the_exact_moment() -> None:
    assert words.ago(NOW - dt.timedelta(minutes=5)) == (
        '<time datetime="2018-06-12T14:25:00+00:00" title="12 June 2018, 14:25 UTC">5 minutes ago</time>'
    )


def test_moment_names_the_zone_of_the_visit() -> None:
    assert words.moment(NOW, "Europe/Bucharest") == (
        '<time datetime="2018-06-12T17:30:00+03:00">12 June 2018, 17:30 Bucharest time</time>'
    )


def test_clock_shows_the_time_there() -> None:
    assert words.clock(NOW, "Europe/Bucharest") == '<time datetime="2018-06-12T17:30:00+03:00">17:30</time>'


def test_clock_takes_a_bare_time() -> None:
    assert words.clock(dt.time(9, 5)) == '<time datetime="09:05">09:05</time>'


def test_zone_words_are_a_place() -> None:
    assert [words.zone_words(zone) for zone in ("UTC", "Europe/Isle_of_Man")] == ["UTC", "Isle of Man time"]


def test_day_can_be_read_by_machines() -> None:
    assert words.day(FIRST) == '<time datetime="2018-06-12">12 June 2018</time>'


def test_day_of_a_moment_is_the_day_in_the_current_zone() -> None:
    late = dt.datetime(2018, 6, 12, 23, 30, tzinfo=ZoneInfo("America/New_York"))
    assert words.day(late) == '<time datetime="2018-06-13">13 June 2018</time>'


def test_weekday_leaves_the_year_out() -> None:
    assert words.weekday(FIRST) == '<time datetime="2018-06-12">Tuesday 12 June</time>'


@time_machine.travel(NOW, tick=False)
def test_short_day_says_the_year_only_when_it_is_another() -> None:
    shown = [words.short_day(day) for day in (FIRST, dt.date(2019, 1, 2))]
    assert shown == ['<time datetime="2018-06-12">12 June</time>', '<time datetime="2019-01-02">2 January 2019</time>']


def test_no_day_and_no_moment_show_nothing() -> None:
    assert [words.day(None), words.weekday(None), words.short_day(None), words.due(None)] == [""] * 4
    assert [words.moment(None), words.clock(None), words.ago(None)] == [""] * 3


@pytest.mark.parametrize(
    ("number", "names", "shown"),
    [(0, "note", "0 notes"), (1, "note", "1 note"), (3, "city,cities", "3 cities"), (1, "city,cities", "1 city")],
)
def test_counted_agrees_with_the_number(number: int, names: str, shown: str) -> None:
    assert words.counted(number, names) == shown


@pytest.mark.parametrize(
    ("name", "shown"), [("Ana Popescu", "AP"), ("Ines De Smet", "IS"), ("Łukasz", "ŁU"), (" ", "?"), ("", "?")]
)
def test_initials_are_one_or_two_letters(name: str, shown: str) -> None:
    assert words.initials(name) == shown


@pytest.mark.parametrize(
    ("size", "shown"), [(0, "1 KB"), (640_000, "640 KB"), (999_600, "1.0 MB"), (2_400_000, "2.4 MB")]
)
def test_file_size_is_said_in_words(size: int, shown: str) -> None:
    assert words.file_size(size) == shown


def test_a_text_is_shown_as_safe_html_in_templates() -> None:
    template = engines["django"].from_string("{{ text|markdown:2 }}|{{ text|plain }}|{{ text|words }}")
    assert template.render({"text": "# Two <b>words</b>"}) == (
        "<h2>Two &lt;b&gt;words&lt;/b&gt;</h2>\n|Two &lt;b&gt;words&lt;/b&gt;|2"
    )


class _Form(forms.Form):
    name = forms.CharField()
    kind = forms.ChoiceField(choices=[("a", "A")], widget=forms.RadioSelect)
    sure = forms.BooleanField()
    file = forms.FileField()
    mail = forms.EmailField()
    own = forms.CharField(error_messages={"required": "Name one owner."})


def test_an_empty_field_is_told_what_to_do_by_its_kind() -> None:
    form = _Form({"mail": "x"})
    assert [words.error_words(field) for field in form] == [
        "Please fill this in.",
        "Please choose one.",
        "Please tick this.",
        "Please choose a file.",
        "Enter a valid email address.",
        "Name one owner.",
    ]
