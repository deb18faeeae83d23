"""Drafts at their hour: looked for once a second by every web server; the database sees to it that each is made once.

A fare whose row has its dates needs none of this: it is answered by its dates. This is for what has none.
"""

from __future__ import annotations

import logging
import threading
from typing import Callable

from guide.sitedb import SiteDbError
from guide.sitedb.drafts import run_due
from web.console.page import site
from web.pages.facts import now

logger = logging.getLogger(__name__)

EVERY_SECONDS = 1.0


def tick() -> int:
    """Publish and take back what is due; how many. What can't be done now is tried again at the next."""
    try:
        return run_due(site(), now())
    except SiteDbError as problem:
        logger.error("drafts could not be looked through: %s", problem)
        return 0


def start(stopped: Callable[[float], bool] = threading.Event().wait) -> threading.Thread:
    """Begin, with what was missed while no server ran. ``stopped`` waits so many seconds, then says whether to end."""

    def run() -> None:
        while True:
            done = tick()
            if done:
                logger.info("%d drafts published or taken back at their hour", done)
            if stopped(EVERY_SECONDS):
                return

    thread = threading.Thread(target=run, name="drafts", daemon=True)
    thread.start()
    return thread
