"""The system's Chromium, driven by Playwright, for tests and measurements: nothing of it goes out to the network."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ops.debian import program

if TYPE_CHECKING:
    from playwright.sync_api import Browser

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@contextmanager
def browser() -> Iterator[Browser]:
    """A headless browser inside the ``with``. Raises ProgramMissing where there is no Chromium."""
    from playwright.sync_api import sync_playwright  # of the development group: nothing that serves visitors has it

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=program("chromium"), args=FLAGS)
        try:
            yield running
        finally:
            running.close()
