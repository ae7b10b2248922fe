"""One page with every component, filled with examples and shown in the browser without a server."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import urlsplit

from django import forms
from django.contrib.staticfiles import finders
from django.core.paginator import Paginator
from django.template import engines
from django.template.loader import render_to_string
from playwright.sync_api import Page, Route

from people.errors import Reason
from tests.profiles import PLAYED

SOURCE = Path(__file__).resolve().parents[1] / "templates" / "parts.html"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'"
)
MOMENT = dt.datetime(2018, 6, 12, 13, 30, tzinfo=dt.UTC)
KINDS = [
    ("strength", "Strength"),
    ("consideration", "Area for consideration"),
    ("question", "Question"),
    ("good_practice", "Good practice"),
    ("recommendation", "Recommendation"),
]
TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".woff2": "font/woff2"}


class _Fields(forms.Form):
    """One field of every look."""

    question = forms.CharField(
        label="What works well?", help_text="Name one example.", widget=forms.Textarea(attrs={"data-words": "12"})
    )
    source = forms.CharField(label="Where from", required=False)
    kind = forms.ChoiceField(choices=KINDS, widget=forms.RadioSelect(attrs={"class": "cards"}))
    rating = forms.ChoiceField(
        choices=[("1", "Starting"), ("2", "Leading")], widget=forms.RadioSelect(attrs={"class": "scale"})
    )
    groups = forms.MultipleChoiceField(
        choices=[("a", "Families"), ("b", "Schools")], widget=forms.CheckboxSelectMultiple, required=False
    )
    day = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}))
    language = forms.ChoiceField(choices=[("", "Choose"), ("en", "English")])
    sure = forms.BooleanField(label="This names no person")


class _Upload(forms.Form):
    file = forms.FileField(label="A file that shows it", widget=forms.FileInput(attrs={"data-max-bytes": "2097152"}))


@dataclass
class _Message:
    level_tag: str
    text: str

    def __str__(self) -> str:
        return self.text


def _step(label: str, state: str) -> SimpleNamespace:
    return SimpleNamespace(label=label, note="12\N{EN DASH}14 June", state=state, url="#x")


def _event(kind: str, reason: str) -> SimpleNamespace:
    actor = SimpleNamespace(name="Ana Popescu")
    return SimpleNamespace(
        kind=kind, actor=actor, text="returned the section", reason=reason, at=MOMENT, team_only=True
    )


def page_context() -> dict[str, object]:
    """What every example needs: a person, the frame of a case, and one of everything."""
    case = SimpleNamespace(
        title="Timișoara: local action plan for Roma inclusion",
        host_city=SimpleNamespace(name="Timișoara", time_zone="Europe/Bucharest"),
        get_theme_display="Roma inclusion",
        get_absolute_url="/cases/timisoara/",
    )
    labels = (
        "Overview",
        "Programme",
        "Self-assessment",
        "Notes",
        "Findings",
        "Report",
        "Documents",
        "Team",
        "Timeline",
    )
    shell = {
        "user_name": "Ines De Smet",
        "task_count": 3,
        "unread_count": 2,
        "section": "reviews",
        "is_demonstration": True,
    }
    return {
        "user": SimpleNamespace(is_authenticated=True, pk=7),
        "shell": shell,
        "messages": [_Message("success", "Your finding is saved.")],
        "seat": SimpleNamespace(case=case),
        "rail": [_step("Preparation", "done"), _step("Visit and feedback", "now"), _step("Report", "later")],
        "tabs": [SimpleNamespace(label=label, url="#x", current=label == "Findings", count=4) for label in labels],
        "tones": ("good", "waiting", "bad", "info"),
        "kinds": KINDS,
        "wrong": _Fields({"question": "Owners."}, prefix="wrong"),
        "fresh": _Fields(prefix="fresh"),
        "upload": _Upload(),
        "reasons": [Reason("4 findings rest on a single source", "The team", "#x"), Reason("No date yet", "You")],
        "met": ["Feedback session planned"],
        "events": [_event("returned", "The figures are **missing**."), _event("read", "")],
        "page": Paginator(range(95), 20).get_page(2),
        "moment": MOMENT,
        "first": MOMENT.date(),
        "last": dt.date(2018, 6, 14),
        "text": "## A head\n\n- one\n- two",
    }


def parts_page() -> str:
    """The page as HTML."""
    return str(engines["django"].from_string(SOURCE.read_text()).render(page_context()))


def show(page: Page, html: str, *, path: str = "/") -> list[str]:
    """Open `html` under our own security policy; gives the list into which the browser's complaints go."""
    complaints: list[str] = []
    page.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))

    def answer(route: Route) -> None:
        asked = urlsplit(route.request.url).path
        if not asked.startswith("/static/"):
            headers = {"Content-Security-Policy": POLICY, "Content-Type": "text/html; charset=utf-8"}
            route.fulfill(body=html, headers=headers)
        elif found := finders.find(asked.removeprefix("/static/")):
            route.fulfill(path=str(found), content_type=TYPES[Path(str(found)).suffix])
        else:
            route.fulfill(status=404, body="")

    page.route("**/*", answer)
    page.goto(f"{PLAYED}{path}")
    return complaints


def error_page(code: int, **context: object) -> str:
    """An error page for a stranger, with what the refusal says."""
    shell = {"user_name": "", "task_count": 0, "unread_count": 0, "section": "", "is_demonstration": False}
    return render_to_string(
        f"{code}.html", {"user": SimpleNamespace(is_authenticated=False), "shell": shell, **context}
    )
