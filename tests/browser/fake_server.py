"""A server that a test plays: pages with forms that save as you type, answered inside the browser."""

import json
from dataclasses import dataclass, field
from html import escape
from urllib.parse import parse_qs, urlsplit

from django.contrib.staticfiles import finders
from playwright.sync_api import BrowserContext, Page, Request, Route

from people.texts import as_written
from tests.profiles import PLAYED

SCRIPTS = ("once", "choose", "session", "autosave", "counter", "dialog", "errors")

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'"
)
PAGE = """<!doctype html><html lang="en" data-user="{user}"><head><meta charset="utf-8"><title>A form</title>
<meta name="login-url" content="/login/">{scripts}</head><body><main><div id="notices"></div>{forms}</main></body></html>"""
FORM = """<form id="{name}" method="post" action="/save/{name}/" data-autosave>
<input type="hidden" name="csrfmiddlewaretoken" value="token-1"><input type="hidden" name="version" value="{version}">{extra}
<label for="{name}-text">Text {name}</label><textarea id="{name}-text" name="text" data-words="">{text}</textarea>
<p data-autosave-state role="status"></p><button>Send {name}</button></form>"""
LOGIN = """<form method="post" action="/login/"><input type="hidden" name="csrfmiddlewaretoken" value="token-1">
<label for="password">Password</label><input id="password" name="password" type="password"><button>Log in</button></form>"""


@dataclass
class Text:
    """What the server has of one form: its text, its version, and every version that was saved."""

    text: str = ""
    version: int = 1
    saved: list[str] = field(default_factory=list)


@dataclass
class FakeServer:
    """Answers by the protocol of static/js/autosave.js. Tests turn `mode`: ok, down, broken, expired, refused, slow."""

    context: BrowserContext
    user: str = "7"
    extra: str = ""  # more fields in every form
    attributes: str = ""  # more attributes of every text
    scripts: tuple[str, ...] = SCRIPTS
    styles: tuple[str, ...] = ()
    logged_in_as: int = 7
    mode: str = "ok"
    texts: dict[str, Text] = field(default_factory=lambda: {"a": Text()})
    requests: list[str] = field(default_factory=list)
    submits: list[str] = field(default_factory=list)
    at_once: int = 0
    most_at_once: int = 0
    held: list[Route] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.context.route("**/*", self._route)

    def open(self, *, clock: bool = False) -> Page:
        """A new page with the forms as the server has them now. With `clock` the test moves its time on."""
        page = self.context.new_page()
        if clock:
            page.clock.install()
        page.goto(f"{PLAYED}/")
        return page

    def somebody_saves(self, text: str, name: str = "a") -> None:
        """Another person saves in between."""
        self.texts[name].text = text
        self.texts[name].version += 1

    def release(self) -> None:
        """Answer the requests that were held back (mode slow)."""
        self.mode = "ok"
        while self.held:
            self._save(self.held.pop(0))

    def _route(self, route: Route) -> None:
        path = urlsplit(route.request.url).path
        if path.endswith((".js", ".css")):
            kind = "text/css" if path.endswith(".css") else "text/javascript"
            route.fulfill(path=str(finders.find(path.lstrip("/"))), content_type=kind)
        elif path == "/texts/":
            self._render(route)
        elif path.startswith("/save/"):
            self._answer(route)
        elif path == "/login/":
            self._login(route)
        elif path == "/":
            headers = {"Content-Security-Policy": POLICY, "Content-Type": "text/html; charset=utf-8"}
            route.fulfill(body=self._page(), headers=headers)
        else:
            route.fulfill(status=404, body="")

    def _page(self) -> str:
        scripts = "".join(f'<script type="module" src="/js/{name}.js"></script>' for name in self.scripts)
        styles = "".join(f'<link rel="stylesheet" href="/css/{name}.css">' for name in self.styles)
        forms = "".join(
            FORM.format(name=name, version=one.version, text=escape(one.text), extra=self.extra)
            for name, one in self.texts.items()
        ).replace('data-words=""', f'data-words="" {self.attributes}')
        return PAGE.format(user=self.user, scripts=scripts + styles, forms=forms)

    def _render(self, route: Route) -> None:
        """What people.views.texts answers."""
        if self.mode == "down":
            route.abort("internetdisconnected")
            return
        texts = parse_qs(route.request.post_data or "", keep_blank_values=True).get("text", [])
        route.fulfill(json={"html": [as_written(text) for text in texts]})

    def _answer(self, route: Route) -> None:
        if "json" not in route.request.headers["accept"]:
            self._submit(route)
        elif self.mode == "down":
            route.abort("internetdisconnected")
        elif self.mode == "broken":
            route.fulfill(status=502, body="<h1>Bad gateway</h1>")
        elif self.mode == "expired":
            route.fulfill(status=401, json={"code": "login", "message": "You are no longer logged in."})
        elif self.mode == "refused":
            route.fulfill(status=403, json={"code": "not_allowed", "message": "The lead has closed this section."})
        else:
            self._hold_or_save(route)

    def _hold_or_save(self, route: Route) -> None:
        self.at_once += 1
        self.most_at_once = max(self.at_once, self.most_at_once)
        if self.mode == "slow":
            self.held.append(route)
        else:
            self._save(route)

    def _save(self, route: Route) -> None:
        self.at_once -= 1
        name, sent = _sent(route.request)
        mine = self.texts[name]
        self.requests.append(f"{name}:{sent['version']}:{sent.get('text', '')}")
        if int(sent["version"]) != mine.version:
            texts = {"text": mine.text}
            answer = {"code": "stale", "version": mine.version, "texts": texts, "by": "Ana", "at": None}
            route.fulfill(status=409, json=answer)
            return
        mine.text = sent.get("text", "")
        mine.version += 1
        mine.saved.append(mine.text)
        route.fulfill(json={"version": mine.version, "saved_at": "2026-06-12T10:04:00Z"})

    def _submit(self, route: Route) -> None:
        _, sent = _sent(route.request)
        self.submits.append(f"{sent['version']}:{sent.get('text', '')}")
        route.fulfill(body="<title>Sent</title><h1>Sent</h1>", content_type="text/html")

    def _login(self, route: Route) -> None:
        if route.request.method == "GET":
            route.fulfill(body=LOGIN, content_type="text/html; charset=utf-8")
        elif "wrong" in (route.request.post_data or ""):
            route.fulfill(status=422, json={"message": "That password is not right."})
        else:
            self.mode = "ok"
            route.fulfill(
                body=json.dumps({"csrf_token": "token-2", "user": self.logged_in_as}), content_type="application/json"
            )


def _sent(request: Request) -> tuple[str, dict[str, str]]:
    """The form's name and its fields."""
    name = urlsplit(request.url).path.split("/")[2]
    fields = parse_qs(request.post_data or "", keep_blank_values=True)
    return name, {key: values[0] for key, values in fields.items()}
