"""What the tests in a real browser share."""

from playwright.sync_api import expect

expect.set_options(timeout=15_000)  # a busy machine is slow, not wrong
