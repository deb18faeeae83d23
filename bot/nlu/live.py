"""The index of names, kept in step with the site database while the bot runs."""

from __future__ import annotations

import logging
import time
from typing import Callable, Optional

from bot.nlu.corpus import Database, open_site
from bot.nlu.phrases import phrase_matcher
from guide.gazetteer.find import ExactMatcher
from guide.gazetteer.names import NameIndex, build_index
from guide.gazetteer.source import index_of, word_rows

logger = logging.getLogger(__name__)

CHECK_EVERY = 1.0  # seconds between looks at the database's version


class LiveNames:
    """Names of the site database; ``refresh`` looks for a change at most once in ``CHECK_EVERY`` seconds.

    A changed database is read at once, before the message at hand is understood, so that a name is known to the first
    message after it was entered. While the database cannot be read, the last names stay in use.
    """

    def __init__(self, database: Database, clock: Callable[[], float] = time.monotonic) -> None:
        self._database, self._clock = database, clock
        self._site = None
        self._version: Optional[int] = None
        self._checked: Optional[float] = None
        self.index: NameIndex = NameIndex()
        self.exact: ExactMatcher = lambda words: ()
        self._use(build_index(word_rows()))

    def _use(self, index: NameIndex) -> None:
        self.exact, self.index = phrase_matcher(index.entries), index

    def load(self) -> None:
        """Read the names now. Raises what the site database raises when it is missing or broken."""
        if self._database is False:
            return
        self._site = open_site(self._database)
        self._use(index_of(self._site))
        self._version = self._site.version()

    def refresh(self) -> None:
        """Read the names again if the database has changed. Never raises: what is wrong goes to the log."""
        now = self._clock()
        if self._database is False or (self._checked is not None and now - self._checked < CHECK_EVERY):
            return
        self._checked = now
        try:
            if self._site is None or self._site.version() != self._version:
                started = time.perf_counter()
                self.load()
                logger.info("%d names read in %.2f s", len(self.index), time.perf_counter() - started)
        except Exception as error:  # the conversation goes on with the names known so far
            self._site = None
            logger.error("The names could not be read again, the last ones stay in use: %s", error)
