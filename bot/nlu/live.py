"""The index of names, kept in step with the site database while the bot runs."""

from __future__ import annotations

import logging
import time
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Callable, Iterator, NamedTuple, Optional

from bot.nlu.corpus import Database, open_site
from bot.nlu.phrases import phrase_matcher
from guide.gazetteer.find import ExactMatcher
from guide.gazetteer.names import NameIndex, build_index
from guide.gazetteer.source import index_of, word_rows

logger = logging.getLogger(__name__)

CHECK_EVERY = 1.0  # seconds between looks at the database's version


class Names(NamedTuple):
    """An index of names, and what finds them exactly in a row of words."""

    index: NameIndex
    exact: ExactMatcher

    @classmethod
    def of(cls, index: NameIndex) -> Names:
        """The names of an index. Takes a while for all of a database."""
        return cls(index, phrase_matcher(index.entries))


_instead: ContextVar[Optional[Names]] = ContextVar("names_instead", default=None)


@contextmanager
def understanding(names: Optional[Names]) -> Iterator[None]:
    """Within it, these names are understood instead of the database's, for staff who try them; None: no others."""
    token = _instead.set(names)
    try:
        yield
    finally:
        _instead.reset(token)


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
        self._names = Names.of(build_index(word_rows()))

    @property
    def index(self) -> NameIndex:
        """The index in use."""
        return (_instead.get() or self._names).index

    @property
    def exact(self) -> ExactMatcher:
        """Finds the names of the index in use exactly."""
        return (_instead.get() or self._names).exact

    def load(self) -> None:
        """Read the names now. Raises what the site database raises when it is missing or broken."""
        if self._database is False:
            return
        self._site = open_site(self._database)
        self._names = Names.of(index_of(self._site))
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
