"""Files on their way in a real browser: dropped, paused, without a line, logged out, reloaded; byte by byte the same."""

from __future__ import annotations

import hashlib
import random
from base64 import b64encode
from typing import TYPE_CHECKING

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from reviews.enums import Stage
from reviews.models import Evidence, Upload
from tests import factories
from tests.browser.test_self_assessment import log_in
from tests.cast import Cast, make_cast
from tests.servers import wait_until

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Locator, Page

    from tests.stack import Stack

pytestmark = [pytest.mark.browser, pytest.mark.slow]
LARGE = " ".join(
    random.Random(7).choices(["decision", "budget", "school", "street", "family", "figure"], k=700_000)
).encode()
"""Five megabytes of text."""
DROP = """([files, selector]) => {
  const parcel = new DataTransfer();
  for (const [name, content] of files) {
    const bytes = Uint8Array.from(atob(content), (sign) => sign.charCodeAt(0));
    parcel.items.add(new File([bytes], name, { lastModified: 1 }));
  }
  const place = document.querySelector(selector);
  for (const kind of ["dragenter", "dragover", "drop"]) {
    place.dispatchEvent(new DragEvent(kind, { dataTransfer: parcel, bubbles: true, cancelable: true }));
  }
}"""


class Network:
    """The line between a page and the server: slow, or not there at all."""

    def __init__(self, page: Page) -> None:
        self.session = page.context.new_cdp_session(page)
        self.session.send("Network.enable")
        self.is_there()

    def is_there(self, *, so: bool = True) -> None:
        """A megabyte a second, or nothing."""
        speed = {"latency": 0, "downloadThroughput": -1, "uploadThroughput": 1_000_000}
        self.session.send("Network.emulateNetworkConditions", {"offline": not so, **speed})


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
    sent = [[name, b64encode(content).decode()] for name, content in files.items()]
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
    wait_until(lambda: received() > 0, "The first piece")
    page.get_by_role("button", name="Pause large.txt").click()
    expect(line(page, "large.txt")).to_contain_text("Paused at")
    for name in others:
        expect(line(page, name)).to_contain_text("Added")
    expect(line(page, "setup.pdf")).to_contain_text("Not added: This looks like another kind of file")
    before = received()
    assert before < len(LARGE)
    page.wait_for_timeout(1200)
    assert received() == before

    page.get_by_role("button", name="Resume large.txt").click()
    wait_until(lambda: received() > before, "The next piece")
    network.is_there(so=False)
    expect(line(page, "large.txt")).to_contain_text("No connection.")
    network.is_there()

    expect(line(page, "large.txt")).to_contain_text("Added", timeout=40_000)
    expect(page.locator("#files")).to_contain_text("note 5")
    expect(page.locator("[data-uploads-told]")).to_contain_text("6 of 7 added.")
    assert kept() == {"large.txt": digest(LARGE), **{name: digest(content) for name, content in others.items()}}


@pytest.mark.usefixtures("network")
def test_reload_in_the_middle_goes_on_where_it_was(files_page: Page, tmp_path: Path) -> None:
    page = files_page
    file = tmp_path / "large.txt"
    file.write_bytes(LARGE)
    page.get_by_label("Host only").check()
    page.set_input_files("input[type=file]", file)
    wait_until(lambda: received() >= 1_000_000, "The first piece")
    page.once("dialog", lambda dialog: dialog.accept())
    page.reload()

    expect(page.locator("#unfinished")).to_contain_text("large.txt")
    offsets: list[int] = []
    page.on(
        "request",
        lambda request: offsets.append(int(request.headers["upload-offset"])) if request.method == "PATCH" else None,
    )
    page.get_by_label("Host only").check()
    page.set_input_files("input[type=file]", file)

    expect(line(page, "large.txt")).to_contain_text("Added", timeout=40_000)
    assert offsets[0] >= 1_000_000
    assert kept() == {"large.txt": digest(LARGE)}
    expect(page.locator("#unfinished")).to_have_count(0)
    assert Evidence.objects.get().access_class == "host"


@pytest.mark.usefixtures("network")
def test_login_that_ends_in_the_middle_is_renewed_in_place(files_page: Page, cast: Cast) -> None:
    page = files_page
    page.get_by_label("Host and review team").check()
    drop(page, {"large.txt": LARGE})
    wait_until(lambda: received() >= 1_000_000, "The first piece")
    Session.objects.all().delete()

    expect(line(page, "large.txt")).to_contain_text("You are logged out.")
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("E-mail").fill(cast.coordinator.email)
    dialog.get_by_label("Password").fill(factories.PASSWORD)
    dialog.get_by_role("button", name="Log in").click()

    expect(line(page, "large.txt")).to_contain_text("Added", timeout=40_000)
    assert kept() == {"large.txt": digest(LARGE)}


@pytest.mark.usefixtures("network")
def test_cancelled_file_leaves_nothing(files_page: Page) -> None:
    page = files_page
    page.get_by_label("Host and review team").check()
    drop(page, {"large.txt": LARGE})
    wait_until(lambda: received() >= 1_000_000, "The first piece")

    page.get_by_role("button", name="Cancel large.txt").click()

    expect(line(page, "large.txt")).to_contain_text("Cancelled")
    wait_until(lambda: not Upload.objects.exists(), "The end of the upload")
    assert not Evidence.objects.exists()


def test_newer_version_is_dropped_on_the_page_of_the_file(files_page: Page, cast: Cast) -> None:
    page = files_page
    page.get_by_label("Host and review team").check()
    drop(page, {"plan.txt": b"First"})
    expect(line(page, "plan.txt")).to_contain_text("Added")
    page.get_by_role("link", name="plan", exact=True).click()

    drop(page, {"plan signed.txt": b"Second"})

    expect(page.get_by_role("table", name="Versions, the newest first")).to_contain_text("plan signed.txt")
    row = Evidence.objects.get()
    assert (row.number, row.sha256, row.versions.get().sha256) == (2, digest(b"Second"), digest(b"First"))
