"""Files on their way in a real browser: dropped, paused, without a line, logged out, reloaded; byte by byte the same."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Error, FilePayload, expect

from reviews.enums import Stage
from reviews.models import Evidence, Upload
from tests.browser.hands import log_in, log_in_again, until
from tests.cast import Cast, make_cast

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Locator, Page, Route

    from tests.stack import Stack

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PIECE = 1024 * 1024
LARGE = "".join(f"Row {number} of the budget of the city\n" for number in range(60_000)).encode()
"""A little more than two megabytes of text: three pieces. The page makes it by itself (`DROP`)."""
DROP = """([files, selector]) => {
  const parcel = new DataTransfer();
  for (const [name, content] of files) {
    const rows = () => Array.from({ length: 60_000 }, (_, number) => `Row ${number} of the budget of the city\\n`).join("");
    const bytes = content === null ? rows() : Uint8Array.from(atob(content), (sign) => sign.charCodeAt(0));
    parcel.items.add(new File([bytes], name, { lastModified: 1 }));
  }
  const place = document.querySelector(selector);
  for (const kind of ["dragenter", "dragover", "drop"]) {
    place.dispatchEvent(new DragEvent(kind, { dataTransfer: parcel, bubbles: true, cancelable: true }));
  }
}"""


class Network:
    """The line between a page and the server. What follows the first piece of a file waits in it until `flows`."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.held: list[Route] = []
        self.waits = True
        page.route("**/uploads/**", self._pass)

    def _pass(self, route: Route) -> None:
        if self.waits and int(route.request.headers.get("upload-offset", 0)) > 0:
            self.held.append(route)
        else:
            route.continue_()

    def holds(self) -> None:
        """Wait until the first piece is with the server, and the next one on its way."""
        self.waits = True
        until(self.page, lambda: received() >= PIECE and bool(self.held), "The first piece")

    def flows(self) -> None:
        """Let through what waits, and everything that comes."""
        self.waits = False
        while self.held:
            with suppress(Error):  # the page has given it up meanwhile
                self.held.pop().continue_()

    def breaks(self) -> None:
        """No line at all: what is on its way is lost."""
        self.page.context.set_offline(True)
        while self.held:
            self.held.pop().abort("internetdisconnected")

    def is_back(self) -> None:
        """The line is there again."""
        self.page.context.set_offline(False)
        self.flows()


@pytest.fixture
def cast(live_stack: Stack) -> Cast:
    return make_cast(Stage.SELF_ASSESSMENT)


@pytest.fixture
def files_page(page: Page, live_stack: Stack, cast: Cast) -> Page:
    """The coordinator's page of files."""
    log_in(page, live_stack, cast.coordinator)
    page.goto(f"{live_stack.url}/cases/timisoara/self-assessment/evidence/")
    return page


@pytest.fixture
def network(files_page: Page) -> Network:
    return Network(files_page)


def drop(page: Page, files: dict[str, bytes]) -> None:
    sent = [[name, None if content is LARGE else b64encode(content).decode()] for name, content in files.items()]
    page.evaluate(DROP, [sent, "[data-uploads]"])


def line(page: Page, name: str) -> Locator:
    return page.locator("[data-uploads-list] li").filter(has_text=name)


def received(name: str = "large.txt") -> int:
    return Upload.objects.filter(file_name=name).values_list("received", flat=True).first() or 0


def kept() -> dict[str, str]:
    return dict(Evidence.objects.values_list("file_name", "sha256"))


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def test_many_files_dropped_paused_and_without_a_line_arrive_whole(files_page: Page, network: Network) -> None:
    page = files_page
    others = {f"note {at}.txt": f"Note number {at}".encode() for at in range(1, 6)}

    drop(page, {"large.txt": LARGE, **others, "setup.pdf": b"MZ\x90\x00" + bytes(100)})

    expect(line(page, "large.txt")).to_contain_text("First say above who may read it")
    assert not Upload.objects.exists()
    page.get_by_label("Host and review team").check()
    network.holds()
    page.get_by_role("button", name="Pause large.txt").click()
    expect(line(page, "large.txt")).to_contain_text("Paused at")
    network.flows()
    for name in others:
        expect(line(page, name)).to_contain_text("Added")
    expect(line(page, "setup.pdf")).to_contain_text("Not added: This looks like another kind of file")
    assert received() == PIECE
    expect(line(page, "large.txt")).to_contain_text("Paused at")

    network.waits = True
    page.get_by_role("button", name="Resume large.txt").click()
    network.holds()
    network.breaks()
    expect(line(page, "large.txt")).to_contain_text("No connection.")
    network.is_back()

    expect(line(page, "large.txt")).to_contain_text("Added")
    expect(page.locator("#files")).to_contain_text("note 5")
    expect(page.locator("[data-uploads-told]")).to_contain_text("6 of 7 added.")
    assert kept() == {"large.txt": digest(LARGE), **{name: digest(content) for name, content in others.items()}}


def test_reload_in_the_middle_goes_on_where_it_was(files_page: Page, network: Network, tmp_path: Path) -> None:
    page = files_page
    file = tmp_path / "large.txt"
    file.write_bytes(LARGE)
    page.get_by_label("Host only").check()
    page.set_input_files("input[type=file]", file)
    network.holds()
    page.once("dialog", lambda dialog: dialog.accept())
    page.reload()
    network.flows()

    expect(page.locator("#unfinished")).to_contain_text("large.txt")
    offsets: list[int] = []
    page.on(
        "request",
        lambda request: offsets.append(int(request.headers["upload-offset"])) if request.method == "PATCH" else None,
    )
    page.get_by_label("Host only").check()
    page.set_input_files("input[type=file]", file)

    expect(line(page, "large.txt")).to_contain_text("Added")
    assert offsets == [PIECE, 2 * PIECE]
    assert kept() == {"large.txt": digest(LARGE)}
    expect(page.locator("#unfinished")).to_have_count(0)
    assert Evidence.objects.get().access_class == "host"


def test_login_that_ends_in_the_middle_is_renewed_in_place(files_page: Page, network: Network, cast: Cast) -> None:
    page = files_page
    page.get_by_label("Host and review team").check()
    drop(page, {"large.txt": LARGE})
    network.holds()
    Session.objects.all().delete()
    network.flows()

    expect(line(page, "large.txt")).to_contain_text("You are logged out.")
    log_in_again(page, cast.coordinator)

    expect(line(page, "large.txt")).to_contain_text("Added")
    assert kept() == {"large.txt": digest(LARGE)}


def test_cancelled_file_leaves_nothing_and_several_files_have_each_its_own_answer(
    files_page: Page, network: Network
) -> None:
    page = files_page
    page.get_by_label("Host and review team").check()
    drop(page, {"large.txt": LARGE})
    network.holds()
    page.get_by_role("button", name="Cancel large.txt").click()
    expect(line(page, "large.txt")).to_contain_text("Cancelled")
    until(page, lambda: not Upload.objects.exists(), "The end of the upload")
    assert not Evidence.objects.exists()

    network.flows()
    budget = b"post;eur\nmediators;120000\n"
    page.set_input_files(
        "input[type=file]",
        [
            FilePayload(name="Budget_2018.csv", mimeType="text/csv", buffer=budget),
            FilePayload(name="plan.pdf", mimeType="application/pdf", buffer=b"MZ\x90\x00" + bytes(100)),
        ],
    )
    expect(line(page, "Budget_2018.csv")).to_contain_text("Added")
    expect(line(page, "plan.pdf")).to_contain_text(
        "Not added: This looks like another kind of file (Windows Executable)."
    )
    expect(page.locator("#files")).to_contain_text("Budget 2018")
    assert [row.title for row in Evidence.objects.all()] == ["Budget 2018"]

    with page.expect_navigation():  # until its scripts have run: they take what is dropped
        page.get_by_role("link", name="Budget 2018", exact=True).click()
    drop(page, {"Budget signed.csv": b"Second"})
    expect(page.get_by_role("table", name="Versions, the newest first")).to_contain_text("Budget signed.csv")
    row = Evidence.objects.get()
    assert (row.number, row.sha256, row.versions.get().sha256) == (2, digest(b"Second"), digest(budget))
